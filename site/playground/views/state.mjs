/** The panel that computes the digest of a state, and shows where two states differ. */
import { firstDifference } from "../state/difference.mjs";
import { digestOf } from "../state/digests.mjs";
import { el, fill, select } from "./elements.mjs";
import { refusalBox } from "./refusal.mjs";

const MINE = '{\n  "players": [\n    {"x": 10.5, "lives": 3},\n    {"x": 105, "lives": 2}\n  ],\n  "seed": 7\n}';
const THEIRS = MINE.replace("10.5", "10.500000001");

/** The most characters of a canonical text that are shown. */
const MOST_TEXT = 20_000;

/** Makes the panel. */
export function statePanel() {
  const area = (id, value) => {
    const element = el("textarea", { id, rows: 8, spellcheck: "false", autocomplete: "off" });
    element.value = value;
    return element;
  };
  const [mine, theirs] = [area("mine", MINE), area("theirs", THEIRS)];
  const form = select({ id: "form" }, [["state_hash", "STATE_HASH: 16 digits"], ["episode_ready", "EPISODE_READY: 8 digits"]]);
  const [left, right] = [el("div.out", { id: "digest-mine" }), el("div.out", { id: "digest-theirs" })];
  const between = el("div.out", { id: "difference", "aria-live": "polite" });
  const show = () => {
    const digests = [mine, theirs].map((it) => (it.value.trim() === "" ? null : digestOf(it.value, form.value)));
    fill(left, ...digestView(digests[0]));
    fill(right, ...digestView(digests[1]));
    fill(between, ...differenceView(...digests));
  };
  for (const control of [mine, theirs, form]) control.addEventListener("input", show);
  show();
  return el("section", { id: "panel-state" },
    el("div.row", {}, el("label", {}, "Digest for ", form)),
    el("div.pair", {},
      el("div", {}, el("label.title", { for: "mine" }, "The state of one peer, as JSON"), mine, left),
      el("div", {}, el("label.title", { for: "theirs" }, "The state of the other, or nothing"), theirs, right)),
    between);
}

function digestView(digest) {
  if (digest === null) return [];
  if (digest.refused) {
    const { class: refusalClass, rule, found } = digest.refused;
    return [refusalBox(`refused as ${refusalClass}: ${found}`, rule)];
  }
  const { hash, text } = digest;
  const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)}…` : text;
  return [el("p.hash", {}, el("code", {}, hash)),
    el("details", {}, el("summary", {}, "Canonical text"), el("pre", {}, shown))];
}

function differenceView(mine, theirs) {
  if (!mine?.text || !theirs?.text) return [];
  const found = firstDifference(mine.text, theirs.text);
  if (found === null) {
    return [el("div.same", { role: "status" }, "The same canonical text, and the same digits.")];
  }
  const value = (it) => (it === null ? el("span.note", {}, "nothing") : el("code", {}, it));
  return [el("div.refusal", { role: "status" },
    el("p.summary", {}, "First difference at ", el("code.path", {}, found.path)),
    el("table", {}, el("tbody", {},
      el("tr", {}, el("th", {}, "one"), el("td", {}, value(found.one))),
      el("tr", {}, el("th", {}, "other"), el("td", {}, value(found.other))))))];
}
