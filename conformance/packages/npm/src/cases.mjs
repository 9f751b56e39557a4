/**
 * The published cases about bytes, as frozen objects.
 *
 * The files come with the package: they are copied into it when it is built.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The protocol revision that the vectors describe up to. */
export const REVISION = 7;

/** The version of the file format that this package reads. */
const FORMAT = 1;

/** The folder of the vectors, as a URL that ends with a slash. */
export const folder = new URL("../vectors/", import.meta.url);

const read = (path) => {
  const url = new URL(path, folder);
  try {
    return JSON.parse(readFileSync(url, "utf8"));
  } catch (cause) {
    if (cause.code !== "ENOENT") throw cause;
    const place = fileURLToPath(url);
    throw new Error(`${place} is missing: the vectors are copied when the package is built`, { cause });
  }
};

let manifest;
const theManifest = () => (manifest ??= read("manifest.json"));

/** The version of the set of vectors, such as `1.5.0`. */
export const version = () => theManifest().version;

/** The names that `load` knows. */
export function topics() {
  const names = theManifest().files.map(({ path }) => /^codec\/(\w+)\.json$/.exec(path)?.[1]);
  return names.filter((name) => name !== undefined);
}

const loaded = new Map();

/** The cases of a message or another topic, in the order of the file. */
export function load(topic) {
  if (!topics().includes(topic)) {
    throw new RangeError(`there are no vectors "${topic}"; the names are: ${topics().join(", ")}`);
  }
  if (!loaded.has(topic)) {
    const file = read(`codec/${topic}.json`);
    if (file.vectors !== FORMAT) {
      throw new Error(`codec/${topic}.json has format ${file.vectors}, expected ${FORMAT}`);
    }
    loaded.set(topic, frozen(file.cases.map((it) => caseOf(topic, it))));
  }
  return loaded.get(topic);
}

/** Whether a case says something about a revision. */
export const appliesTo = (it, revision) =>
  it.since <= revision && (it.until === undefined || revision <= it.until);

/** The answers that may be given to a check, the preferred one first. */
export function outcomesOf(it, kind) {
  if (it.reject !== undefined) return [{ grade: "pass", reject: it.reject }];
  if (it.oneOf === undefined) {
    if (kind === "decode") return [{ grade: "pass", value: it.value }];
    return [{ grade: "pass", hex: it.canonical ?? it.hex }];
  }
  if (kind !== "reencode") return it.oneOf;
  // What was accepted may be written canonically or unchanged, and may still be refused.
  return it.oneOf.flatMap((one) => {
    if (one.reject !== undefined) return [one];
    const written = [it.canonical, it.hex].filter((hex) => hex !== undefined);
    return written.map((hex) => ({ grade: one.grade, hex }));
  });
}

/** The message that a codec must have for a check; undefined if every codec can answer it. */
export function messageOf(it, kind) {
  if (outcomesOf(it, kind).some(({ reject }) => reject === "unknown_type")) return undefined;
  if (kind !== "encode") return messages().get(it.hex.slice(0, 2));
  return [...messages().values()].find((name) => name === it.value.type);
}

let byType;

/** The name of each message by its type byte, as the datagrams with a value show it. */
function messages() {
  if (byType === undefined) {
    const cases = topics().flatMap(load).filter(({ hex, value }) => hex && value);
    byType = new Map(cases.map(({ hex, value }) => [hex.slice(0, 2), value.type]));
  }
  return byType;
}

function caseOf(topic, { one_of: oneOf, requires = [], ...it }) {
  const compact = (hex) => hex?.replaceAll(" ", "");
  const alternatives = oneOf?.map((one) => ("hex" in one ? { ...one, hex: compact(one.hex) } : one));
  let offset = 0;
  const parts = (it.parts ?? []).map(([name, length]) => {
    offset += length;
    return { name, offset: offset - length, length };
  });
  const whole = { ...it, topic, requires, parts };
  for (const name of ["hex", "canonical"]) if (name in it) whole[name] = compact(it[name]);
  return alternatives === undefined ? whole : { ...whole, oneOf: alternatives };
}

function frozen(value) {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(frozen);
  return Object.freeze(value);
}
