import { tapped, until } from "./probe-tools.mjs";

// Opens the demo as `rollwire live --demo` serves it, plants a fault in the left peer, and says which lights of
// the page below the game turned on.
const token = new URLSearchParams(location.search).get("token");

async function shown(address, isReady) {
  const frame = Object.assign(document.createElement("iframe"), { src: address, width: 1280, height: 900 });
  document.body.append(frame);
  await until(() => frame.contentDocument?.readyState === "complete" && isReady(frame.contentDocument));
  return frame.contentDocument;
}

async function play() {
  const demo = await shown(`/demo/?token=${token}`, (page) => page.querySelectorAll("#faults li").length > 0);
  const live = () => demo.querySelector("#live iframe").contentDocument;
  const columns = () => [...live()?.querySelectorAll(".column") ?? []];
  const column = (name) => columns().find((it) => it.querySelector("h2").textContent.includes(name));
  const broken = (name) => [...column(name).querySelectorAll(".lights .broken")].map((it) => it.textContent);
  await until(() => column("left") && column("right"));
  await until(() => ["left", "right"].every((name) => column(name).textContent.includes("INPUT")));
  const before = ["left", "right"].map(broken);
  demo.querySelector("#other-bits").click();
  await until(() => broken("left").length > 0);
  // Two more answers of the other peer are right all the same.
  const pongs = () => broken("left").join(" ");
  const first = pongs();
  await until(() => pongs() !== first);
  return { ok: { before, left: broken("left"), right: broken("right") } };
}

const said = await play().catch((error) => ({ error: `${error}\n${error?.stack}` }));
tapped(token, said);
