/** Reads a capture, and holds each line to spec/capture.md. */
import assert from "node:assert/strict";

const WHAT = ["sent", "refused", "received", "channel", "error", "missing"];
const HEADER = ["capture", "peer", "revision", "origin", "redundancy", "setup", "tap"];
const LONGEST = 4 * 1024 * 1024;

function checkHeader(header) {
  assert.equal(header.capture, 1);
  for (const name of Object.keys(header)) assert.ok(HEADER.includes(name), name);
  if ("peer" in header) assert.ok([...header.peer].length <= 200);
  if ("revision" in header) assert.ok(header.revision >= 1 && header.revision <= 7);
  if ("redundancy" in header) assert.ok(header.redundancy >= 1 && header.redundancy <= 15);
  if ("origin" in header) assert.ok(header.origin > 1e12);
  if ("tap" in header) assert.ok([...header.tap].length <= 40);
}

function checkRecord(record, numbers) {
  const members = Object.keys(record);
  for (const name of members) assert.ok([...WHAT, "n", "at", "buffered", "tap"].includes(name), name);
  const [what, ...more] = members.filter((name) => WHAT.includes(name));
  assert.equal(more.length, 0, JSON.stringify(record));
  assert.equal(record.n, numbers.get(record.tap), "the numbers of a part follow each other");
  numbers.set(record.tap, record.n + 1);
  assert.ok(Number.isFinite(record.at) && record.at >= 0);
  const value = record[what];
  if (["sent", "refused", "received"].includes(what)) {
    if (typeof value === "string") assert.match(value, /^(?:[0-9a-f]{2}){0,65536}$/);
    else assert.ok(typeof value.text === "string" && Object.keys(value).length === 1);
  } else if (what === "channel") {
    assert.ok(["open", "closed"].includes(value), value);
  } else if (what === "error") {
    assert.equal(typeof value, "string");
  } else {
    assert.ok(Number.isInteger(value) && value > 0);
  }
  if ("buffered" in record) assert.ok(Number.isInteger(record.buffered) && record.buffered > 0);
}

/** The headers and the records of a capture, each of them valid. */
export function parse(text) {
  assert.ok(text.endsWith("\n"));
  const lines = text.slice(0, -1).split("\n").map((line) => {
    assert.ok(Buffer.byteLength(line) < LONGEST);
    return JSON.parse(line);
  });
  const numbers = new Map(); // of the next record, by tap
  for (const line of lines) {
    if ("capture" in line) {
      checkHeader(line);
      numbers.set(line.tap, 0);
    } else {
      assert.ok(numbers.has(line.tap), "a record follows the header of its part");
      checkRecord(line, numbers);
    }
  }
  assert.ok("capture" in lines[0]);
  const headers = lines.filter((line) => "capture" in line);
  const records = lines.filter((line) => !("capture" in line));
  return { lines, headers, records };
}

/** What happened, without times: `["sent", "07…"]`. */
export function happened(text) {
  return parse(text).records.map((record) => {
    const what = WHAT.find((name) => name in record);
    return [what, record[what]];
  });
}
