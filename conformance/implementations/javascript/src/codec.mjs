/**
 * The rollwire datagrams of revision 7: from bytes to messages and back.
 *
 * Ids such as `STATE_HASH-2` name the rules of the specification. Both directions are strict: they
 * refuse everything that SHOULD be refused, and also upper-case hash text, which an encoder MAY
 * accept. bytes.mjs reads and writes the fields.
 *
 * index.d.ts declares the types of the messages.
 */
import { hexAt, putHex, putU16, putU32, putU64, u16At, u32At, u64At } from "./bytes.mjs";
import { Refusal } from "./refusal.mjs";

/** The protocol revision that this module implements. */
export const REVISION = 7;

function refuse(refusalClass, message, offset) {
  throw new Refusal(refusalClass, message, offset);
}

/**
 * Reads one datagram. The specification fixes the order of the checks, because it decides which
 * class a refusal has.
 * @param {Uint8Array} bytes  the whole datagram; wrap an ArrayBuffer in `new Uint8Array(buffer)`
 * @returns {import("./index.d.ts").Message}
 * @throws {Refusal} with `refusalClass` and `offset`
 */
export function decode(bytes) {
  // This is a mistake of the caller, not of the peer, so it is not a Refusal.
  if (!ArrayBuffer.isView(bytes)) throw new TypeError("the datagram is not a Uint8Array");
  // Of another view, such as a DataView, the bytes are read. They may be a part of a larger buffer.
  return bytes instanceof Uint8Array
    ? decodeBytes(bytes)
    : decodeBytes(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

function decodeBytes(bytes) {
  const size = bytes.length;
  if (size === 0) refuse("empty", "the datagram is empty", 0);
  const layout = LAYOUT_OF_TYPE.get(bytes[0]);
  if (layout === undefined) refuse("unknown_type", `${bytes[0]} is not the type of a message`, 0);

  const { name, header, count } = layout;
  if (size < header) refuse("truncated", `${name}: ${size} bytes, expected ${header}`, size);
  let length = header;
  // The count is checked before the length: a count out of range does not give a length (INPUT-7).
  if (count) length += ENTRY_SIZE * checkedCount(layout, count.read(bytes), count.at);
  if (size < length) refuse("truncated", `${name}: ${size} bytes, expected ${length}`, size);
  if (size > length) refuse("trailing", `${name}: ${size} bytes, expected ${length}`, length);
  return layout.read(bytes, name);
}

/**
 * Writes one datagram. A value that does not fit its field is refused and never changed; a
 * Uint8Array by itself would keep 256 as 0 and 1.5 as 1. Properties that the message does not have
 * are ignored.
 * @param {import("./index.d.ts").Message} message
 * @returns {Uint8Array}
 * @throws {Refusal} with `refusalClass`
 */
export function encode(message) {
  const layout = LAYOUT_OF_NAME.get(message?.type);
  if (layout === undefined) refuse("unknown_type", "the type is not the name of a message");
  let length = layout.header;
  if (layout.count) {
    const { entries } = message;
    if (!Array.isArray(entries)) refuse("value", `entries is ${describe(entries)}, not an array`);
    length += ENTRY_SIZE * checkedCount(layout, entries.length);
  }
  const bytes = new Uint8Array(length);
  bytes[0] = layout.type;
  layout.write(bytes, message);
  return bytes;
}

const scratch = new DataView(new ArrayBuffer(8));

/** The timestamp of a time in milliseconds, for example of `performance.now()`. */
export function timestampFromMs(ms) {
  if (typeof ms !== "number") refuse("value", `ms is ${describe(ms)}, not a number`);
  scratch.setFloat64(0, ms);
  return scratch.getBigUint64(0);
}

/** The time of a timestamp, in milliseconds. */
export function timestampToMs(timestamp) {
  scratch.setBigUint64(0, bits64(timestamp, "timestamp"));
  return scratch.getFloat64(0);
}

// ---- The messages ------------------------------------------------------------------------------
// header  the length in bytes, without the list of entries if the message has one
// count   only with a list of entries: the offset and the range of the number of entries
// read    reads a message from bytes of the right length; its type is the name of the layout
// write   writes the fields to bytes of the right length, of which the first has been written

const LAYOUTS = [
  // -- Inputs. A codec keeps every entry, in the order given (INPUT-10, INPUT_RESPONSE-4).
  {
    name: "input", type: 0x01, header: 9,
    count: { at: 7, min: 1, max: 15, read: (bytes) => bytes[7] },
    read: (bytes, type) => ({
      type,
      player: u16At(bytes, 1),
      current_frame: u32At(bytes, 3),
      entries: readEntries(bytes, 9), // byte 8 is reserved and ignored (INPUT-8)
    }),
    write(bytes, message) {
      putU16(bytes, 1, u16(message.player, "player"));
      putU32(bytes, 3, u32(message.current_frame, "current_frame"));
      bytes[7] = message.entries.length;
      bytes[8] = 0; // reserved (INPUT-9)
      writeEntries(bytes, 9, message.entries);
    },
  },
  {
    name: "input_request", type: 0x12, header: 9,
    read(bytes, type) {
      const start = u32At(bytes, 1);
      const end = u32At(bytes, 5);
      if (start > end) refuse("range", "start is greater than end", 5);
      return { type, start, end };
    },
    write(bytes, message) {
      putU32(bytes, 1, u32(message.start, "start"));
      putU32(bytes, 5, u32(message.end, "end"));
      if (message.start > message.end) refuse("range", "start is greater than end");
    },
  },
  {
    name: "input_response", type: 0x13, header: 5,
    count: { at: 3, min: 0, max: 65535, read: (bytes) => u16At(bytes, 3) },
    read: (bytes, type) => ({ type, player: u16At(bytes, 1), entries: readEntries(bytes, 5) }),
    write(bytes, message) {
      putU16(bytes, 1, u16(message.player, "player"));
      putU16(bytes, 3, message.entries.length);
      writeEntries(bytes, 5, message.entries);
    },
  },

  // -- Liveness: four messages of the same layout, and one that consists of its type only.
  timestampLayout("ping", 0x02),
  timestampLayout("pong", 0x03),
  timestampLayout("validation_ping", 0x10),
  timestampLayout("validation_pong", 0x11),
  { name: "keepalive", type: 0x04, header: 1, read: (_, type) => ({ type }), write() {} },

  // -- Episodes and state hash. EPISODE_READY and STATE_HASH both have 13 bytes, and a hash at 5.
  //    EPISODE_READY writes 8 digits as ASCII characters; STATE_HASH packs 16 digits into 8 bytes.
  {
    name: "episode_end", type: 0x05, header: 9,
    read: (bytes, type) => ({ type, frame: u32At(bytes, 1), episode: u32At(bytes, 5) }),
    write(bytes, message) {
      putU32(bytes, 1, u32(message.frame, "frame"));
      putU32(bytes, 5, u32(message.episode, "episode"));
    },
  },
  {
    name: "episode_ready", type: 0x06, header: 13,
    read(bytes, type) {
      let hash = "";
      for (let at = 5; at < 13; at++) hash += String.fromCharCode(bytes[at]);
      const bad = hash.search(NOT_HEX);
      if (bad >= 0) refuse("text", "hash: the character is not a lower-case hex digit", 5 + bad);
      return { type, episode: u32At(bytes, 1), hash };
    },
    write(bytes, message) {
      putU32(bytes, 1, u32(message.episode, "episode"));
      const hash = hexText(message.hash, "hash", 8);
      for (let i = 0; i < 8; i++) bytes[5 + i] = hash.charCodeAt(i);
    },
  },
  {
    name: "state_hash", type: 0x07, header: 13,
    read: (bytes, type) => ({ type, frame: u32At(bytes, 1), hash: hexAt(bytes, 5, 13) }),
    write(bytes, message) {
      putU32(bytes, 1, u32(message.frame, "frame"));
      putHex(bytes, 5, hexText(message.hash, "hash", 16));
    },
  },
  // -- Focus.
  {
    name: "focus_state", type: 0x14, header: 6,
    read(bytes, type) {
      const focused = bytes[1];
      if (focused > 1) refuse("value", `focused is ${focused}, expected 0 or 1`, 1);
      return { type, focused: focused === 1, frame: u32At(bytes, 2) };
    },
    write(bytes, message) {
      if (typeof message.focused !== "boolean") refuse("value", "focused is not a boolean");
      bytes[1] = message.focused ? 1 : 0;
      putU32(bytes, 2, u32(message.frame, "frame"));
    },
  },
];

const LAYOUT_OF_TYPE = new Map(LAYOUTS.map((layout) => [layout.type, layout]));
const LAYOUT_OF_NAME = new Map(LAYOUTS.map((layout) => [layout.name, layout]));

function timestampLayout(name, type) {
  return {
    name, type, header: 9,
    read: (bytes, type) => ({ type, timestamp: u64At(bytes, 1) }),
    write: (bytes, message) => putU64(bytes, 1, bits64(message.timestamp, "timestamp")),
  };
}

// ---- Entries of five bytes: frame (u32), then action (u8) --------------------------------------

const ENTRY_SIZE = 5;

function checkedCount({ name, count: { min, max } }, entries, offset) {
  if (entries < min || entries > max) {
    refuse("count", `${name}: ${entries} entries, expected ${min} to ${max}`, offset);
  }
  return entries;
}

function readEntries(bytes, first) {
  const entries = [];
  for (let at = first; at < bytes.length; at += ENTRY_SIZE) {
    entries.push({ frame: u32At(bytes, at), action: bytes[at + 4] });
  }
  return entries;
}

function writeEntries(bytes, first, entries) {
  let at = first;
  for (const entry of entries) { // which can be null; forEach would skip the holes of an array
    putU32(bytes, at, u32(entry?.frame, "frame"));
    bytes[at + 4] = u8(entry?.action, "action");
    at += ENTRY_SIZE;
  }
}

// ---- Values of fields to encode: each is returned unchanged or refused -------------------------

const NOT_HEX = /[^0-9a-f]/;
const u8 = (value, field) => uint(value, field, 0xff);
const u16 = (value, field) => uint(value, field, 0xffff);
const u32 = (value, field) => uint(value, field, 0xffffffff);

function uint(value, field, max) {
  if (!Number.isInteger(value)) refuse("value", `${field} is ${describe(value)}, not an integer`);
  if (value < 0 || value > max) refuse("range", `${field} is ${value}, expected 0 to ${max}`);
  return value;
}

function bits64(value, field) {
  if (typeof value !== "bigint") refuse("value", `${field} is ${describe(value)}, not a BigInt`);
  if (value < 0n || value > 0xffffffffffffffffn) refuse("range", `${field} does not fit 64 bits`);
  return value;
}

function hexText(text, field, digits) {
  if (typeof text !== "string") refuse("value", `${field} is ${describe(text)}, not a string`);
  const isHash = text.length === digits && !NOT_HEX.test(text);
  if (!isHash) refuse("text", `${field} is not ${digits} lower-case hex digits`);
  return text;
}

// String(value) would throw for an object from JSON whose `toString` is not a function.
const describe = (value) => (typeof value === "number" ? String(value) : typeof value);
