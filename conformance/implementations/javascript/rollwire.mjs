/**
 * The rollwire datagrams, revision 7: bytes to messages and back.
 *
 * Ids such as `STATE_HASH-2` name the rules of the specification. Both directions are strict:
 * what SHOULD be refused is refused, as is upper-case hash text, which an encoder MAY accept.
 * All integers are big-endian, which is what DataView takes unless told otherwise.
 */

/** The protocol revision that this module speaks. */
export const REVISION = 7;

/**
 * @typedef {number} U8   an integer, 0 to 255
 * @typedef {number} U16  an integer, 0 to 65535
 * @typedef {number} U32  an integer, 0 to 4294967295
 * @typedef {bigint} Timestamp  the 64 bits of a double: milliseconds on the sender's own clock.
 *   Bits, because a JavaScript engine may replace one NaN by another (PING-2, PING-3);
 *   `timestampFromMs` and `timestampToMs` convert.
 * @typedef {{frame: U32, action: U8}} Entry  frame: when the action executes; action: the game's
 * @typedef {{type: "input", player: U16, current_frame: U32, entries: Entry[]}} Input
 *   player: player index (INPUT-2); current_frame: frame (INPUT-3); 1 to 15 entries (INPUT-4)
 * @typedef {{type: "input_request", start: U32, end: U32}} InputRequest
 *   frames, both included, start <= end (INPUT_REQUEST-2, -3, -4)
 * @typedef {{type: "input_response", player: U16, entries: Entry[]}} InputResponse
 *   player: player index (INPUT_RESPONSE-2); 0 to 65535 entries (INPUT_RESPONSE-3)
 * @typedef {{type: "ping" | "validation_ping", timestamp: Timestamp}} Ping  PING-2
 * @typedef {{type: "pong" | "validation_pong", timestamp: Timestamp}} Pong  the PING's: PONG-5
 * @typedef {{type: "keepalive"}} Keepalive  KEEPALIVE-1
 * @typedef {{type: "episode_end", frame: U32, episode: U32}} EpisodeEnd
 *   frame: the last simulated frame plus one (EPISODE_END-5); episode: from 0 (EPISODE_END-6)
 * @typedef {{type: "episode_ready", episode: U32, hash: string}} EpisodeReady
 *   episode: from 1 (EPISODE_READY-8); hash: 8 lower-case hex digits (EPISODE_READY-3)
 * @typedef {{type: "state_hash", frame: U32, hash: string}} StateHash
 *   frame (STATE_HASH-2); hash: 16 lower-case hex digits (STATE_HASH-3)
 * @typedef {{type: "focus_state", focused: boolean, frame: U32}} FocusState
 *   focused: the sender's page is shown (FOCUS_STATE-2); frame: the sender's (FOCUS_STATE-4)
 *
 * @typedef {Input | InputRequest | InputResponse | Ping | Pong | Keepalive | EpisodeEnd
 *   | EpisodeReady | StateHash | FocusState} Message
 * @typedef {"empty"|"unknown_type"|"truncated"|"trailing"|"count"|"value"|"text"|"range"} Class
 */

/** The protocol does not allow this datagram or message. Nothing else has happened (WIRE-3). */
export class Refusal extends Error {
  constructor(refusalClass, message, offset) {
    super(offset === undefined ? message : `${message} (at byte ${offset})`);
    this.name = "Refusal";
    /** @type {Class} */
    this.refusalClass = refusalClass;
    /** @type {number | undefined} the byte of the datagram at which `decode` refused */
    this.offset = offset;
  }
}

function refuse(refusalClass, message, offset) {
  throw new Refusal(refusalClass, message, offset);
}

/**
 * Reads one datagram. The order of the checks is the specification's: it decides the class.
 * @param {Uint8Array} bytes  the whole datagram; wrap an ArrayBuffer as `new Uint8Array(buffer)`
 * @returns {Message}
 * @throws {Refusal} with `refusalClass` and `offset`
 */
export function decode(bytes) {
  // The caller's mistake, not the peer's, and so not a Refusal.
  if (!ArrayBuffer.isView(bytes)) throw new TypeError("decode takes a Uint8Array");
  // The bytes may be a window into a larger buffer: byteOffset and byteLength matter.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.byteLength;
  if (size === 0) refuse("empty", "a datagram has at least 1 byte", 0);
  const layout = LAYOUT_OF_TYPE.get(view.getUint8(0));
  if (layout === undefined) refuse("unknown_type", `${view.getUint8(0)} is no message type`, 0);

  const { name, header, count } = layout;
  if (size < header) refuse("truncated", `${name}: ${size} bytes, the header is ${header}`, size);
  let length = header;
  // The count before the length, because a count that is not allowed gives no length (INPUT-7).
  if (count) length += ENTRY_SIZE * checkedCount(layout, count.read(view), count.at);
  if (size < length) refuse("truncated", `${name}: ${size} bytes, not ${length}`, size);
  if (size > length) refuse("trailing", `${name}: ${size} bytes, not ${length}`, length);
  return { type: name, ...layout.read(view) };
}

