import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { digest } from "../src/digest.mjs";
import { Refusal } from "../src/refusal.mjs";

const BOTH = ["state_hash", "episode_ready"];
const textOf = (state, form) => digest(state, form).text;
const refused = (state, form, refusalClass) => {
  const isRight = (error) => error instanceof Refusal && error.refusalClass === refusalClass;
  assert.throws(() => digest(state, form), isRight, `${form}: ${state.slice(0, 80)}`);
};

// ---- The chapter -------------------------------------------------------------------------------

const CHAPTER = readFileSync(new URL("../../../../spec/digest.md", import.meta.url), "utf8");
const blocks = (kind) => {
  const found = [...CHAPTER.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\``, "gms"))];
  assert.ok(found.length > 0, `the chapter has blocks of ${kind}`);
  return found.map(([, block]) => block.trimEnd().split("\n"));
};

test("worked digests", () => {
  for (const [state, ...answers] of blocks("digest")) {
    const json = state.slice("state ".length);
    for (const answer of answers) {
      const [, form, hash, text] = /^(\S+) (\S+) (.*)$/.exec(answer);
      if (hash === "reject") refused(json, form, text);
      else assert.deepEqual(digest(json, form), { hash, text });
    }
  }
});

test("worked numbers", () => {
  for (const line of blocks("numbers").flat()) {
    const [token, ...texts] = line.split("|").map((cell) => cell.trim());
    assert.equal(texts.length, 2, line);
    texts.forEach((text, i) => {
      const [, refusalClass] = /^reject (.*)$/.exec(text) ?? [];
      if (refusalClass) refused(`[${token}]`, BOTH[i], refusalClass);
      else assert.equal(textOf(`[${token}]`, BOTH[i]), `[${text}]`);
    });
  }
});

// ---- What goes in ------------------------------------------------------------------------------

test("text that is not JSON", () => {
  for (const state of [
    "", " ", "[", "]", "{", "}", "[1,]", "[,1]", "[1 2]", "[1", '{"a"}', '{"a":}', '{"a":1,}',
    "{,}", "{a:1}", "{1:2}", '{"a" 1}', '{"a":1 "b":2}', "[}", "{]", "[1}", '{"a":1]', "[] []",
    "[]]", "[],", "{}x", "NaN", "[NaN]", "[Infinity]", "[-Infinity]", "[undefined]", "[nul]",
    "[nulll]", "[True]", "[trueno]", "[01]", "[00]", "[-01]", "[+1]", "[.5]", "[1.]", "[-]",
    "[--1]", "[1e]", "[1e+]", "[1.e5]", "[0x10]", "[1_000]", "[1n]", "['a']", '["a]', '["\\"]',
    '["\\x41"]', '["\\u12"]', '["\\u12g4"]', '["\\U0041"]', '["\\u 123"]', '["\\u+123"]',
    "[\"\\'\"]", '["\n"]', '["\u0000"]', '["\u001f"]', "[1]//", "/**/[1]", "\ufeff[]", "\u00a0[]",
    "[\v]", "[\f]", "[\u2028]", "[1]\u0000",
  ]) {
    for (const form of BOTH) refused(state, form, "text");
  }
});

test("values that are neither object nor array", () => {
  for (const state of ["null", "true", "false", "0", "-1.5", "\"x\"", " 1 "]) {
    for (const form of BOTH) refused(state, form, "value");
  }
});

test("blanks anywhere", () => {
  const state = "\t{ \"a\"\r:\n[ 1 , true\t] , \"b\" : { } , \"c\" : [ ] } \n";
  assert.equal(textOf(state, "state_hash"), '{"a":[1,true],"b":{},"c":[]}');
  assert.equal(textOf(state, "episode_ready"), '{"a": [1, true], "b": {}, "c": []}');
});

test("a hundred levels", () => {
  for (const [open, close] of [["[", "]"], ["{\"a\":", "}"]]) {
    const innermost = open === "[" ? "" : "0";
    const nested = (depth) => open.repeat(depth) + innermost + close.repeat(depth);
    for (const form of BOTH) {
      assert.equal(textOf(nested(100), form).replaceAll(" ", ""), nested(100));
      refused(nested(101), form, "range");
      refused(nested(100_000), form, "range");
      refused(open.repeat(100_000), form, "text"); // no JSON, and as that it is refused
    }
  }
  // Depth, and not how many there are: closed ones do not count.
  for (const form of BOTH) digest(`[${"[[]],".repeat(200)}[]]`, form);
});

test("a fault of the text comes before one of the values", () => {
  for (const form of BOTH) refused(`${"[".repeat(101)}${"]".repeat(101)}]`, form, "text");
  refused("[1e999,", "episode_ready", "text");
  refused(`[${"1".repeat(4301)},1e]`, "episode_ready", "text");
});

