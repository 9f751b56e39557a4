/** The datagram of a message, or the reason why there is none. */
import { encode, Refusal, REVISION } from "../reference.mjs";
import { RULES } from "../tables.mjs";
import { fieldOfKind, limitIn, messageOfName } from "./parts.mjs";
import { messageOf } from "./value.mjs";

/**
 * Encodes a message.
 * @param {{type: string, fields: object}} value  the message as JSON, as spec/common.md describes it
 * @param {number} revision
 * @returns {{bytes: Uint8Array} | {refused: {class: string, rule: string, level: string, found: string}}}
 *   the refusal has the rule that demands it, and what the implementation said
 */
export function compose(value, revision = REVISION) {
  const message = messageOfName(value.type);
  if (message !== null && message.since > revision) {
    return refused("unknown_type", "WIRE-4", `revision ${revision} has no ${message.title}`);
  }
  try {
    const bytes = encode(messageOf(value));
    return beyondLimit(message, value, revision) ?? { bytes };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const rule = ruleOf(error.refusalClass, message, value);
    return refused(error.refusalClass, rule, error.message);
  }
}

function refused(refusalClass, rule, found) {
  return { refused: { class: refusalClass, rule, level: RULES[rule].level, found } };
}

/** The rule by which a value of a message is refused in a class. */
function ruleOf(refusalClass, message, { fields }) {
  if (message === null) return "WIRE-4";
  if (refusalClass === "count") return fieldOfKind(message, "count").encode_rule;
  if (refusalClass === "text") {
    const hash = message.fields.find((it) => it.kind === "raw_hash" || it.kind === "text_hash");
    // Upper-case digits may be accepted, and this implementation does not.
    const digits = hash.kind === "raw_hash" ? 2 * hash.size : hash.size;
    const isUpperCase = new RegExp(`^[0-9a-fA-F]{${digits}}$`).test(fields[hash.name]);
    return isUpperCase ? hash.upper_case_rule : hash.encode_rule;
  }
  const { ordered } = message;
  const isNumber = (name) => Number.isInteger(fields[name]) && fields[name] >= 0 && fields[name] < 2 ** 32;
  const isOrder = refusalClass === "range" && ordered && isNumber(ordered.first) && isNumber(ordered.last);
  return isOrder ? ordered.encode_rule : message.encode_rule;
}

/** More entries than an earlier revision allowed. */
function beyondLimit(message, { fields }, revision) {
  const field = fieldOfKind(message, "count");
  const limit = limitIn(field, revision);
  const count = fields.entries?.length;
  if (limit === null || (count >= limit.min && count <= limit.max)) return null;
  const found = `${message.name}: ${count} entries, expected ${limit.min} to ${limit.max}`;
  return refused("count", field.encode_rule, found);
}
