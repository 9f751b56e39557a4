/** How a tap gets to see what a channel does, without changing it. */

/**
 * Puts `make(original)` in the place of a method, and returns how to put the original back. A method that
 * was replaced again since stays where it is.
 */
export function patch(object, name, make) {
  const before = Object.getOwnPropertyDescriptor(object, name);
  const original = object[name];
  const value = make(original);
  for (const key of ["name", "length"]) {
    Object.defineProperty(value, key, { value: original[key], configurable: true });
  }
  const enumerable = before?.enumerable ?? false;
  Object.defineProperty(object, name, { value, writable: true, configurable: true, enumerable });
  return () => {
    if (Object.getOwnPropertyDescriptor(object, name)?.value !== value) return;
    if (before) Object.defineProperty(object, name, before);
    else delete object[name];
  };
}

/** The same for the getter of an attribute; does nothing if there is none. */
export function patchGetter(object, name, make) {
  const before = Object.getOwnPropertyDescriptor(object, name);
  if (!before?.get || !before.configurable) return () => {};
  const get = make(before.get);
  for (const key of ["name", "length"]) {
    Object.defineProperty(get, key, { value: before.get[key], configurable: true });
  }
  Object.defineProperty(object, name, { ...before, get });
  return () => {
    if (Object.getOwnPropertyDescriptor(object, name)?.get !== get) return;
    Object.defineProperty(object, name, before);
  };
}

/** A socket that only drops what it is given does not throw, but shows that it is not open. */
const isShut = (state) =>
  typeof state === "number" && state !== 1 || typeof state === "string" && state !== "open";

/** The `readyState` of a channel, or undefined if it cannot be read. */
export function stateOf(channel) {
  try {
    return channel.readyState;
  } catch {
    return undefined;
  }
}

/** The `bufferedAmount` of a channel, or 0 if it shows no number of bytes. */
function bufferedOf(channel) {
  try {
    const { bufferedAmount } = channel;
    return Number.isSafeInteger(bufferedAmount) && bufferedAmount > 0 ? bufferedAmount : 0;
  } catch {
    return 0;
  }
}

/** Sends with the original method, and records what was sent and what came of it. */
export function send(recorder, channel, original, values) {
  if (!recorder.isActive) return Reflect.apply(original, channel, values);
  const [buffered, state] = [bufferedOf(channel), stateOf(channel)];
  recorder.seen(state);
  const place = recorder.sending(values, buffered);
  let result;
  try {
    result = Reflect.apply(original, channel, values);
  } catch (error) {
    recorder.refused(place);
    throw error;
  }
  if (result === false || isShut(state)) recorder.refused(place);
  return result;
}

/** Replaces the `send` of one channel. Returns how to undo it. */
export function tapSend(channel, recorder) {
  return patch(channel, "send", (original) => function () {
    if (this !== channel) return Reflect.apply(original, this, arguments);
    return send(recorder, channel, original, arguments);
  });
}

/** What an event carries. What cannot be read is recorded as missing, and not the game's problem. */
function read(attribute) {
  try {
    return attribute();
  } catch {
    return Symbol("unreadable");
  }
}

/**
 * Listens to the events of a channel. Listeners run in the order in which they were added, so those of the
 * game may run first: the recorder copes with that. Returns how to undo it.
 */
export function listenToEvents(channel, recorder) {
  const listeners = {
    open: () => recorder.opened(),
    close: () => recorder.closed(),
    error: (event) => recorder.failed(read(() => event.error ?? event.message)),
    message: (event) => recorder.arrived(event, read(() => event.data)),
  };
  const each = (call) => {
    for (const [type, listener] of Object.entries(listeners)) call(type, listener);
  };
  each((type, listener) => channel.addEventListener(type, listener));
  return () => each((type, listener) => channel.removeEventListener(type, listener));
}

/**
 * The game cannot answer a message before it reads it: then it is recorded, if a listener of the game runs
 * before that of the tap. `recorderOf` knows the channels. Returns how to undo it.
 */
export function watchReading(recorderOf) {
  if (typeof MessageEvent !== "function") return () => {};
  return patchGetter(MessageEvent.prototype, "data", (original) => function () {
    const data = Reflect.apply(original, this, []);
    try {
      // Later the event is over, and was recorded.
      if (this.eventPhase !== 0) recorderOf(this.currentTarget)?.arrived(this, data);
    } catch {
      // An event whose attributes the game has replaced: its listener records it.
    }
    return data;
  });
}
