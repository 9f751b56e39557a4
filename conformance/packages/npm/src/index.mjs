/** The published test vectors of rollwire, for tests of a codec in its own process. */
export { folder, load, REVISION, topics, version } from "./cases.mjs";
export { Check, checks, Failed } from "./check.mjs";
export { Refusal } from "./refusal.mjs";
