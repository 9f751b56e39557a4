/** The panel that builds a message from its fields. */
import { compose } from "../dissect/compose.mjs";
import { dissect } from "../dissect/dissect.mjs";
import { hexOf, messageOfName } from "../dissect/parts.mjs";
import { REVISION, timestampFromMs } from "../reference.mjs";
import { MESSAGES } from "../tables.mjs";
import { datagramCard } from "./datagram.mjs";
import { copyButton, el, fill, select } from "./elements.mjs";
import { refusalBox } from "./refusal.mjs";

/** The values that a form begins with, by the kind of field. */
const FIRST = {
  uint: "150", double: "100", raw_hash: "0123456789abcdef", text_hash: "0123abcd", flag: "true",
};
const FIRST_ENTRIES = [["149", "4"], ["150", "6"]];

/** The most entries that the form holds; an INPUT_RESPONSE may have 65,535. */
const MOST_ENTRIES = 64;

/** Makes the panel. */
export function messagePanel() {
  const name = select({ id: "name" }, MESSAGES.map((it) => [it.name, it.title]), "state_hash");
  const revisions = Array.from({ length: REVISION }, (_, i) => REVISION - i);
  const revision = select({ id: "message-revision" }, revisions, REVISION);
  const form = el("div.form", { id: "fields" });
  const out = el("div.out", { id: "composed", "aria-live": "polite" });
  let inputs = [];
  const show = () => fill(out, ...result(valueOf(name.value, inputs), Number(revision.value)));
  const build = () => {
    inputs = inputsOf(messageOfName(name.value), show);
    fill(form, ...inputs.map((it) => it.element));
    show();
  };
  name.addEventListener("input", build);
  revision.addEventListener("input", show);
  build();
  return el("section", { id: "panel-message" },
    el("div.row", {}, el("label", {}, "Message ", name), el("label", {}, "Revision ", revision)),
    form, out);
}

/** The inputs of a message: each has an element, the name of its field, and its value. */
function inputsOf(message, show) {
  return message.fields.flatMap((field) => {
    if (field.kind === "entries") return [entriesInput(field, show)];
    if (!(field.kind in FIRST)) return [];
    const input = field.kind === "flag"
      ? select({ name: field.name }, ["true", "false"], "true")
      : el("input", { name: field.name, value: FIRST[field.kind], spellcheck: "false", autocomplete: "off" });
    input.addEventListener("input", show);
    const unit = field.unit ? ` (${field.unit})` : "";
    const element = el("label.field", {}, el("span", {}, el("code", {}, field.name), unit), input,
      el("span.note", {}, field.range));
    return [{ element, name: field.name, value: () => valueIn(field.kind, input.value) }];
  });
}

function entriesInput(field, show) {
  const rows = el("div.entries", {});
  const add = (values) => {
    const inputs = field.entry.map((part, at) => {
      const input = el("input", { "aria-label": part.name, value: values[at], spellcheck: "false" });
      input.addEventListener("input", show);
      return input;
    });
    const remove = el("button.small", { type: "button", title: "Remove this entry" }, "×");
    const row = el("div.entry", {}, ...inputs, remove);
    row.read = () => Object.fromEntries(field.entry.map(({ name, kind }, at) => [name, valueIn(kind, inputs[at].value)]));
    remove.addEventListener("click", () => { row.remove(); show(); });
    rows.append(row);
  };
  FIRST_ENTRIES.forEach(add);
  const more = el("button.small", { type: "button" }, "Add an entry");
  more.addEventListener("click", () => {
    if (rows.childElementCount < MOST_ENTRIES) add(["151", "0"]);
    show();
  });
  const element = el("div.field.wide", {}, el("span", {}, el("code", {}, field.name), " (frame, action)"), rows, more);
  return { element, name: field.name, value: () => Array.from(rows.children, (row) => row.read()) };
}

/** What is typed, as JSON. What is not a number stays text, and the implementation refuses it. */
function valueIn(kind, text) {
  const trimmed = text.trim();
  if (kind === "flag") return trimmed === "true";
  if (kind === "uint") return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : trimmed;
  if (kind !== "double" || /^[0-9a-f]{16}$/.test(trimmed)) return trimmed;
  const ms = trimmed === "" ? NaN : Number(trimmed);
  return Number.isNaN(ms) && trimmed !== "NaN" ? trimmed : timestampFromMs(ms).toString(16).padStart(16, "0");
}

const valueOf = (type, inputs) =>
  ({ type, fields: Object.fromEntries(inputs.map((it) => [it.name, it.value()])) });

function result(value, revision) {
  const json = el("pre", { id: "value" }, JSON.stringify(value));
  const composed = compose(value, revision);
  if (composed.refused) {
    const { class: refusalClass, rule, found } = composed.refused;
    return [json, refusalBox(`refused as ${refusalClass}: ${found}`, rule)];
  }
  const { bytes } = composed;
  const hex = hexOf(bytes);
  const pairs = (prefix) => hex.replace(/../g, (pair) => prefix + pair);
  const list = pairs(", 0x").slice(2);
  return [json,
    el("div.row", {}, el("span.note", {}, "Copy as"),
      copyButton("hex", () => hex),
      copyButton("JavaScript", () => `new Uint8Array([${list}])`),
      copyButton("Python", () => `b"${pairs("\\x")}"`),
      copyButton("C", () => `unsigned char datagram[${bytes.length}] = { ${list} };`),
      copyButton("JSON", () => JSON.stringify(value))),
    datagramCard(bytes, dissect(bytes, revision), "")];
}
