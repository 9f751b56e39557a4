// Two connections of one page, and the log that a game keeps of its side.

const GAME = { ordered: false, maxRetransmits: 0 };
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Waits until the condition holds; only a hang takes minutes. */
export async function until(condition) {
  for (const end = Date.now() + 240_000; !await condition();) {
    if (Date.now() > end) throw new Error(`this does not come to hold: ${condition}`);
    await pause(5);
  }
}

/** The description with all candidates. */
async function described(connection) {
  await connection.setLocalDescription();
  await until(() => connection.iceGatheringState === "complete");
  return connection.localDescription;
}

/** Connects two peers: their connections and their channels, both open. */
export async function connect(options = GAME) {
  const [left, right] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const own = left.createDataChannel("game", options);
  const offered = new Promise((resolve) => {
    right.ondatachannel = ({ channel }) => resolve(channel);
  });
  await right.setRemoteDescription(await described(left));
  await left.setRemoteDescription(await described(right));
  const channels = [own, await offered];
  await until(() => channels.every(({ readyState }) => readyState === "open"));
  return { connections: [left, right], channels };
}

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** How a capture holds this, made without the tap; a promise of it for a Blob. */
export function held(data) {
  if (typeof data === "string") return { text: data };
  if (data instanceof Blob) return data.arrayBuffer().then((it) => hexOf(new Uint8Array(it)));
  if (data instanceof ArrayBuffer) return hexOf(new Uint8Array(data));
  return hexOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/** One side of a game, and what it knows to have happened. */
export class Side {
  channel;
  received = 0;
  #log = [];

  constructor(channel) {
    this.channel = channel;
    channel.onmessage = ({ data }) => {
      this.received += 1;
      this.#log.push(["received", held(data)]);
    };
  }

  send(data) {
    const value = held(data);
    try {
      this.channel.send(data);
      this.#log.push(["sent", value]);
    } catch {
      this.#log.push(["refused", value]);
    }
  }

  /** The log so far: its entries are taken at once, and their blobs are read later. */
  log() {
    const entries = [...this.#log];
    return Promise.all(entries.map(async ([what, value]) => [what, await value]));
  }
}

/** The same bytes in the middle of a larger buffer. */
function within(bytes) {
  const wide = new Uint8Array(bytes.length + 7);
  wide.set(bytes, 3);
  return wide.subarray(3, 3 + bytes.length);
}

const FORMS = [
  (bytes) => bytes,
  (bytes) => bytes.buffer,
  (bytes) => new DataView(within(bytes).buffer, 3, bytes.length),
  (bytes) => new Blob([bytes]),
  within,
  (bytes) => JSON.stringify({ type: "test", length: bytes.length, text: "ä\u{1f600}" }),
];

/** The datagram of this number, in one of the forms that a channel takes. */
export function formed(plan, number) {
  const hex = plan.datagrams[number % plan.datagrams.length];
  const bytes = Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  return FORMS[number % FORMS.length](bytes);
}

/** Lets what was sent get on its way. */
export async function breathe(sides) {
  await pause(0);
  await until(() => sides.every(({ channel }) => channel.bufferedAmount < 100_000));
}
