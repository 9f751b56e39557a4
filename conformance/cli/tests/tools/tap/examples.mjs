// The examples of the README that need a browser, as a person tries them.
import { breathe, connect, formed, Side, until } from "./connect.mjs";

/** What the browser was given to save: the names and the contents. */
function watchSaving() {
  const saved = [];
  const { createObjectURL } = URL;
  const { click } = HTMLAnchorElement.prototype;
  const blobs = new Map();
  URL.createObjectURL = (blob) => {
    const address = createObjectURL.call(URL, blob);
    blobs.set(address, blob);
    return address;
  };
  HTMLAnchorElement.prototype.click = function () {
    if (!blobs.has(this.href)) click.call(this);
    else blobs.get(this.href).text().then((text) => saved.push({ name: this.download, text }));
  };
  return saved;
}

async function exchange(plan, sides, count) {
  for (let number = 0; number < count; number++) {
    sides[number % 2].send(formed(plan, number));
    if (number % 20 === 19) await breathe(sides);
  }
}

/** Plays a short game, in the middle of which something is done. */
async function play(plan, act) {
  const { connections, channels } = await connect();
  const sides = channels.map((it) => new Side(it));
  await exchange(plan, sides, 50);
  const before = (await Promise.all(sides.map((it) => it.log()))).map((it) => it.length);
  await act();
  await exchange(plan, sides, 100);
  return { connections, sides, before };
}

/** The game, its end, and what was saved at its end. */
async function recorded(plan, saved, begin, save) {
  const { connections, sides, before } = await play(plan, begin);
  const many = saved.length;
  save();
  const logs = await Promise.all(sides.map((it) => it.log()));
  await until(() => saved.length > many);
  connections.forEach((it) => it.close());
  return { logs, before, saved: saved.at(-1) };
}

const nothing = () => {};

/** `plan.page` and `plan.console` are the lines of the README that save the capture. */
export async function examples(plan) {
  const saved = watchSaving();
  const run = (code) => (0, eval)(code);
  const page = await recorded(plan, saved, nothing, () => run(plan.page));
  globalThis.tap.stop();

  const script = await (await fetch("rollwire-tap/console.js")).text();
  const pasted = await recorded(plan, saved, () => run(script), () => run(plan.console));
  globalThis.rollwireTap.stop();

  delete globalThis.rollwireTap;
  const bookmark = document.createElement("a");
  bookmark.href = (await (await fetch("rollwire-tap/bookmarklet.txt")).text()).trim();
  const open = () => bookmark.click();
  const clicked = await recorded(plan, saved, async () => {
    open();
    await until(() => globalThis.rollwireTap);
  }, open);
  globalThis.rollwireTap.stop();
  return { page, pasted, clicked };
}
