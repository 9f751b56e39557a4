// What is played in a browser to test the tap.
import { breathe, connect, formed, held, Side, until } from "./connect.mjs";
import { tapChannel, tapPage } from "./tap/src/index.mjs";

/** Some thousand datagrams of all types, sizes and forms in both directions, over the channel of the game. */
export async function traffic(plan) {
  const getter = ({ prototype }, name) => Object.getOwnPropertyDescriptor(prototype, name).get;
  const methods = () => [RTCPeerConnection.prototype.createDataChannel, RTCDataChannel.prototype.send,
    getter(RTCDataChannelEvent, "channel"), getter(MessageEvent, "data")];
  const before = methods();
  const tap = tapPage({ peer: "ann", limit: 256 * 1024 * 1024 });
  const { connections, channels } = await connect();
  const untouched = channels.every((it) => Object.getOwnPropertyNames(it).length === 0);
  channels[1].binaryType = "blob";
  const sides = channels.map((it) => new Side(it));
  for (let number = 0; number < plan.count || sides.some((it) => it.received < plan.least); number++) {
    sides[number % 2].send(formed(plan, Math.floor(number / 2)));
    if (number % 20 === 19) await breathe(sides);
  }
  sides[0].send(new Uint8Array(300_000)); // larger than the other side allows
  const logs = sides.map((it) => it.log());
  tap.stop();
  const restored = methods().every((it, i) => it === before[i]);
  const records = tap.records;
  sides[0].send(Uint8Array.of(1));
  connections.forEach((it) => it.close());
  return { logs: await Promise.all(logs), capture: await tap.text(), untouched, restored,
    silent: tap.records === records };
}

/** Everything that a game can notice of two ordered channels. */
async function noticed(plan, isTapped) {
  const seen = [];
  const { connections, channels } = await connect({ ordered: true });
  // The listeners of the game are there before the tap.
  const arrived = channels.map(() => 0);
  channels.forEach((channel, side) => {
    channel.binaryType = side === 0 ? "arraybuffer" : "blob";
    channel.addEventListener("message", (event) => {
      const { data, isTrusted, type, eventPhase, defaultPrevented, target } = event;
      arrived[side] += 1;
      seen.push([side, type, isTrusted, eventPhase, defaultPrevented, target === channel,
        Object.prototype.toString.call(data), held(data)]);
    });
    channel.onmessage = ({ target }) => seen.push([side, "onmessage", target === channel]);
    channel.onclose = ({ type }) => seen.push([side, type]);
    channel.onerror = ({ type }) => seen.push([side, type]);
  });
  const taps = isTapped ? channels.map((it) => tapChannel(it)) : [];
  const attempt = (side, call) => {
    try {
      seen.push([side, "returned", call()]);
    } catch (error) {
      seen.push([side, error.name, error.message, error instanceof DOMException]);
    }
  };
  for (let number = 0; number < 600; number++) {
    const side = number % 2;
    attempt(side, () => channels[side].send(formed(plan, number)));
    // One at a time, so that the order of what is seen does not depend on the machine.
    const expected = [Math.floor(number / 2), Math.floor((number + 1) / 2)];
    expected[1 - side] = Math.floor(number / 2) + 1;
    await until(() => arrived[1 - side] >= expected[1 - side]);
  }
  attempt(0, () => channels[0].send());
  attempt(0, () => channels[0].send(Symbol("x")));
  attempt(0, () => channels[0].send(new Uint8Array(300_000)));
  attempt(0, () => RTCDataChannel.prototype.send.call({}, "x"));
  attempt(0, () => channels[0].send.call(null, "x"));
  let asked = 0;
  attempt(0, () => channels[0].send({ toString: () => { asked += 1; return "object"; } }));
  await until(() => arrived[1] >= 301);
  channels[0].close();
  await until(() => channels.every(({ readyState }) => readyState === "closed"));
  await until(() => [0, 1].every((side) => seen.some((it) => it[0] === side && it[1] === "close")));
  attempt(0, () => channels[0].send("late"));
  const properties = channels.map((it) => [it.label, it.binaryType, it.readyState, it.send.name, it.send.length]);
  connections.forEach((it) => it.close());
  return {
    captures: await Promise.all(taps.map((it) => it.text())),
    seen: await Promise.all([...seen, ...properties, ["asked", asked]].map((it) => Promise.all(it))),
  };
}

