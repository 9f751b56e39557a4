import assert from "node:assert/strict";
import { test } from "node:test";
import { roundedText, spelledText } from "../src/numbers.mjs";
import { Refusal } from "../src/refusal.mjs";

const refused = (token) => assert.throws(() => spelledText(token),
  (error) => error instanceof Refusal && error.refusalClass === "range", token.slice(0, 80));

/** A generator of 32 bits (xorshift), so that a failure can be seen again. */
function generator(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

/** What a double or a decimal token says exactly, as integers n and d of n / d. */
function exactly(token) {
  const [, sign, whole, decimals = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(token);
  const power = Number(exponent) - decimals.length;
  const n = BigInt(`${whole}${decimals}`) * (sign === "-" ? -1n : 1n);
  return power < 0 ? [n, 10n ** BigInt(-power)] : [n * 10n ** BigInt(power), 1n];
}

function exactlyDouble(value) {
  let [n, d] = [value, 1n];
  while (!Number.isInteger(n)) [n, d] = [n * 2, d * 2n]; // doubling is exact
  return [BigInt(n), d];
}
const distance = ([n, d], [m, e]) => [n * e > m * d ? n * e - m * d : m * d - n * e, d * e];
const compare = ([n, d], [m, e]) => (n * e < m * d ? -1 : Number(n * e > m * d));

/** Neighbours of a double, one bit away. */
function neighbours(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  return [bits - 1n, bits + 1n].map((near) => {
    view.setBigUint64(0, near);
    return view.getFloat64(0);
  });
}

test("a token is the double next to it, however long it is", () => {
  const next = generator(1);
  for (let round = 0; round < 300; round++) {
    const low = (next() + 0.5) * 2 ** ((next() % 60) - 40);
    const [, high] = neighbours(low);
    const [n, d] = exactlyDouble(low);
    const [m, e] = exactlyDouble(high);
    // The middle of two doubles, in all its decimal digits; then a little less and a little more.
    const twice = 2n * d * e;
    const places = twice.toString(2).length - 1; // a power of two has this number of decimals
    const digits = ((n * e + m * d) * 10n ** BigInt(places)) / twice;
    const token = (units, more) => {
      const text = units.toString().padStart(places + 1, "0");
      return `${text.slice(0, -places)}.${text.slice(-places)}${more}`;
    };
    const bits = new BigUint64Array(Float64Array.of(low).buffer)[0];
    const zeros = "0".repeat(1_000);
    const even = bits % 2n === 0n ? low : high;
    assert.equal(Number(spelledText(token(digits, zeros))), even);
    assert.equal(Number(spelledText(token(digits, `${zeros}1`))), high);
    assert.equal(Number(spelledText(token(digits - 1n, `${"9".repeat(1_000)}`))), low);
  }
});

test("exponents and zeros of any length", () => {
  const zeros = "0".repeat(100_000);
  for (const [token, text] of [
    [`0.${zeros}1e100001`, "1.0"], [`1${zeros}e-100000`, "1.0"], [`1e${zeros}5`, "100000.0"],
    [`1${zeros}1e-100000`, "10.0"], [`0e${"9".repeat(400)}`, "0.0"], ["-0.0e-99999", "-0.0"],
    [`1e-${"9".repeat(400)}`, "0.0"], ["2.4703282292062327e-324", "0.0"],
    ["2.4703282292062328e-324", "5e-324"], ["1.7976931348623158e308", "1.7976931348623157e+308"],
  ]) {
    assert.equal(spelledText(token), text, token.slice(0, 40));
  }
  for (const token of ["1.7976931348623159e308", "-1e309", `1e${"9".repeat(400)}`]) refused(token);
});

test("integers of the 8-digit form are exact up to 4300 digits", () => {
  for (const sign of ["", "-"]) {
    const longest = sign + "7".repeat(4300);
    assert.equal(spelledText(longest), longest);
    refused(`${longest}7`);
    assert.equal(roundedText(`${longest}7`), "null");
  }
  assert.equal(spelledText("-0"), "0");
  assert.equal(spelledText("-10"), "-10");
});

test("ten places: the nearest multiple of its exact value, ties to the even one", () => {
  const next = generator(2);
  const values = [];
  for (let power = 1; power <= 40; power++) { // ties are multiples of 2^-11 and of 10^-10 / 2
    for (const odd of [1, 3, 5, 7, 9, 11, 4882813, 1 + 2 * (next() % 1e6)]) {
      values.push(odd / 2 ** power);
    }
  }
  for (let round = 0; round < 3_000; round++) {
    const near = ((next() % 1e6) * 2 + 1) / 2e10; // as near to a tie as a double can be
    values.push(near, ...neighbours(near), next() / 2 ** (next() % 80), next() * 2 ** -12 + 0.25);
  }
  let ties = 0;
  for (const value of values.filter((it) => it !== 0 && !Number.isInteger(it))) {
    const [n, d] = exactlyDouble(value);
    const unit = 10n ** 10n;
    const below = (n * unit) / d;
    const [toBelow, toAbove] = [below, below + 1n].map((q) => distance([q, unit], [n, d]));
    const order = compare(toBelow, toAbove);
    ties += order === 0;
    const isBelow = order < 0 || (order === 0 && below % 2n === 0n);
    const right = Number(`${isBelow ? below : below + 1n}e-10`);
    assert.ok(Object.is(Number(roundedText(String(value))), right), `${value}`);
    assert.ok(Object.is(Number(roundedText(String(-value))), -right), `${-value}`);
  }
  assert.ok(ties > 10, `${ties} ties`);
});

test("digits are the shortest that read back, the closest, and of two of these the even", () => {
  const next = generator(3);
  const values = [5e-324, 2.2250738585072014e-308, Number.MAX_VALUE];
  for (let power = -1074; power < 1024; power++) values.push(2 ** power);
  const view = new DataView(new ArrayBuffer(8));
  for (let round = 0; round < 2_000; round++) {
    view.setUint32(0, next() & 0x7fffffff);
    view.setUint32(4, next());
    values.push(view.getFloat64(0));
  }
  for (const value of values.filter(Number.isFinite)) {
    const text = spelledText(value.toExponential(17)); // more digits than it needs
    assert.equal(Number(text), value);
    const digits = text.replace(/e.*/, "").replace(".", "").replace(/^0+|0+$/g, "");
    assert.equal(digits.length <= 17, true);
    const exact = exactlyDouble(value);
    const mine = distance(exactly(text), exact);
    const exponent = Number(value.toExponential().split("e")[1]) - digits.length + 1;
    const scale = (by) => `${BigInt(digits) + by}e${exponent}`;
    for (const by of [-1n, 1n]) { // its neighbours of as many digits
      if (Number(scale(by)) !== value) continue;
      const order = compare(mine, distance(exactly(scale(by)), exact));
      assert.ok(order < 0 || (order === 0 && BigInt(digits) % 2n === 0n), text);
    }
    if (digits.length === 1) continue;
    const shorter = BigInt(digits) / 10n;
    for (const fewer of [shorter, shorter + 1n]) {
      assert.notEqual(Number(`${fewer}e${exponent + 1}`), value, `${text} is not the shortest`);
    }
  }
});
