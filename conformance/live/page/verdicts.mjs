/** Which rules were broken: a light for each, and the violations with their context. */
import { CaseButton } from "./copying.mjs";
import { element, number, write } from "./elements.mjs";

const BYTES = "bytes"; // stands for the rules about single datagrams

/** The lights of a tap, one for each rule that is judged. The own side is blamed in red, the partner is not. */
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

  /** @param {Iterable<{rule: string, isOwn: boolean, count: number}>} broken the kinds of violations */
  show(broken) {
    const counts = new Map();
    for (const { rule, isOwn, count } of broken) {
      const light = this.#lights.has(rule) ? rule : BYTES;
      const known = counts.get(light) ?? { own: 0, partner: 0 };
      known[isOwn ? "own" : "partner"] += count;
      counts.set(light, known);
    }
    for (const [light, { own, partner }] of counts) {
      const shown = this.#lights.get(light);
      if (!shown) continue;
      shown.item.className = own > 0 ? "broken" : "by-partner";
      shown.item.title = own > 0 ? "broken" : "broken by the partner";
      write(shown.mark, own > 0 ? "●" : "◐");
      write(shown.count, ` ${number(own > 0 ? own : partner)}`);
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
    this.isOwn = found.side === "own";
    this.#copying = new CaseButton(address);
    const who = this.isOwn ? "own side" : "partner";
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
      element("p", "quiet", "○ not broken so far · ● broken · ◐ broken by the partner"), this.#list);
  }

  /** What is new, and how often each kind was broken. */
  show(found, broken) {
    for (const it of found) {
      const violation = new Violation(it, this.#address(this.#all.length));
      this.#all.push(violation);
      this.#list.append(violation.element);
    }
    broken.forEach(([count, canBeCopied], at) => this.#all[at].show(count, canBeCopied));
    this.#lights.show(this.#all);
  }
}
