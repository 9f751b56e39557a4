/** What a failed check shows: the bytes, the field, what was expected and what came. */
import { outcomesOf } from "./cases.mjs";
import { same } from "./judge.mjs";

// A line shows this many parts of a datagram, those around the field that differs, and of a part
// this many bytes; of a value it shows this many characters.
const MOST_PARTS = 16;
const MOST_BYTES = 24;
const MOST_TEXT = 300;

/** A block of text like the one of `rollwire check`. */
export function explain(it, kind, judgement) {
  const { verdict, code } = judgement;
  const rule = it.rules[0];
  const title = [it.id, kind, it.level.toUpperCase(), rule, code ?? verdict].join(" · ");
  const rows = [
    ...given(it, kind, judgement),
    ...answers(it, kind, judgement),
    ["about", it.rules.join(", ")],
    ["catches", it.comment],
    ["read", `rollwire explain ${rule}`],
  ];
  const lines = rows.map(([name, text]) => `      ${name.padEnd(10)}${text}`.trimEnd());
  return [`${verdict.toUpperCase()}  ${title}`, ...lines].join("\n");
}

function given(it, kind, judgement) {
  if (kind === "encode") return [["given", json(it.value)]];
  const path = kind === "decode" ? wrongMember(it, kind, judgement) : undefined;
  return marked("given", it.hex, it.parts, partOf(it.parts, path));
}

function answers(it, kind, judgement) {
  const { answer } = judgement;
  const outcomes = outcomesOf(it, kind);
  const path = wrongMember(it, kind, judgement);
  if (path !== undefined) {
    const { value } = outcomes.find((one) => one.value !== undefined);
    const shown = (message) => `${path} = ${json(memberAt(message, path))}`;
    return [["expected", shown(value)], ["got", shown(answer.value)]];
  }
  const rows = outcomes.map((one) => {
    const weak = one.grade === "weak" ? "  (allowed, but weak)" : "";
    return ["expected", outcomeText(one, it) + weak];
  });
  return [...rows, ...gotRows(it, outcomes, answer)];
}

function gotRows(it, outcomes, answer) {
  if (answer.hex !== undefined) {
    const right = outcomes.find((one) => one.hex !== undefined)?.hex;
    if (right === undefined) return marked("got", answer.hex, []);
    return marked("got", answer.hex, it.parts, differingPart(right, answer.hex, it.parts));
  }
  if (answer.refusal !== undefined) {
    const named = answer.refusalClass ? ` as ${answer.refusalClass}` : "";
    return [["got", `a refusal${named}: ${short(answer.refusal)}`]];
  }
  if (answer.broken === "crash") {
    return [["got", `an error that is not a refusal: ${short(answer.text)}`]];
  }
  return [["got", answer.broken === undefined ? json(answer.value) : short(answer.text)]];
}

function outcomeText(one, it) {
  if (one.reject !== undefined) return `a refusal as ${one.reject}`;
  return one.hex === undefined ? json(one.value) : spaced(one.hex, it.parts)[0];
}

/** The first member of a wrong value that differs, such as `entries[0].frame`. */
function wrongMember(it, kind, { code, answer }) {
  if (code !== "wrong_value") return undefined;
  const { value } = outcomesOf(it, kind).find((one) => one.value !== undefined);
  if (value.type !== answer.value.type) return "type";
  return difference(value.fields, answer.value.fields, "");
}

function difference(right, got, path) {
  if (same(right, got)) return undefined;
  const areObjects = [right, got].every((it) => typeof it === "object" && it !== null);
  const areLists = [right, got].map(Array.isArray);
  if (areObjects && areLists[0] === areLists[1] && !(areLists[0] && right.length !== got.length)) {
    for (const name of new Set([...Object.keys(right), ...Object.keys(got)])) {
      const step = areLists[0] ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
      const found = difference(right[name], got[name], step);
      if (found !== undefined) return found;
    }
  }
  return path;
}

function memberAt(message, path) {
  if (path === "type") return message.type;
  const steps = path.replaceAll("[", ".").replaceAll("]", "").split(".");
  return steps.reduce((found, step) => found?.[step], message.fields);
}

/** The part that holds a member. A list of another length differs in its count. */
function partOf(parts, path) {
  return parts.find(({ name }) => name === path || (path === "entries" && name === "count"));
}

/** The part in which the first byte differs. */
function differingPart(right, got, parts) {
  let at = 0;
  while (at < got.length && right.slice(at, at + 2) === got.slice(at, at + 2)) at += 2;
  const byte = at / 2;
  if (at >= got.length) return undefined;
  return parts.find(({ offset, length }) => offset <= byte && byte < offset + length);
}

function marked(name, hex, parts, mark) {
  const [line, below] = spaced(hex, parts, mark);
  return [[name, line || "no bytes"], ...(below === "" ? [] : [["", below]])];
}

/** The bytes with a blank between the parts, and a line that marks one of them. */
function spaced(hex, parts, mark) {
  const size = hex.length / 2;
  const known = parts.filter(({ offset }) => offset < size);
  const end = Math.max(0, ...known.map(({ offset, length }) => offset + length));
  if (end < size) known.push({ name: "", offset: end, length: size - end });
  const at = Math.max(0, known.indexOf(mark));
  const first = Math.max(0, Math.min(at - MOST_PARTS / 2, known.length - MOST_PARTS));
  let line = first > 0 ? "… " : "";
  let below = "";
  for (const part of known.slice(first, first + MOST_PARTS)) {
    const length = Math.min(part.length, MOST_BYTES);
    const word = hex.slice(2 * part.offset, 2 * (part.offset + length));
    if (part === mark) {
      below = `${" ".repeat(line.length)}${"^".repeat(word.length)} ${part.name}, offset ${part.offset}`;
    }
    line += `${word}${part.length > MOST_BYTES ? "…" : ""} `;
  }
  if (first + MOST_PARTS < known.length) line += `… ${size} bytes`;
  return [line.trimEnd(), below];
}

/** JSON, and words for what JSON does not have. */
function json(value) {
  if (value === undefined) return "nothing";
  const replacer = (_, it) => (typeof it === "bigint" ? `${it}n` : it);
  return short(JSON.stringify(value, replacer) ?? String(value));
}

function short(text) {
  const escape = (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const escaped = text.replace(/[^\x20-\x7e\xa0-\u2027\u202f-\u2065\u2070-\ud7ff]/g, escape);
  return escaped.length <= MOST_TEXT
    ? escaped
    : `${escaped.slice(0, MOST_TEXT)}… ${escaped.length} characters`;
}
