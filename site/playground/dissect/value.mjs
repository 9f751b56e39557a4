/** Messages as JSON: `{type, fields}`, with the timestamp as the 16 hex digits of its bits. */
import { fieldOfKind, hexOf, integerAt } from "./parts.mjs";

/** The message `{type, ...fields}` of the implementation. */
export function valueOf({ type, ...fields }) {
  if ("timestamp" in fields) fields.timestamp = fields.timestamp.toString(16).padStart(16, "0");
  return { type, fields };
}

/** The reverse. What is wrong is passed on as it is, because the implementation has to refuse it. */
export function messageOf({ type, fields }) {
  const message = { ...fields, type };
  const { timestamp } = message;
  if (typeof timestamp === "string" && /^[0-9a-f]{16}$/.test(timestamp)) {
    message.timestamp = BigInt(`0x${timestamp}`);
  }
  return message;
}

/** What a lenient peer reads in a datagram whose length is right: only where a rule allows it. */
export function lenientValue(message, bytes, count) {
  const fields = {};
  for (const field of message.fields) {
    const read = READ[field.kind];
    if (read) fields[field.name] = read(bytes, field);
  }
  const list = fieldOfKind(message, "entries");
  if (list) fields[list.name] = Array.from({ length: count }, (_, i) => entryOf(bytes, list, i));
  return { type: message.name, fields };
}

function entryOf(bytes, list, index) {
  const begin = list.offset + index * list.size;
  const members = list.entry.map(({ name, offset, size }) =>
    [name, integerAt(bytes, begin + offset, size)]);
  return Object.fromEntries(members);
}

const hex = (bytes, { offset, size }) => hexOf(bytes.subarray(offset, offset + size));

/** The value in the bytes of a field, by its kind. Other kinds are not part of a value. */
const READ = {
  uint: (bytes, { offset, size }) => integerAt(bytes, offset, size),
  double: hex,
  raw_hash: hex,
  text_hash: (bytes, { offset, size }) =>
    String.fromCharCode(...bytes.subarray(offset, offset + size)),
  flag: (bytes, { offset }) => bytes[offset] === 1,
};

/** The member of a value's fields at a path such as `entries[2].action`; `undefined` without one. */
export function memberAt(fields, path) {
  const [, name, index, member] = path.match(/^([^[]*)(?:\[(\d+)\]\.(.*))?$/);
  return index === undefined ? fields[name] : fields[name]?.[index]?.[member];
}
