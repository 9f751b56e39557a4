//! `INPUT_RESPONSE`: a player, and any number of entries.

use serde_json::{Value as Json, json};

use super::{
    entries,
    integers::{bad_integers, u16_field, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, vectors::family::Family};

/// An `INPUT_RESPONSE` for player 1 with that count and that many entries.
fn datagram(count: usize, entries: usize) -> String {
    format!("13 0001 {count:04x}{}", entries::hex(entries))
}

fn value(entries: Json) -> Value {
    Value::new("input_response").with("player", 1).with("entries", entries)
}

pub(super) fn cases(family: &mut Family) {
    family.accept(
        "basic",
        "INPUT_RESPONSE-1",
        &datagram(2, 2),
        "basic",
        "two entries in exactly 15 bytes",
    );
    u16_field(family, "player", "INPUT_RESPONSE-2", |digits| {
        format!("13 {digits} 0001 000001b806")
    });
    u32_field(family, "entry-frame", "INPUT_RESPONSE-4", |digits| {
        format!("13 0001 0001 {digits}06")
    });
    entries::actions(family, "INPUT_RESPONSE-4", |digits| format!("13 0001 0001 000001b8{digits}"));
    counts(family);
    lengths(family);
    encoder(family);
    let with = |count: usize, entries: &str| format!("13 0001 {count:04x}{entries}");
    entries::great_entries(family, "INPUT_RESPONSE-4", &[2, 3, 17], with);
    entries::one_wrong_entry(family, &[2, 3, 17], value);
    beyond_a_byte(family);
}

/// What a length or an index of 8 or 16 bits makes of a list.
fn beyond_a_byte(family: &mut Family) {
    for (count, length, comment) in [
        (
            52,
            9,
            "52 entries announced in 9 bytes: 265 bytes are needed, which a length of 8 bits takes for 9",
        ),
        (
            13_108,
            9,
            "13,108 entries announced in 9 bytes: 65,545 bytes are needed, which a length of 16 bits takes \
             for 9",
        ),
        (
            13_109,
            14,
            "13,109 entries announced in 14 bytes: 65,550 bytes are needed, which a length of 16 bits \
             takes for 14",
        ),
    ] {
        let hex = format!("13 0001 {count:04x} {}", "00".repeat(length - 5));
        let slug = format!("count-{count}-bytes-{length}");
        family.refuse(&slug, &hex, "truncated count-length", comment);
    }
    let mut entries = entries::json(300);
    entries[299]["action"] = json!(256);
    let comment =
        "the last of 300 actions is 256: a loop that counts its entries in 8 bits ends before it";
    let last = value(entries);
    family.refuse_value("encode-entry-300-of-300-action-256", last, "silent-wrap", comment);
}

fn counts(family: &mut Family) {
    for (count, flags, comment) in [
        (0, "count", "no entry: the answer of a peer that has none of the frames"),
        (1, "count byte-order", "one entry: a little-endian count says 256"),
        (2, "count", "two entries: the second begins at byte 10"),
        (15, "count", "fifteen entries, the most that an INPUT may have"),
        (16, "count", "sixteen entries: the limit of INPUT does not hold here"),
        (127, "count sign", "127 entries: the greatest count that a signed byte gets right"),
        (128, "count sign", "128 entries: a signed low byte says -128"),
        (255, "count", "255 entries: the greatest count that fits one byte"),
        (
            256,
            "count byte-order",
            "256 entries: a reader of the low byte finds none, a little-endian one finds 1",
        ),
        (
            257,
            "count byte-order",
            "257 entries: a reader of the low byte finds 1, and a little-endian one is right",
        ),
        (258, "count byte-order", "258 entries: a little-endian count says 513"),
        (299, "count", "299 entries, 1,500 bytes: the most that is stored here"),
    ] {
        family.accept(
            &format!("count-{count}"),
            "INPUT_RESPONSE-3",
            &datagram(count, count),
            flags,
            comment,
        );
    }
}

fn lengths(family: &mut Family) {
    let why = |field: &str| match field {
        "player" => "a reader that fills up with zeros takes them for inputs of player 0",
        "count" => "a reader that fills up with zeros finds another number of entries",
        "entries[0].frame" | "entries[1].frame" => {
            "a reader that reads past the end throws, or finds the last datagram's bytes"
        }
        _ => "a reader that fills up with zeros plays action 0",
    };
    prefixes(family, &datagram(2, 2), 1..15, why);
    surplus(family, &datagram(2, 2));
    for (count, there, flags, comment) in [
        (1, 0, "count-length", "one announced, none there"),
        (
            3,
            2,
            "count-length",
            "the count is one too big: a reader that trusts it reads past the end",
        ),
        (
            1,
            2,
            "count-length",
            "the count is one too small: a reader that trusts it drops the newest entry",
        ),
        (
            0,
            1,
            "count-length",
            "none announced, one there: a reader that trusts the count ignores it",
        ),
        (0, 2, "count-length", "none announced, two there: a count that was never filled in"),
        (
            256,
            1,
            "count-length byte-order",
            "1 with its bytes swapped: a little-endian peer sent it",
        ),
        (
            512,
            2,
            "count-length byte-order",
            "2 with its bytes swapped: a little-endian peer sent it",
        ),
        (
            1,
            256,
            "count-length byte-order",
            "256 with its bytes swapped: a little-endian reader finds it right",
        ),
        (2, 258, "count-length", "only the low byte of 258 was written"),
        (
            256,
            0,
            "count-length",
            "256 announced, none there: a reader of the low byte finds it right",
        ),
        (
            32768,
            1,
            "count-length sign",
            "32768 announced: a signed reader finds -32768 and reads none",
        ),
        (
            65535,
            0,
            "count-length sign",
            "65535 announced, none there: 327,680 bytes are asked for, allocate nothing",
        ),
        (65535, 2, "count-length sign", "65535 announced, two there: a signed reader finds -1"),
        (299, 298, "count-length", "299 announced, one missing at the end of a large datagram"),
        (254, 255, "count-length", "254 announced, 255 there"),
    ] {
        let slug = format!("count-{count}-entries-{there}");
        family.refuse(&slug, &datagram(count, there), flags, comment);
    }
}

fn encoder(family: &mut Family) {
    let max = u64::from(u32::MAX);
    let greatest = Value::new("input_response").with("player", u16::MAX);
    let greatest = greatest.with("entries", json!([{"frame": max, "action": 255}]));
    let comment = "every field at its greatest number: the last value before a refusal";
    family.accept_value("encode-all-max", "INPUT_RESPONSE-6", greatest, "boundary", comment);
    let comment = "an empty list is a list: a test for truth refuses it";
    family.accept_value(
        "encode-no-entries",
        "INPUT_RESPONSE-6",
        value(json!([])),
        "boundary",
        comment,
    );
    bad_integers(family, "player", u64::from(u16::MAX), |json| {
        value(entries::json(1)).with("player", json)
    });
    bad_integers(family, "entry-frame", max, |json| value(json!([{"frame": json, "action": 6}])));
    bad_integers(family, "entry-action", 255, |json| {
        value(json!([{"frame": 440, "action": json}]))
    });
    let comment = "the last of three actions is 256: a check of the first entry alone misses it";
    let last = json!([{"frame": 440, "action": 6}, {"frame": 441, "action": 0}, {"frame": 442, "action": 256}]);
    family.refuse_value("encode-last-entry-action-256", value(last), "silent-wrap", comment);
    entries::bad_lists(family, value);
}
