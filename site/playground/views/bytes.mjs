/** The panel that dissects what is pasted. */
import { dissect } from "../dissect/dissect.mjs";
import { REVISION } from "../reference.mjs";
import { readSpelling, SpellingFault, SPELLINGS } from "../spelling/read.mjs";
import { datagramCard } from "./datagram.mjs";
import { el, fill, select } from "./elements.mjs";

/** The most datagrams that are shown. */
const MOST_SHOWN = 40;

const EXAMPLES = [
  ["STATE_HASH as hex", "07 00000096 0123456789abcdef"],
  ["one byte short", "07 00000096 0123456789abcd"],
  ["an array of Node.js", "Uint8Array(19) [\n  1, 0, 1, 0, 0, 0, 150, 2, 0,\n  0, 0, 0, 149, 4, 0, 0, 0, 150, 6\n]"],
  ["a Python string", "b'\\x14\\x01\\x00\\x00\\x01\\x2c'"],
  ["base64", "BwAAAJYBI0VniavN7w=="],
  ["a dump of two packets", "00000000: 0240 5900 0000 0000 00                   .@Y......\n\n00000000: 0340 5900 0000 0000 00                   .@Y......\n"],
];

/** Makes the panel. */
export function bytesPanel() {
  const text = el("textarea", { id: "pasted", rows: 5, spellcheck: "false", autocomplete: "off", autocapitalize: "off" });
  text.value = EXAMPLES[0][1];
  const revisions = Array.from({ length: REVISION }, (_, i) => REVISION - i);
  const revision = select({ id: "revision" }, revisions, REVISION);
  const spelling = select({ id: "spelling" }, [["", "automatic"], ...SPELLINGS], "");
  const join = el("input", { id: "join", type: "checkbox" });
  const out = el("div.out", { id: "dissected", "aria-live": "polite" });
  const show = () => fill(out, ...cards(text.value, {
    revision: Number(revision.value), as: spelling.value || null, join: join.checked,
  }));
  for (const control of [text, revision, spelling, join]) control.addEventListener("input", show);
  const examples = EXAMPLES.map(([name, example]) =>
    el("button.small", { type: "button", onclick: () => { text.value = example; show(); } }, name));
  const panel = el("section", { id: "panel-bytes" },
    el("label.title", { for: "pasted" }, "Bytes, as you have them in your clipboard"),
    text,
    el("div.row.examples", {}, el("span.note", {}, "Try"), ...examples),
    el("div.row", {},
      el("label", {}, "Revision ", revision),
      el("label", {}, "Spelling ", spelling),
      el("label", {}, join, " All lines are one datagram")),
    out);
  show();
  return panel;
}

function cards(text, { revision, ...how }) {
  if (text.trim() === "") return [el("p.note", {}, "Paste a datagram, or several. Nothing leaves this page.")];
  let reading;
  try {
    reading = readSpelling(text, how);
  } catch (fault) {
    if (!(fault instanceof SpellingFault)) throw fault;
    return [el("div.refusal", { role: "status" }, el("p.summary", {}, `These are not bytes: ${fault.message}`))];
  }
  const { packets, notes } = reading;
  const shown = packets.slice(0, MOST_SHOWN).map(({ bytes, spelling, line }, at) => {
    const place = packets.length > 1 ? `packet ${at + 1}, line ${line}, read as ${spelling}` : `read as ${spelling}`;
    return datagramCard(bytes, dissect(bytes, revision), place);
  });
  const more = packets.length - shown.length;
  return [...notes.map((note) => el("p.note", {}, `Note: ${note}.`)), ...shown,
    more > 0 && el("p.note", {}, `${more.toLocaleString("en")} more are not shown; \`rollwire inspect\` shows them all.`)];
}