/**
 * Writes one datagram. A value that does not fit its field is refused, never changed: DataView
 * alone would write 256 as 0 and 1.5 as 1. Properties that the message does not have are ignored.
 * @param {Message} message
 * @returns {Uint8Array}
 * @throws {Refusal} with `refusalClass`
 */
export function encode(message) {
  const layout = LAYOUT_OF_NAME.get(message?.type);
  if (layout === undefined) refuse("unknown_type", "the type is no message of this revision");
  let length = layout.header;
  if (layout.count) {
    const { entries } = message;
    if (!Array.isArray(entries)) refuse("value", `entries is ${describe(entries)}, not an array`);
    length += ENTRY_SIZE * checkedCount(layout, entries.length);
  }
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, layout.type);
  layout.write(view, message);
  return bytes;
}

const scratch = new DataView(new ArrayBuffer(8));
/** @type {(ms: number) => Timestamp} ms: milliseconds, for example `performance.now()` */
export function timestampFromMs(ms) {
  if (typeof ms !== "number") refuse("value", `ms is ${describe(ms)}, not a number`);
  scratch.setFloat64(0, ms);
  return scratch.getBigUint64(0);
}

/** @type {(timestamp: Timestamp) => number} milliseconds */
export function timestampToMs(timestamp) {
  scratch.setBigUint64(0, bits64({ timestamp }, "timestamp"));
  return scratch.getFloat64(0);
}

// ---- The messages ------------------------------------------------------------------------------
// header  length in bytes, up to the list of entries if there is one
// count   only with such a list: where the number of entries stands and what it may be
// read    the fields out of a view of the right length
// write   the fields into a view of the right length, byte 0 already written

const LAYOUTS = [
  // -- Inputs. A codec keeps every entry, in the order given (INPUT-10, INPUT_RESPONSE-4).
  {
    name: "input", type: 0x01, header: 9,
    count: { at: 7, min: 1, max: 15, read: (view) => view.getUint8(7) },
    read: (view) => ({
      player: view.getUint16(1),
      current_frame: view.getUint32(3),
      entries: readEntries(view, 9), // byte 8 is reserved and not looked at (INPUT-8)
    }),
    write(view, message) {
      view.setUint16(1, u16(message, "player"));
      view.setUint32(3, u32(message, "current_frame"));
      view.setUint8(7, message.entries.length);
      view.setUint8(8, 0); // reserved (INPUT-9)
      writeEntries(view, 9, message.entries);
    },
  },
  {
    name: "input_request", type: 0x12, header: 9,
    read(view) {
      const start = view.getUint32(1);
      const end = view.getUint32(5);
      if (start > end) refuse("range", "start is greater than end", 5);
      return { start, end };
    },
    write(view, message) {
      view.setUint32(1, u32(message, "start"));
      view.setUint32(5, u32(message, "end"));
      if (message.start > message.end) refuse("range", "start is greater than end");
    },
  },
  {
    name: "input_response", type: 0x13, header: 5,
    count: { at: 3, min: 0, max: 65535, read: (view) => view.getUint16(3) },
    read: (view) => ({ player: view.getUint16(1), entries: readEntries(view, 5) }),
    write(view, message) {
      view.setUint16(1, u16(message, "player"));
      view.setUint16(3, message.entries.length);
      writeEntries(view, 5, message.entries);
    },
  },

  // -- Liveness: four messages of one layout, and one that is nothing but its type.
  timestampLayout("ping", 0x02),
  timestampLayout("pong", 0x03),
  timestampLayout("validation_ping", 0x10),
  timestampLayout("validation_pong", 0x11),
  { name: "keepalive", type: 0x04, header: 1, read: () => ({}), write() {} },

  // -- Episodes and state hash. EPISODE_READY and STATE_HASH are both 13 bytes, with a hash at 5:
  //    the one writes eight digits as ASCII characters, the other packs sixteen into raw bytes.
  {
    name: "episode_end", type: 0x05, header: 9,
    read: (view) => ({ frame: view.getUint32(1), episode: view.getUint32(5) }),
    write(view, message) {
      view.setUint32(1, u32(message, "frame"));
      view.setUint32(5, u32(message, "episode"));
    },
  },
  {
    name: "episode_ready", type: 0x06, header: 13,
    read(view) {
      let hash = "";
      for (let at = 5; at < 13; at++) hash += String.fromCharCode(view.getUint8(at));
      const bad = hash.search(NOT_HEX);
      if (bad >= 0) refuse("text", "hash: not a lower-case hex digit", 5 + bad);
      return { episode: view.getUint32(1), hash };
    },
    write(view, message) {
      view.setUint32(1, u32(message, "episode"));
      const hash = hexText(message, "hash", 8);
      for (let i = 0; i < 8; i++) view.setUint8(5 + i, hash.charCodeAt(i));
    },
  },
  {
    name: "state_hash", type: 0x07, header: 13,
    read: (view) => ({
      frame: view.getUint32(1),
      hash: view.getBigUint64(5).toString(16).padStart(16, "0"),
    }),
    write(view, message) {
      view.setUint32(1, u32(message, "frame"));
      view.setBigUint64(5, BigInt(`0x${hexText(message, "hash", 16)}`));
    },
  },
  // -- Focus.
  {
    name: "focus_state", type: 0x14, header: 6,
    read(view) {
      const focused = view.getUint8(1);
      if (focused > 1) refuse("value", `focused is ${focused}, not 0 or 1`, 1);
      return { focused: focused === 1, frame: view.getUint32(2) };
    },
    write(view, message) {
      if (typeof message.focused !== "boolean") refuse("value", "focused is not a boolean");
      view.setUint8(1, message.focused ? 1 : 0);
      view.setUint32(2, u32(message, "frame"));
    },
  },
];

