/**
 * The game: two dots glide over a field and collect sparks.
 *
 * A state is plain JSON with whole numbers only, so that both peers compute the same in every engine.
 * A place or a speed counts in sixteenths of a unit of the picture.
 */
import { mixed, next } from "./random.mjs";

export const UNIT = 16;
export const WIDTH = 320 * UNIT;
export const HEIGHT = 180 * UNIT;

/** The bits of an action. */
export const LEFT = 1;
export const RIGHT = 2;
export const UP = 4;
export const DOWN = 8;

const SPARKS = 5;
const MARGIN = 14 * UNIT;
const THRUST = 5;
const REACH = 13 * UNIT; // from a dot to a spark that it collects

/** The state before the first frame of a round. */
export function first(seed) {
  const state = {
    dots: [
      { x: WIDTH / 4, y: HEIGHT / 2, vx: 0, vy: 0, score: 0 },
      { x: (WIDTH / 4) * 3, y: HEIGHT / 2, vx: 0, vy: 0, score: 0 },
    ],
    sparks: [],
    random: mixed(seed),
  };
  while (state.sparks.length < SPARKS) state.sparks.push(newSpark(state));
  return state;
}

/** The state after a frame. `actions` has the action of each player; `state` stays as it is. */
export function after(state, actions) {
  const then = {
    dots: state.dots.map((dot, player) => moved(dot, actions[player])),
    sparks: [...state.sparks],
    random: state.random,
  };
  for (const dot of then.dots) {
    then.sparks.forEach((spark, at) => {
      if ((dot.x - spark.x) ** 2 + (dot.y - spark.y) ** 2 > REACH ** 2) return;
      dot.score += 1;
      then.sparks[at] = newSpark(then);
    });
  }
  return then;
}

function moved({ x, y, vx, vy, score }, action) {
  const towards = (less, more) => Number((action & more) !== 0) - Number((action & less) !== 0);
  const [newX, newVx] = along(x, vx, towards(LEFT, RIGHT), WIDTH);
  const [newY, newVy] = along(y, vy, towards(UP, DOWN), HEIGHT);
  return { x: newX, y: newY, vx: newVx, vy: newVy, score };
}

/** Place and speed along one axis: a dot is slowed down as it glides, and bounces at the edge. */
function along(place, speed, direction, size) {
  const faster = speed + THRUST * direction - Math.trunc(speed / 14);
  const there = place + faster;
  const edge = Math.min(Math.max(there, MARGIN), size - MARGIN);
  return there === edge ? [there, faster] : [edge, -Math.trunc(faster / 2)];
}

/** A spark at a place that the state decides, so both peers put it at the same. */
function newSpark(state) {
  const draw = (below) => {
    state.random = next(state.random);
    return state.random % below;
  };
  return {
    x: 2 * MARGIN + draw(WIDTH - 4 * MARGIN),
    y: 2 * MARGIN + draw(HEIGHT - 4 * MARGIN),
  };
}
