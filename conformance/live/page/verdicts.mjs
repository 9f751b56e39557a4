/** Which rules were broken: a light for each, and the violations with their context. */
import { CaseButton } from "./copying.mjs";
import { element, number, write } from "./elements.mjs";

const BYTES = "bytes"; // stands for the rules about single datagrams

/** The lights of a tap, one for each rule that is judged. */
class Lights {
  #lights = new Map();
  element = element("ul", "lights");

  constructor(rules) {
    this.element.setAttribute("aria-label", "Rules");
    for (const rule of rules) {
      const [mark, count] = [element("span", "mark", "○"), element("span", "count")];
      const item = element("li", "", mark, ` ${rule}`, count);
      item.title = "not broken so far";
      this.#lights.set(rule, { item, mark, count });
      this.element.append(item);
    }
  }

  /** @param {Map<string, number>} broken how many violations there are of each rule */
  show(broken) {
    const counts = new Map();
    for (const [rule, count] of broken) {
      const light = this.#lights.has(rule) ? rule : BYTES;
      counts.set(light, (counts.get(light) ?? 0) + count);
    }
    for (const [light, count] of counts) {
      const shown = this.#lights.get(light);
      if (!shown) continue;
      shown.item.className = "broken";
      shown.item.title = "broken";
      write(shown.mark, "●");
      write(shown.count, ` ${number(count)}`);
    }
  }
}

/** A kind of violation. */
class Violation {
  #count = element("span", "count");
  #copying;
  element;

  constructor(found, address) {
    this.rule = found.rule;
    this.#copying = new CaseButton(address);
    const who = found.side === "own" ? "own side" : "partner";
    const lines = found.around.map((row) => element("div", row.line === found.line ? "here" : "",
      `${row.line}  ${row.at.toFixed(3)}  ${row.what}  ${row.text}`));
    this.element = element("details", "violation",
      element("summary", "", element("b", "", found.rule), ` ${who} · ${found.kind}`, this.#count),
      element("p", "", found.detail),
      element("div", "around", ...lines),
      element("p", "quiet", `rollwire explain ${found.rule}`),
      this.#copying.element);
  }

  show(count, canBeCopied) {
    this.count = count;
    write(this.#count, count > 1 ? ` × ${number(count)}` : "");
    this.#copying.show(canBeCopied);
  }
}

/** Lights and violations of a tap. */
export class Verdicts {
  #lights;
  #all = [];
  #list = element("div", "violations");
  #address;
  element;

  /** @param {(found: number) => string} address where the copy of a violation is */
  constructor(rules, address) {
    this.#address = address;
    this.#lights = new Lights(rules);
    this.element = element("div", "", this.#lights.element,
      element("p", "quiet", "○ not broken so far · ● broken"), this.#list);
  }

  /** What is new, and how often each kind was broken. */
  show(found, broken) {
    for (const it of found) {
      const violation = new Violation(it, this.#address(this.#all.length));
      this.#all.push(violation);
      this.#list.append(violation.element);
    }
    const counts = new Map();
    broken.forEach(([count, canBeCopied], at) => {
      const violation = this.#all[at];
      violation.show(count, canBeCopied);
      counts.set(violation.rule, (counts.get(violation.rule) ?? 0) + count);
    });
    this.#lights.show(counts);
  }
}
