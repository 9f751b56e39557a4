#!/usr/bin/env node
/**
 * A WebSocket server for the tests, as small as it gets: writes the messages of each connection to a file.
 * The file is named after the path and the number of the connection on that path. A connection to `/broken`
 * is cut off once, after three messages. Prints its port, and ends with its standard input.
 *
 *     node websocket-server.mjs FOLDER
 */
import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const MOST = 64 * 1024 * 1024; // bytes of a message
const [CONTINUED, TEXT, CLOSE] = [0, 1, 8];
const connections = new Map();

/** The first frame of these bytes and what follows, or null if it is not there as a whole. */
function frameOf(bytes) {
  if (bytes.length < 2) return null;
  const [first, second] = bytes;
  const short = second & 0x7f;
  const start = { 126: 4, 127: 10 }[short] ?? 2;
  if (bytes.length < start) return null;
  const long = { 4: () => bytes.readUInt16BE(2), 10: () => Number(bytes.readBigUInt64BE(2)) }[start];
  const length = long?.() ?? short;
  if (length > MOST || !(second & 0x80)) throw new Error("a frame that no browser sends");
  const end = start + 4 + length;
  if (bytes.length < end) return null;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, end)).map((byte, i) => byte ^ mask[i % 4]);
  return { isLast: Boolean(first & 0x80), kind: first & 0x0f, payload, rest: bytes.subarray(end) };
}

const server = createServer((_, response) => response.writeHead(426).end());
server.on("upgrade", ({ url, headers }, socket) => {
  const name = url.replace(/\W/g, "");
  const number = connections.get(name) ?? 0;
  connections.set(name, number + 1);
  const accept = createHash("sha1").update(headers["sec-websocket-key"] + MAGIC).digest("base64");
  socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    + `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  let [bytes, message, messages] = [Buffer.alloc(0), [], 0];
  socket.on("error", () => {});
  socket.on("data", (more) => {
    bytes = Buffer.concat([bytes, more]);
    for (let frame; !socket.destroyed && (frame = frameOf(bytes)); bytes = frame.rest) {
      if (frame.kind === CLOSE) {
        socket.end(Buffer.from([0x88, 0]));
        return;
      }
      if (frame.kind === TEXT || frame.kind === CONTINUED) message.push(frame.payload);
      if (!frame.isLast || message.length === 0) continue;
      appendFileSync(join(folder, `${name}-${number}.jsonl`), Buffer.concat(message));
      [message, messages] = [[], messages + 1];
      if (name === "broken" && number === 0 && messages === 3) socket.destroy();
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit()).resume();
