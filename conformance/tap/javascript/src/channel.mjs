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

/** What the channel shows of itself before it sends. */
function before(channel) {
  try {
    const { bufferedAmount, readyState } = channel;
    return { buffered: typeof bufferedAmount === "number" ? bufferedAmount : 0, state: readyState };
  } catch {
    return { buffered: 0, state: undefined };
  }
}

/** Sends with the original method, and records what was sent and what came of it. */
export function send(recorder, channel, original, values) {
  if (!recorder.isActive) return Reflect.apply(original, channel, values);
  const { buffered, state } = before(channel);
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

/**
 * Listens to the events of a channel. Listeners run in the order in which they were added, so those of the
 * game may run first: the recorder copes with that. Returns how to undo it.
 */
export function listenToEvents(channel, recorder) {
  const listeners = {
    open: () => recorder.opened(),
    close: () => recorder.closed(),
    error: (event) => recorder.failed(event.error ?? event.message),
    message: (event) => recorder.arrived(event, event.data),
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
    // Later the event is over, and was recorded.
    if (this.eventPhase !== 0) recorderOf(this.currentTarget)?.arrived(this, data);
    return data;
  });
}
