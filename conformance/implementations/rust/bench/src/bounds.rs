//! How many instructions each case may take, and why: the one table of all constants.
//!
//! The bound of a case is the sum of its parts, each of the form `base + per_byte × length of the
//! datagram`. What depends on the answer instead is bounded too: the longest answer has 16,380 bytes
//! (CATCHUP-9). Each part is about 1.5 times what the dearest case takes that has it, because compilers
//! and allocators differ.

/// A part of a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    pub name: &'static str,
    pub base: u64,
    /// For each byte that was received.
    pub per_byte: u64,
    /// For each byte that was sent.
    pub per_byte_sent: u64,
    pub reason: &'static str,
}

const fn part(name: &'static str, base: u64, reason: &'static str) -> Part {
    Part { name, base, per_byte: 0, per_byte_sent: 0, reason }
}

/// Every part, in the order in which the report explains them.
pub const PARTS: [Part; 13] = [
    MESSAGE,
    SEARCH,
    NEW,
    GAP,
    CONFIRM,
    CUT,
    HOLES,
    HASH,
    TREE,
    ENTRIES_SENT,
    UNTOLD,
    QUEUE,
    TIMERS,
];

const MESSAGE: Part = Part {
    per_byte: 7,
    ..part("message", 300, "a call; a datagram is decoded, and each of its entries is looked at")
};
const SEARCH: Part =
    part("search", 800, "the timestamp is compared with the 32 PINGs or 30 VALIDATION_PINGs sent");
const NEW: Part = Part {
    per_byte: 23,
    ..part("new", 1_200, "each entry makes the list longer by one, and the list may move")
};
const GAP: Part = part("gap", 7_000, "the list grows up to an entry that is 4096 frames ahead");
const CONFIRM: Part = part("confirm", 280_000, "up to 4096 frames leave the list one by one");
const CUT: Part =
    part("cut", 72_000, "up to 4096 frames without an entry leave the end of the list");
const HOLES: Part = part("holes", 28_000, "1024 frames are looked at for one that is missing");
const HASH: Part = part(
    "hash",
    2_200,
    "the frame is looked for among 120 own hashes, and in a tree of up to 4096",
);
const TREE: Part = part("tree", 5_000, "nodes of trees are split and joined, or the events move");
const ENTRIES_SENT: Part = Part {
    per_byte_sent: 23,
    ..part("entries sent", 1_500, "own entries are collected and encoded")
};
const UNTOLD: Part =
    part("untold", 160_000, "up to 1024 entries of which no INPUT was accepted are in 69 INPUTs");
const QUEUE: Part =
    Part { per_byte_sent: 6, ..part("queue", 0, "each hash of the queue is encoded and sent") };
const TIMERS: Part =
    part("timers", 400, "the next of nine timers is looked for, twice if one fires");

impl Part {
    /// What this part allows.
    pub const fn allows(&self, received: u64, sent: u64) -> u64 {
        self.base + self.per_byte * received + self.per_byte_sent * sent
    }
}

const STORED_1024: &str = "INPUT_REQUEST 0 to 1023, all are kept";
const WHOLE_1024: &str = "INPUT_REQUEST 0 to 4294967295, 1024 are kept";
const STORED_20000: &str = "INPUT_REQUEST 0 to 3274, 20000 are kept";
const WHOLE_20000: &str = "INPUT_REQUEST 0 to 4294967295, 20000 are kept";

/// The pairs of cases of which the first may take at most 1.1 times the instructions of the second: the
/// answer to every frame takes no longer than that to the frames that are kept (CATCHUP-9).
pub const NO_DEARER: [(&str, &str); 2] = [(WHOLE_1024, STORED_1024), (WHOLE_20000, STORED_20000)];

/// A row of the report: the name of a case, and the parts of its bound.
pub type Row = (&'static str, &'static [Part]);

