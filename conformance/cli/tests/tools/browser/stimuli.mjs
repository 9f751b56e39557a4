// Reads the stimuli of a session. What is malformed is found before anything is applied.

const isInteger = (most) => (it) => Number.isInteger(it) && it >= 0 && it <= most;
const isHex = (length) => (it) => typeof it === "string" && it.length === length && /^[0-9a-f]*$/.test(it);
const isFrame = isInteger(2 ** 32 - 1);
const isBoolean = (it) => typeof it === "boolean";

/** An object with exactly these members, each as its test says. */
const members = (tests) => (it) => {
  if (typeof it !== "object" || it === null || Array.isArray(it)) return false;
  const names = Object.keys(tests);
  return Object.keys(it).length === names.length && names.every((name) => tests[name](it[name]));
};

const isDatagram = (it) => typeof it === "string" && /^([0-9a-f]{2})*$/i.test(it);
const isOneOf = (...all) => (it) => all.includes(it);
const isCount = isInteger(65535);
const isSends = ({ accept, refuse, how, types }) =>
  isCount(accept) && (isCount(refuse) || refuse === "all") && isOneOf("false", "throw")(how) &&
  (types === undefined || (Array.isArray(types) && types.every(isInteger(255))));

const BOTH = {
  confirm: members({ frame: isFrame, hash: isHex(16) }),
  tick: members({}),
  recv: isDatagram,
  rollback: (it) => it === "end" || members({ begin: isFrame })(it),
  reset: members({}),
  channel: isOneOf("open", "closed"),
  sends: (it) => typeof it === "object" && it !== null && isSends(it),
};

const PEER = {
  ...BOTH,
  advance: isInteger(3_600_000),
  act: members({ frame: isFrame, action: isInteger(255) }),
  ready: members({ hash: isHex(8) }),
  ended: members({ frame: isFrame }),
  catch_up: members({}),
  focus: members({ shown: isBoolean, frame: isFrame }),
};

/** The name and the value of a stimulus; a datagram as bytes. */
export function readStimulus(stimulus, isPeer) {
  const found = Object.entries(stimulus ?? {});
  const [name, value] = found[0] ?? [];
  const test = Object.hasOwn(isPeer ? PEER : BOTH, name) ? (isPeer ? PEER : BOTH)[name] : undefined;
  if (found.length !== 1 || test === undefined || !test(value)) throw new Error("a malformed stimulus");
  return [name, name === "recv" ? Uint8Array.from(Buffer.from(value, "hex")) : value];
}
