/** Numbers of a state: from the JSON token to the canonical text of either form of the digest. */
import { Refusal } from "./refusal.mjs";

/** The maximum number of digits of an integer in the 8-digit form (DIGEST-23). */
export const DIGITS_BOUND = 4300;

/** The canonical text of a number in the 16-digit form. */
export function roundedText(token) {
  const value = valueOf(token);
  if (!Number.isFinite(value)) return "null"; // DIGEST-15
  if (value === 0) return "0"; // DIGEST-16; -0 === 0
  if (Math.abs(value) >= 1e21) return pointText(value); // DIGEST-20
  if (Number.isInteger(value)) return String(value); // DIGEST-17
  return pointText(rounded(value)); // DIGEST-19
}

/**
 * The canonical text of a number in the 8-digit form.
 * @param {string} token
 * @returns {string}
 * @throws {Refusal} with class `range`
 */
export function spelledText(token) {
  return /[.eE]/.test(token) ? unroundedText(token) : integerText(token);
}

/** The token itself: JSON allows neither a `+` nor leading zeros (DIGEST-22). */
function integerText(token) {
  const digits = token.length - (token.startsWith("-") ? 1 : 0);
  if (digits > DIGITS_BOUND) { // DIGEST-23
    throw new Refusal("range", `an integer has ${digits} digits, expected at most ${DIGITS_BOUND}`);
  }
  return token === "-0" ? "0" : token;
}

/** The text of a number whose token has a point or an exponent (DIGEST-24). */
function unroundedText(token) {
  const value = valueOf(token);
  if (!Number.isFinite(value)) { // DIGEST-25
    const shown = token.length > 40 ? `${token.slice(0, 40)}…` : token;
    throw new Refusal("range", `${shown} is too large for a double`);
  }
  return pointText(value);
}

/**
 * The double nearest to the token (DIGEST-14). ECMAScript allows an engine to ignore the digits
 * after the 20th. Current engines read all of them, and a test verifies that.
 */
const valueOf = (token) => Number(token);

/** As Python's `repr` writes a finite double (DIGEST-21). */
function pointText(value) {
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const magnitude = Math.abs(value);
  if (magnitude < 1e-4 || magnitude >= 1e16) return exponentText(value);
  const text = String(value); // positional from 1e-7 to 1e21, with the shortest digits
  return text.includes(".") ? text : `${text}.0`;
}

/** The shortest digits, then an exponent with its sign and at least two digits. */
function exponentText(value) {
  const [digits, exponent] = value.toExponential().split("e");
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

const DECIMALS = 10;
const TEN_DECIMALS = 10n ** 10n;

/**
 * A number that is not integral, rounded to ten decimal places (DIGEST-18). It is computed with
 * integers, because multiplying a double by 10^10 would already round. A zero keeps its sign.
 */
function rounded(value) {
  const [significand, power] = fractionOf(Math.abs(value));
  const units = dividedToEven(significand * TEN_DECIMALS, power).toString().padStart(11, "0");
  const magnitude = Number(`${units.slice(0, -DECIMALS)}.${units.slice(-DECIMALS)}`);
  return value < 0 ? -magnitude : magnitude;
}

const double = new DataView(new ArrayBuffer(8));

/** Splits a positive number that is not integral into m and k, such that it is m / 2^k. */
function fractionOf(value) {
  double.setFloat64(0, value);
  const bits = double.getBigUint64(0);
  const exponent = bits >> 52n;
  const fraction = bits & 0xfffffffffffffn;
  // A subnormal number has no hidden bit, and the exponent of the smallest normal numbers.
  return exponent === 0n ? [fraction, 1074n] : [fraction | (1n << 52n), 1075n - exponent];
}

/** The integer nearest to n / 2^k; a tie goes to the even one. */
function dividedToEven(n, k) {
  const quotient = n >> k;
  const twice = (n - (quotient << k)) << 1n;
  const unit = 1n << k;
  const up = twice > unit || (twice === unit && (quotient & 1n) === 1n);
  return up ? quotient + 1n : quotient;
}
