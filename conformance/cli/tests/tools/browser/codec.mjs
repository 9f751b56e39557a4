// What the deployed browser implementation does with bytes, restated from what was observed of it;
// no line of it is copied. It is not an example to follow: it never checks a length, a range or a
// count, and leaves everything to DataView, which wraps integers, and throws RangeError past the end.

const view = (bytes) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function entries(data, first, count) {
  const all = [];
  for (let i = 0; i < count; i++) {
    const at = first + 5 * i;
    all.push({ frame: data.getUint32(at), action: data.getUint8(at + 4) });
  }
  return all;
}

function putEntries(data, first, count, all) {
  for (let i = 0; i < count; i++) {
    data.setUint32(first + 5 * i, all[i].frame);
    data.setUint8(first + 5 * i + 4, all[i].action);
  }
}

function made(size, type, write) {
  const bytes = new Uint8Array(size);
  const data = view(bytes);
  data.setUint8(0, type);
  write(data);
  return bytes;
}

const two = (first, second) => ({
  size: 9,
  read: (data) => ({ [first]: data.getUint32(1), [second]: data.getUint32(5) }),
  write(data, it) {
    data.setUint32(1, it[first]);
    data.setUint32(5, it[second]);
  },
});

// A number of milliseconds, and not its bits: the engine decides what happens to a NaN.
const timestamp = {
  size: 9,
  read: (data) => ({ timestamp: data.getFloat64(1) }),
};
const echoed = { ...timestamp, write: (data, it) => data.setFloat64(1, it.timestamp) };

// The encoders of the two pings take no value: they write the time at which they are called. Without
// a clock, a constant stands for that time, so that two runs give the same report. No case has it as
// its timestamp.
const CALLED_AT = 86400000.0625;
const stamped = { ...timestamp, write: (data, _, now) => data.setFloat64(1, now) };

const MESSAGES = new Map([
  ["input", {
    type: 0x01,
    size: (it) => 9 + 5 * Math.min(it.entries.length, 15), // the oldest 15; the rest is dropped
    read: (data) => ({ // the reserved byte 8 is never read, so 8 bytes are enough for no entry
      player: data.getUint16(1),
      current_frame: data.getUint32(3),
      entries: entries(data, 9, data.getUint8(7)),
    }),
    write(data, it) {
      const count = Math.min(it.entries.length, 15);
      data.setUint16(1, it.player);
      data.setUint32(3, it.current_frame);
      data.setUint8(7, count);
      data.setUint8(8, 0);
      putEntries(data, 9, count, it.entries);
    },
  }],
  ["ping", { type: 0x02, ...stamped }],
  ["pong", { type: 0x03, ...echoed }],
  ["keepalive", { type: 0x04, read: () => ({}) }], // there is no encoder
  ["episode_end", { type: 0x05, ...two("frame", "episode") }],
  ["episode_ready", {
    type: 0x06,
    size: 13,
    read(data) {
      let hash = "";
      for (let at = 5; at < 13; at++) hash += String.fromCharCode(data.getUint8(at));
      return { episode: data.getUint32(1), hash };
    },
    write(data, it) { // the first 8 characters, each modulo 256; a missing one is 0
      data.setUint32(1, it.episode);
      for (let i = 0; i < 8; i++) data.setUint8(5 + i, it.hash.charCodeAt(i)); // NaN writes 0
    },
  }],
  ["state_hash", {
    type: 0x07,
    size: 13,
    read(data) {
      let hash = "";
      for (let at = 5; at < 13; at++) hash += data.getUint8(at).toString(16).padStart(2, "0");
      return { frame: data.getUint32(1), hash };
    },
    write(data, it) { // two characters a byte, as parseInt reads them; NaN writes 0
      data.setUint32(1, it.frame);
      for (let i = 0; i < 8; i++) {
        data.setUint8(5 + i, parseInt(it.hash.substring(2 * i, 2 * i + 2), 16));
      }
    },
  }],
  ["validation_ping", { type: 0x10, ...stamped }],
  ["validation_pong", { type: 0x11, ...echoed }],
  ["input_request", { type: 0x12, ...two("start", "end") }],
  ["input_response", {
    type: 0x13,
    size: (it) => 5 + 5 * it.entries.length,
    read: (data) => ({ player: data.getUint16(1), entries: entries(data, 5, data.getUint16(3)) }),
    write(data, it) {
      data.setUint16(1, it.player);
      data.setUint16(3, it.entries.length);
      putEntries(data, 5, it.entries.length, it.entries);
    },
  }],
  ["focus_state", {
    type: 0x14,
    size: 6,
    read: (data) => ({ focused: data.getUint8(1) === 1, frame: data.getUint32(2) }),
    write(data, it) {
      data.setUint8(1, it.focused ? 1 : 0);
      data.setUint32(2, it.frame);
    },
  }],
]);
const NAMES = new Map([...MESSAGES].map(([name, { type }]) => [type, name]));

/** The message in these bytes; null for an unknown type. Throws RangeError where bytes are missing. */
export function decode(bytes) {
  const data = view(bytes);
  const type = NAMES.get(data.getUint8(0));
  return type === undefined ? null : { type, fields: MESSAGES.get(type).read(data) };
}

/**
 * The bytes of a message; null if there is no such message, and undefined if it has no encoder. Throws
 * TypeError where a value lacks what the encoder reads. `now` is what the clock shows.
 */
export function encode(type, fields, now = CALLED_AT) {
  const message = MESSAGES.get(type);
  if (message === undefined) return null;
  if (message.write === undefined) return undefined;
  const size = typeof message.size === "function" ? message.size(fields) : message.size;
  return made(size, message.type, (data) => message.write(data, fields, now));
}
