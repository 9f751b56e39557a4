//! Cases that are too large to store: made at run time, the same ones every time.

use serde_json::json;

use crate::{
    Layout, Value,
    vectors::{case::Case, family::Family},
};

/// The most entries that an `INPUT_RESPONSE` holds: 327,680 bytes.
const MOST: usize = 65_535;

/// The cases of `INPUT_RESPONSE` with more than 1,500 bytes.
#[must_use]
pub fn large_cases() -> Vec<Case> {
    let mut family = Family::new(&Layout::builtin(), "input_response");
    let datagram = |count: usize, entries: usize| format!("13 0001 {count:04x} {}", hex(entries));

    let comment = "900 entries, 4,505 bytes: a buffer of one network packet is too small";
    family.accept(
        "large-900",
        "INPUT_RESPONSE-3",
        &datagram(900, 900),
        "count big-message",
        comment,
    );
    let comment = "65535 entries, the most: a signed count says -1, a 16-bit length overflows";
    family.accept(
        "large-65535",
        "INPUT_RESPONSE-5",
        &datagram(MOST, MOST),
        "count big-message",
        comment,
    );
    let comment = "65536 entries: a count that wraps says 0 before 327,680 bytes of entries";
    family.refuse_value(
        "large-encode-65536",
        value(MOST + 1),
        "count silent-wrap big-message",
        comment,
    );
    let whole = datagram(MOST, MOST);
    let comment = "65535 entries, the last byte missing: the length is 327,679";
    family.refuse(
        "large-65535-truncated",
        &whole[..whole.len() - 2],
        "truncated big-message",
        comment,
    );
    let comment = "65535 entries and one byte: the length is 327,681";
    family.refuse("large-65535-trailing", &format!("{whole}00"), "trailing big-message", comment);
    let comment = "a count of 0 before 65536 entries: what a count that wraps sends";
    family.refuse(
        "large-65536-wrapped",
        &datagram(0, MOST + 1),
        "trailing silent-wrap big-message",
        comment,
    );
    // The tests build the same cases and fail on a fault.
    family.finish_latest().unwrap_or_default()
}

fn hex(entries: usize) -> String {
    (0..entries).map(|index| format!("{index:08x}{:02x}", index % 7)).collect()
}

fn value(entries: usize) -> Value {
    let entries: serde_json::Value =
        (0..entries).map(|index| json!({"frame": index, "action": index % 7})).collect();
    Value::new("input_response").with("player", 1).with("entries", entries)
}
