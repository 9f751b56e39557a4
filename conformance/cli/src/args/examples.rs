//! The examples at the end of each `--help`. The test `documents` runs their lines.

/// `rollwire`
pub(super) const ROLLWIRE: &str = "\
Examples:
  rollwire init --lang js                   # a skeleton of an adapter, in JavaScript
  rollwire check -- node my_adapter.mjs
  rollwire explain STATE_HASH-2";

/// `rollwire check`
pub(super) const CHECK: &str = "\
Examples:
  rollwire check -- node my_adapter.mjs
  rollwire check --strict --format jsonl --output run.jsonl -- node my_adapter.mjs
  rollwire check --failed run.jsonl -- node my_adapter.mjs
  rollwire check --adapter tcp:127.0.0.1:7007

rollwire.toml can hold the command and the options, and then `rollwire check` is all:
  command = [\"node\", \"my_adapter.mjs\"]
  strict = true
  baseline = \"known-failures.toml\"
  reports = { text = \"-\", jsonl = \"run.jsonl\" }";

/// `rollwire watch`
pub(super) const WATCH: &str = "\
Examples:
  rollwire watch -- node my_adapter.mjs
  rollwire watch --path src --ignore '*.log' -- node my_adapter.mjs
  rollwire watch --message state_hash -- node my_adapter.mjs";

/// `rollwire smoke`
pub(super) const SMOKE: &str = "\
Examples:
  rollwire smoke -- node my_adapter.mjs
  rollwire smoke --startup-timeout 2m -- java -cp build Adapter";

/// `rollwire fuzz`
pub(super) const FUZZ: &str = "\
Examples:
  rollwire fuzz -- node my_adapter.mjs
  rollwire fuzz --time 10m --write found.json -- node my_adapter.mjs
  rollwire fuzz --builtin --cases 100 --seed 1";

/// `rollwire interop`
pub(super) const INTEROP: &str = "\
Examples:
  rollwire interop --builtin --games 1 --link good
  rollwire interop --peer 'js=node my_adapter.mjs' --link 'delay 60±20 loss 10%'";

/// `rollwire simulate`
pub(super) const SIMULATE: &str = "\
Examples:
  rollwire simulate --loss 10,30 --redundancy 3,10 --games 5
  rollwire simulate --loss 10,20 --games 5 --format html --output loss.html";

/// `rollwire list`
pub(super) const LIST: &str = "\
Examples:
  rollwire list 'state-hash/*'
  rollwire list --message state_hash --flag byte-order
  rollwire list --failed run.jsonl --code wrong_value";

/// `rollwire show`
pub(super) const SHOW: &str = "\
Examples:
  rollwire show state-hash/frame-in-hash
  rollwire show --rule EXCH-20";

/// `rollwire explain`
pub(super) const EXPLAIN: &str = "\
Examples:
  rollwire explain STATE_HASH-3
  rollwire explain wrong_bytes
  rollwire explain adapter.md";

/// `rollwire inspect`
pub(super) const INSPECT: &str = "\
Examples:
  rollwire inspect 07 00000096 0123456789abcdef
  rollwire inspect 'Uint8Array(13) [7, 0, 0, 0, 150, 1, 35, 69, 103, 137, 171, 205, 239]'
  xxd datagram.bin | rollwire inspect";

/// `rollwire digest`
pub(super) const DIGEST: &str = "\
Examples:
  rollwire digest mine.json
  rollwire digest mine.json theirs.json --form episode_ready";

/// `rollwire coverage`
pub(super) const COVERAGE: &str = "\
Examples:
  rollwire coverage
  rollwire coverage --json | head";

/// `rollwire baseline`
pub(super) const BASELINE: &str = "\
Examples:
  rollwire baseline update known-failures.toml -- node my_adapter.mjs
  rollwire baseline check known-failures.toml";

/// `rollwire baseline update`
pub(super) const BASELINE_UPDATE: &str = "\
Examples:
  rollwire baseline update known-failures.toml -- node my_adapter.mjs
  rollwire baseline update known-failures.toml --strict -- node my_adapter.mjs";

/// `rollwire baseline check`
pub(super) const BASELINE_CHECK: &str = "\
Examples:
  rollwire baseline check known-failures.toml
  rollwire baseline check known-failures.toml --today 2026-12-01";

/// `rollwire baseline explain`
pub(super) const BASELINE_EXPLAIN: &str = "\
Examples:
  rollwire baseline explain known-failures.toml";

/// `rollwire vectors`, and its two subcommands
pub(super) const VECTORS: &str = "\
Examples:
  rollwire vectors lint
  rollwire vectors export my-vectors";

/// `rollwire report`
pub(super) const REPORT: &str = "\
Examples:
  rollwire report convert run.jsonl --format junit --output run.xml
  rollwire report diff before.jsonl run.jsonl";

/// `rollwire report convert`
pub(super) const CONVERT: &str = "\
Examples:
  rollwire report convert run.jsonl --format html --output run.html
  rollwire report convert run.jsonl --format markdown";

/// `rollwire report diff`
pub(super) const DIFF: &str = "\
Examples:
  rollwire report diff before.jsonl run.jsonl";

/// `rollwire report merge`
pub(super) const MERGE: &str = "\
Examples:
  rollwire report merge run.jsonl before.jsonl --label mine --label theirs
  rollwire report merge run.jsonl --format html --output table.html";

/// `rollwire capture`, and `rollwire capture check`
pub(super) const CAPTURE: &str = "\
Examples:
  rollwire capture check mine.jsonl
  rollwire capture check mine.jsonl theirs.jsonl
  rollwire capture check mine.jsonl theirs.jsonl --format html --output report.html
  rollwire capture check mine.pcapng
  rollwire capture check sent.pcap --assume-direction sent";

/// `rollwire live`
#[cfg(feature = "live")]
pub(super) const LIVE: &str = "\
Examples:
  rollwire live
  rollwire live --demo
  rollwire live --save captures --origin https://game.example";

/// `rollwire trace`, and its subcommand
pub(super) const TRACE: &str = "\
Examples:
  rollwire trace check session.jsonl
  rollwire trace check mine.jsonl theirs.jsonl --format json";

/// `rollwire tools`
pub(super) const TOOLS: &str = "\
Examples:
  rollwire tools wireshark --output rollwire.lua
  rollwire tools kaitai --output rollwire.ksy";

/// `rollwire selftest`
pub(super) const SELFTEST: &str = "\
Examples:
  rollwire selftest exchange
  rollwire selftest exchange --matrix";

/// `rollwire man`
pub(super) const MAN: &str = "\
Examples:
  rollwire man | man -l -
  rollwire man pages";
