import { connect } from "./connect.mjs";
import { tap, tapped, until } from "./probe-tools.mjs";
import { tapPage } from "./tap/index.mjs";

// Plays a tap, looks at the page as a person with a window of some width does, and says what it has seen.
const asked = new URLSearchParams(location.search);
const [token, width] = [asked.get("token"), Number(asked.get("width"))];
function look(page) {
  const elements = [...page.querySelectorAll("*")];
  page.querySelectorAll("details").forEach((it) => { it.open = true; });
  const wide = page.defaultView.innerWidth;
  const beyond = elements.filter((it) => it.checkVisibility() && it.getBoundingClientRect().right > wide + 1);
  return {
    title: page.title,
    elements: elements.map((it) => [it.localName, ...it.getAttributeNames().sort()].join(" ")),
    addresses: elements.flatMap((it) => ["href", "src"].map((name) => it.getAttribute(name)).filter((at) => at !== null)),
    text: page.body.textContent,
    lights: [...page.querySelectorAll(".lights .broken")].map((it) => it.textContent),
    widths: [wide, page.documentElement.scrollWidth],
    too_wide: beyond.slice(0, 10).map((it) => `${it.localName}.${it.className}: ${it.textContent.slice(0, 60)}`),
  };
}

/** Works the button that copies the first violation. */
async function copied(page) {
  const button = page.querySelector(".copying:not([hidden]) button");
  button.click();
  const text = page.querySelector(".copying pre");
  await until(() => !text.hidden);
  return { text: text.textContent, said: page.querySelector(".copying [role=status]").textContent };
}

/** Plays a game with the tap of this repository, streamed with the line that the page shows. */
async function real(page, line) {
  const tap = tapPage({ peer: "real" });
  const address = /^rollwireTap\.stream\("(.*)"\)$/.exec(line)[1];
  tap.stream(address);
  const { connections, channels: [one, other] } = await connect();
  one.send(new Uint8Array([4]));
  other.send(new Uint8Array([0x99]));
  const columns = () => [...page.querySelectorAll(".column")].filter((it) => it.textContent.startsWith("real"));
  const isTold = () => columns().length === 2
    && columns().every((it) => /WIRE-\d/.test(it.textContent) && it.textContent.includes("KEEPALIVE"));
  await until(isTold);
  connections.forEach((it) => it.close());
  tap.stop();
}

async function play() {
  const frame = document.createElement("iframe");
  Object.assign(frame.style, { width: `${width}px`, height: "900px", border: "0" });
  const loaded = new Promise((resolve) => { frame.addEventListener("load", resolve); });
  frame.src = `/?token=${token}`;
  document.body.append(frame);
  await loaded;
  const page = frame.contentDocument;
  await until(() => !page.getElementById("empty").hidden);
  const line = page.getElementById("line").textContent;
  const lines = await (await fetch("/lines.jsonl")).text();
  const socket = tap(token, lines);
  // Its last record has a rule of its own.
  await until(() => page.querySelector(".rows")?.textContent.includes("EPISODE_END of episode 0"));
  await until(() => page.querySelector(".copying:not([hidden])"));
  const seen = { ...look(page), line, copied: await copied(page) };
  socket.close();
  await until(() => page.querySelector(".state").textContent.includes("has ended"));
  await real(page, line);
  return { ok: seen };
}

const said = await play().catch((error) => ({ error: `${error}\n${error?.stack}` }));
tapped(token, said);
