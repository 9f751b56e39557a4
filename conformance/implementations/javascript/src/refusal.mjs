/**
 * An input that the specification does not allow: a datagram, a message or a state.
 *
 * `refusalClass` is one of the classes of spec/refusals.md. A mistake of the calling program, such
 * as an argument of the wrong type, is a TypeError instead.
 */
export class Refusal extends Error {
  constructor(refusalClass, message, offset) {
    super(offset === undefined ? message : `${message} (at byte ${offset})`);
    this.name = "Refusal";
    this.refusalClass = refusalClass;
    /** The byte of the datagram at which `decode` refused it; undefined everywhere else. */
    this.offset = offset;
  }
}