const LAYOUT_OF_TYPE = new Map(LAYOUTS.map((layout) => [layout.type, layout]));
const LAYOUT_OF_NAME = new Map(LAYOUTS.map((layout) => [layout.name, layout]));

function timestampLayout(name, type) {
  return {
    name, type, header: 9,
    read: (view) => ({ timestamp: view.getBigUint64(1) }),
    write: (view, message) => view.setBigUint64(1, bits64(message, "timestamp")),
  };
}

// ---- Entries of five bytes: frame (u32), then action (u8) --------------------------------------

const ENTRY_SIZE = 5;

function checkedCount({ name, count: { min, max } }, entries, offset) {
  if (entries < min || entries > max) {
    refuse("count", `${name}: ${entries} entries, not ${min} to ${max}`, offset);
  }
  return entries;
}

function readEntries(view, first) {
  const entries = [];
  for (let at = first; at < view.byteLength; at += ENTRY_SIZE) {
    entries.push({ frame: view.getUint32(at), action: view.getUint8(at + 4) });
  }
  return entries;
}

function writeEntries(view, first, entries) {
  let at = first;
  for (const entry of entries) { // not forEach, which skips the holes of a sparse array
    view.setUint32(at, u32(entry, "frame"));
    view.setUint8(at + 4, u8(entry, "action"));
    at += ENTRY_SIZE;
  }
}

// ---- Fields of a message to encode: the value unchanged, or a Refusal --------------------------

const NOT_HEX = /[^0-9a-f]/;
const u8 = (owner, field) => uint(owner, field, 0xff);
const u16 = (owner, field) => uint(owner, field, 0xffff);
const u32 = (owner, field) => uint(owner, field, 0xffffffff);

function uint(owner, field, max) {
  const value = owner?.[field]; // an entry of a list can be null
  if (!Number.isInteger(value)) refuse("value", `${field} is ${describe(value)}, not an integer`);
  if (value < 0 || value > max) refuse("range", `${field} is ${value}, not 0 to ${max}`);
  return value;
}

function bits64(owner, field) {
  const value = owner[field];
  if (typeof value !== "bigint") refuse("value", `${field} is ${describe(value)}, not a BigInt`);
  if (value < 0n || value > 0xffffffffffffffffn) refuse("range", `${field} has not 64 bits`);
  return value;
}

function hexText(owner, field, digits) {
  const text = owner[field];
  if (typeof text !== "string") refuse("value", `${field} is ${describe(text)}, not a string`);
  const isHash = text.length === digits && !NOT_HEX.test(text);
  if (!isHash) refuse("text", `${field} is not ${digits} lower-case hex digits`);
  return text;
}

// Not String(value): an object out of JSON can carry a `toString` that is no function.
const describe = (value) => (typeof value === "number" ? String(value) : typeof value);
