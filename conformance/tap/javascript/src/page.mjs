/** Records every channel that the page opens from now on, and every older one that it sends on. */
import { patch, patchGetter, send, stateOf } from "./channel.mjs";
import { Tap } from "./tap.mjs";

const LONGEST_LABEL = 32;

/** The label, or the label with a number if a channel of that name is still there. */
function freeName(label, names) {
  const base = Array.from(label).slice(0, LONGEST_LABEL).join("");
  const taken = new Set(names);
  let name = base;
  for (let number = 2; taken.has(name); number++) name = `${base}-${number}`;
  return name;
}

/** Says something in the console, if it takes it. */
function say(...what) {
  try {
    console.error(...what);
  } catch {
    // The page has a console of its own, and the game goes on.
  }
}

/** The target of an event, or undefined if it cannot be read. */
function targetOf(event) {
  try {
    return event.target;
  } catch {
    return undefined;
  }
}

/** @param {import("./index.d.mts").PageOptions} options */
export function tapPage({ only = () => true, ...options } = {}) {
  if (typeof RTCPeerConnection !== "function") {
    throw new TypeError("there is no RTCPeerConnection here: tapPage works in a page only");
  }
  const tap = new Tap(options);
  const connections = RTCPeerConnection.prototype;
  const Channel = RTCDataChannel; // the game may replace the name
  const channels = Channel.prototype;
  const ignored = new WeakSet();
  let isActive = true;
  // The prototype records what is sent, so the channel itself stays as it is.
  const wrap = () => () => {};

  const connectionOf = new WeakMap(); // by channel, a WeakRef
  const isOver = (channel) => connectionOf.get(channel)?.deref()?.signalingState === "closed";

  const attach = (channel, connection, isNew = false) => {
    if (!isActive || ignored.has(channel) || tap.recorderOf(channel)) return;
    let doing = "`only` threw";
    try {
      if (!only(channel)) {
        ignored.add(channel);
        return;
      }
      doing = "the channel does not let itself be read";
      if (connection) connectionOf.set(channel, new WeakRef(connection));
      tap.attach(channel, { name: freeName(channel.label, tap.names(isOver)), wrap, isNew });
    } catch (error) {
      ignored.add(channel);
      say(`rollwire tap: ${doing}, and the channel is not recorded`, error);
    }
  };

  // The game gets an announced channel from the event, and cannot have listeners on it before.
  tap.onStop(patchGetter(RTCDataChannelEvent.prototype, "channel", (original) => function () {
    const channel = Reflect.apply(original, this, []);
    attach(channel, targetOf(this), true);
    return channel;
  }));
  tap.onStop(patch(connections, "createDataChannel", (original) => function () {
    const channel = Reflect.apply(original, this, arguments);
    attach(channel, this, true);
    return channel;
  }));
  tap.onStop(patch(channels, "send", (original) => function () {
    // A channel that was opened before the tap shows itself here.
    if (this instanceof Channel && ![undefined, "closed"].includes(stateOf(this))) attach(this);
    const recorder = tap.recorderOf(this);
    return recorder
      ? send(recorder, this, original, arguments)
      : Reflect.apply(original, this, arguments);
  }));
  tap.onStop(() => { isActive = false; });
  return tap;
}
