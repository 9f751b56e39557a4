/** What a failed check shows: the bytes, the field, what was expected and what came. */
import { outcomesOf } from "./cases.mjs";
import { same } from "./judge.mjs";
import { json, short } from "./shown.mjs";

// A line shows this many parts of a datagram, those around the field that differs, and of a part
// this many bytes.
const MOST_PARTS = 16;
const MOST_BYTES = 24;

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
  const steps = kind === "decode" ? wrongMember(it, kind, judgement) : undefined;
  return marked("given", it.hex, it.parts, partOf(it.parts, steps && pathOf(steps)));
}

function answers(it, kind, judgement) {
  const { answer } = judgement;
  const outcomes = outcomesOf(it, kind);
  const steps = wrongMember(it, kind, judgement);
  if (steps !== undefined) {
    const { value } = outcomes.find((one) => one.value !== undefined);
    const shown = (message) => `${short(pathOf(steps))} = ${json(memberAt(message, steps))}`;
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
    const named = answer.refusalClass ? ` as ${short(answer.refusalClass)}` : "";
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

/** The way to the first member of a wrong value that differs, such as `["fields", "entries", 0]`. */
function wrongMember(it, kind, { code, answer }) {
  if (code !== "wrong_value") return undefined;
  const { value } = outcomesOf(it, kind).find((one) => one.value !== undefined);
  if (value.type !== answer.value.type) return ["type"];
  return difference(value.fields, answer.value.fields, ["fields"]);
}

function difference(right, got, steps) {
  if (same(right, got)) return undefined;
  const areObjects = [right, got].every((it) => typeof it === "object" && it !== null);
  const areLists = [right, got].map(Array.isArray);
  if (areObjects && areLists[0] === areLists[1] && !(areLists[0] && right.length !== got.length)) {
    for (const name of new Set([...Object.keys(right), ...Object.keys(got)])) {
      const step = areLists[0] ? Number(name) : name;
      const found = difference(own(right, name), own(got, name), [...steps, step]);
      if (found !== undefined) return found;
    }
  }
  return steps;
}

const own = (it, name) => (Object.hasOwn(it, name) ? it[name] : undefined);

const memberAt = (message, steps) => steps.reduce((found, step) => own(Object(found ?? {}), step), message);

/** As a port names it: `entries[0].frame`. */
const pathOf = (steps) => {
  const named = steps.length > 1 && steps[0] === "fields" ? steps.slice(1) : steps;
  return named.map((step, at) => (typeof step === "number" ? `[${step}]` : at > 0 ? `.${step}` : step)).join("");
};

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
