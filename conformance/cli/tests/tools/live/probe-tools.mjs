// What the probes have in common: patience, and a way to say what was seen.
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export async function until(condition) {
  for (const end = Date.now() + 240_000; !condition();) {
    if (Date.now() > end) throw new Error(`this does not come to hold: ${condition}`);
    await pause(20);
  }
}

/** Sends lines as a tap does. */
export function tap(token, lines) {
  const socket = new WebSocket(`ws://${location.host}/tap?token=${token}`);
  socket.addEventListener("open", () => socket.send(lines));
  return socket;
}

/** Says what was seen: as the text of an error in a capture, which the server saves. */
export function tapped(token, said) {
  const record = JSON.stringify({ at: 0, error: JSON.stringify(said) });
  const socket = tap(token, `{"capture":1,"peer":"probe"}\n${record}\n`);
  socket.addEventListener("open", async () => {
    await until(() => socket.bufferedAmount === 0);
    socket.close();
  });
}
