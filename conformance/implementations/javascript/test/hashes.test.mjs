import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { md5, sha256 } from "../src/hashes.mjs";

const HASHES = { sha256, md5 };

for (const [name, hash] of Object.entries(HASHES)) {
  const right = (ascii) => createHash(name).update(ascii, "ascii").digest("hex");

  test(`${name} of every length up to four blocks`, () => {
    let text = "";
    for (let length = 0; length <= 260; length++) {
      assert.equal(hash(text), right(text), `${length} characters`);
      text += String.fromCharCode((length * 89 + 7) % 128);
    }
  });

  test(`${name} of long texts`, () => {
    for (const text of ["a".repeat(1_000_000), "[0.1,\"\\u00e9\"]".repeat(20_001)]) {
      assert.equal(hash(text), right(text));
    }
  });

  test(`${name} of 2,000 texts`, () => {
    let text = "rollwire"; // each text is made of the hash before
    for (let round = 0; round < 2_000; round++) {
      const digits = hash(text);
      assert.equal(digits, right(text));
      text = digits + text.slice(0, (round * 13) % 300);
    }
  });
}
