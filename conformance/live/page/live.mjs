/** The page of `rollwire live`: a column for each tap, told by a WebSocket. */
import { Column } from "./column.mjs";
import { copy } from "./copying.mjs";
import { plural, write } from "./elements.mjs";

const AGAIN = 2000; // milliseconds until the next attempt to connect
const token = new URLSearchParams(location.search).get("token") ?? "";
const here = location.host;
const at = (id) => document.getElementById(id);

let isPaused = false;
let rules = [];
let columns = new Map();

function show({ rules: newRules, sides }) {
  if (newRules) rules = newRules;
  const before = columns;
  columns = new Map();
  for (const side of sides) {
    const key = `${side.connection}.${side.side}`;
    let column = before.get(key);
    if (!column) {
      column = new Column(rules, side, token);
      at("columns").append(column.element);
    }
    columns.set(key, column);
    if (side.counts) column.show(side, isPaused);
  }
  for (const [key, column] of before) if (!columns.has(key)) column.element.remove();
  at("empty").hidden = columns.size > 0;
  write(at("state"), columns.size > 0 ? plural(columns.size, "tap", "taps") : "waiting for a tap");
}

function connect() {
  const socket = new WebSocket(`ws://${here}/watch?token=${encodeURIComponent(token)}`);
  socket.addEventListener("open", () => {
    // Everything is told anew.
    for (const column of columns.values()) column.element.remove();
    columns = new Map();
  });
  socket.addEventListener("message", ({ data }) => show(JSON.parse(data)));
  socket.addEventListener("close", () => {
    write(at("state"), "not connected: does rollwire live still run?");
    setTimeout(connect, AGAIN);
  });
}

at("pause").addEventListener("click", ({ currentTarget }) => {
  isPaused = !isPaused;
  currentTarget.setAttribute("aria-pressed", String(isPaused));
  write(currentTarget, isPaused ? "Go on" : "Pause");
});

const line = `rollwireTap.stream("ws://${here}/tap?token=${token}")`;
write(at("line"), line);
at("copy-line").addEventListener("click", async () => {
  write(at("line-copied"), (await copy(line)) ? "copied" : "select the line and copy it");
});
connect();
