/** Faults in the bytes of a datagram, and in what is answered. See faults.mjs for what they may do. */
import { decode, encode } from "./peer/codec.mjs";

// The types of messages that are looked at before they are decoded.
const INPUT = 0x01;
const PING = 0x02;
const PONG = 0x03;
const STATE_HASH = 0x07;
const INPUT_REQUEST = 0x12;

/** A STATE_HASH of 14 bytes. */
export function addByteToHashes({ wrong }) {
  return {
    says(bytes) {
      if (bytes[0] !== STATE_HASH) return [bytes];
      wrong();
      return [Uint8Array.of(...bytes, 0)];
    },
  };
}

/** A PING whose double is little-endian. */
export function reverseTimestamps({ wrong }) {
  return {
    says(bytes) {
      if (bytes[0] !== PING) return [bytes];
      wrong();
      return [Uint8Array.of(PING, ...bytes.slice(1).reverse())];
    },
  };
}

/** A PONG whose last bit is another one. */
export function answerWithOtherBits({ wrong }) {
  return {
    says(bytes) {
      if (bytes[0] !== PONG) return [bytes];
      wrong();
      const other = bytes.slice();
      other[8] ^= 1;
      return [other];
    },
  };
}

export function answerNoPings({ wrong }) {
  return {
    ignores(bytes) {
      if (bytes[0] !== PING) return false;
      wrong();
      return true;
    },
  };
}

/** Changes the INPUTs of a side. */
const inputs = (change) => ({
  says: (bytes) => (bytes[0] === INPUT ? [encode(change(decode(bytes)))] : [bytes]),
});

export function reverseEntries({ wrong }) {
  return inputs((input) => {
    if (input.entries.length > 1) wrong();
    return { ...input, entries: [...input.entries].reverse() };
  });
}

export function sayOtherPlayer({ wrong }) {
  return inputs((input) => {
    wrong();
    return { ...input, player: 2 };
  });
}

/** The channel has no room for one hash of three, and the peer is told that it was sent. */
export function forgetRefusedHashes({ wrong }) {
  let number = 0;
  return {
    refuses(bytes) {
      if (bytes[0] !== STATE_HASH) return false;
      number += 1;
      return number % 3 === 0;
    },
    forgets(bytes) {
      if (bytes[0] !== STATE_HASH) return false;
      wrong();
      return true;
    },
  };
}

/** The network loses more INPUTs in a row than one can make up for, and the request for them is ignored. */
export function answerNoRequests({ wrong }) {
  const isInBurst = ({ current_frame: frame }) => frame % 120 >= 40 && frame % 120 < 56;
  return {
    loses: (bytes) => bytes[0] === INPUT && isInBurst(decode(bytes)),
    ignores(bytes) {
      if (bytes[0] !== INPUT_REQUEST) return false;
      wrong();
      return true;
    },
  };
}
