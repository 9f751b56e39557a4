//! Lists of input entries: what INPUT and `INPUT_RESPONSE` share.

use serde_json::{Value as Json, json};

use crate::{Value, vectors::family::Family};

/// The hex of that many entries: consecutive frames from 100 on, actions 0 to 6 in turn.
pub(super) fn hex(count: usize) -> String {
    (0..count).map(|index| format!(" {:08x}{:02x}", 100 + index, index % 7)).collect()
}

/// The same entries as JSON.
pub(super) fn json(count: usize) -> Json {
    (0..count).map(|index| json!({"frame": 100 + index, "action": index % 7})).collect()
}

/// Values that are not a list of entries; each must be refused as `value`.
pub(super) fn bad_lists(family: &mut Family, value: impl Fn(Json) -> Value) {
    for (slug, entries, comment) in [
        ("entries-null", Json::Null, "entries is null: taken for an empty list, no input is sent"),
        (
            "entries-object",
            json!({"frame": 100, "action": 3}),
            "entries is a single entry without its list",
        ),
        ("entries-text", json!("0000006403"), "entries is text: its characters are not entries"),
        ("entries-number", json!(1), "entries is a number: a count is not a list"),
        (
            "entry-number",
            json!([100]),
            "an entry is a number: frame and action become undefined, written as 0",
        ),
        (
            "entry-null",
            json!([null]),
            "an entry is null: a hole in a ring buffer is sent as frame 0, action 0",
        ),
        ("entry-pair", json!([[100, 3]]), "an entry is a pair: positions are not names"),
    ] {
        family.refuse_value(
            &format!("encode-{slug}"),
            value(entries),
            "silent-conversion",
            comment,
        );
    }
}

/// The numbers of an action, and what a reader or writer may make of them.
pub(super) fn actions(family: &mut Family, rule: &str, datagram: impl Fn(&str) -> String) {
    for (digits, comment) in [
        ("00", "action 0 is an action: a test for truth drops the entry"),
        ("01", "action 1: the byte after the frame, not its last one"),
        ("7f", "action 127: the greatest that a signed reader gets right"),
        ("80", "action 128: a signed reader gives -128"),
        ("ff", "action 255: a signed reader gives -1 and may take it for none"),
    ] {
        family.accept(
            &format!("entry-action-{digits}"),
            rule,
            &datagram(digits),
            "sign boundary",
            comment,
        );
    }
}
