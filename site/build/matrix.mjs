/**
 * The table of implementations, made by `rollwire report merge` from runs of our own and from event
 * files that others have sent.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Our own runs ask about the same fresh cases each time. */
const SEED = "1";

/** The longest event file, in bytes; a run without failures has one million. */
const LONGEST = 64 * 1024 * 1024;

/**
 * Checks our implementations, and puts all of them side by side.
 * @param {string} root  the repository
 * @param {string} rollwire  the command
 * @param {string} folder  where the event files and the report are put
 * @param {boolean} keeps  whether event files that are there are used again
 * @returns {{table: string, rows: object[]}} the table of rules in Markdown, and a row for each
 *   implementation
 */
export function matrix(root, rollwire, folder, keeps) {
  mkdirSync(folder, { recursive: true });
  const listed = JSON.parse(readFileSync(join(root, "site/matrix/implementations.json"), "utf8"));
  const rows = listed.map((entry, at) => {
    const events = join(folder, `${at}.jsonl`);
    if (entry.events) unpack(join(root, "site/matrix", entry.events), events);
    else if (!keeps || !existsSync(events)) checkOurs(entry, { root, rollwire, events, classes: join(folder, "classes") });
    return { ...entry, ...summary(events) };
  });
  const runs = rows.flatMap(({ label }, at) => ["--label", label, join(folder, `${at}.jsonl`)]);
  const report = join(folder, "matrix.html");
  merge(rollwire, [...runs, "--format", "html", "--output", report]);
  return { table: rulesOf(merge(rollwire, [...runs, "--format", "markdown"])), rows, report };
}

/** What others have sent is hostile: it is unpacked up to a bound. */
function unpack(packed, events) {
  writeFileSync(events, gunzipSync(readFileSync(packed), { maxOutputLength: LONGEST }));
}

function checkOurs({ build, command }, { root, rollwire, events, classes }) {
  const words = (line) => line.replaceAll("CLASSES", classes);
  if (build) execFileSync("sh", ["-c", words(build)], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const adapter = command === "builtin" ? ["--builtin"] : ["--", "sh", "-c", `exec ${words(command)}`];
  const options = ["check", "--seed", SEED, "--patience", "120s", "--format", "jsonl", "--output", events];
  exits(rollwire, [...options, ...adapter], { cwd: root });
}

const merge = (rollwire, arguments_) => exits(rollwire, ["report", "merge", ...arguments_], {});

/** Runs the command. Failures of an implementation are shown in the table, and do not end the build. */
function exits(rollwire, arguments_, options) {
  try {
    return execFileSync(rollwire, arguments_, { ...options, encoding: "utf8", maxBuffer: LONGEST });
  } catch (error) {
    if (error.status === 1) return error.stdout;
    throw new Error(`rollwire ${arguments_.join(" ")} exits with ${error.status}`, { cause: error });
  }
}

/** What an implementation says of itself, and what the run came to. */
function summary(events) {
  const lines = readFileSync(events, "utf8").trim().split("\n");
  const [header, footer] = [JSON.parse(lines[0]), JSON.parse(lines.at(-1))];
  if (footer.event !== "footer") throw new Error(`${events} is cut off`);
  const { passed, failed, weak, errors } = footer.counts;
  const isWhole = footer.counts.not_applicable === 0 && footer.counts.not_run === 0;
  const verdict = failed + errors > 0 ? "does not conform" : isWhole ? "conforms" : "partial";
  const { impl, revision } = header.hello;
  return { verdict, passed, failed: failed + errors, weak, revision, version: impl.version, language: impl.language };
}

/** The table of rules alone. Its HTML becomes Markdown, because pages hold no markup from outside. */
function rulesOf(markdown) {
  const table = markdown.split("### Rules\n")[1];
  if (!table) throw new Error("`report merge` writes no table of rules");
  const characters = (_, code) => String.fromCharCode(Number(code));
  return table.replace(/<code>(.*?)<\/code>/g, (_, text) => `\`${text.replace(/&#(\d+);/g, characters)}\``).trim();
}
