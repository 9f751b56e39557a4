/** All that is known of one tap. */
import { element, plural, write } from "./elements.mjs";
import { Pictures } from "./pictures.mjs";
import { Verdicts } from "./verdicts.mjs";

const MOST_ROWS = 200;

function rowOf({ line, at, what, text, wrong }) {
  const made = element("li", wrong.length > 0 ? "wrong" : "",
    element("span", "line", line), " ", element("span", "at", at.toFixed(3)), " ",
    element("span", `what ${what === "received" ? "partner" : "own"}`, what), " ", element("span", "text", text));
  for (const [rule, why] of wrong) made.append(element("div", "why", element("b", "", rule), ` ${why}`));
  return made;
}

export class Column {
  #name = element("span");
  #about = element("small");
  #state = element("p", "state");
  #counts = element("p", "counts");
  #notes = element("p", "notes");
  #pictures = new Pictures();
  #verdicts;
  #rows = element("ol", "rows");
  #skipped = 0;
  #left = element("p", "quiet");

  constructor(rules, { connection, side }, token) {
    const address = (path, more = "") => `/${path}?token=${encodeURIComponent(token)}&connection=${connection}${more}`;
    this.#verdicts = new Verdicts(rules, (found) => address("case", `&side=${side}&found=${found}`));
    const save = element("a", "button", "Save the capture");
    save.href = address("capture");
    save.download = `capture-${connection}.jsonl`;
    this.#rows.setAttribute("aria-label", "Newest records first");
    this.element = element("section", "column",
      element("h2", "", this.#name, " ", this.#about), this.#state, this.#counts, this.#notes, save,
      this.#pictures.element, this.#verdicts.element, this.#left, this.#rows);
  }

  /** What has changed; `isPaused` leaves the list of records as it is. */
  show(news, isPaused) {
    const { counts, hashes, peer, tap } = news;
    write(this.#name, peer || tap || "a tap without a name");
    write(this.#about, [peer && tap, `revision ${news.revision}`].filter(Boolean).join(" · "));
    write(this.#state, `${news.open ? "streams" : "has ended"} · ${news.at.toFixed(1)} s`);
    this.#state.classList.toggle("open", news.open);
    this.element.classList.toggle("ended", !news.open);
    const rare = [[counts.refused, "refused", "refused"], [counts.texts, "text frame", "text frames"],
      [counts.errors, "error", "errors"], [counts.missing, "missing", "missing"],
      [counts.parts > 1 ? counts.parts : 0, "part", "parts"]];
    const shown = [[counts.sent, "sent", "sent"], [counts.received, "received", "received"],
      ...rare.filter(([count]) => count > 0)];
    write(this.#counts, shown.map((it) => plural(...it)).join(" · "));
    this.#tell(news, hashes);
    this.#pictures.show(news.seconds);
    this.#verdicts.show(news.found, news.broken);
    if (isPaused) this.#skipped += news.rows.length;
    else this.#list(news.rows);
    this.#skipped += news.skipped;
    write(this.#left, this.#skipped > 0 ? `${plural(this.#skipped, "record was", "records were")} not shown` : "");
  }

  #tell(news, hashes) {
    const notes = [];
    if (hashes.first) {
      const { frame, own, partner } = hashes.first;
      notes.push(`Desync: ${plural(hashes.differ, "frame has", "frames have")} two hashes, first frame ${frame}: own ${own}, partner ${partner}.`);
    } else if (hashes.compared > 0) {
      notes.push(`${plural(hashes.compared, "frame was", "frames were")} compared; no hash differs.`);
    }
    if (news.malformed > 0) {
      notes.push(`${plural(news.malformed, "line", "lines")} cannot be read; the last ${news.fault}.`);
    }
    if (news.file) notes.push(`Saved as ${news.file}.`);
    write(this.#notes, notes.join(" "));
    this.#notes.classList.toggle("bad", Boolean(hashes.first) || news.malformed > 0);
  }

  #list(rows) {
    this.#rows.prepend(...rows.map(rowOf).reverse());
    while (this.#rows.childElementCount > MOST_ROWS) this.#rows.lastElementChild.remove();
  }
}
