/** The layouts of the messages, and the name of every byte of a datagram. */
import { MESSAGES } from "../tables.mjs";

/** The message that begins with this byte in a revision, or `null`. */
export function messageOfType(type, revision) {
  return MESSAGES.find((it) => it.type === type && it.since <= revision) ?? null;
}

export const messageOfName = (name) => MESSAGES.find((it) => it.name === name) ?? null;

export const fieldOfKind = (message, kind) => message.fields.find((it) => it.kind === kind) ?? null;

/** The length of a datagram with that many entries. */
export function lengthWith(message, entries) {
  const fixed = message.fields.filter((it) => it.kind !== "entries");
  const header = Math.max(...fixed.map((it) => it.offset + it.size));
  return header + entries * (fieldOfKind(message, "entries")?.size ?? 0);
}

/** The big-endian integer in a field of up to four bytes; missing bytes make it 0. */
export function integerAt(bytes, offset, size) {
  if (offset + size > bytes.length) return 0;
  let value = 0;
  for (let at = offset; at < offset + size; at += 1) value = value * 256 + bytes[at];
  return value;
}

/** How many entries a datagram says that it has. */
export function countOf(message, bytes) {
  const field = fieldOfKind(message, "count");
  return field === null ? 0 : integerAt(bytes, field.offset, field.size);
}

/** The limit of a count in a revision, or `null`. */
export function limitIn(field, revision) {
  const applies = ({ since, until }) => since <= revision && revision <= (until ?? Infinity);
  return field?.limits?.find(applies) ?? null;
}

/** The bytes as lower-case hex. */
export const hexOf = (bytes) => Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("");

/**
 * Names every byte, in order: also of a datagram that is truncated, has a surplus, or is unknown.
 * @param {Uint8Array} bytes
 * @param {number} revision
 * @returns {{name: string, offset: number, length: number, kind: string}[]}
 */
export function partsOf(bytes, revision) {
  const parts = [];
  const push = (name, offset, size, kind) => {
    const length = Math.min(size, bytes.length - offset);
    if (length > 0) parts.push({ name, offset, length, kind });
  };
  const message = messageOfType(bytes[0], revision);
  if (message === null) {
    push("type", 0, 1, "type");
    push("unknown", 1, bytes.length, "unknown");
    return parts;
  }
  for (const field of message.fields) {
    if (field.kind !== "entries") {
      push(field.name, field.offset, field.size, field.kind);
      continue;
    }
    const count = countOf(message, bytes);
    for (let index = 0; index < count; index += 1) {
      const begin = field.offset + index * field.size;
      if (begin >= bytes.length) break;
      for (const { name, offset, size, kind } of field.entry) {
        push(`${field.name}[${index}].${name}`, begin + offset, size, kind);
      }
    }
  }
  const last = parts.at(-1);
  push("surplus", last.offset + last.length, bytes.length, "surplus");
  return parts;
}
