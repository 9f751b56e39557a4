/** The arguments of the adapter. */

/** With `--verbose`, standard error shows which hashes are sent and received. */
export const VERBOSE = process.argv.includes("--verbose");

/**
 * With `--lasting-hashes` the hashes of all sessions last, and with `--lasting-hashes=2` each is
 * sent twice: how often each is sent, or 0 without this argument.
 */
export const LASTING_HASHES = lastingHashesOf(process.argv);

function lastingHashesOf(args) {
  const given = args.find((arg) => /^--lasting-hashes(=|$)/.test(arg));
  if (given === undefined) return 0;
  const [, sends = "1"] = given.split("=");
  if (/^[123]$/.test(sends)) return Number(sends);
  console.error(`${given}: a hash is sent 1 to 3 times, such as in --lasting-hashes=2`);
  return process.exit(2);
}
