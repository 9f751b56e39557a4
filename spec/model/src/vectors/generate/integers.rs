//! The edges of integer fields, and what is not an integer of a field.

use serde_json::{Value as Json, json};

use crate::{Value, vectors::family::Family};

/// The numbers that show how a 32-bit field is read.
pub(super) fn u32_field(
    family: &mut Family,
    field: &str,
    rule: &str,
    datagram: impl Fn(&str) -> String,
) {
    for (slug, digits, flags, comment) in [
        (
            "0",
            "00000000",
            "boundary",
            "0 is a number, not an absence: a test for truth drops the message",
        ),
        ("1", "00000001", "byte-order", "a little-endian reader gives 16777216"),
        ("255", "000000ff", "byte-order sign", "a reader that joins signed bytes gives -1"),
        (
            "256",
            "00000100",
            "byte-order",
            "the second byte counts: a reader of the last byte alone gives 0",
        ),
        ("65536", "00010000", "byte-order boundary", "a 16-bit reader gives 0"),
        ("00ff0000", "00ff0000", "byte-order", "a reader that swaps 16-bit halves gives 255"),
        (
            "01020304",
            "01020304",
            "byte-order",
            "four different bytes: every wrong order gives another number",
        ),
        (
            "16777217",
            "01000001",
            "precision",
            "a 32-bit float holds 16777216 at best: the last bit is lost",
        ),
        (
            "2-31-minus-1",
            "7fffffff",
            "boundary",
            "the greatest number that a signed reader still gets right",
        ),
        ("2-31", "80000000", "sign boundary", "a signed reader gives -2147483648"),
        ("max-minus-1", "fffffffe", "sign boundary", "a signed reader gives -2"),
        ("max", "ffffffff", "sign boundary", "a signed reader gives -1 and may take it for none"),
    ] {
        let comment = format!("{field} {slug}: {comment}");
        family.accept(
            &format!("{}-{slug}", field.replace(['_', '.'], "-")),
            rule,
            &datagram(digits),
            flags,
            &comment,
        );
    }
}

/// The numbers that show how a 16-bit field is read.
pub(super) fn u16_field(
    family: &mut Family,
    field: &str,
    rule: &str,
    datagram: impl Fn(&str) -> String,
) {
    for (slug, digits, flags, comment) in [
        (
            "0",
            "0000",
            "boundary",
            "0 is a number, not an absence: a test for truth drops the message",
        ),
        ("1", "0001", "byte-order", "a little-endian reader gives 256"),
        ("255", "00ff", "byte-order sign", "a reader that joins signed bytes gives -1"),
        (
            "256",
            "0100",
            "byte-order",
            "a reader of the last byte alone gives 0, a little-endian one 1",
        ),
        ("0102", "0102", "byte-order", "two different bytes: a little-endian reader gives 513"),
        (
            "2-15-minus-1",
            "7fff",
            "boundary",
            "the greatest number that a signed reader still gets right",
        ),
        ("2-15", "8000", "sign boundary", "a signed reader gives -32768"),
        ("max-minus-1", "fffe", "sign boundary", "a signed reader gives -2"),
        ("max", "ffff", "sign boundary", "a signed reader gives -1 and may take it for none"),
    ] {
        let comment = format!("{field} {slug}: {comment}");
        family.accept(&format!("{field}-{slug}"), rule, &datagram(digits), flags, &comment);
    }
}

/// What an encoder may not write into an unsigned field whose greatest number is `max`.
pub(super) fn bad_integers(
    family: &mut Family,
    field: &str,
    max: u64,
    value: impl Fn(Json) -> Value,
) {
    let too_big =
        format!("{}, one more than the field holds: a writer that wraps sends 0", max + 1);
    let wraps = "-1: a writer that wraps sends the greatest number, which decodes as a frame or index far away";
    let numbers = [
        ("negative", json!(-1), "silent-wrap", wraps),
        ("too-big", json!(max + 1), "silent-wrap", too_big.as_str()),
        (
            "2-53-minus-1",
            json!(9_007_199_254_740_991_u64),
            "silent-wrap",
            "the greatest safe integer of JavaScript: a writer that wraps sends all ones",
        ),
        ("fraction", json!(1.5), "silent-conversion", "1.5: a writer that cuts fractions sends 1"),
    ];
    let others = [
        (
            "text",
            json!("5"),
            "silent-conversion",
            "the text \"5\": JavaScript's setUint converts it to 5",
        ),
        ("null", Json::Null, "silent-conversion", "null: JavaScript's setUint converts it to 0"),
        (
            "true",
            json!(true),
            "silent-conversion",
            "true: Python and JavaScript both take it for 1",
        ),
        (
            "list",
            json!([5]),
            "silent-conversion",
            "[5]: JavaScript converts a list of one number to that number",
        ),
        (
            "object",
            json!({}),
            "silent-conversion",
            "an object: JavaScript's setUint converts it to NaN and writes 0",
        ),
    ];
    for (slug, number, flags, comment) in numbers.into_iter().chain(others) {
        let slug = format!("encode-{}-{slug}", field.replace(['_', '.'], "-"));
        family.refuse_value(&slug, value(number), flags, &format!("{field} is {comment}"));
    }
}