/// Every case, in the order of the report.
pub const ROWS: &[Row] = &[
    ("INPUT of 10 entries, one of them new", &[MESSAGE]),
    ("the same INPUT again", &[MESSAGE]),
    ("INPUT of 10 entries, all new", &[MESSAGE, NEW]),
    ("INPUT of 10 entries, all old", &[MESSAGE]),
    ("INPUT of 15 entries beyond `ahead`", &[MESSAGE]),
    ("INPUT of 1 entry, the last of `ahead`", &[MESSAGE, GAP]),
    ("INPUTs of 15 entries that fill `ahead`", &[MESSAGE, NEW]),
    ("the same INPUTs again", &[MESSAGE]),
    ("INPUT of 1 entry that confirms 4096 frames", &[MESSAGE, CONFIRM]),
    ("INPUT of 1 entry, the 1024th frame is asked for", &[MESSAGE, HOLES]),
    ("INPUT_RESPONSE of 3275 entries, all new", &[MESSAGE, NEW]),
    ("the same INPUT_RESPONSE again", &[MESSAGE]),
    ("INPUT_RESPONSE that confirms 3275 frames", &[MESSAGE, NEW, CONFIRM]),
    ("INPUT_RESPONSE of 65535 entries that confirms 4096", &[MESSAGE, CONFIRM]),
    ("the longest INPUT_RESPONSE again", &[MESSAGE]),
    ("INPUT_REQUEST of what is not kept", &[MESSAGE]),
    ("INPUT_REQUEST 0 to 10", &[MESSAGE, ENTRIES_SENT]),
    ("INPUT_REQUEST 0 to 1000", &[MESSAGE, ENTRIES_SENT]),
    (STORED_1024, &[MESSAGE, ENTRIES_SENT]),
    (WHOLE_1024, &[MESSAGE, ENTRIES_SENT]),
    (STORED_20000, &[MESSAGE, ENTRIES_SENT]),
    (WHOLE_20000, &[MESSAGE, ENTRIES_SENT]),
    ("PING", &[MESSAGE]),
    ("PONG that answers nothing", &[MESSAGE, SEARCH]),
    ("PONG that answers the last of 32 PINGs", &[MESSAGE, SEARCH]),
    ("VALIDATION_PONG that answers nothing", &[MESSAGE, SEARCH]),
    ("VALIDATION_PING", &[MESSAGE]),
    ("VALIDATION_PONG that validates", &[MESSAGE, SEARCH]),
    ("EPISODE_READY, repeated", &[MESSAGE]),
    ("EPISODE_READY of another episode", &[MESSAGE]),
    ("EPISODE_END that cuts 4096 frames", &[MESSAGE, CUT]),
    ("EPISODE_END, repeated", &[MESSAGE]),
    ("EPISODE_END of another episode", &[MESSAGE]),
    ("FOCUS_STATE", &[MESSAGE]),
    ("KEEPALIVE", &[MESSAGE]),
    ("what is not a message", &[MESSAGE]),
    ("STATE_HASH that verifies a frame", &[MESSAGE, HASH]),
    ("STATE_HASH of a later frame", &[MESSAGE, HASH]),
    ("STATE_HASHes of 4096 later frames", &[MESSAGE, HASH, TREE]),
    ("STATE_HASHes of random frames beyond 4096", &[MESSAGE, HASH, TREE]),
    ("STATE_HASHes that differ, 4096 events", &[MESSAGE, HASH, TREE]),
    ("STATE_HASHes that differ beyond 4096", &[MESSAGE, HASH]),
    ("lasting: STATE_HASH that verifies a frame", &[MESSAGE, HASH, TREE]),
    ("lasting: STATE_HASH of a later frame", &[MESSAGE, HASH]),
    ("lasting: STATE_HASHes of 4096 later frames", &[MESSAGE, HASH, TREE]),
    ("lasting: STATE_HASHes of random frames beyond 4096", &[MESSAGE, HASH, TREE]),
    ("lasting: STATE_HASHes that differ, 4096 events", &[MESSAGE, HASH, TREE]),
    ("lasting: STATE_HASHes that differ beyond 4096", &[MESSAGE, HASH, TREE]),
    ("act", &[MESSAGE, ENTRIES_SENT]),
    ("act that tells 1014 older entries", &[MESSAGE, ENTRIES_SENT, UNTOLD]),
    ("act, the first of 1024 frames is asked for", &[MESSAGE, ENTRIES_SENT]),
    ("act, the last of 1021 frames is asked for", &[MESSAGE, ENTRIES_SENT, HOLES]),
    ("act, 4096 entries are held", &[MESSAGE, ENTRIES_SENT]),
    ("catch_up, the 1024th frame is missing", &[MESSAGE, HOLES]),
    ("confirm", &[MESSAGE, HASH]),
    ("tick, 0 are queued", &[MESSAGE, QUEUE]),
    ("tick, 1 is queued", &[MESSAGE, QUEUE]),
    ("tick, 4096 are queued", &[MESSAGE, QUEUE]),
    ("advance 16", &[MESSAGE, TIMERS]),
];
