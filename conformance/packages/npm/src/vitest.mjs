/** A test of vitest for each check. */
import { describe, test } from "vitest";
import { checkCodec, checks } from "./check.mjs";

/** Registers the tests of one topic, or of a list of topics. */
export function vectors(names, codec, options) {
  checkCodec(codec);
  const chosen = checks(names, options);
  describe(`rollwire ${[names].flat().join(", ")}`, () => {
    for (const check of chosen) {
      test(check.id, (context) => {
        const { skipped, weak } = check.run(codec);
        if (skipped !== undefined) context.skip(skipped);
        if (weak !== undefined) console.warn(weak);
      });
    }
  });
}
