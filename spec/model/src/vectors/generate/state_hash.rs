//! `STATE_HASH`: a frame, and a hash as eight raw bytes.

use serde_json::{Value as Json, json};

use super::{
    hash_texts::bad_hash_texts,
    integers::{bad_integers, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, vectors::family::Family};

pub(super) fn cases(family: &mut Family) {
    let whole = "07 00000096 0123456789abcdef";
    family.accept(
        "basic",
        "STATE_HASH-1",
        whole,
        "basic",
        "frame 150 and a hash, in exactly 13 bytes",
    );
    prefixes(family, whole, 1..13, |field| match field {
        "frame" => "a reader that fills up with zeros compares the hash of another frame",
        _ => {
            "a reader that fills up with zeros compares a hash that no peer computed and reports a desync"
        }
    });
    surplus(family, whole);
    u32_field(family, "frame", "STATE_HASH-2", |digits| format!("07 {digits} 0123456789abcdef"));
    hashes(family);

    let value = |frame, hash| Value::new("state_hash").with("frame", frame).with("hash", hash);
    let with_hash = |hash| value(json!(150), hash);
    for (slug, hash, comment) in [
        (
            "encode-hash-leading-zeros",
            "000000000000abcd",
            "leading zeros are digits: a detour over a number drops them",
        ),
        (
            "encode-hash-decimal",
            "1234567890123456",
            "decimal digits alone, above 2^53 as a number: text stays text",
        ),
    ] {
        family.accept_value(slug, "STATE_HASH-4", with_hash(json!(hash)), "hash-text", comment);
    }
    bad_hash_texts(family, "0123456789abcdef", with_hash);
    for (slug, hash, comment) in [
        (
            "encode-hash-upper-case",
            "0123456789ABCDEF",
            "upper-case digits: parsed digit by digit, a table of lower-case ones finds nothing",
        ),
        (
            "encode-hash-one-upper-case",
            "a1b2c3d4e5f6a7bB",
            "one upper-case digit: a check of the first character alone misses it",
        ),
        (
            "encode-hash-upper-case-letters",
            "ABCDEFABCDEFABCD",
            "no decimal digit: every character in upper case",
        ),
    ] {
        family.graded_value(slug, with_hash(json!(hash)), "upper-case graded", comment);
    }
    let greatest = value(json!(u32::MAX), json!("ffffffffffffffff"));
    let comment = "the greatest frame: the last value before a refusal";
    family.accept_value("encode-frame-max", "STATE_HASH-6", greatest, "boundary", comment);
    bad_integers(family, "frame", u64::from(u32::MAX), |json: Json| {
        value(json, json!("0123456789abcdef"))
    });
}

fn hashes(family: &mut Family) {
    for (slug, digits, flags, comment) in [
        (
            "hash-zeros",
            "0000000000000000",
            "boundary",
            "eight zero bytes: a hash like any other, not none",
        ),
        (
            "hash-ones",
            "ffffffffffffffff",
            "boundary sign",
            "eight bytes ff: a signed 64-bit number gives -1",
        ),
        (
            "hash-1",
            "0000000000000001",
            "byte-order hash-text",
            "only the last byte is set: little-endian gives 0100000000000000, a number loses the zeros",
        ),
        (
            "hash-first-bit",
            "8000000000000000",
            "byte-order sign",
            "only the first bit is set: negative as a signed 64-bit number",
        ),
        (
            "hash-0102",
            "0102030405060708",
            "byte-order hash-text",
            "every byte below 16: hex without padding gives 12345678",
        ),
        (
            "hash-f-nibbles",
            "f0f0f0f0f0f0f0f0",
            "byte-order",
            "high digits alone: digits swapped within a byte give 0f",
        ),
        (
            "hash-halves",
            "00000000ffffffff",
            "byte-order",
            "two 32-bit halves: swapped they give ffffffff00000000",
        ),
        (
            "hash-above-2-53",
            "0020000000000001",
            "precision",
            "2^53 + 1: a detour over a JavaScript number loses the last bit",
        ),
        (
            "hash-palindrome",
            "1122334444332211",
            "byte-order",
            "the same from both ends: right in any byte order, so other cases must show it",
        ),
        (
            "hash-nan",
            "7ff0000000000001",
            "nan",
            "the bits of a signalling NaN: a reader that takes them for a double changes them",
        ),
        (
            "hash-trailing-zeros",
            "abcd000000000000",
            "hash-text",
            "trailing zero bytes: a reader that strips padding gives four digits",
        ),
        (
            "hash-leading-zeros",
            "000000000000abcd",
            "hash-text",
            "leading zero bytes: a detour over a number gives four digits",
        ),
        (
            "hash-exponent",
            "1234567890e12345",
            "hash-text",
            "reads like a number with an exponent: text stays text",
        ),
    ] {
        family.accept(slug, "STATE_HASH-3", &format!("07 00000096 {digits}"), flags, comment);
    }
}
