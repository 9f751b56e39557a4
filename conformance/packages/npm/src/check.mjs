/** A check: one operation on one case, with one verdict. It needs no test framework. */
import { appliesTo, load, outcomesOf, REVISION, topics } from "./cases.mjs";
import { explain } from "./explain.mjs";
import { ask, judge, missing } from "./judge.mjs";

/** An answer is wrong. The message says which bytes, which field and which rule. */
export class Failed extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = "Failed";
  }
}

/** One operation on one case. */
export class Check {
  constructor(it, kind) {
    this.case = it;
    this.kind = kind;
    Object.freeze(this);
  }

  /** The id of the case, and the operation: `state-hash/recorded-150-decode`. */
  get id() {
    return `${this.case.id}-${this.kind}`;
  }

  /** Asks the codec, and says how right its answer is. */
  judge(codec) {
    checkCodec(codec);
    const reason = missing(codec, this.case, this.kind);
    if (reason !== undefined) return { verdict: "not_applicable", reason };
    return judge(outcomesOf(this.case, this.kind), ask(codec, this.case, this.kind));
  }

  /** What is wrong, as text of several lines. */
  explain(judgement) {
    return explain(this.case, this.kind, judgement);
  }

  /**
   * Throws Failed if the answer is wrong. Otherwise says what a test runner has to know: that the
   * check was left out, or that an answer is allowed but weak.
   */
  run(codec) {
    const judgement = this.judge(codec);
    const { verdict, reason, answer } = judgement;
    if (verdict === "not_applicable") return { skipped: reason };
    if (verdict === "pass") return {};
    const text = this.explain(judgement);
    if (verdict === "weak" && codec.strict !== true) return { weak: text };
    throw new Failed(text, answer.error === undefined ? undefined : { cause: answer.error });
  }
}

/** The checks of these topics, by default of all, that a revision has. */
export function checks(names = topics(), { revision = REVISION } = {}) {
  const chosen = [names].flat();
  if (!Number.isInteger(revision) || revision < 1 || revision > REVISION) {
    throw new RangeError(`revision ${revision} does not exist, expected 1 to ${REVISION}`);
  }
  const cases = [...new Set(chosen)].flatMap(load).filter((it) => appliesTo(it, revision));
  if (cases.length === 0) {
    throw new RangeError(`revision ${revision} has no cases of ${chosen.join(", ")}`);
  }
  return cases.flatMap((it) => it.checks.map((kind) => new Check(it, kind)));
}

/** A mistake in the description of a codec is told before anything is judged by it. */
export function checkCodec(codec) {
  const { decode, encode, refusal, messages } = codec;
  if (decode === undefined && encode === undefined) {
    throw new TypeError("a codec needs `decode`, `encode` or both");
  }
  for (const type of [refusal ?? []].flat()) {
    if (typeof type !== "function") throw new TypeError("`refusal` is not a class of errors");
    if (type === Error) {
      throw new TypeError("`refusal: Error` would take a crash for a refusal; give a class of your own");
    }
  }
  const unknown = messages?.find((name) => !topics().includes(name));
  if (unknown !== undefined) throw new RangeError(`messages: there is no message "${unknown}"`);
}
