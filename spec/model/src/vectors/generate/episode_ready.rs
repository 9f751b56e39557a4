//! `EPISODE_READY`: an episode, and a hash as eight ASCII characters.

use serde_json::{Value as Json, json};

use super::{
    hash_texts::bad_hash_texts,
    integers::{bad_integers, u32_field},
    lengths::{prefixes, surplus},
};
use crate::{Value, hex, vectors::family::Family};

pub(super) fn cases(family: &mut Family) {
    let whole = "06 00000001 6131623263336434";
    family.accept(
        "basic",
        "EPISODE_READY-1",
        whole,
        "basic",
        "episode 1, hash a1b2c3d4, in exactly 13 bytes",
    );
    prefixes(family, whole, 1..13, |field| match field {
        "episode" => "a reader that fills up with zeros is ready for another episode",
        _ => "a reader that pads the text compares a shorter hash",
    });
    surplus(family, whole);
    u32_field(family, "episode", "EPISODE_READY-2", |digits| {
        format!("06 {digits} 6131623263336434")
    });
    texts(family);
    other_bytes(family);

    let value =
        |episode, hash| Value::new("episode_ready").with("episode", episode).with("hash", hash);
    let with_hash = |hash| value(json!(1), hash);
    for (slug, hash, comment) in [
        (
            "encode-hash-zeros",
            "00000000",
            "eight zeros: characters 0x30, where a packed hash has zero bytes",
        ),
        (
            "encode-hash-digits",
            "12345678",
            "digits alone: a number of that value loses its type in JSON",
        ),
    ] {
        family.accept_value(
            slug,
            "EPISODE_READY-5",
            with_hash(json!(hash)),
            "two-layouts",
            comment,
        );
    }
    bad_hash_texts(family, "1a2b3c4d", with_hash);
    for (slug, hash, comment) in [
        (
            "encode-hash-upper-case",
            "A1B2C3D4",
            "upper-case digits: sent as they are, the peer's text comparison finds a difference",
        ),
        (
            "encode-hash-one-upper-case",
            "a1b2c3D4",
            "one upper-case digit: a check of the first character alone misses it",
        ),
        ("encode-hash-upper-case-letters", "ABCDEF00", "every letter in upper case"),
    ] {
        family.graded_value(slug, with_hash(json!(hash)), "upper-case graded", comment);
    }
    let greatest = value(json!(u32::MAX), json!("ffffffff"));
    let comment = "the greatest episode: the last value before a refusal";
    family.accept_value("encode-episode-max", "EPISODE_READY-7", greatest, "boundary", comment);
    bad_integers(family, "episode", u64::from(u32::MAX), |json: Json| {
        value(json, json!("a1b2c3d4"))
    });
}

fn datagram(hash: &[u8]) -> String {
    format!("06 00000001 {}", hex::plain(hash))
}

fn texts(family: &mut Family) {
    for (slug, hash, flags, comment) in [
        ("hash-zeros", "00000000", "boundary", "eight characters `0`: not eight zero bytes"),
        ("hash-fs", "ffffffff", "boundary", "eight characters `f`: not eight bytes ff"),
        (
            "hash-0-to-7",
            "01234567",
            "byte-order",
            "ascending digits: read in halves or backwards it is another text",
        ),
        (
            "hash-8-to-f",
            "89abcdef",
            "byte-order",
            "the other digits: every allowed character occurs in one of the two cases",
        ),
        (
            "hash-leading-zeros",
            "0000000f",
            "hash-text",
            "leading zeros: a detour over a number drops them",
        ),
        (
            "hash-trailing-zeros",
            "f0000000",
            "hash-text",
            "trailing zeros: a reader that strips padding drops them",
        ),
        (
            "hash-decimal",
            "12345678",
            "hash-text",
            "decimal digits alone: a reader that guesses types makes it a number",
        ),
        (
            "hash-exponent",
            "1234e567",
            "hash-text",
            "reads like a number with an exponent: a loose comparison takes it for infinity",
        ),
    ] {
        family.accept(slug, "EPISODE_READY-3", &datagram(hash.as_bytes()), flags, comment);
    }
    for (slug, hash, comment) in [
        (
            "hash-edge-digits",
            "09af09af",
            "the first and the last digit and letter: the borders of both ranges",
        ),
        (
            "hash-edge-digits-reversed",
            "fa90fa90",
            "the borders of both ranges, the other way round",
        ),
    ] {
        family.accept(slug, "EPISODE_READY-4", &datagram(hash.as_bytes()), "boundary", comment);
    }
}

