/** The page of `rollwire live --peer`: where an offer is answered, and what was found out about each game. */
import { copy } from "./copying.mjs";
import { element, plural, write } from "./elements.mjs";

const AGAIN = 400; // milliseconds between two looks
const token = new URLSearchParams(location.search).get("token") ?? "";
const address = (path) => `${location.origin}/peer/${path}?token=${encodeURIComponent(token)}`;
const at = (id) => document.getElementById(id);

const MARKS = { kept: "✓", broken: "✗", weak: "!", undecided: "?", not_asked: "–" };
const WORDS = { kept: "kept", broken: "broken", weak: "weak", undecided: "undecided", not_asked: "not asked" };
const WORST = ["broken", "weak", "undecided", "not_asked", "kept"];
const WATCH = { name: "watch", asks: "Everything that came was also given to the passive monitor, which objected to this." };

function verdictOf({ rule, outcome, why, evidence }) {
  const made = element("div", `verdict ${outcome}`, element("span", "mark", MARKS[outcome]), " ",
    element("b", "", rule), ` ${WORDS[outcome]} · ${why}`);
  if (evidence.length > 0) {
    const lines = evidence.map((it) => element("div", it.from,
      `${(it.at / 1000).toFixed(3)}  ${it.from}  ${it.words}  ${it.bytes}`));
    const shown = element("details", "", element("summary", "", plural(lines.length, "datagram", "datagrams")),
      element("div", "evidence", ...lines));
    shown.open = outcome === "broken";
    made.append(shown);
  }
  return made;
}

function probeOf({ name, asks }, report) {
  const verdicts = report.verdicts.filter((it) => it.probe === name);
  const worst = WORST.find((outcome) => verdicts.some((it) => it.outcome === outcome)) ?? "";
  const isRunning = report.running === name;
  const isOpen = !report.is_over && verdicts.every((it) => it.outcome === "not_asked");
  const state = isRunning ? "running" : isOpen ? "" : worst;
  const made = element("li", `probe ${state}`, element("b", "", isRunning ? `${name} …` : name),
    element("p", "asks", asks));
  if (!isOpen) made.append(...verdicts.map(verdictOf));
  return made;
}

/** A game that is played with. */
class Session {
  #known = "";
  #result = element("p", "result");
  #counts = element("p", "quiet");
  #probes = element("ul", "probes");
  #made = new Map();
  element;

  constructor(number) {
    this.element = element("section", "session", element("h2", "", `Game ${number}`),
      this.#result, this.#counts, this.#probes);
  }

  show({ sentence, conforms, report, file }, probes) {
    const text = JSON.stringify(report);
    if (text === this.#known || !report) return;
    this.#known = text;
    const count = (outcome) => report.verdicts.filter((it) => it.outcome === outcome).length;
    const isBroken = count("broken") > 0;
    write(this.#result, report.is_over || isBroken ? (isBroken ? "the game does not conform" : sentence) : "playing …");
    this.#result.className = `result ${isBroken ? "broken" : conforms && report.is_over ? "kept" : ""}`;
    const counts = WORST.map((it) => [count(it), WORDS[it]]).filter(([many]) => many > 0);
    const seconds = `${(report.milliseconds / 1000).toFixed(1)} s`;
    write(this.#counts, [seconds, ...counts.map(([many, word]) => `${many} ${word}`),
      `${report.watched} more rules were only watched`, `${report.hidden} cannot be tested from outside`,
      ...(file ? [`saved as ${file}`] : [])].join(" · "));
    const shown = probes.filter(({ name }) => !report.skipped.includes(name));
    const objections = report.verdicts.some(({ probe }) => probe === WATCH.name) ? [WATCH] : [];
    this.#shows([...objections, ...shown], report);
  }

  /** What has not changed stays, with what the user has opened in it. */
  #shows(rows, report) {
    let hasChanged = false;
    const made = rows.map((row) => {
      const verdicts = report.verdicts.filter((it) => it.probe === row.name);
      const key = JSON.stringify([verdicts, report.running === row.name, report.is_over]);
      if (this.#made.get(row.name)?.key !== key) {
        this.#made.set(row.name, { key, element: probeOf(row, report) });
        hasChanged = true;
      }
      return this.#made.get(row.name).element;
    });
    if (hasChanged) this.#probes.replaceChildren(...made);
  }
}

const sessions = new Map();

async function look() {
  try {
    const answer = await fetch(address("sessions"));
    if (!answer.ok) throw new Error(answer.statusText);
    const { probes, sessions: told } = await answer.json();
    for (const session of [...told].reverse()) {
      let shown = sessions.get(session.number);
      if (!shown) {
        shown = new Session(session.number);
        sessions.set(session.number, shown);
        at("sessions").prepend(shown.element);
      }
      shown.show(session, probes);
    }
    const playing = told.filter(({ report }) => report && !report.is_over).length;
    write(at("state"), playing > 0 ? `playing with ${plural(playing, "game", "games")}` : "waiting for a game");
  } catch {
    write(at("state"), "not connected: does rollwire live still run?");
  }
  setTimeout(look, AGAIN);
}

async function ask() {
  write(at("asked"), "");
  try {
    const answer = await fetch(address("offer"), { method: "POST", body: at("offer").value });
    const text = await answer.text();
    at("answer").value = answer.ok ? text : "";
    write(at("asked"), answer.ok ? "answered" : text);
  } catch {
    write(at("asked"), "not connected: does rollwire live still run?");
  }
}

const copies = (button, said, text) => at(button).addEventListener("click", async () => {
  write(at(said), (await copy(text())) ? "copied" : "select it and copy it");
});

write(at("address"), address("offer"));
copies("copy-address", "address-copied", () => address("offer"));
copies("copy-answer", "answer-copied", () => at("answer").value);
at("ask").addEventListener("click", ask);
look();
