// Judges the codec beside this file with the package `rollwire`, and prints a line for each check:
// the case, the operation, the verdict and the code.
// `node judged.mjs REVISION [without-nan]`

import { decode, encode, reencode, Refused } from "./my-codec.mjs";
import { checks } from "./node_modules/rollwire/src/index.mjs";

const nanPayload = process.argv[3] !== "without-nan";
const codec = { decode, encode, reencode, refusal: Refused, nanPayload };
for (const check of checks(undefined, { revision: Number(process.argv[2]) })) {
  const { verdict, code = "-" } = check.judge(codec);
  console.log(check.case.id, check.kind, verdict, code);
}
