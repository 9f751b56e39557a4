/** A player that steers itself. It looks up a few times in a second, so its actions last for a while. */
import { DOWN, LEFT, RIGHT, UNIT, UP } from "./world.mjs";
import { Random } from "./random.mjs";

const NEAR = 8 * UNIT;

export class Bot {
  #random;
  #player;
  #action = 0;
  #frames = 0; // until it looks up again

  constructor(player, seed) {
    this.#player = player;
    this.#random = new Random(seed + player);
  }

  /** The action for the next frame, as the state before it looks to this player. */
  action(state) {
    if (this.#frames > 0) {
      this.#frames -= 1;
      return this.#action;
    }
    this.#frames = 5 + this.#random.below(14);
    this.#action = this.#random.happens(0.15) ? this.#random.below(16) : this.#towards(state);
    return this.#action;
  }

  /** Towards the spark that is nearest to the place where the dot will be soon. */
  #towards({ dots, sparks }) {
    const { x, y, vx, vy } = dots[this.#player];
    const [soonX, soonY] = [x + 8 * vx, y + 8 * vy];
    const far = (spark) => (spark.x - soonX) ** 2 + (spark.y - soonY) ** 2;
    const spark = sparks.reduce((best, it) => (far(it) < far(best) ? it : best));
    const way = (from, to, less, more) => {
      if (Math.abs(to - from) < NEAR) return 0;
      return to < from ? less : more;
    };
    return way(soonX, spark.x, LEFT, RIGHT) | way(soonY, spark.y, UP, DOWN);
  }
}