/** The same game without and with a tap. */
export async function transparency(plan) {
  return { untapped: await noticed(plan, false), tapped: await noticed(plan, true) };
}

/** Answers that the game gives at once, or after a pause of no time, from listeners of every kind. */
export async function order() {
  const captures = [];
  const soon = async (channel, { data }) => {
    await undefined;
    channel.send(data);
  };
  const ways = {
    handler: (channel) => { channel.onmessage = ({ data }) => channel.send(data); },
    listener: (channel) => channel.addEventListener("message", ({ data }) => channel.send(data)),
    later: (channel) => channel.addEventListener("message", (event) => soon(channel, event)),
  };
  const play = async (tap, one) => {
    await until(() => one.readyState === "open");
    for (let number = 0; number < 20; number++) one.send(Uint8Array.of(number));
    await until(() => tap.records >= 40);
    captures.push(await tap.text());
    tap.stop();
  };
  for (const listen of Object.values(ways)) {
    // The listener of the game is older than the tap.
    const { connections, channels: [one, two] } = await connect({ ordered: true });
    listen(two);
    await play(tapChannel(two), one);
    connections.forEach((it) => it.close());
    // The connection is older than the tap, and so is the listener for the channel that is announced.
    const again = await connect({ ordered: true });
    again.connections[1].ondatachannel = ({ channel }) => {
      if (channel.label === "answers") listen(channel);
    };
    const asking = again.connections[0].createDataChannel("answers");
    const tap = tapPage({ only: (channel) => channel.label === "answers" && channel !== asking });
    await play(tap, asking);
    again.connections.forEach((it) => it.close());
  }
  return { captures };
}

/** Ten rounds under one tap: what is closed and let go of must go, and the memory must stay. */
export async function rounds(plan) {
  const tap = tapPage({ limit: 256 * 1024 });
  const references = [];
  const play = async () => {
    const { connections, channels } = await connect();
    const sides = channels.map((it) => new Side(it));
    for (let number = 0; number < 400; number++) {
      sides[number % 2].send(formed(plan, number));
      if (number % 20 === 19) await breathe(sides);
    }
    connections.forEach((it) => it.close());
    references.push(...[...connections, ...channels].map((it) => new WeakRef(it)));
  };
  for (let round = 0; round < 10; round++) await play();
  const left = () => references.filter((it) => it.deref() !== undefined).length;
  await until(async () => {
    await new Promise((resolve) => { setTimeout(resolve, 100); });
    gc();
    return left() === 0;
  });
  const capture = await tap.text();
  tap.stop();
  return { references: references.length, left: left(), memory: tap.memory, capture };
}

/** Two streams of one game; the server cuts one of them off once. */
export async function streamed(plan) {
  const tap = tapPage({ only: ({ label }) => label === "game" });
  const { connections, channels } = await connect();
  const sides = channels.map((it) => new Side(it));
  const [whole, broken] = ["whole", "broken"].map((it) => tap.stream(`ws://127.0.0.1:${plan.port}/${it}`));
  let [wasOpen, wasCut, isBack] = [false, false, false];
  for (let number = 0; number < 400 || !isBack; number++) {
    sides[number % 2].send(formed(plan, number));
    if (number % 20 === 19) {
      await breathe(sides);
      await new Promise((resolve) => { setTimeout(resolve, 20); });
    }
    wasOpen ||= broken.isOpen;
    wasCut ||= wasOpen && !broken.isOpen;
    isBack = wasCut && broken.isOpen && whole.isOpen;
  }
  tap.stop(); // the streams send the rest
  const logs = sides.map((it) => it.log());
  await Promise.all([whole.close(600_000), broken.close(600_000)]); // however busy the machine is
  connections.forEach((it) => it.close());
  return { logs: await Promise.all(logs) };
}
