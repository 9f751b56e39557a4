/** The page: starts a match, draws it, and connects its controls. */
import { bindSliders, Hands, makeSwitches } from "./controls.mjs";
import { Match, NAMES } from "./match.mjs";
import { Picture } from "./picture.mjs";

const token = new URLSearchParams(location.search).get("token");
const show = (id) => { document.getElementById(id).hidden = false; };

/** Streams both taps to `rollwire live`, which has given this page its token, and shows its page. */
function goLive(taps) {
  const address = new URL("/tap", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = new URLSearchParams({ token });
  for (const tap of taps) tap.stream(address);
  const page = new URL("/", location.href);
  page.search = address.search;
  document.querySelector("#live iframe").src = page;
  show("live");
  document.querySelector("main").classList.add("is-live");
  document.getElementById("how").hidden = true;
}

function status({ peer, rollbacks, timeline }) {
  if (timeline === null) return peer.validation;
  const times = peer.roundTrips;
  const trip = times.length === 0 ? "–" : `${times.at(-1)} ms`;
  const verified = peer.exchange.events.length > 0 ? "states differ" : `equal up to ${peer.exchange.verified ?? "–"}`;
  return `frame ${timeline.frame}, ${verified}, ${rollbacks} rollbacks, round trip ${trip}`;
}

try {
  const match = await Match.start({ seed: Math.floor(Math.random() * 1_000_000) });
  bindSliders((conditions) => { match.conditions = conditions; });
  const showCounts = makeSwitches((fault, side, isOn) => match.sides[side].wire.set(fault, isOn));
  const views = NAMES.map((name) => document.getElementById(name));
  const pictures = views.map((it) => new Picture(it.querySelector("canvas")));
  const hands = new Hands();
  NAMES.forEach((name, index) => {
    document.getElementById(`save-${name}`).addEventListener("click", () => {
      match.taps[index].download(`${name}.jsonl`);
    });
  });
  document.addEventListener("visibilitychange", () => {
    for (const side of match.sides) side.focus(!document.hidden);
  });
  const draw = () => {
    match.sides.forEach((side, index) => {
      side.hands = hands.of(index);
      pictures[index].draw(side);
      views[index].querySelector("output").textContent = status(side);
    });
    showCounts((fault, side) => match.sides[side].wire.count(fault));
    requestAnimationFrame(draw);
  };
  draw();
  if (token !== null) goLive(match.taps);
  addEventListener("pagehide", () => match.close(), { once: true });
} catch (error) {
  document.getElementById("problem").textContent = `The game cannot begin: ${error.message}.`;
  show("problem");
}
