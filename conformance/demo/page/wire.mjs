/**
 * What lies between a peer and its end of the channel: nothing, unless a fault is switched on.
 *
 * The peer of the demo follows the rules. A fault changes what it says, so that its partner and the taps
 * see a peer that does not.
 */
import { decode } from "./peer/codec.mjs";

const TOLD = 10; // the first frames of a round that are remembered

/** What a side has said and heard: a fault may say it again. */
class Memory {
  ready = null; // the newest own EPISODE_READY, as bytes
  end = null; // the newest own EPISODE_END
  told = new Map(); // frame to action, of the first frames of this round
  before = new Map(); // the same of the round before
  #episode = null; // the number of the newest own EPISODE_READY

  sent(bytes) {
    const message = decode(bytes);
    if (message.type === "episode_end") this.end = bytes;
    if (message.type === "episode_ready" && message.episode !== this.#episode) {
      [this.before, this.told, this.end] = [this.told, new Map(), null];
      this.#episode = message.episode;
      this.ready = bytes;
    }
    if (message.type === "input") {
      for (const { frame, action } of message.entries) {
        if (frame < TOLD && !this.told.has(frame)) this.told.set(frame, action);
      }
    }
  }
}

export class Wire {
  #line;
  #send;
  #peer;
  #planted = new Map(); // by the id of the fault: what it does, and how often it did
  #memory = new Memory();

  /**
   * @param {import("./line.mjs").Line} line
   * @param {(bytes: Uint8Array) => void} send  hands a datagram to the line
   * @param {import("./peer/peer.mjs").Peer} peer
   */
  constructor(line, send, peer) {
    this.#line = line;
    this.#send = send;
    this.#peer = peer;
    line.refuses = (bytes) => this.#some("refuses", bytes);
  }

  /** Switches a fault on or off. */
  set(fault, isOn) {
    if (!isOn) this.#planted.delete(fault.id);
    else if (!this.#planted.has(fault.id)) {
      const planted = { count: 0, does: null };
      const wrong = () => { planted.count += 1; };
      planted.does = fault.plant({ wrong, memory: this.#memory, peer: this.#peer });
      this.#planted.set(fault.id, planted);
    }
  }

  /** How often a fault that is on has done something wrong; undefined if it is off. */
  count(fault) {
    return this.#planted.get(fault.id)?.count;
  }

  /** The `send` of the peer. */
  send(bytes) {
    this.#memory.sent(bytes);
    const datagrams = this.#all().reduce(
      (them, { says = (it) => [it] }) => them.flatMap((it) => says(it)), [bytes],
    );
    let isAccepted = true;
    for (const datagram of datagrams) isAccepted = this.#hand(datagram) && isAccepted;
    return isAccepted || this.#some("forgets", bytes);
  }

  /** What has arrived goes to the peer. */
  receive(bytes) {
    if (!this.#some("ignores", bytes)) this.#peer.receive(bytes);
  }

  /** Whether the network loses this datagram of this side, so that a fault can be seen. */
  loses(bytes) {
    return this.#some("loses", bytes);
  }

  /** The state after a frame, which a fault may change. */
  state(state, frame) {
    return this.#all().reduce((it, { bends = (same) => same }) => bends(it, frame), state);
  }

  /** Some faults say something by themselves. */
  tick() {
    for (const { adds = () => [] } of this.#all()) {
      for (const datagram of adds()) this.#hand(datagram);
    }
  }

  #all() {
    return [...this.#planted.values()].map(({ does }) => does);
  }

  /** Asks every fault, because each may count. */
  #some(question, bytes) {
    return this.#all().map((it) => it[question]?.(bytes) ?? false).includes(true);
  }

  #hand(datagram) {
    if (this.#line.readyState !== "open") return false;
    try {
      this.#send(datagram);
      return true;
    } catch {
      return false;
    }
  }
}
