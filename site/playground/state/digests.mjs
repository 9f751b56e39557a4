/** The digest of a pasted state, or the rule that refuses it. */
import { digest, Refusal } from "../reference.mjs";
import { RULES } from "../tables.mjs";

/** The longest state that is read, in characters. */
export const MAX_STATE = 4 * 1024 * 1024;

/**
 * The digest of a state.
 * @param {string} text  JSON text
 * @param {"state_hash" | "episode_ready"} form
 * @returns {{hash: string, text: string} | {refused: {class: string, rule: string | null, level: string |
 *   null, found: string}}} the rule is `null` where the page refuses and not the specification
 */
export function digestOf(text, form) {
  if (text.length > MAX_STATE) {
    const found = `the state has ${text.length} characters; at most ${MAX_STATE} are read`;
    return { refused: { class: "range", rule: null, level: null, found } };
  }
  try {
    return digest(text, form);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const rule = ruleOf(error);
    return { refused: { class: error.refusalClass, rule, level: RULES[rule].level, found: error.message } };
  }
}

/** The implementation says what it refuses, and not by which rule. */
function ruleOf({ refusalClass, message }) {
  if (refusalClass === "text") return "DIGEST-1";
  if (refusalClass === "value") return "DIGEST-2";
  if (message.includes("levels")) return "DIGEST-3";
  return message.includes("digits") ? "DIGEST-23" : "DIGEST-25";
}
