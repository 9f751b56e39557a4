/** What to throw if a codec has no error type of its own. */
export class Refusal extends Error {
  /** @param {string} [refusalClass] why it refuses: one of the eight classes of refusals.md */
  constructor(refusalClass, message = refusalClass ?? "refused") {
    super(message);
    this.name = "Refusal";
    this.refusalClass = refusalClass;
  }
}
