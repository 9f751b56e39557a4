// The first half of the deployed recipe, of 16 digits: JSON.parse, then JSON.stringify.
// A line in is a state as a JSON string; a line out is its new text, or null for a text that is not JSON.

import { createInterface } from "node:readline";

function throughEcmaScript(state) {
  try {
    return JSON.stringify(JSON.parse(state));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  process.stdout.write(`${JSON.stringify(throughEcmaScript(JSON.parse(line)))}\n`);
}
