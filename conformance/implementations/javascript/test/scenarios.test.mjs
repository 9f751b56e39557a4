// The worked scenarios of the specification, each in one step and in many.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode } from "../src/index.mjs";
import { closeSession, openSession, stepSession } from "../adapter/sessions.mjs";

const whole = (hash) => (hash.length === 2 ? hash.repeat(8) : hash);

/** A stimulus of a scenario as the adapter protocol writes it. */
function stimulusOf(text) {
  const [name, ...words] = text.split(/\s+/);
  switch (name) {
    case "confirm": return { confirm: { frame: Number(words[0]), hash: whole(words[1]) } };
    case "tick": case "reset": return { [name]: {} };
    case "recv": return { recv: words.join("") };
    case "rollback": return { rollback: words[0] === "end" ? "end" : { begin: Number(words[1]) } };
    case "channel": return { channel: words[0] };
    case "sends": {
      const [, accept, , refuse, , how] = words;
      const some = refuse === "all" ? "all" : Number(refuse);
      return { sends: { accept: Number(accept), refuse: some, how } };
    }
    default: throw new Error(`no stimulus: ${text}`);
  }
}

/** Pairs of frame and hash out of an observation, in the form of the scenarios. */
const PAIRS = {
  sent: ({ sent }) => sent.map((hex) => decode(Buffer.from(hex, "hex")))
    .map(({ frame, hash }) => [frame, hash]),
  queue: ({ queue }) => queue,
  map: ({ map }) => map,
  history: ({ history }) => history,
  verified: ({ verified }) => [[verified ?? "none"]],
  events: ({ events }) => events.map(({ frame }) => [frame]),
};

function check(expected, observation, where) {
  const [name, ...items] = expected.trim().split(/\s+/);
  const found = PAIRS[name](observation);
  const wanted = items.filter((item) => item !== "-").map((item) => item.split("="));
  assert.deepEqual(found.map(([frame]) => String(frame)), wanted.map(([frame]) => frame), where);
  wanted.forEach(([, hash], i) => hash && assert.equal(found[i][1], whole(hash), where));
}

// More scenarios, in the notation of the specification.
const MORE = `
\`\`\`scenario
confirm 5 aa
confirm 5 bb            | queue 5=aa | history 5=aa
tick                    | sent 5=aa
confirm 5 bb            | queue - | history 5=aa
rollback begin 5        | history -
confirm 5 bb            | queue 5=bb | history 5=bb
rollback end
tick                    | sent 5=bb
\`\`\`
\`\`\`scenario
confirm 10 aa
confirm 5 bb
recv 07 0000000a aaaaaaaaaaaaaaaa   | verified 10
recv 07 00000005 bbbbbbbbbbbbbbbb   | verified 10 | map -
rollback begin 11                   | verified 10
rollback begin 10                   | verified 9 | history 5
recv 07 00000014 aaaaaaaaaaaaaaaa   | map 20
reset                               | verified none | map - | history -
confirm 20 bb                       | events - | queue 20
\`\`\`
\`\`\`scenario
confirm 4294967294 aa
confirm 4294967295 aa
recv 07 ffffffff aaaaaaaaaaaaaaaa   | verified 4294967295
rollback begin 4294967295           | verified 4294967294 | history 4294967294 | queue 4294967294
rollback begin 0                    | verified none | history - | queue -
\`\`\`
`;

const SCENARIOS = ["exchange", "detect", "more"].flatMap((name) => {
  const url = new URL(`../../../../spec/${name}.md`, import.meta.url);
  const text = name === "more" ? MORE : readFileSync(url, "utf8");
  const blocks = [...text.matchAll(/^```scenario\n(.*?)^```/gms)];
  assert.ok(blocks.length >= 3, `${name}.md has its scenarios`);
  return blocks.map(([, block], i) => {
    const lines = block.trim().split("\n").map((line) => line.split("|"));
    return { name: `${name}.md ${i + 1}`, lines };
  });
});

for (const { name, lines } of SCENARIOS) {
  test(`scenario ${name}`, () => {
    const stimuli = lines.map(([stimulus]) => stimulusOf(stimulus.trim()));
    openSession({ session: 1 });
    openSession({ session: 2 });
    // In one step and in many: the observations must not depend on it.
    const observations = JSON.parse(stepSession({ session: 1, do: stimuli }));
    const each = stimuli.map((one) => JSON.parse(stepSession({ session: 2, do: [one] })));
    assert.deepEqual(each.flat(), observations);
    lines.forEach(([stimulus, ...seen], i) => {
      if (!seen.some((text) => text.trim().startsWith("sent"))) seen.unshift("sent -");
      for (const expected of seen) check(expected, observations[i], `${stimulus} |${expected}`);
    });
    closeSession({ session: 1 });
    closeSession({ session: 2 });
  });
}
