/** Small pictures of the newest seconds of a tap. */
import { element, number, write } from "./elements.mjs";

const SVG = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT, SECONDS] = [240, 36, 60];

function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The points of a line; seconds without a value are left out. */
function points(values, least, most) {
  const range = most - least || 1;
  return values.flatMap((value, at) => {
    if (value === null) return [];
    const x = (WIDTH * (at + SECONDS - values.length)) / (SECONDS - 1);
    const y = HEIGHT - 2 - ((HEIGHT - 4) * (value - least)) / range;
    return [`${x.toFixed(1)},${y.toFixed(1)}`];
  });
}

class Picture {
  #lines;
  #value;
  #svg;
  #read;
  #words;
  #isFromZero;

  /** `read` gives the values of a second, one for each line; `words` says what the newest are. */
  constructor(title, names, read, words, isFromZero) {
    this.#read = read;
    this.#words = words;
    this.#isFromZero = isFromZero;
    this.#svg = drawn("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img" });
    this.#lines = names.map((name) => drawn("polyline", { class: `line ${name}` }));
    this.#svg.append(...this.#lines);
    this.#value = element("span", "value");
    this.element = element("figure", "", element("figcaption", "", `${title} `, this.#value), this.#svg);
  }

  show(seconds) {
    const read = seconds.map(this.#read);
    const all = read.flat().filter((it) => it !== null);
    const least = this.#isFromZero ? 0 : Math.min(...all);
    const most = Math.max(...all);
    this.#lines.forEach((line, at) => {
      line.setAttribute("points", points(read.map((it) => it[at]), least, most).join(" "));
    });
    const newest = this.#lines.map((_, at) => read.map((it) => it[at]).findLast((it) => it !== null) ?? null);
    const words = this.#words(newest);
    write(this.#value, words);
    this.#svg.setAttribute("aria-label", words);
  }
}

/** The pictures of a tap: round trips, bytes in a second, and frames that were told. */
export class Pictures {
  #all = [
    new Picture("Round trip", ["own"], (it) => [it.round_trip],
      ([time]) => (time === null ? "no PONG yet" : `${time.toFixed(0)} ms`), true),
    new Picture("Bytes a second", ["own", "partner"], (it) => [it.sent, it.received],
      ([sent, received]) => `${number(sent ?? 0)} sent, ${number(received ?? 0)} received`, true),
    new Picture("Frames told", ["own", "partner"], (it) => [it.own, it.partner],
      ([own, partner]) => [["own", own], ["partner", partner]]
        .map(([name, frame]) => (frame === null ? `${name} none` : `${name} ${number(frame)}`)).join(", "), false),
  ];

  element = element("div", "pictures", ...this.#all.map((it) => it.element));

  show(seconds) {
    this.#all.forEach((it) => it.show(seconds));
  }
}
