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
  const send = (data: Uint8Array<ArrayBuffer>): void => channel.send(data);
  const receive = (data: Uint8Array, late?: boolean): string => `${data.length} ${late}`;
  const setup = { local: 0, parameters: { redundancy: 5 } } as const;
  const ends = one.wrap({ send, receive, setup, clock: () => 0, name: "peer" });
  ends.opened();
  const received: string = ends.receive(new Uint8Array(13), true);
  ends.failed(received);
  ends.closed();
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
