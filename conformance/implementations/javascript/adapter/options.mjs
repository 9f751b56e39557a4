/** The arguments of the adapter. */

/** With `--verbose`, standard error shows which hashes are sent and received. */
export const VERBOSE = process.argv.includes("--verbose");

/**
 * With `--lasting-hashes` the hashes of all sessions last, and with `--lasting-hashes=2` each is
 * sent twice: how often each is sent, or 0 without this argument.
 */
export const LASTING_HASHES = lastingHashesOf(process.argv);

/**
 * With `--log-peers=FOLDER`, which is only for tests, the sessions of peers are logged into this
 * folder: see peer-logs.mjs. Otherwise null.
 */
export const LOG_FOLDER = logFolderOf(process.argv);

function lastingHashesOf(args) {
  const given = args.find((arg) => /^--lasting-hashes(=|$)/.test(arg));
  if (given === undefined) return 0;
  const [, sends = "1"] = given.split("=");
  if (/^[123]$/.test(sends)) return Number(sends);
  console.error(`${given}: a hash is sent 1 to 3 times, such as in --lasting-hashes=2`);
  return process.exit(2);
}

function logFolderOf(args) {
  const given = args.find((arg) => /^--log-peers(=|$)/.test(arg));
  if (given === undefined) return null;
  const folder = given.slice("--log-peers=".length);
  if (folder !== "" && LASTING_HASHES === 0) return folder;
  console.error(folder === "" ? `${given}: the folder is missing, such as in --log-peers=logs`
    : `${given}: a log cannot say that hashes last, so leave out --lasting-hashes`);
  return process.exit(2);
}
