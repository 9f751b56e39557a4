// Plays the stimuli of a log from standard input through a RecordedExchange, which logs them again.
// The channel refuses, opens and closes as the log says.
import { createWriteStream, readFileSync } from "node:fs";
import { RecordedExchange } from "./src/recorder.mjs";

const [, ...lines] = readFileSync(0, "utf8").split("\n").filter(Boolean).map((it) => JSON.parse(it));
const channel = { open: true, refused: [], tries: 0 };
const options = {
  send: () => !channel.refused.includes(channel.tries++),
  isOpen: () => channel.open,
};
// THE TWO LINES
for (const line of lines) {
  Object.assign(channel, { refused: line.refused ?? [], tries: 0 });
  if (line.confirm) exchange.confirm(line.confirm.frame, line.confirm.hash);
  if (line.tick) exchange.tick();
  if (line.recv !== undefined) exchange.receive(Buffer.from(line.recv, "hex"));
  if (line.rollback === "end") exchange.endRollback();
  else if (line.rollback) exchange.beginRollback(line.rollback.begin);
  if (line.reset) exchange.reset();
  if (line.channel) channel.open = line.channel === "open";
}