test("mistakes of the caller are not refusals", () => {
  for (const state of [undefined, null, 5, {}, ["[]"], new String("[]")]) {
    assert.throws(() => digest(state, "state_hash"), TypeError);
  }
  for (const form of [undefined, "", "input", "toString", "STATE_HASH"]) {
    assert.throws(() => digest("[]", form), TypeError);
  }
});

// ---- Structure and strings ---------------------------------------------------------------------

test("keys that JavaScript's objects treat apart", () => {
  const state = '{"__proto__":1,"constructor":2,"10":3,"9":4,"toString":5,"":6}';
  const text = '{"":6,"10":3,"9":4,"__proto__":1,"constructor":2,"toString":5}';
  assert.equal(textOf(state, "state_hash"), text);
});

test("keys by code point, lone surrogates among them", () => {
  const ascending = ["", "\u0000", "A", "A\u0000", "B", "a", "\ud7ff", "\ud800", "\ud800\ud800",
    "\ud800\ue000", "\ud800\u{10000}", "\udbff", "\udc00", "\udfff", "\ue000", "\uff61", "\uffff",
    "\u{10000}", "\u{10000}\ud800", "\u{10001}", "\u{1f600}", "\u{10ffff}"];
  const keyOf = (member) => JSON.parse(member.slice(0, member.lastIndexOf(":")));
  for (const keys of [ascending, [...ascending].reverse()]) {
    const state = `{${keys.map((key) => `${JSON.stringify(key)}:0`).join()}}`;
    const written = textOf(state, "state_hash").slice(1, -1).split(",");
    assert.deepEqual(written.map(keyOf), ascending);
  }
});

test("of equal keys the last one, at every depth, and whole", () => {
  const state = '[{"b":1,"a":{"x":1},"\\u0061":{"y":{"k":1,"k":[2]}},"b":[],"b":null}]';
  assert.equal(textOf(state, "state_hash"), '[{"a":{"y":{"k":[2]}},"b":null}]');
});

test("every unit, as it is and as an escape", () => {
  const SHORT = { 8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\" };
  for (let unit = 0; unit <= 0xffff; unit++) {
    const long = `\\u${unit.toString(16).padStart(4, "0")}`;
    const plain = unit >= 0x20 && unit < 0x7f ? String.fromCharCode(unit) : long;
    const right = `["${SHORT[unit] ?? plain}"]`;
    const spelled = [long, long.toUpperCase().replace("U", "u")];
    if (unit >= 0x20 && unit !== 34 && unit !== 92) spelled.push(String.fromCharCode(unit));
    if (SHORT[unit]) spelled.push(SHORT[unit]);
    for (const inner of spelled) assert.equal(textOf(`["${inner}"]`, "state_hash"), right);
  }
  assert.equal(textOf('["\\/","e\u0301","\u00e9"]', "state_hash"), '["/","e\\u0301","\\u00e9"]');
});

// ---- Bounds ------------------------------------------------------------------------------------

test("hostile texts of 2 MB, each far below what quadratic time would be", () => {
  const size = 2_000_000;
  const many = (part) => part.repeat(size / part.length);
  const numbered = (count) => Array.from({ length: count }, (_, i) => `"${i}":0`);
  const states = [
    many("["), many("{\"\":"), many(" "), `[${many("[],")}0]`, `[${many("{},")}0]`,
    `${"[".repeat(1e6)}${"]".repeat(1e6)}`, `["${many("\\\\")}"]`, `["${many("\\u00e9")}"]`,
    `["${many("a")}`, `[${many("9")}]`, `[0.${many("1")}]`, `[1e${many("9")}]`,
    `[-1e-${many("9")}]`,
    `[${many("0.1,")}0]`, `[${many("1e-9,")}0]`, `{${many('"":0,')}"":0}`,
    `{${numbered(200_000).join()}}`, `{${numbered(200_000).reverse().join()}}`,
    `{${Array.from({ length: 2_000 }, (_, i) => `"${"a".repeat(990)}${i}":0`).join()}}`,
    `${"[".repeat(100)}"${many("a")}"${"]".repeat(100)}`,
    `${"{\"a\":".repeat(100)}[${many("1,")}1]${"}".repeat(100)}`,
  ];
  for (const state of states) {
    for (const form of BOTH) {
      const begin = performance.now();
      try {
        digest(state, form);
      } catch (e) {
        if (!(e instanceof Refusal)) throw e;
      }
      const seconds = (performance.now() - begin) / 1000;
      assert.ok(seconds < 60, `${seconds} s for ${state.slice(0, 40)} in ${form}`);
    }
  }
});
