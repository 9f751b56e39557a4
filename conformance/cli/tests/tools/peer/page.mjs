// Games with one player each: the peer of the demo, whose partner is `rollwire live --peer`. Each is played over a
// connection of its own; all but those named `right` have a fault.
import { FAULTS } from "./demo/faults.mjs";
import { CLEAN } from "./demo/match.mjs";
import { Line } from "./demo/line.mjs";
import { Random } from "./demo/random.mjs";
import { Side } from "./demo/side.mjs";
import { Tap } from "./demo/tap/index.mjs";

const CHANNEL = { ordered: false, maxRetransmits: 0 };
const PACE = 1000 / 60;
const LENGTH = 1000; // frames of a round
const MOST_STEPS = 6;
const REOPENED = 15_000; // milliseconds after which a channel is not opened again

/** A channel that may be opened again, as a game sees it. */
class Reopened extends EventTarget {
  #connection;
  #channel;
  #closed = 0;

  constructor(connection, opened, over) {
    super();
    this.#connection = connection;
    this.opened = opened;
    this.over = over;
    this.#open();
  }

  get readyState() { return this.#channel.readyState; }
  get bufferedAmount() { return this.#channel.bufferedAmount; }
  send(data) { this.#channel.send(data); }
  close() { this.#channel.close(); }

  #open() {
    const channel = this.#connection.createDataChannel("game", CHANNEL);
    channel.binaryType = "arraybuffer";
    this.#channel = channel;
    const late = setTimeout(() => { if (channel.readyState !== "open") this.over(); }, REOPENED * 4);
    channel.addEventListener("open", () => { clearTimeout(late); this.opened(this.#closed); });
    channel.addEventListener("message", ({ data }) => {
      this.dispatchEvent(new MessageEvent("message", { data }));
    });
    channel.addEventListener("close", () => {
      this.#closed += 1;
      this.dispatchEvent(new Event("closes"));
      if (this.#closed > 1) return this.over();
      this.#open();
      const again = this.#channel;
      setTimeout(() => { if (again.readyState !== "open") this.over(); }, REOPENED);
    });
  }
}

async function described(connection) {
  await connection.setLocalDescription();
  if (connection.iceGatheringState === "complete") return connection.localDescription;
  await new Promise((resolve) => connection.addEventListener("icegatheringstatechange", () => {
    if (connection.iceGatheringState === "complete") resolve();
  }));
  return connection.localDescription;
}

/** Begins to play; `ended` resolves when the other side has gone. */
async function play(offerTo, fault) {
  const connection = new RTCPeerConnection();
  const now = () => performance.now();
  let over;
  const isOver = new Promise((resolve) => { over = resolve; });
  connection.addEventListener("connectionstatechange", () => {
    if (["failed", "closed", "disconnected"].includes(connection.connectionState)) over();
  });
  let side;
  let timer;
  const channel = new Reopened(connection, (closed) => {
    if (closed > 0) {
      side.passTime();
      side.peer.opened();
      return;
    }
    const line = new Line(channel, CLEAN, new Random(1), now);
    side = new Side({ index: 0, line, tap: new Tap(), now, seed: 1, length: LENGTH, frameTime: PACE });
    if (fault) side.wire.set(fault, true);
    channel.addEventListener("closes", () => { side.passTime(); side.peer.closed(); });
    let hasBegun = false;
    let due = now();
    timer = setInterval(() => {
      line.deliver();
      side.tick();
      if (!hasBegun && side.peer.validation === "validated") {
        hasBegun = true;
        side.begin();
      }
      if (now() - due > MOST_STEPS * PACE) due = now() - MOST_STEPS * PACE;
      for (; due <= now(); due += PACE) side.step();
    }, 8);
  }, () => over());
  const offer = await described(connection);
  const answer = await fetch(offerTo, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(offer),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  await connection.setRemoteDescription(await answer.json());
  const ended = isOver.then(() => {
    clearInterval(timer);
    connection.close();
    return { played: side?.played ?? 0, wrong: fault ? side?.wire.count(fault) : 0 };
  });
  return { ended };
}

async function all() {
  const asked = new URLSearchParams(location.search);
  const names = asked.get("games").split(",");
  const games = [];
  // One after the other, so that the numbers of the sessions are in this order.
  for (const name of names) {
    const fault = FAULTS.find(({ id }) => id === name) ?? null;
    if (!fault && name !== "right") throw new Error(`no fault ${name}`);
    const { ended } = await play(asked.get("offer"), fault);
    games.push(ended);
  }
  return Promise.all(games);
}

const said = await all().then((ok) => ({ ok }), (error) => ({ error: `${error}\n${error?.stack}` }));
await fetch("result", { method: "POST", body: JSON.stringify(said) });
