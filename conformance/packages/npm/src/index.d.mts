/**
 * The published test vectors of rollwire, for tests of a codec in its own process.
 *
 * Ids such as `STATE_HASH-2` name the rules of the specification.
 */

/** The protocol revision that the vectors describe up to. */
export const REVISION: 7;

/** What is done with a case. `reencode` decodes, and then encodes what was decoded. */
export type Kind = "decode" | "encode" | "reencode";

/** Why an input is refused; spec/refusals.md defines the classes. */
export type RefusalClass =
  | "empty"
  | "unknown_type"
  | "truncated"
  | "trailing"
  | "count"
  | "value"
  | "text"
  | "range";

/**
 * A message in the JSON forms of spec/common.md: integers, true and false, hashes as hex text, and
 * a timestamp as the 16 hex digits of its bits.
 */
export interface Message {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** One right answer: exactly one of `value`, `hex` and `reject` is there. */
export interface Outcome {
  /** `weak` is allowed, but the specification says that it should be another answer. */
  readonly grade: "pass" | "weak";
  readonly value?: Message;
  /** A datagram, two digits for each byte. */
  readonly hex?: string;
  readonly reject?: RefusalClass;
}

/** A part of a datagram, such as `frame` or `entries[0].action`. */
export interface Part {
  readonly name: string;
  /** The first byte, from 0. */
  readonly offset: number;
  /** How many bytes are there. A datagram that was cut has fewer than its field. */
  readonly length: number;
}

/** An input with what is right about it; vectors/README.md describes the members. */
export interface Case {
  readonly id: string;
  readonly topic: string;
  /** The first revision to which the case applies. */
  readonly since: number;
  /** The last revision to which the case applies, if it is not the latest. */
  readonly until?: number;
  readonly source: "model" | "hand" | "recorded";
  /** One to three rules of the specification. The case is about the first. */
  readonly rules: readonly string[];
  readonly level: "must" | "should" | "may";
  /** The bug that the case catches. */
  readonly comment: string;
  readonly flags: readonly string[];
  /** The capabilities without which the case does not apply, such as `nan-payload`. */
  readonly requires: readonly string[];
  /** The datagram, two digits for each byte. */
  readonly hex?: string;
  readonly parts: readonly Part[];
  readonly value?: Message;
  /** The result of encoding, if it is not `hex`. */
  readonly canonical?: string;
  readonly reject?: RefusalClass;
  readonly oneOf?: readonly Outcome[];
  readonly checks: readonly Kind[];
}

/** What to throw if a codec has no error type of its own. */
export class Refusal extends Error {
  constructor(refusalClass?: RefusalClass, message?: string);
  readonly name: "Refusal";
  readonly refusalClass: RefusalClass | undefined;
}

/** A class of errors. */
export type ErrorClass = abstract new (...args: any[]) => object;

/** A codec under test. What it leaves out is skipped, and the skipped tests say so. */
export interface Codec {
  /** Reads one datagram: a view of a larger buffer, which is overwritten when `decode` returns. */
  readonly decode?: (datagram: Uint8Array) => Message;
  /** Writes one message. The fields may be wrong on purpose, and must then be refused. */
  readonly encode?: (message: { type: string; fields: Record<string, any> }) => Uint8Array;
  /** What is thrown for an input that is refused. Every other error is a crash, and fails. */
  readonly refusal?: ErrorClass | readonly ErrorClass[];
  /** Decodes and encodes again within the codec; by default `encode(decode(datagram))`. */
  readonly reencode?: (datagram: Uint8Array) => Uint8Array;
  /** The class of a refusal; by default its member `refusalClass`. */
  readonly classOf?: (refusal: any) => string | undefined;
  /** The messages that the codec has, such as `["ping", "pong"]`; by default all. */
  readonly messages?: readonly string[];
  /** Whether NaN bit patterns other than 7ff8000000000000 survive. */
  readonly nanPayload?: boolean;
  /** Whether an answer that is allowed, but weak, fails its test. */
  readonly strict?: boolean;
}

/** Which checks are chosen. */
export interface Options {
  /** The protocol revision that the codec speaks: an integer, 1 to 7. By default 7. */
  readonly revision?: number;
}

/** A verdict with its reason. */
export interface Judgement {
  /** `error` is an error that is not a refusal, or a result of a wrong type. */
  readonly verdict: "pass" | "weak" | "fail" | "error" | "not_applicable";
  /** What is wrong, by the names of `rollwire explain`. */
  readonly code?:
    | "wrong_value"
    | "wrong_bytes"
    | "accepted"
    | "refused"
    | "alternative"
    | "wrong_class"
    | "crash"
    | "malformed";
  /** Why the check was not run. */
  readonly reason?: string;
}

/** One operation on one case. */
export class Check {
  private constructor();
  readonly case: Case;
  readonly kind: Kind;
  /** The id of the case, and the operation: `state-hash/recorded-150-decode`. */
  get id(): string;
  /** Asks the codec, and says how right its answer is. */
  judge(codec: Codec): Judgement;
  /** What is wrong, as text of several lines. */
  explain(judgement: Judgement): string;
  /**
   * Throws Failed if the answer is wrong. Otherwise says what a test runner has to know: why the
   * check was left out, or what is weak about an answer that is allowed.
   */
  run(codec: Codec): { readonly skipped?: string; readonly weak?: string };
}

/** An answer is wrong. The message says which bytes, which field and which rule. */
export class Failed extends Error {
  readonly name: "Failed";
}

/**
 * The checks of one topic, of a list of topics, or by default of all, that a revision has.
 *
 * @throws {RangeError} for an unknown topic or revision, and if nothing would be checked
 */
export function checks(names?: string | readonly string[], options?: Options): Check[];

/** The folder of the vectors, as a URL that ends with a slash. */
export const folder: URL;

/**
 * The cases of a message or another topic, in the order of the file. They are frozen.
 *
 * @throws {RangeError} for a name that is not one of `topics()`
 */
export function load(topic: string): readonly Case[];

/** The names that `load` knows: the twelve messages, `unknown_type` and `wire`. */
export function topics(): string[];

/** The version of the set of vectors, such as `1.5.0`. It is not the version of the package. */
export function version(): string;
