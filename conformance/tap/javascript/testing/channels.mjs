/** Stand-ins for what a browser and the packages of Node.js offer. */
import { EventEmitter } from "node:events";

/** A channel as in a browser. `fate` decides over each send: it returns what `send` returns, or throws. */
export class Channel extends EventTarget {
  readyState = "open";
  bufferedAmount = 0;
  label;
  taken = [];
  fate = () => undefined;

  constructor(label = "game") {
    super();
    this.label = label;
  }

  send(data) {
    this.taken.push({ channel: this, values: [...arguments] });
    return this.fate(data);
  }

  arrive(data) {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }

  become(state) {
    this.readyState = state;
    this.dispatchEvent(new Event(state === "open" ? "open" : "close"));
  }
}

/** A socket as the package `ws` has it. */
export class Socket extends EventEmitter {
  readyState = 1;
  bufferedAmount = 0;
  taken = [];

  send(data) {
    this.taken.push(data);
  }
}

/** Waits until the condition holds; only a hang takes minutes. */
export async function until(condition) {
  for (const end = Date.now() + 300_000; !condition();) {
    if (Date.now() > end) throw new Error(`this does not come to hold: ${condition}`);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
  }
}
