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

/// One wrong number in lists of these lengths, at every place in turn that a loop may treat differently:
/// each is the only fault of its value, so a check of the other entries does not refuse it.
pub(super) fn one_wrong_entry(
    family: &mut Family,
    lengths: &[usize],
    value: impl Fn(Json) -> Value,
) {
    for &length in lengths {
        for place in 0..length {
            // In a long list: the ends, and both sides of 15 and 16, where fixed arrays and the limit of
            // another message end.
            if length > 3 && ![0, 1, 14, 15, length - 1].contains(&place) {
                continue;
            }
            for (slug, part, wrong, flags, comment) in [
                ("action-256", "action", json!(256), "silent-wrap", "a writer that wraps sends 0"),
                (
                    "frame-2-32",
                    "frame",
                    json!(1_u64 << 32),
                    "silent-wrap",
                    "a writer that wraps sends frame 0",
                ),
                (
                    "action-null",
                    "action",
                    Json::Null,
                    "silent-conversion",
                    "a writer that converts sends 0",
                ),
            ] {
                let mut entries = json(length);
                entries[place][part] = wrong;
                let comment = format!(
                    "`{part}` of entry {} of {length} is not a number of its field, and everything else \
                     is right: {comment}, if its check leaves this entry out",
                    place + 1,
                );
                let slug = format!("encode-entry-{}-of-{length}-{slug}", place + 1);
                family.refuse_value(&slug, value(entries), flags, &comment);
            }
        }
        let mut entries = json(length);
        entries[length - 1] = Json::Null;
        let comment = format!(
            "the last of {length} entries is null: a check of the first entry alone sends frame 0, action 0"
        );
        let slug = format!("encode-entry-{length}-of-{length}-null");
        family.refuse_value(&slug, value(entries), "silent-conversion", &comment);
    }
}

/// Lists of these lengths in which every frame and every action needs all of its bits.
pub(super) fn great_entries(
    family: &mut Family,
    rule: &str,
    lengths: &[usize],
    datagram: impl Fn(usize, &str) -> String,
) {
    for &length in lengths {
        // Four different bytes in each frame, its first bit set; actions from 128 on, no two alike.
        let entry =
            |index: usize| format!(" {:02x}c2d3{:02x}{:02x}", 0xf1 - index, index, 0xff - index);
        let entries: String = (0..length).map(entry).collect();
        let comment = format!(
            "every frame and action of {length} entries is great: a reader that treats one entry \
             unlike the others gets it wrong"
        );
        let slug = format!("entries-{length}-great");
        family.accept(&slug, rule, &datagram(length, &entries), "sign byte-order", &comment);
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
