// The two ends of a channel in a game, and the clock of its peer.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Tap } from "../src/index.mjs";
import { happened, parse } from "../testing/capture.mjs";

const bytes = (...values) => Uint8Array.from(values);
const nothing = () => {};

test("both ends do what the originals do, and each record comes first", async () => {
  const tap = new Tap();
  const given = [];
  const outcomes = [5, undefined, false, new Error("large")];
  const end = (...values) => {
    given.push(values);
    const outcome = outcomes[given.length - 1];
    if (outcome instanceof Error) throw outcome;
    return outcome;
  };
  const ends = tap.wrap({ send: end, receive: (...values) => [ends.send(bytes(9)), values] });
  assert.equal(ends.send(bytes(1), "option"), 5);
  assert.deepEqual(ends.receive(bytes(2), true), [undefined, [bytes(2), true]]);
  assert.equal(ends.send("text"), false);
  assert.throws(() => ends.send(bytes(3)), /large/);
  assert.deepEqual(given, [[bytes(1), "option"], [bytes(9)], ["text"], [bytes(3)]]);
  assert.deepEqual(happened(await tap.text()), [["sent", "01"], ["received", "02"], ["sent", "09"],
    ["refused", { text: "text" }], ["refused", "03"]]);
});

test("a channel that the game describes may open and close more than once", async () => {
  const tap = new Tap();
  const ends = tap.wrap({ send: nothing, receive: nothing });
  for (const turn of ["opened", "opened", "closed", "closed", "opened"]) ends[turn]();
  ends.failed(new Error("reset"));
  assert.deepEqual(happened(await tap.text()), [["channel", "open"], ["channel", "closed"],
    ["channel", "open"], ["error", "reset"]]);
});

test("nothing is recorded after `stop`, nor of what a newer part of the name has replaced", async () => {
  const tap = new Tap();
  const sent = [];
  const send = (data) => { sent.push(data); };
  const older = tap.wrap({ send, receive: nothing, name: "game" });
  older.send(bytes(1));
  const newer = tap.wrap({ send, receive: nothing, name: "game" });
  older.send(bytes(2));
  newer.send(bytes(3));
  tap.stop();
  newer.send(bytes(4));
  newer.receive(bytes(5));
  assert.equal(sent.length, 4);
  assert.deepEqual(happened(await tap.text()), [["sent", "01"], ["sent", "03"]]);
});

test("the records have the times of the clock that is given, and the header its setup", async () => {
  const tap = new Tap({ peer: "ann", redundancy: 5 });
  let time = 0;
  const setup = { local: 1, first_frame: 3, parameters: { redundancy: 5 }, capabilities: ["inputs"] };
  const ends = tap.wrap({ send: nothing, receive: nothing, setup, clock: () => time });
  ends.opened();
  for (time of [100, 107, NaN, -1, "9", 108.5]) ends.send(bytes(4));
  const { headers: [header], records } = parse(await tap.text());
  assert.deepEqual(header, { capture: 1, peer: "ann", redundancy: 5, setup });
  assert.deepEqual(records.map(({ at }) => at), [0, 100, 107, 107, 107, 107, 108.5]);
});

test("a clock that throws has stopped, and the game does not notice", async () => {
  const tap = new Tap();
  const clock = () => { throw new Error("no clock"); };
  const ends = tap.wrap({ send: () => 3, receive: nothing, setup: { local: 0 }, clock });
  assert.equal(ends.send(bytes(4)), 3);
  assert.deepEqual(parse(await tap.text()).records, [{ n: 0, at: 0, sent: "04" }]);
});

test("a setup that the game changes afterwards, or that every object has a `toJSON` for, stays", async () => {
  const tap = new Tap();
  const setup = { local: 0, parameters: { redundancy: 5 }, capabilities: ["inputs"] };
  const ends = tap.wrap({ send: nothing, receive: nothing, setup, clock: () => 7 });
  const expected = structuredClone(setup);
  setup.parameters.redundancy = 9;
  ends.send(bytes(4));
  Object.prototype.toJSON = () => "replaced";
  Array.prototype.toJSON = () => "replaced";
  let text;
  try {
    text = await tap.text();
  } finally {
    delete Object.prototype.toJSON;
    delete Array.prototype.toJSON;
  }
  assert.deepEqual(parse(text).headers[0].setup, expected);
});

test("a wrong option is an error that says which", () => {
  const tap = new Tap();
  const clock = () => 0;
  const wrap = (options, it = tap) => it.wrap({ send: nothing, receive: nothing, ...options });
  const wrong = [
    [{ send: 1 }, "`send` and `receive` are not both functions"],
    [{ receive: undefined }, "`send` and `receive` are not both functions"],
    [{ setup: { local: 0 } }, "`setup` and the function `clock` go together"],
    [{ clock }, "`setup` and the function `clock` go together"],
    [{ clock: 5, setup: { local: 0 } }, "`setup` and the function `clock` go together"],
    [{ clock, setup: null }, "`setup` is not an object whose `local` is 0 or 1"],
    [{ clock, setup: [] }, "`setup` is not an object whose `local` is 0 or 1"],
    [{ clock, setup: { local: 2 } }, "`setup` is not an object whose `local` is 0 or 1"],
    [{ clock, setup: { local: 0, more: "x".repeat(4096) } }, "`setup` has more than 4096 characters as JSON"],
    [{ clock, setup: { local: 0, toJSON: () => undefined } }, "`setup` is not an object whose `local` is 0 or 1"],
  ];
  for (const [options, message] of wrong) {
    assert.throws(() => wrap(options), { message }, JSON.stringify(options));
  }
  const old = new Tap({ revision: 5 });
  assert.throws(() => wrap({ clock, setup: { local: 0 } }, old), /`setup` is for revision 7 only/);
  assert.equal(tap.records, 0);
});
