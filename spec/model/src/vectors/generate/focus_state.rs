//! `FOCUS_STATE`: a flag and a frame.

use serde_json::{Value as Json, json};

use super::{
    integers::{bad_integers, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, vectors::family::Family};

pub(super) fn cases(family: &mut Family) {
    let whole = "14 01 000001b8";
    family.accept(
        "basic",
        "FOCUS_STATE-1",
        whole,
        "basic",
        "shown at frame 440, in exactly 6 bytes",
    );
    prefixes(family, whole, 1..6, |field| match field {
        "focused" => "a reader that fills up with zeros takes the peer for hidden",
        _ => "a reader that fills up with zeros notes another frame",
    });
    surplus(family, whole);
    u32_field(family, "frame", "FOCUS_STATE-4", |digits| format!("14 00 {digits}"));
    flags(family);

    let value =
        |focused, frame| Value::new("focus_state").with("focused", focused).with("frame", frame);
    for (slug, focused, comment) in [
        ("encode-true", true, "a boolean and the greatest frame: the last value before a refusal"),
        ("encode-false", false, "false is a value, not an absence: a test for truth refuses it"),
    ] {
        let value = value(json!(focused), json!(u32::MAX));
        family.accept_value(slug, "FOCUS_STATE-5", value, "boundary", comment);
    }
    for (slug, focused, comment) in [
        (
            "text-true",
            json!("true"),
            "the text \"true\": it is true in JavaScript, and so is \"false\"",
        ),
        ("text-false", json!("false"), "the text \"false\": a test for truth sends 1"),
        ("1", json!(1), "the number 1: it is not a boolean"),
        ("0", json!(0), "the number 0: it is not a boolean"),
        ("2", json!(2), "the number 2: written unchanged, it is not a valid byte"),
        ("null", Json::Null, "null: unknown is not the same as hidden"),
        ("list", json!([]), "an empty list: true in JavaScript, false in Python"),
    ] {
        let comment = format!("focused is {comment}");
        family.refuse_value(
            &format!("encode-focused-{slug}"),
            value(focused, json!(440)),
            "silent-conversion",
            &comment,
        );
    }
    bad_integers(family, "frame", u64::from(u32::MAX), |json| value(json!(true), json));
}

fn flags(family: &mut Family) {
    for (slug, rule, hex, comment) in [
        (
            "shown",
            "FOCUS_STATE-2",
            "14 01 00000000",
            "byte 1 is 1 and the frame 0: only the flag says shown",
        ),
        (
            "hidden",
            "FOCUS_STATE-2",
            "14 00 00000000",
            "byte 1 is 0 and the frame 0: only the flag says hidden",
        ),
        (
            "shown-frame-1",
            "FOCUS_STATE-2",
            "14 01 00000001",
            "flag and frame both 1: swapped offsets show nothing here, but do in hidden-frame-1",
        ),
        (
            "hidden-frame-1",
            "FOCUS_STATE-2",
            "14 00 00000001",
            "hidden at frame 1: a flag read from the last byte says shown",
        ),
        (
            "hidden-frame-01000000",
            "FOCUS_STATE-2",
            "14 00 01000000",
            "hidden: a flag read one byte late says shown",
        ),
        ("focused-0", "FOCUS_STATE-3", "14 00 000001b8", "0, the least allowed value"),
        ("focused-1", "FOCUS_STATE-3", "14 01 000001b9", "1, the greatest allowed value"),
    ] {
        family.accept(slug, rule, hex, "boundary", comment);
    }
    for (byte, comment) in [
        ("02", "the first value that is neither: a test for truth takes it for shown"),
        ("03", "its lowest bit is set: a reader of that bit takes it for shown"),
        ("10", "1 in the wrong half of the byte"),
        ("30", "the character `0`: true as a number, hidden as text"),
        ("31", "the character `1`: a flag written as text"),
        ("74", "the character `t`: a flag written as text"),
        ("7f", "the greatest positive signed byte"),
        ("80", "only the highest bit: negative for a signed reader"),
        ("fe", "-2 for a signed reader, even"),
        ("ff", "all bits set: true in some languages' memory, -1 for a signed reader"),
    ] {
        family.graded(
            &format!("focused-{byte}"),
            &format!("14 {byte} 000001b8"),
            "flag graded",
            &format!("focused is 0x{byte}: {comment}"),
        );
    }
}
