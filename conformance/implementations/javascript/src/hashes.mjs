/**
 * SHA-256 (FIPS 180-4) and MD5 (RFC 1321) of ASCII text, as hex.
 *
 * A game computes its hashes within a step. The `crypto.subtle` of browsers is asynchronous and
 * does not have MD5, so this module implements both.
 */

const BLOCK_SIZE = 64; // bytes
const LENGTH_SIZE = 8; // bytes, at the end of the last block

/** The SHA-256 of ASCII text: 64 lower-case hex digits. */
export function sha256(ascii) {
  const blocks = padded(ascii, false);
  const state = Uint32Array.from(SHA256_START);
  const w = new Int32Array(64);
  for (let at = 0; at < blocks.byteLength; at += BLOCK_SIZE) sha256Block(state, w, blocks, at);
  return hexOf(state, false);
}

/** The MD5 of ASCII text: 32 lower-case hex digits. */
export function md5(ascii) {
  const blocks = padded(ascii, true);
  const state = Uint32Array.from(MD5_START);
  for (let at = 0; at < blocks.byteLength; at += BLOCK_SIZE) md5Block(state, blocks, at);
  return hexOf(state, true);
}

/**
 * The text, a 1 bit, zeros and the length in bits, which together fill whole blocks. The two hashes
 * differ in the byte order of the length.
 */
function padded(ascii, littleEndian) {
  const size = ascii.length;
  const blocks = Math.ceil((size + 1 + LENGTH_SIZE) / BLOCK_SIZE);
  const bytes = new Uint8Array(blocks * BLOCK_SIZE);
  for (let at = 0; at < size; at++) bytes[at] = ascii.charCodeAt(at);
  bytes[size] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setBigUint64(bytes.length - LENGTH_SIZE, BigInt(size) * 8n, littleEndian);
  return view;
}

function hexOf(state, littleEndian) {
  const view = new DataView(new ArrayBuffer(4));
  const hexOfWord = (word) => {
    view.setUint32(0, word, littleEndian);
    return view.getUint32(0).toString(16).padStart(8, "0");
  };
  return Array.from(state, hexOfWord).join("");
}

const rotatedRight = (word, by) => (word >>> by) | (word << (32 - by));
const rotatedLeft = (word, by) => (word << by) | (word >>> (32 - by));

// ---- SHA-256 -----------------------------------------------------------------------------------

function sha256Block(state, w, blocks, at) {
  for (let t = 0; t < 16; t++) w[t] = blocks.getInt32(at + 4 * t);
  for (let t = 16; t < 64; t++) {
    const s0 = rotatedRight(w[t - 15], 7) ^ rotatedRight(w[t - 15], 18) ^ (w[t - 15] >>> 3);
    const s1 = rotatedRight(w[t - 2], 17) ^ rotatedRight(w[t - 2], 19) ^ (w[t - 2] >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let t = 0; t < 64; t++) {
    const s1 = rotatedRight(e, 6) ^ rotatedRight(e, 11) ^ rotatedRight(e, 25);
    const choice = (e & f) ^ (~e & g);
    const t1 = (h + s1 + choice + SHA256_CONSTANTS[t] + w[t]) | 0;
    const s0 = rotatedRight(a, 2) ^ rotatedRight(a, 13) ^ rotatedRight(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + s0 + majority) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] += word; });
}

const SHA256_START = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];

const SHA256_CONSTANTS = Int32Array.of(
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
);

// ---- MD5 ---------------------------------------------------------------------------------------

/** The function of each round; a round has 16 steps. */
const MD5_MIXES = [
  (b, c, d) => (b & c) | (~b & d),
  (b, c, d) => (b & d) | (c & ~d),
  (b, c, d) => b ^ c ^ d,
  (b, c, d) => c ^ (b | ~d),
];
/** The words of the block that a round reads. */
const MD5_WORDS = [
  { first: 0, stride: 1 },
  { first: 1, stride: 5 },
  { first: 5, stride: 3 },
  { first: 0, stride: 7 },
];
const MD5_SHIFTS = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]];

function md5Block(state, blocks, at) {
  let [a, b, c, d] = state;
  for (let t = 0; t < 64; t++) {
    const round = t >> 4;
    const { first, stride } = MD5_WORDS[round];
    const word = blocks.getInt32(at + 4 * ((first + stride * t) % 16), true);
    const sum = a + MD5_MIXES[round](b, c, d) + MD5_CONSTANTS[t] + word;
    a = d;
    d = c;
    c = b;
    b = (b + rotatedLeft(sum, MD5_SHIFTS[round][t % 4])) | 0;
  }
  [a, b, c, d].forEach((word, i) => { state[i] += word; });
}

const MD5_START = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

const MD5_CONSTANTS = Int32Array.of(
  0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
  0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
  0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
  0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
  0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
  0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
  0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
  0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
);
