/** The sliders, the switches and the keys of the page. */
import { FAULTS } from "./faults.mjs";
import { DOWN, LEFT, RIGHT, UP } from "./world.mjs";

const KEYS = [
  { KeyA: LEFT, KeyD: RIGHT, KeyW: UP, KeyS: DOWN },
  { ArrowLeft: LEFT, ArrowRight: RIGHT, ArrowUp: UP, ArrowDown: DOWN },
];
const REST = 3000; // milliseconds without a key, after which the bot plays again

/** Calls `change` with the conditions of the line, now and whenever a slider moves. */
export function bindSliders(change) {
  const show = { loss: (it) => `${it} %`, delay: (it) => `${it} ms`, duplication: (it) => `${it} %` };
  const sliders = Object.keys(show).map((id) => document.getElementById(id));
  const update = () => {
    const [loss, delay, duplication] = sliders.map((it) => Number(it.value));
    for (const it of sliders) it.parentElement.querySelector("output").textContent = show[it.id](it.value);
    change({ loss: loss / 100, delay, duplication: duplication / 100 });
  };
  for (const it of sliders) it.addEventListener("input", update);
  update();
}

function element(name, className, text) {
  const it = document.createElement(name);
  it.className = className;
  it.textContent = text;
  return it;
}

/**
 * Makes a switch for each fault. `plant` is called with the fault, the side and whether it is on.
 *
 * @returns a function that shows how often each fault that is on has done something wrong; it is given a
 *   function that knows it of a fault and a side
 */
export function makeSwitches(plant) {
  const list = document.querySelector("#faults ul");
  const sides = [...document.querySelectorAll('input[name="side"]')];
  const side = () => Number(sides.find((it) => it.checked).value);
  const switches = FAULTS.map((fault) => {
    const input = Object.assign(document.createElement("input"), { type: "checkbox", id: fault.id });
    const rule = element("span", "rule", fault.rule ?? "desync");
    const count = element("span", "count", "");
    const label = document.createElement("label");
    label.append(input, element("span", "name", fault.label), rule, element("span", "see", fault.see), count);
    const item = document.createElement("li");
    item.append(label);
    list.append(item);
    input.addEventListener("change", () => plant(fault, side(), input.checked));
    return { fault, input, count };
  });
  for (const it of sides) {
    it.addEventListener("change", () => {
      for (const { fault, input } of switches.filter((one) => one.input.checked)) {
        plant(fault, 1 - side(), false);
        plant(fault, side(), true);
      }
    });
  }
  return (counted) => {
    for (const { fault, count } of switches) {
      const number = counted(fault, side());
      const text = number === undefined ? "" : `done ${number} ${number === 1 ? "time" : "times"}`;
      if (count.textContent !== text) count.textContent = text;
    }
    const isOn = switches.some(({ input }) => input.checked);
    ["left", "right"].forEach((id, index) => {
      document.getElementById(id).classList.toggle("faulty", isOn && side() === index);
    });
  };
}

/** What the keys say each player does; null for a player whose keys have rested for a while. */
export class Hands {
  #held = [new Set(), new Set()];
  #newest = [-Infinity, -Infinity];

  constructor() {
    addEventListener("keydown", (event) => this.#key(event, true));
    addEventListener("keyup", (event) => this.#key(event, false));
    addEventListener("blur", () => this.#held.forEach((it) => it.clear()));
  }

  of(player) {
    const held = this.#held[player];
    if (held.size > 0) this.#newest[player] = performance.now();
    else if (performance.now() - this.#newest[player] > REST) return null;
    return [...held].reduce((action, code) => action | KEYS[player][code], 0);
  }

  #key(event, isDown) {
    const player = KEYS.findIndex((keys) => event.code in keys);
    // The arrow keys move a slider or a choice that has the focus, and a shortcut is not a move.
    const isMeant = event.target instanceof HTMLInputElement && player === 1;
    if (player < 0 || isMeant || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (isDown) this.#held[player].add(event.code);
    else this.#held[player].delete(event.code);
    this.#newest[player] = performance.now();
  }
}
