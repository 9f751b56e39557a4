//! Texts that are not a hash, though one parser or another takes them for one.

use serde_json::{Value as Json, json};

use crate::{Value, vectors::family::Family};

/// What an encoder may not take for a hash of that many digits; `good` is a right one.
pub(super) fn bad_hash_texts(family: &mut Family, good: &str, value: impl Fn(Json) -> Value) {
    let digits = good.len();
    let longer = format!("{good}0");
    let shorter = good.get(..digits - 1).unwrap_or_default();
    let tail =
        |start: &str, skip: usize| format!("{start}{}", good.get(skip..).unwrap_or_default());
    let head =
        |end: &str, skip: usize| format!("{}{end}", good.get(..digits - skip).unwrap_or_default());
    let texts = [
        (
            "empty",
            String::new(),
            "silent-padding",
            "no digit at all: a writer that pads sends zeros, a valid hash",
        ),
        (
            "one-digit-short",
            shorter.to_owned(),
            "silent-padding",
            "one digit is missing: a writer that pads sends another hash",
        ),
        (
            "one-digit-long",
            longer,
            "silent-padding",
            "one digit too many: a writer that cuts sends a hash that looks right",
        ),
        (
            "two-digits-short",
            head("", 2),
            "silent-padding",
            "a whole byte of digits is missing: pairs still come out even",
        ),
        (
            "doubled",
            good.repeat(2),
            "silent-padding",
            "twice the digits: the whole digest where its beginning was asked for",
        ),
        (
            "prefix-0x",
            tail("0x", 2),
            "hash-text",
            "a prefix `0x` within the right length: number parsers skip it",
        ),
        (
            "prefix-0x-longer",
            tail("0x", 0),
            "hash-text",
            "a prefix `0x` before all digits: number parsers skip it",
        ),
        (
            "leading-blank",
            tail(" ", 1),
            "hash-text",
            "a leading blank within the right length: number parsers skip it",
        ),
        (
            "trailing-blank",
            head(" ", 1),
            "hash-text",
            "a trailing blank within the right length: parseInt reads the digit before it",
        ),
        (
            "inner-blank",
            format!("{} {}", &good[..digits / 2], &good[digits / 2 + 1..]),
            "hash-text",
            "a blank in the middle: Python's bytes.fromhex skips it",
        ),
        (
            "plus",
            tail("+", 1),
            "hash-text",
            "a plus sign: Rust's from_str_radix and JavaScript's parseInt accept `+1`",
        ),
        (
            "minus",
            tail("-", 1),
            "hash-text",
            "a minus sign: parseInt gives a negative byte, which wraps",
        ),
        (
            "underscore",
            format!("{}_{}", &good[..digits / 2], &good[digits / 2 + 1..]),
            "hash-text",
            "an underscore: Python's int(text, 16) accepts it between digits",
        ),
        (
            "letter-g",
            head("g", 1),
            "hash-text",
            "g, the letter after the last digit: parseInt reads what stands before it",
        ),
        (
            "letters-z",
            "z".repeat(digits),
            "hash-text",
            "no digit among them: parseInt gives NaN, which is written as 0",
        ),
        (
            "newline",
            head("\n", 1),
            "hash-text",
            "a line end as the last character: a regular expression ending in $ accepts it",
        ),
        (
            "newline-longer",
            head("\n", 0),
            "hash-text",
            "all digits and a line end: text read from a file",
        ),
        (
            "nul",
            head("\u{0}", 1),
            "hash-text",
            "a NUL as the last character: text cut by a C function",
        ),
        (
            "colon",
            tail(":", 1),
            "hash-text",
            "a colon, the character after 9: a comparison with `<= ':'` lets it pass",
        ),
        (
            "slash",
            tail("/", 1),
            "hash-text",
            "a slash, the character before 0: a comparison with `>= '/'` lets it pass",
        ),
        (
            "fullwidth-digit",
            tail("\u{ff11}", 1),
            "unicode-digits",
            "a fullwidth 1: Unicode calls it a digit, and Python's int() reads it",
        ),
        (
            "arabic-indic-digit",
            tail("\u{0661}", 1),
            "unicode-digits",
            "an Arabic-Indic 1: Unicode calls it a digit, and Python's int() reads it",
        ),
        (
            "two-byte-character",
            tail("\u{e9}", 2),
            "unicode-digits",
            "a letter of two UTF-8 bytes: a length check in bytes lets it pass",
        ),
    ];
    for (slug, text, flags, comment) in texts {
        family.refuse_value(
            &format!("encode-hash-{slug}"),
            value(Json::from(text)),
            flags,
            comment,
        );
    }
    for (slug, json, comment) in [
        (
            "number",
            json!(1234),
            "a number: converted to text it is padded to a hash that no peer computed",
        ),
        ("null", Json::Null, "null: a state that was not hashed is sent as a hash"),
        ("list", json!([1, 35, 69, 103]), "a list of bytes: the text form is the only one"),
        ("true", json!(true), "true: no hash, whatever its text is"),
    ] {
        family.refuse_value(
            &format!("encode-hash-{slug}"),
            value(json),
            "silent-conversion",
            &format!("hash is {comment}"),
        );
    }
}
