/** The options of a peer, checked and completed with their defaults (spec/peer.md). */
import { MOST_HASH_SENDS } from "./lasting.mjs";

/** Each chapter, with the one that it needs. The names are those of the capabilities. */
const CHAPTERS = new Map([
  ["inputs", null],
  ["liveness", null],
  ["validation", null],
  ["episodes", "inputs"],
  ["catch-up", "inputs"],
  ["focus", null],
  ["exchange", null],
]);

const LAST_FRAME = 0xffffffff;
const between = (low, high) => [(value) => value >= low && value <= high, `${low} to ${high}`];
const oneOf = (...values) => [(value) => values.includes(value), values.join(" or ")];

/** Each parameter: its default, and what it may be. */
const PARAMETERS = {
  redundancy: [10, ...between(1, 15)],
  ahead: [4096, ...between(256, 4096)],
  kept: [1024, ...between(1024, 1_000_000)],
  validationRepeatMs: [500, ...oneOf(0, 500)],
  endRepeatMs: [250, ...oneOf(0, 250)],
  requestRepeats: [2, ...between(0, 2)],
};

/**
 * @param {import("./peer.d.mts").PeerOptions} options
 * @throws {TypeError | RangeError} if an option is wrong
 */
export function checkedOptions(options) {
  const {
    send, local, firstFrame = 0, chapters = [...CHAPTERS.keys()], parameters = {}, debug,
    lastingHashes = 0,
  } = options;
  if (typeof send !== "function") throw new TypeError("send is not a function");
  checkInteger("local", local, ...between(0, 1));
  checkInteger("firstFrame", firstFrame, ...between(0, LAST_FRAME));
  checkInteger("lastingHashes", lastingHashes, ...between(0, MOST_HASH_SENDS));
  const checked = checkedChapters(chapters);
  if (lastingHashes > 0 && !checked.has("exchange")) {
    throw new TypeError("lastingHashes needs exchange");
  }
  return {
    send,
    local,
    firstFrame,
    chapters: checked,
    parameters: checkedParameters(parameters),
    debug,
    lastingHashes,
  };
}

function checkedChapters(names) {
  const chapters = new Set(names);
  for (const name of chapters) {
    if (!CHAPTERS.has(name)) throw new TypeError(`unknown chapter ${name}`);
    const needed = CHAPTERS.get(name);
    if (needed !== null && !chapters.has(needed)) throw new TypeError(`${name} needs ${needed}`);
  }
  return chapters;
}

function checkedParameters(given) {
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(PARAMETERS, name)) throw new TypeError(`unknown parameter ${name}`);
  }
  const parameters = {};
  for (const [name, [byDefault, isAllowed, expected]] of Object.entries(PARAMETERS)) {
    const { [name]: value = byDefault } = given;
    checkInteger(name, value, isAllowed, expected);
    parameters[name] = value;
  }
  return parameters;
}

function checkInteger(name, value, isAllowed, expected) {
  if (!Number.isInteger(value)) throw new TypeError(`${name} is not an integer`);
  if (!isAllowed(value)) throw new RangeError(`${name} is ${value}, expected ${expected}`);
}
