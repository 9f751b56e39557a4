/** Draws the game as one peer sees it. */
import { HEIGHT, UNIT, WIDTH } from "./world.mjs";

const TRAIL = 22; // pictures
const DOT = 9; // the radius, in units
const FADE = 24; // pictures for which a correction is shown
const COLOURS = ["ink", "soft", "grid", "left", "right", "spark", "line"];

/** The colours of the page, which change between light and dark. */
function colours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(COLOURS.map((it) => [it, style.getPropertyValue(`--${it}`).trim()]));
}

export class Picture {
  #canvas;
  #context;
  #trails = [[], []];
  #timeline = null; // of the round that the trails belong to
  #rollbacks = 0; // known so far
  #corrected = null; // { x, y, player, left }: where a dot stood before it was corrected
  #colours = colours();

  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.#colours = colours();
    });
  }

  /** Draws the newest state of a side, or why there is none. */
  draw(side) {
    this.#fit();
    this.#field();
    const { timeline } = side;
    if (timeline === null) {
      this.#text(side.peer.validation === "failed" ? "the channel does not work" : "validating the channel …");
      return;
    }
    const state = timeline.newest;
    this.#notice(side, state);
    state.sparks.forEach((it) => this.#spark(it));
    this.#correction();
    const guessed = timeline.frame - timeline.right;
    state.dots.forEach((dot, player) => this.#dot(dot, player, player !== side.index && guessed > 2));
    this.#scores(state);
    this.#bar(side.progress);
    if (side.isPlaying) {
      if (guessed >= 55) this.#text("waits for the inputs of the other peer …");
    } else this.#text(side.peer.episode.phase === "complete" ? "the round is over" : "waits for the other peer …");
  }

  /** One unit of the game is one unit of the canvas, whatever its size and the density of the screen. */
  #fit() {
    const { clientWidth } = this.#canvas;
    const width = Math.max(1, Math.round(clientWidth * (devicePixelRatio || 1)));
    const height = Math.round((width * HEIGHT) / WIDTH);
    if (this.#canvas.width !== width) [this.#canvas.width, this.#canvas.height] = [width, height];
    const scale = width / (WIDTH / UNIT);
    this.#context.setTransform(scale, 0, 0, scale, 0, 0);
    this.#context.clearRect(0, 0, WIDTH / UNIT, HEIGHT / UNIT);
  }

  #field() {
    const it = this.#context;
    it.fillStyle = this.#colours.grid;
    for (let x = 20; x < WIDTH / UNIT; x += 20) {
      for (let y = 20; y < HEIGHT / UNIT; y += 20) it.fillRect(x - 0.75, y - 0.75, 1.5, 1.5);
    }
  }

  /** Keeps the trails, and where the dot of the partner stood before a rollback. */
  #notice(side, state) {
    if (side.timeline !== this.#timeline) {
      this.#timeline = side.timeline;
      this.#trails = [[], []];
    }
    const other = 1 - side.index;
    const before = this.#trails[other].at(-1);
    if (side.rollbacks !== this.#rollbacks && before) {
      this.#corrected = { ...before, player: other, left: FADE };
    }
    this.#rollbacks = side.rollbacks;
    state.dots.forEach(({ x, y }, player) => {
      const trail = this.#trails[player];
      trail.push({ x: x / UNIT, y: y / UNIT });
      if (trail.length > TRAIL) trail.shift();
    });
  }

  #dot({ x, y }, player, isGuess) {
    const it = this.#context;
    const colour = player === 0 ? this.#colours.left : this.#colours.right;
    it.fillStyle = colour;
    this.#trails[player].forEach((place, at) => {
      it.globalAlpha = (0.25 * at) / TRAIL;
      this.#circle(place, (DOT * (at + 4)) / (TRAIL + 4));
      it.fill();
    });
    it.globalAlpha = 1;
    this.#circle({ x: x / UNIT, y: y / UNIT }, DOT);
    it.fill();
    if (!isGuess) return;
    // A ring around a dot whose player is only guessed to go on like this.
    it.strokeStyle = colour;
    it.lineWidth = 1;
    it.setLineDash([3, 3]);
    this.#circle({ x: x / UNIT, y: y / UNIT }, DOT + 4);
    it.stroke();
    it.setLineDash([]);
  }

  #correction() {
    if (this.#corrected === null) return;
    const { player, left } = this.#corrected;
    const it = this.#context;
    it.globalAlpha = (0.6 * left) / FADE;
    it.strokeStyle = player === 0 ? this.#colours.left : this.#colours.right;
    it.lineWidth = 1.5;
    this.#circle(this.#corrected, DOT);
    it.stroke();
    it.globalAlpha = 1;
    this.#corrected = left > 1 ? { ...this.#corrected, left: left - 1 } : null;
  }

  #spark({ x, y }) {
    const it = this.#context;
    it.fillStyle = this.#colours.spark;
    it.save();
    it.translate(x / UNIT, y / UNIT);
    it.rotate(Math.PI / 4);
    it.fillRect(-3.5, -3.5, 7, 7);
    it.restore();
  }

  #circle({ x, y }, radius) {
    this.#context.beginPath();
    this.#context.arc(x, y, radius, 0, 2 * Math.PI);
  }

  #scores({ dots }) {
    const it = this.#context;
    it.font = "600 12px system-ui, sans-serif";
    it.textBaseline = "top";
    dots.forEach(({ score }, player) => {
      it.fillStyle = player === 0 ? this.#colours.left : this.#colours.right;
      it.textAlign = player === 0 ? "left" : "right";
      it.fillText(String(score), player === 0 ? 8 : WIDTH / UNIT - 8, 7);
    });
  }

  #bar(progress) {
    const it = this.#context;
    it.fillStyle = this.#colours.line;
    it.fillRect(0, HEIGHT / UNIT - 2, (WIDTH / UNIT) * progress, 2);
  }

  #text(text) {
    const it = this.#context;
    it.font = "11px system-ui, sans-serif";
    [it.textAlign, it.textBaseline] = ["center", "middle"];
    it.fillStyle = this.#colours.soft;
    it.fillText(text, WIDTH / UNIT / 2, 16);
  }
}
