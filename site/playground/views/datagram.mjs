/** One datagram on the page: its bytes in colours, its fields in a table, or why it is refused. */
import { compose } from "../dissect/compose.mjs";
import { hexOf, messageOfType, partsOf } from "../dissect/parts.mjs";
import { timestampToMs } from "../reference.mjs";
import { el } from "./elements.mjs";
import { chapterLink, refusalBox } from "./refusal.mjs";

/** The most parts that are shown; the longest datagram has 131,073. */
const MOST_PARTS = 150;

const plural = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;

/**
 * Shows a datagram.
 * @param {Uint8Array} bytes
 * @param {object} dissected  what `dissect` says about it
 * @param {string} note  where it comes from, such as `line 1, read as hex`
 */
export function datagramCard(bytes, dissected, note) {
  const { accepted, refused, revision } = dissected;
  const parts = partsOf(bytes, revision);
  const shown = parts.slice(0, MOST_PARTS);
  const title = accepted?.title ?? "refused";
  const card = el(`article.card${refused ? ".bad" : ""}`, {},
    el("header", {},
      el("h3", {}, title),
      el("span.note", {}, [plural(bytes.length, "byte"), note].filter(Boolean).join(" · "))),
    strip(bytes, shown, refused),
    parts.length > shown.length &&
      el("p.note", {}, `The first ${plural(shown.length, "field")} of ${parts.length.toLocaleString("en")} are shown.`),
    refused ? refusal(dissected) : table(shown, bytes, dissected),
    accepted && encodedAgain(bytes, dissected),
    details(dissected));
  followPointer(card);
  return card;
}

/** The bytes, each part in its colour. A refusal marks its byte. */
function strip(bytes, parts, refused) {
  let colour = 0;
  const spans = parts.map(({ name, offset, length, kind }, at) => {
    if (at > 0 && !name.includes("].action")) colour = (colour % 5) + 1;
    const of = kind === "surplus" || kind === "unknown" ? "x" : at === 0 ? 0 : colour;
    const span = el(`span.part.c${of}`, { "data-part": at, title: name });
    for (let i = offset; i < offset + length; i += 1) {
      const isMarked = refused && refused.offset === i;
      span.append(el(isMarked ? "i.byte.marked" : "i.byte", {}, bytes[i].toString(16).padStart(2, "0")));
    }
    return span;
  });
  const isAtEnd = refused && refused.offset === bytes.length;
  if (isAtEnd) spans.push(el("span.part", {}, el("i.byte.marked.missing", { title: "a byte is missing" }, "··")));
  return el("div.strip", {}, ...spans);
}

function table(parts, bytes, { accepted }) {
  const values = new Map(accepted.parts.map((part) => [part.name, part.value]));
  const message = messageOfType(bytes[0], 7);
  const rows = parts.map((part, at) => {
    const { name, offset, length } = part;
    const value = values.get(name);
    const field = message.fields.find((it) => it.name === name);
    return el("tr", { "data-part": at },
      el("td.number", {}, String(offset)),
      el("td", {}, el("code", {}, name)),
      el("td", {}, el("code", {}, hexOf(bytes.subarray(offset, offset + length)))),
      el("td", {}, value === undefined ? el("span.note", {}, meaning(part)) : el("code", {}, JSON.stringify(value))),
      el("td.note", {}, explanation(field, value)));
  });
  const head = ["at", "field", "bytes", "value", ""].map((it) => el("th", {}, it));
  return el("div.scroll", {}, el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...rows)));
}

function meaning({ kind }) {
  if (kind === "reserved") return "ignored";
  if (kind === "count") return "number of entries";
  return kind === "type" ? "type byte" : "";
}

/** The unit of a field; for a timestamp, the time. */
function explanation(field, value) {
  if (field?.kind === "double") return `${timestampToMs(BigInt(`0x${value}`))} ms`;
  return field?.unit && field.kind !== "count" ? field.unit : "";
}

function refusal({ refused }) {
  const at = refused.field === null ? "" : ` in ${refused.field}`;
  const summary = `${refused.class} at byte ${refused.offset}${at}: expected ${refused.expected}, found ${refused.found}`;
  const box = refusalBox(summary, refused.rule);
  if (refused.alternative) {
    box.append(el("p.note", {}, "A lenient peer may read ", el("code", {}, shortJson(refused.alternative)), "."));
  }
  return box;
}

/** The way back: what an encoder writes for the value that was read. */
function encodedAgain(bytes, { accepted, revision }) {
  const again = compose({ type: accepted.type, fields: accepted.fields }, revision);
  const hex = again.bytes ? hexOf(again.bytes) : null;
  if (hex === hexOf(bytes)) return el("p.note", {}, "An encoder writes the same bytes for this value.");
  const chapter = messageOfType(bytes[0], revision).chapter;
  return el("p.note", {}, "An encoder writes other bytes for this value: ", el("code", {}, hex ?? "none"),
    ". ", chapterLink(chapter, "The chapter says why"), ".");
}

const shortJson = (value) => {
  const text = JSON.stringify(value);
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
};

/** The same as JSON, made only when it is opened: it can be long. */
function details(dissected) {
  const box = el("details", {}, el("summary", {}, "As JSON"));
  box.addEventListener("toggle", () => {
    if (box.childElementCount > 1) return;
    const text = JSON.stringify(dissected, null, 2);
    box.append(el("pre", {}, text.length > 100_000 ? `${text.slice(0, 100_000)}\n…` : text));
  });
  return box;
}

/** What the pointer is over is lit in the bytes and in the table. */
function followPointer(card) {
  const light = (event) => {
    const part = event.target.closest?.("[data-part]")?.dataset.part;
    for (const it of card.querySelectorAll("[data-part]")) {
      it.classList.toggle("lit", it.dataset.part === part);
    }
  };
  card.addEventListener("pointerover", light);
  card.addEventListener("pointerleave", light);
}
