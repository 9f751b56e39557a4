/** Two peer connections of one page, and the real channel between them. */

/** What the rules of the transport ask for: no order, and nothing is sent again. */
const CHANNEL = { ordered: false, maxRetransmits: 0 };
const PATIENCE = 60_000; // milliseconds; a busy machine may need some seconds

/** Resolves when the condition holds after an event of this type. */
function when(target, type, holds) {
  if (holds()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const stop = (end) => {
      clearTimeout(timer);
      target.removeEventListener(type, look);
      end();
    };
    const look = () => { if (holds()) stop(resolve); };
    const late = () => stop(() => reject(new Error(
      `the browser did not connect two peers of this page within ${PATIENCE / 1000} s (${type}); ` +
      "check that WebRTC is not blocked by a policy or an extension, and reload the page",
    )));
    const timer = setTimeout(late, PATIENCE);
    target.addEventListener(type, look);
  });
}

/** The description of a connection, with all candidates. */
async function described(connection) {
  await connection.setLocalDescription();
  await when(connection, "icegatheringstatechange", () => connection.iceGatheringState === "complete");
  return connection.localDescription;
}

/**
 * Connects two peers.
 *
 * @returns {Promise<{connections: RTCPeerConnection[], channels: RTCDataChannel[]}>} both channels open
 * @throws {Error} if this browser has no WebRTC, or does not connect
 */
export async function connect() {
  if (typeof RTCPeerConnection !== "function") {
    throw new Error("this browser has no WebRTC; use a current Chromium, Firefox or Safari");
  }
  const connections = [new RTCPeerConnection(), new RTCPeerConnection()];
  try {
    const [left, right] = connections;
    const own = left.createDataChannel("game", CHANNEL);
    let offered;
    right.addEventListener("datachannel", ({ channel }) => { offered = channel; });
    await right.setRemoteDescription(await described(left));
    await left.setRemoteDescription(await described(right));
    await when(right, "datachannel", () => offered !== undefined);
    const channels = [own, offered];
    for (const channel of channels) {
      channel.binaryType = "arraybuffer";
      await when(channel, "open", () => channel.readyState === "open");
    }
    return { connections, channels };
  } catch (error) {
    connections.forEach((it) => it.close());
    throw error;
  }
}
