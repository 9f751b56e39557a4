// A whole peer as the deployed browser implementation is one, in virtual time, restated from what was
// observed of it; no line of it is copied. Each part is in a file of its own; here they come together.
//
// The sources do not say everything that a session needs. Where they say nothing, this holds:
// - Frames begin at the first frame of the session, and the input delay is 0.
// - What a game does by itself follows the stimuli: an `act` is a step as far as it is about inputs, a
//   `tick` is one as far as it is about hashes, and an `ended` is the end of one. The frame of an `act`
//   is only compared with the frame for which the session has its next action: the game counts its own.
// - An observation shows what the next step will find: INPUTs wait in a queue until then.
// - A `ready` is a whole reset. Its countdown and its wait for the partner's page take no time.
// - The pause of a reconnection depends on the connection below the channel and on a server. A session
//   has neither, so the game goes on while its channel is closed. Neither do inputs take the way through
//   the server.
// - The page has the default settings: it does not pause while the partner's page is hidden.
// - The text frame after a validation is not one of the twelve messages, and is left out.
import { reported } from "./browser.mjs";
import { Clock } from "./clock.mjs";
import { decode } from "./codec.mjs";
import { Episode } from "./episode.mjs";
import { Exchange } from "./exchange.mjs";
import { Inputs } from "./inputs.mjs";
import { Liveness, Validation } from "./liveness.mjs";
import { Page } from "./page.mjs";
import { Steps } from "./steps.mjs";

export class Peer {
  #clock = new Clock();
  #steps = new Steps();
  #link;
  #firstFrame;
  #nextAct;
  #isThroughTheServer = false; // never false again
  #isOver = false;
  #handlers;

  /** Without VALID no channel is proved; without EPISODE the game is played from the beginning. */
  constructor({ local, firstFrame, channel, chapters }) {
    const [clock, steps, peer] = [this.#clock, this.#steps, this];
    this.#link = {
      get isOpen() {
        return channel.isOpen && !peer.#isOver;
      },
      send: (bytes) => this.#link.isOpen && channel.send(bytes),
    };
    const link = this.#link;
    this.#firstFrame = firstFrame;
    this.#nextAct = firstFrame;
    this.exchange = new Exchange();
    this.inputs = new Inputs({ local, firstFrame, link });
    this.liveness = new Liveness({ clock, link });
    const onSuccess = () => this.liveness.start();
    const isProved = chapters.includes("validation");
    this.validation = new Validation({ clock, link, isProved, onSuccess });
    const { inputs } = this;
    this.episode = new Episode({ clock, link, inputs, onReset: () => this.#empty() });
    const { episode } = this;
    const onAway = () => this.#away();
    this.page = new Page({ local, clock, link, inputs, steps, episode, onAway });
    this.#handlers = this.#messages();
    if (!chapters.includes("episodes")) this.episode.leaveOut();
    this.validation.opened();
  }

  #messages() {
    const { exchange, liveness, validation, episode, page } = this;
    return {
      input: (it) => page.receiveInput(it),
      ping: (it) => liveness.ping(it),
      pong: (it) => liveness.pong(it),
      keepalive() {},
      episode_end: (it) => episode.receiveEnd(it),
      episode_ready: (it) => episode.receiveReady(it),
      state_hash: (it) => exchange.receiveHash(it),
      validation_ping: (it) => validation.ping(it),
      validation_pong: (it) => validation.pong(it),
      input_request: (it) => page.receiveRequest(it),
      input_response: (it) => page.receiveResponse(it),
      focus_state: (it) => page.receiveFocus(it),
    };
  }

  /** Applies one stimulus. The browser reports what leaves a step or a handler, and goes on. */
  apply(name, value) {
    if (this.#isOver) return;
    reported(() => this.#apply(name, value));
    this.#settle();
  }

  #apply(name, value) {
    switch (name) {
      case "advance": return this.#advance(value);
      case "recv": return this.#receive(value);
      case "channel": return value === "open" ? this.validation.opened() : this.#closed();
      case "act": return this.#act(value);
      case "reset": return this.#empty();
      case "ready": return this.episode.ready(value.hash);
      case "ended": return this.page.tick(() => this.episode.ended(value.frame));
      case "catch_up": return this.page.tick();
      case "focus": return this.page.focus(value.shown, value.frame);
      case "confirm": return this.exchange.confirm(value.frame, value.hash);
      case "tick": return this.#tick();
      case "rollback": return this.#rollBack(value);
      default: throw new Error(`unknown stimulus ${name}`);
    }
  }

  #advance(ms) {
    if (ms > 0) this.page.tick();
    this.#clock.advance(ms);
  }

  #receive(bytes) {
    const message = decode(bytes); // bytes after the message are ignored
    if (message !== null) this.#handlers[message.type](message.fields);
  }

  #closed() {
    this.liveness.stop();
    this.#isThroughTheServer = true;
  }

  #act({ frame, action }) {
    if (!this.episode.isPlaying || frame !== this.#nextAct) return;
    this.#nextAct += 1;
    this.page.tick(() => {
      this.inputs.step(action, this.#isThroughTheServer);
      if (this.#link.isOpen && this.liveness.isCritical) this.#isThroughTheServer = true;
    });
  }

  /** Before the start of an episode and after its completion, resets are processed instead of steps. */
  #tick() {
    if (!this.episode.isPlaying) return;
    this.page.tick(() => this.exchange.drain(this.#link.isOpen, (bytes) => this.#link.send(bytes)));
  }

  #rollBack(value) {
    if (value === "end") {
      this.exchange.endRollback();
      return;
    }
    this.exchange.beginRollback(value.begin);
    this.inputs.rollBack(value.begin);
  }

  #empty() {
    this.inputs.clear();
    this.exchange.reset();
    this.page?.clear();
    this.#nextAct = this.#firstFrame;
  }

  /** The page was hidden for too long: the game is over, and the channel closed for good. */
  #away() {
    this.#isOver = true;
    this.#clock.cancelAll();
  }

  /** The beginning of the next step, if there will be one. */
  #settle() {
    const isNear = this.episode.isCurrent && !this.page.isHidden && !this.#steps.isBusy;
    if (!isNear || this.exchange.rollingBack) return;
    this.inputs.drain();
    this.inputs.confirm();
  }
}
