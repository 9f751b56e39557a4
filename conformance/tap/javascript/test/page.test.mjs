// A page: stand-ins show the naming and the restoring; the tests with a browser show the rest.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { tapPage } from "../src/index.mjs";
import { happened, parse } from "../testing/capture.mjs";
import { Channel } from "../testing/channels.mjs";

class Announcement extends Event {
  #channel;

  constructor(channel) {
    super("datachannel");
    this.#channel = channel;
  }

  get channel() { return this.#channel; }
}

class Connection extends EventTarget {
  signalingState = "stable";

  createDataChannel(label) {
    if (label === "wrong") throw new TypeError("wrong label");
    return new Channel(label);
  }

  announce(channel) {
    this.dispatchEvent(new Announcement(channel));
  }
}

const bytes = (...values) => Uint8Array.from(values);
const getter = ({ prototype }, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
const originals = () => [Connection.prototype.createDataChannel, Channel.prototype.send,
  getter(Announcement, "channel")];

before(() => Object.assign(globalThis, {
  RTCPeerConnection: Connection, RTCDataChannel: Channel, RTCDataChannelEvent: Announcement,
}));
after(() => {
  delete globalThis.RTCPeerConnection;
  delete globalThis.RTCDataChannel;
  delete globalThis.RTCDataChannelEvent;
});

test("channels of both kinds are recorded under their labels", async () => {
  const tap = tapPage({ peer: "ann" });
  const [one, two] = [new Connection(), new Connection()];
  const made = one.createDataChannel("game");
  const offered = new Channel("game");
  two.addEventListener("datachannel", ({ channel }) => channel.send(bytes(9)));
  two.announce(offered);
  made.send(bytes(1));
  offered.arrive(bytes(2));
  const long = one.createDataChannel("\u{1f600}".repeat(50));
  long.send(bytes(3));
  tap.stop();
  const { records, headers } = parse(await tap.text());
  const datagrams = records.filter((it) => !("channel" in it));
  assert.deepEqual(datagrams.map(({ sent, received, tap: name }) => [name, sent ?? received]), [
    ["game-2", "09"], ["game", "01"], ["game-2", "02"], ["\u{1f600}".repeat(32), "03"],
  ]);
  assert.ok(headers.every(({ peer }) => peer === "ann"));
  assert.throws(() => one.createDataChannel("wrong"), { message: "wrong label" });
});

test("a channel that is older than the tap is recorded from its next send on", async () => {
  const channel = new Channel("game");
  channel.addEventListener("message", ({ data }) => { if (data[0] === 5) channel.send(data); });
  channel.send(bytes(1));
  const tap = tapPage();
  channel.arrive(bytes(2));
  channel.send(bytes(3));
  channel.arrive(bytes(4));
  channel.arrive(bytes(5));
  tap.stop();
  assert.deepEqual(happened(await tap.text()),
    [["sent", "03"], ["received", "04"], ["received", "05"], ["sent", "05"]]);
});

test("a connection that is opened again goes on under its name", async () => {
  const tap = tapPage();
  const connection = new Connection();
  const first = connection.createDataChannel("game");
  first.become("open");
  connection.signalingState = "closed"; // the channel shows it later
  const second = new Connection().createDataChannel("game");
  second.become("open");
  first.become("closed");
  first.send(bytes(1)); // is not recorded: its name has gone to another
  tap.stop();
  const { lines } = parse(await tap.text());
  const found = lines.map((it) => [it.capture ?? it.channel, it.tap]);
  assert.deepEqual(found, [[1, "game"], ["open", "game"], ["closed", "game"], [1, "game"], ["open", "game"]]);
});

test("only the channels that are wanted are recorded, and each is asked about once", async () => {
  const asked = [];
  const { error } = console;
  console.error = () => {};
  const only = ({ label }) => {
    asked.push(label);
    if (label === "broken") throw new Error("only");
    return label === "game";
  };
  const tap = tapPage({ only });
  try {
    for (const label of ["game", "chat", "broken"]) {
      const channel = new Connection().createDataChannel(label);
      channel.send(bytes(1));
      channel.send(bytes(2));
      assert.equal(channel.taken.length, 2);
    }
  } finally {
    console.error = error;
    tap.stop();
  }
  assert.deepEqual(asked, ["game", "chat", "broken"]);
  assert.deepEqual(happened(await tap.text()), [["channel", "open"], ["sent", "01"], ["sent", "02"]]);
});

test("the stop puts the methods back, and channels of the page are left alone", () => {
  const before = originals();
  const tap = tapPage();
  const connection = new Connection();
  const channel = connection.createDataChannel("game");
  assert.ok(originals().every((method, i) => method !== before[i] && method.name === before[i].name
    && method.length === before[i].length));
  assert.deepEqual(Object.keys(channel).sort(), Object.keys(new Channel()).sort());
  tap.stop();
  assert.deepEqual(originals(), before);
  connection.announce(new Channel("late"));
  channel.send(bytes(1));
  channel.arrive(bytes(1));
  connection.createDataChannel("later").send(bytes(1));
  assert.equal(tap.records, 1, "the opening alone");
});

test("a method that was replaced after the tap stays, and the tap under it lets everything pass", () => {
  const original = Channel.prototype.send;
  const tap = tapPage();
  const ours = Channel.prototype.send;
  const theirs = function (...values) { return ours.apply(this, values); };
  Channel.prototype.send = theirs;
  tap.stop();
  try {
    assert.equal(Channel.prototype.send, theirs);
    const channel = new Channel();
    channel.send(bytes(1));
    assert.equal(channel.taken.length, 1);
    assert.equal(tap.records, 0);
  } finally {
    Channel.prototype.send = original;
  }
});

test("what the page replaces, and channels that cannot be read, do not disturb the game", async () => {
  const shy = { get() { throw new Error("mine"); } };
  const { error } = console;
  const tap = tapPage();
  const known = new Connection().createDataChannel("game");
  globalThis.RTCDataChannel = "replaced";
  console.error = () => { throw new Error("no console"); };
  const unread = ["label", "readyState"].map((name) => Object.defineProperty(new Channel(), name, shy));
  const connection = new Connection();
  const announced = [];
  connection.addEventListener("datachannel", (event) => {
    Object.defineProperty(event, "target", shy);
    announced.push(event.channel);
  });
  try {
    for (const channel of [known, ...unread]) channel.send(bytes(1));
    connection.announce(unread[0]);
    assert.deepEqual(announced, [unread[0]]);
  } finally {
    Object.assign(console, { error });
    globalThis.RTCDataChannel = Channel;
    tap.stop();
  }
  for (const { taken } of [known, ...unread]) assert.equal(taken.length, 1);
  const { records } = parse(await tap.text());
  assert.deepEqual(records.map(({ sent, channel }) => sent ?? channel), ["open", "01"]);
});

test("without WebRTC there is a clear error", () => {
  delete globalThis.RTCPeerConnection;
  try {
    assert.throws(() => tapPage(), /there is no RTCPeerConnection here/);
  } finally {
    globalThis.RTCPeerConnection = Connection;
  }
});
