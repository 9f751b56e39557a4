/**
 * Why a datagram is refused. The JavaScript implementation refuses it, with a class and an offset; the
 * table of layouts says by which rule, and what a lenient peer reads.
 */
import { RULES } from "../tables.mjs";
import { countOf, fieldOfKind, lengthWith, limitIn, messageOfType } from "./parts.mjs";
import { lenientValue } from "./value.mjs";

const bytesIn = (length) => `${length} byte${length === 1 ? "" : "s"}`;

/** A refusal as `rollwire inspect --json` has it. */
function refusal(rule, facts) {
  const { level } = RULES[rule];
  return { field: null, alternative: null, ...facts, rule, level };
}

/** A type byte that no message of the revision has. */
export function unknownType(bytes, revision) {
  const found = `0x${bytes[0].toString(16).padStart(2, "0")}`;
  const expected = `a message type of revision ${revision}`;
  return refusal("WIRE-2", { class: "unknown_type", offset: 0, expected, found });
}

/** What `decode` refused with this class at this offset. */
export function explained(refusalClass, offset, bytes, revision) {
  const at = { class: refusalClass, offset };
  if (refusalClass === "empty") {
    return refusal("WIRE-1", { ...at, expected: "at least 1 byte", found: "none" });
  }
  const message = messageOfType(bytes[0], revision);
  const lenient = () => lenientValue(message, bytes, countOf(message, bytes));
  if (refusalClass === "truncated") {
    const header = lengthWith(message, 0);
    const whole = bytes.length < header ? header : lengthWith(message, countOf(message, bytes));
    const facts = { ...at, expected: bytesIn(whole), found: bytesIn(bytes.length) };
    return refusal(message.length_rule, facts);
  }
  if (refusalClass === "trailing") {
    const facts = { ...at, expected: bytesIn(offset), found: bytesIn(bytes.length) };
    return refusal(message.length_rule, facts);
  }
  if (refusalClass === "count") return refusedCount(message, bytes, revision);
  const field = message.fields.find((it) => offset >= it.offset && offset < it.offset + it.size);
  const facts = { ...at, field: field.name, alternative: lenient() };
  if (refusalClass === "text") {
    const found = `byte 0x${bytes[offset].toString(16).padStart(2, "0")}`;
    return refusal(field.refuse_rule, { ...facts, expected: "a character 0-9 or a-f", found });
  }
  if (refusalClass === "value") {
    return refusal(field.refuse_rule, { ...facts, expected: "0 or 1", found: `${bytes[offset]}` });
  }
  const { first, last, rule } = message.ordered;
  const { fields } = facts.alternative;
  const expected = `at least ${first}, which is ${fields[first]}`;
  return refusal(rule, { ...facts, expected, found: `${fields[last]}` });
}

/** A count that the revision does not allow, or `null`. */
export function countBeyond(message, bytes, revision) {
  const limit = limitIn(fieldOfKind(message, "count"), revision);
  const count = countOf(message, bytes);
  const isAllowed = limit === null || (count >= limit.min && count <= limit.max);
  return isAllowed ? null : refusedCount(message, bytes, revision);
}

function refusedCount(message, bytes, revision) {
  const field = fieldOfKind(message, "count");
  const limit = limitIn(field, revision);
  const count = countOf(message, bytes);
  const isWhole = bytes.length === lengthWith(message, count);
  const mayBe = limit.max < count && count <= (limit.may ?? 0);
  const facts = {
    class: "count",
    offset: field.offset,
    field: field.name,
    expected: `${limit.min} to ${limit.max} entries`,
    found: `${count}`,
    alternative: isWhole ? lenientValue(message, bytes, count) : null,
  };
  if (mayBe) return refusal(limit.may_rule, facts);
  return refusal(isWhole ? field.refuse_rule : field.wrong_length_rule, facts);
}
