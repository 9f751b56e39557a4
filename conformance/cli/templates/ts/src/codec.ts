/**
 * Your implementation, or the way to it. This one knows STATE_HASH and nothing else.
 *
 * STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash.
 */

/** The frame is a u32, and the hash has 16 hex digits. */
export interface StateHash {
  frame: number;
  hash: string;
}

/** A datagram or a value that the implementation refuses. Every other exception is a defect. */
export class Refusal extends Error {
  /** A class of `rollwire explain refusals.md`. */
  readonly refusalClass: string;

  constructor(refusalClass: string, message: string) {
    super(message);
    this.refusalClass = refusalClass;
  }
}

/** The datagram may be a part of a larger buffer. */
export function decode(datagram: Uint8Array): StateHash {
  if (datagram.length === 0) throw new Refusal("empty", "the datagram is empty");
  if (datagram[0] !== 7) throw new Refusal("unknown_type", `the type is ${datagram[0]}`);
  if (datagram.length < 13) throw new Refusal("truncated", `${13 - datagram.length} bytes are missing`);
  if (datagram.length > 13) throw new Refusal("trailing", `${datagram.length - 13} bytes are left over`);
  const view = new DataView(datagram.buffer, datagram.byteOffset, datagram.byteLength);
  const hash = Array.from(datagram.subarray(5), (byte) => byte.toString(16).padStart(2, "0"));
  return { frame: view.getUint32(1), hash: hash.join("") };
}

/** The types of the fields are right, and their values may be wrong. */
export function encode({ frame, hash }: StateHash): Uint8Array {
  if (!Number.isInteger(frame)) throw new Refusal("value", "the frame is not an integer");
  if (frame < 0 || frame > 0xffffffff) throw new Refusal("range", "the frame is not a u32");
  if (!/^[0-9a-f]{16}$/i.test(hash)) throw new Refusal("text", "the hash is not 16 hex digits");
  const datagram = new Uint8Array(13);
  const view = new DataView(datagram.buffer);
  view.setUint8(0, 7);
  view.setUint32(1, frame);
  view.setBigUint64(5, BigInt(`0x${hash}`));
  return datagram;
}