/// Bytes that are not a lower-case hex digit.
fn other_bytes(family: &mut Family) {
    for (slug, hash, flags, comment) in [
        (
            "hash-upper-case-first",
            b"A1b2c3d4",
            "upper-case",
            "an upper-case first digit: compared as text it differs from the same hash",
        ),
        (
            "hash-upper-case-last",
            b"a1b2c3dD",
            "upper-case",
            "an upper-case last digit: a check of the first character alone misses it",
        ),
        ("hash-upper-case-all", b"ABCDEFAB", "upper-case", "every letter in upper case"),
        (
            "hash-letter-g",
            b"a1b2c3dg",
            "hash-text",
            "g, the letter after the last digit, as the last character",
        ),
        ("hash-slash", b"/1b2c3d4", "hash-text", "a slash, the character before 0"),
        ("hash-colon", b":1b2c3d4", "hash-text", "a colon, the character after 9"),
        ("hash-at", b"@1b2c3d4", "hash-text", "an at sign, the character before A"),
        ("hash-backtick", b"`1b2c3d4", "hash-text", "a backtick, the character before a"),
        (
            "hash-blank-first",
            b" 1b2c3d4",
            "hash-text",
            "a leading blank: trimming makes it seven digits",
        ),
        (
            "hash-blank-last",
            b"a1b2c3d ",
            "hash-text",
            "a trailing blank: trimming makes it seven digits",
        ),
        (
            "hash-zero-padded",
            b"abc\0\0\0\0\0",
            "silent-padding",
            "a short hash padded with zero bytes: a C string of three digits",
        ),
        (
            "hash-zero-bytes",
            b"\0\0\0\0\0\0\0\0",
            "silent-padding",
            "eight zero bytes: no hash at all",
        ),
        (
            "hash-del",
            b"a1b2c3d\x7f",
            "hash-text",
            "DEL, the last ASCII character: invisible in logs",
        ),
        (
            "hash-byte-80",
            b"\x801b2c3d4",
            "hash-text",
            "the first byte above ASCII: no UTF-8 by itself, a decoder of text throws",
        ),
        (
            "hash-byte-ff",
            b"a1b2c3d\xff",
            "hash-text",
            "a byte that no UTF-8 text holds: replaced by U+FFFD, it grows to three bytes",
        ),
        (
            "hash-utf-8",
            b"a1b2c3\xc3\xa9",
            "unicode-digits",
            "two bytes that are one character in UTF-8: the text has seven characters",
        ),
        (
            "hash-high-bit",
            b"\xb0\xb1\xb2\xb3\xb4\xb5\xb6\xb7",
            "hash-text",
            "digits with the high bit set: a 7-bit mask makes them valid",
        ),
        (
            "hash-plus-inner",
            b"a1b2+3d4",
            "hash-text",
            "a plus sign before the second digit of a byte",
        ),
        ("hash-minus-last", b"a1b2c3-4", "hash-text", "a minus sign in the last byte"),
        ("hash-underscore-inner", b"a1b_c3d4", "hash-text", "an underscore between two digits"),
        ("hash-prefix-0x", b"0x1b2c3d", "hash-text", "a prefix `0x` within the right length"),
        ("hash-suffix-h", b"1b2c3d4h", "hash-text", "a suffix `h` within the right length"),
        ("hash-point", b"1234.567", "hash-text", "a point: the text of a fraction"),
    ] {
        family.graded(slug, &datagram(hash), &format!("{flags} graded"), comment);
    }
    for (slug, byte, name) in [
        ("nul", 0x00, "a NUL"),
        ("tab", 0x09, "a tab"),
        ("line-end", 0x0a, "a line end"),
        ("vertical-tab", 0x0b, "a vertical tab"),
        ("form-feed", 0x0c, "a form feed"),
        ("carriage-return", 0x0d, "a carriage return"),
        ("next-line", 0x85, "the byte 85, a line end in Latin-1"),
        ("no-break-space", 0xa0, "the byte a0, a no-break space in Latin-1"),
    ] {
        for (place, at) in [("first", 0), ("inner", 4), ("last", 7)] {
            let mut hash = *b"a1b2c3d4";
            hash[at] = byte;
            let comment = format!(
                "{name} as the {} character: a reader that skips it, or ends at it, has fewer digits",
                ["first", "", "", "", "fifth", "", "", "last"][at],
            );
            let slug = format!("hash-{slug}-{place}");
            family.graded(&slug, &datagram(&hash), "hash-text graded", &comment);
        }
    }
}
