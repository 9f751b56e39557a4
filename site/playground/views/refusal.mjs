/** A refusal and its rule. */
import { RULES } from "../tables.mjs";
import { el } from "./elements.mjs";

/** Where the chapters are, as a reader of this page finds them; `start` sets it. */
let chapters = "../../spec/";
let ending = ".md";

export function setChapters(folder, suffix) {
  [chapters, ending] = [folder, suffix];
}

/** A link to a chapter of the specification, or to a rule in it. */
export function chapterLink(chapter, text, rule) {
  const anchor = rule === undefined ? "" : `#${rule}`;
  return el("a", { href: `${chapters}${chapter.replace(/\.md$/, "")}${ending}${anchor}` }, text);
}

/** The text of a rule, with its code in the type of code. */
function ruleText(text) {
  return text.split("`").map((part, at) => (at % 2 === 1 ? el("code", {}, part) : part));
}

/**
 * Shows why something is refused.
 * @param {string} summary  what is wrong, in one line
 * @param {string | null} rule  its id
 */
export function refusalBox(summary, rule) {
  const known = rule === null ? null : RULES[rule];
  return el("div.refusal", { role: "status" },
    el("p.summary", {}, summary),
    known && el("p.rule", {},
      el("b", {}, rule), " ", el("span.level", {}, known.level.toUpperCase()), " ",
      ...ruleText(known.text), " ", chapterLink(known.chapter, `Read ${known.chapter}`, rule)));
}
