//! `INPUT_REQUEST`: an inclusive range of frames.

use serde_json::json;

use super::{
    integers::{bad_integers, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, vectors::family::Family};

pub(super) fn cases(family: &mut Family) {
    let whole = "12 000001b8 000001c1";
    family.accept(
        "basic",
        "INPUT_REQUEST-1",
        whole,
        "basic",
        "frames 440 to 449 in exactly 9 bytes",
    );
    prefixes(family, whole, 1..9, |field| match field {
        "start" => "a reader that fills up with zeros is asked for the whole game",
        _ => "a reader that fills up with zeros sees a range that ends before it starts",
    });
    let comment =
        "the last byte missing: a reader that fills up with zeros finds a valid range, 0 to 256";
    family.refuse("truncated-8-good-range", "12 00000000 000001", "truncated", comment);
    surplus(family, whole);
    u32_field(family, "start", "INPUT_REQUEST-2", |digits| format!("12 {digits} ffffffff"));
    u32_field(family, "end", "INPUT_REQUEST-3", |digits| format!("12 00000000 {digits}"));
    inverted(family);

    let value = |start, end| Value::new("input_request").with("start", start).with("end", end);
    let whole_range = value(json!(0), json!(u32::MAX));
    let comment = "from 0 to the greatest frame: the widest range is a value like any other";
    family.accept_value("encode-0-to-max", "INPUT_REQUEST-6", whole_range, "boundary", comment);
    bad_integers(family, "start", u64::from(u32::MAX), |json| value(json, json!(u32::MAX)));
    bad_integers(family, "end", u64::from(u32::MAX), |json| value(json!(0), json));
}

fn inverted(family: &mut Family) {
    for (slug, hex, comment) in [
        (
            "one-frame",
            "12 000001b8 000001b8",
            "start equals end: one frame, which a half-open range takes for none",
        ),
        (
            "one-frame-0",
            "12 00000000 00000000",
            "frame 0 alone: zero twice is a range of one frame",
        ),
        ("one-frame-max", "12 ffffffff ffffffff", "the greatest frame alone: end + 1 overflows"),
        ("across-2-31", "12 7fffffff 80000000", "a signed comparison finds start greater than end"),
    ] {
        family.accept(slug, "INPUT_REQUEST-4", hex, "inverted-range", comment);
    }
    for (slug, hex, comment) in [
        (
            "inverted-by-1",
            "12 000001b9 000001b8",
            "end is one before start: a half-open empty range",
        ),
        (
            "inverted-swapped",
            "12 000001c1 000001b8",
            "start and end swapped: a loop from start to end never runs, or never ends",
        ),
        (
            "inverted-0",
            "12 00000001 00000000",
            "end is 0: a loop with an unsigned counter runs 2^32 - 1 times",
        ),
        (
            "inverted-max",
            "12 ffffffff 00000000",
            "from the greatest frame to 0: a wrapping count gives two frames",
        ),
        ("inverted-across-2-31", "12 80000000 7fffffff", "a signed comparison finds nothing wrong"),
        (
            "inverted-byte-order",
            "12 00000100 00000001",
            "a little-endian reader finds 65536 to 16777216 and nothing wrong",
        ),
    ] {
        family.graded(slug, hex, "inverted-range graded", comment);
    }

    let value =
        |start: u32, end: u32| Value::new("input_request").with("start", start).with("end", end);
    for (slug, start, end, comment) in [
        (
            "encode-one-frame",
            440,
            440,
            "start equals end: an encoder that wants a longer range refuses one frame",
        ),
        ("encode-one-frame-max", u32::MAX, u32::MAX, "the greatest frame alone: end + 1 overflows"),
    ] {
        family.accept_value(slug, "INPUT_REQUEST-5", value(start, end), "inverted-range", comment);
    }
    for (slug, start, end, comment) in [
        (
            "encode-inverted-by-1",
            441,
            440,
            "end is one before start: nothing is asked for, and it is sent all the same",
        ),
        ("encode-inverted-0", 1, 0, "end is 0: `end || start` hides it"),
        (
            "encode-inverted-max",
            u32::MAX,
            0,
            "from the greatest frame to 0: never swapped, never sent",
        ),
        (
            "encode-inverted-across-2-31",
            0x8000_0000,
            0x7fff_ffff,
            "a signed comparison finds nothing wrong",
        ),
    ] {
        family.refuse_value(slug, value(start, end), "inverted-range", comment);
    }
}
