// The page of the demo, in a frame of the page of this test.
import { until } from "./games.mjs";
import { connect } from "./demo/connection.mjs";
import { Hands } from "./demo/controls.mjs";
import { Match } from "./demo/match.mjs";

/** Opens the page, and waits until it plays. */
async function open(address, width = 1280) {
  const frame = Object.assign(document.createElement("iframe"), { src: address });
  frame.style.cssText = `width: ${width}px; height: 800px; border: 0`;
  document.body.append(frame);
  await new Promise((resolve) => { frame.onload = resolve; });
  const { contentDocument: page, contentWindow: view } = frame;
  const one = (selector) => page.querySelector(selector);
  const status = (name) => one(`#${name} output`).textContent;
  const frames = (name) => Number(/frame (\d+)/.exec(status(name))?.[1] ?? -1);
  await until(() => one("#problem").hidden && frames("left") > 0 && frames("right") > 0, "the game begins");
  const isTooWide = page.documentElement.scrollWidth > page.documentElement.clientWidth;
  return { frame, page, view, one, status, frames, isTooWide };
}

/** What a click on a button saves. */
async function saved({ view, one }, name) {
  const link = view.HTMLAnchorElement.prototype;
  const { click } = link;
  const file = new Promise((resolve) => {
    link.click = function () { resolve([this.download, fetch(this.href).then((it) => it.text())]); };
  });
  one(`#save-${name}`).click();
  const [saved, text] = await file;
  link.click = click;
  return { name: saved, text: await text };
}

/** The page without a token: switches, sliders, keys, and both captures. */
export async function page() {
  const demo = await open("demo/");
  const { one, view } = demo;
  const key = (type) => view.dispatchEvent(new view.KeyboardEvent(type, { code: "KeyD", key: "d" }));
  const isFaulty = (name) => one(`#${name}`).classList.contains("faulty");
  const count = () => one("#other-bits").closest("label").querySelector(".count").textContent;
  const seen = { switches: demo.page.querySelectorAll("#faults li").length, live: !one("#live").hidden };

  const loss = one("#loss");
  loss.value = "50";
  loss.dispatchEvent(new view.Event("input"));
  seen.loss = loss.parentElement.querySelector("output").textContent;

  const before = demo.frames("left");
  key("keydown");
  await until(() => demo.frames("left") > before + 40 || demo.frames("left") < before, "a move");
  key("keyup");

  one("#other-bits").click();
  await until(() => /^done [1-9]/.test(count()), "the fault is counted");
  seen.faulty = [isFaulty("left"), isFaulty("right")];
  one('input[name="side"][value="1"]').click();
  await until(() => isFaulty("right") && !isFaulty("left"), "the fault moves to the other side");
  one('input[name="side"][value="0"]').click();
  one("#other-bits").click();
  await until(() => count() === "" && !isFaulty("left"), "the fault is off");

  for (const isHidden of [true, false]) {
    Object.defineProperty(demo.page, "hidden", { value: isHidden, configurable: true });
    demo.page.dispatchEvent(new view.Event("visibilitychange"));
  }
  seen.told = await withoutWebRtc();
  const { connections, channels } = await connect();
  seen.channels = channels.map(({ label, ordered, maxRetransmits }) => [label, ordered, maxRetransmits]);
  connections.forEach((it) => it.close());

  const files = [await saved(demo, "left"), await saved(demo, "right")];
  demo.frame.remove();
  return { ...seen, isTooWide: demo.isTooWide, files: files.map(({ name }) => name),
    captures: files.map(({ text }) => text) };
}

/** A person takes over with the keys of one player, and the bot plays again a while after the last key. */
export async function hands() {
  const both = new Hands();
  const seen = [[both.of(0), both.of(1)]];
  const key = (type, code, more) => dispatchEvent(new KeyboardEvent(type, { code, ...more }));
  key("keydown", "ArrowUp", { ctrlKey: true });
  seen.push([both.of(0), both.of(1)]);
  key("keydown", "ArrowUp");
  key("keydown", "ArrowLeft");
  seen.push([both.of(0), both.of(1)]);
  key("keyup", "ArrowUp");
  seen.push([both.of(0), both.of(1)]);
  dispatchEvent(new Event("blur")); // the key is let go of where the page does not see it
  await until(() => both.of(1) === null, "the bot plays again");
  return seen;
}

/** The page with a token, on a phone: it streams, and shows the live page. */
export async function live() {
  const demo = await open("demo/?token=a%26b", 390);
  const { one } = demo;
  const { src } = one("#live iframe");
  const shown = [!one("#live").hidden, one("#how").hidden];
  demo.frame.remove();
  return { src, shown, isTooWide: demo.isTooWide };
}

/** What is said if the browser cannot connect. */
async function withoutWebRtc() {
  const { RTCPeerConnection } = globalThis;
  delete globalThis.RTCPeerConnection;
  try {
    await Match.start();
    return "it began";
  } catch (error) {
    return error.message;
  } finally {
    globalThis.RTCPeerConnection = RTCPeerConnection;
  }
}
