// Uses the package as a game would; checked by the TypeScript compiler, and never run.
import { Tap, tapChannel, tapPage, type Stream } from "rollwire-tap";
import { NodeTap, tapSocket } from "rollwire-tap/node";

export async function page(channel: RTCDataChannel): Promise<string> {
  const one: Tap = tapChannel(channel, { peer: "ann", revision: 7, limit: 1 << 20 });
  const all = tapPage({ only: (it) => it.label === "game", redundancy: 10 });
  const stream: Stream = all.stream("wss://localhost/captures");
  await stream.close();
  const file: Blob = await one.blob();
  await one.download("mine.jsonl");
  one.attach(channel, { name: "other" });
  one.stop();
  return `${await one.text()} ${file.size} ${one.records} ${one.memory} ${stream.isOpen}`;
}

interface Socket {
  send(data: Uint8Array | string, done?: (error?: Error) => void): void;
  on(event: "message", listener: (data: Uint8Array, isBinary: boolean) => void): this;
}

export async function node(socket: Socket, target: EventTarget & { send(data: string): void }): Promise<void> {
  const tap: NodeTap = tapSocket(socket, { file: "mine.jsonl" });
  tap.attach(target, { name: "other" });
  await tap.close();
}
