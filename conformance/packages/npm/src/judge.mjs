/**
 * The judge: from what may be answered and what was answered to a verdict.
 *
 * It is as strict as `rollwire check`, and as lenient. To question a verdict, read this file.
 */
import { messageOf } from "./cases.mjs";
import { hexOf, received } from "./datagrams.mjs";
import { Refusal } from "./refusal.mjs";
import { Foreign, taken, told, Unreadable } from "./shown.mjs";

/** What the codec lacks for a check; undefined if it lacks nothing. */
export function missing(codec, it, kind) {
  const message = messageOf(it, kind);
  if (message !== undefined && codec.messages !== undefined && !codec.messages.includes(message)) {
    return `the codec does not have the message ${message}`;
  }
  const isOwn = kind === "reencode" && codec.reencode !== undefined;
  if (kind !== "encode" && codec.decode === undefined && !isOwn) return "the codec has no `decode`";
  if (kind !== "decode" && codec.encode === undefined && !isOwn) return "the codec has no `encode`";
  if (it.requires.includes("nan-payload") && codec.nanPayload !== true) {
    return "the codec does not say `nanPayload: true`";
  }
  return undefined;
}

/**
 * Calls the codec: `{value}`, `{hex}`, `{refusal, refusalClass}` or, if it is broken,
 * `{broken, error}`.
 */
export function ask(codec, it, kind) {
  try {
    if (kind === "decode") return asValue(received(it.hex, codec.decode));
    if (kind === "encode") return asDatagram(codec.encode(structuredClone(it.value)));
    if (codec.reencode !== undefined) return asDatagram(received(it.hex, codec.reencode));
    return asDatagram(codec.encode(received(it.hex, codec.decode)));
  } catch (error) {
    return asError(codec, error);
  }
}

/** What was thrown may throw as well when it is looked at. */
function asError(codec, error) {
  const refusals = [Refusal, codec.refusal ?? []].flat();
  try {
    if (refusals.some((type) => error instanceof type)) {
      const refusalClass = codec.classOf ? codec.classOf(error) : error.refusalClass;
      const isNone = refusalClass === undefined || refusalClass === null;
      return { refusal: told(error.message), refusalClass: isNone ? undefined : told(refusalClass) };
    }
  } catch (unread) {
    return { broken: "crash", text: `a refusal that cannot be read: ${told(unread)}`, error: unread };
  }
  return { broken: "crash", text: told(error), error };
}

function asValue(returned) {
  const malformed = (text) => ({ broken: "malformed", text: `\`decode\` returned ${text}` });
  if (!isObject(returned)) return malformed(`${nameOf(returned)}, expected an object`);
  let value;
  try {
    const { type, fields } = returned; // a class of messages may have them as accessors
    value = taken({ type, fields });
  } catch (error) {
    if (error instanceof Unreadable) return malformed(`a value that is ${error.message}`);
    throw error; // of a getter or a proxy: of the codec
  }
  if (typeof value.type !== "string") return malformed("an object whose `type` is not a string");
  if (!isObject(value.fields)) return malformed("an object whose `fields` is not an object");
  return { value };
}

function asDatagram(bytes) {
  const hex = hexOf(bytes);
  if (hex !== undefined) return { hex };
  const text = `\`encode\` returned ${nameOf(bytes)}, expected a Uint8Array`;
  return { broken: "malformed", text };
}

const isObject = (it) =>
  typeof it === "object" && it !== null && !Array.isArray(it) && !(it instanceof Foreign);

function nameOf(it) {
  if (it === undefined || it === null || it === false) return `${it}; to refuse, throw the refusal`;
  return Array.isArray(it) ? "an array" : `a value of type ${typeof it}`;
}

/** Judges one answer against the outcomes, the preferred one first. */
export function judge(outcomes, answer) {
  if (answer.broken !== undefined) return { verdict: "error", code: answer.broken, answer };
  if (answer.refusal !== undefined) return judgeRefusal(outcomes, answer);
  const right = outcomes.find((one) => matches(one, answer));
  if (right !== undefined) return graded(right, answer);
  if (outcomes.every(({ reject }) => reject !== undefined)) {
    return { verdict: "fail", code: "accepted", answer };
  }
  const code = answer.hex === undefined ? "wrong_value" : "wrong_bytes";
  return { verdict: "fail", code, answer };
}

/** Where refusing is right, a wrong class is weak and never a failure. */
function judgeRefusal(outcomes, answer) {
  const refusals = outcomes.filter(({ reject }) => reject !== undefined);
  if (refusals.length === 0) return { verdict: "fail", code: "refused", answer };
  if (answer.refusalClass === undefined || answer.refusalClass === null) {
    return graded(refusals[0], answer);
  }
  const named = refusals.find(({ reject }) => reject === answer.refusalClass);
  return named ? graded(named, answer) : { verdict: "weak", code: "wrong_class", answer };
}

const graded = ({ grade }, answer) =>
  grade === "pass" ? { verdict: "pass", answer } : { verdict: "weak", code: "alternative", answer };

function matches(outcome, answer) {
  if (answer.hex !== undefined) return outcome.hex === answer.hex;
  if (outcome.value === undefined) return false;
  return outcome.value.type === answer.value.type
    && same(outcome.value.fields, answer.value.fields);
}

/** Whether two values are the same in JSON. The order of names does not matter. */
export function same(left, right) {
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && left.length === right.length
      && left.every((one, at) => same(one, right[at]));
  }
  if (!isObject(left) || !isObject(right)) return left === right;
  const [names, others] = [left, right].map((it) => Object.keys(it).filter((name) => isThere(it[name])));
  return names.length === others.length
    && names.every((name) => others.includes(name) && same(left[name], right[name]));
}

// JSON has no undefined: such a member is not written.
const isThere = (value) => value !== undefined;
