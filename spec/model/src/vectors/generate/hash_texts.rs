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
    blanks_of_all_kinds(family, good, &value);
    what_parsers_take(family, good, &value);
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

/// Characters that some language takes for a blank or for the end of a text: its slug, and how it is named.
const BLANKS: [(&str, char, &str); 9] = [
    ("tab", '\t', "a tab"),
    ("carriage-return", '\r', "a carriage return"),
    ("vertical-tab", '\u{b}', "a vertical tab"),
    ("form-feed", '\u{c}', "a form feed"),
    ("no-break-space", '\u{a0}', "a no-break space"),
    ("line-separator", '\u{2028}', "a line separator, U+2028"),
    ("ideographic-space", '\u{3000}', "an ideographic space, U+3000"),
    ("byte-order-mark", '\u{feff}', "a byte order mark"),
    ("nul-character", '\0', "a NUL"),
];

/// A blank of every kind before, between, behind and inside the digits: in place of a digit, so that the
/// number of characters is right, and as one character more.
fn blanks_of_all_kinds(family: &mut Family, good: &str, value: &impl Fn(Json) -> Value) {
    let half = good.len() / 2;
    let (first, second) = good.split_at(half);
    for (slug, blank, name) in BLANKS {
        for (place, text, comment) in [
            ("first", format!("{blank}{}", &good[1..]), "in place of the first digit"),
            (
                "inner",
                format!("{first}{blank}{}", &second[1..]),
                "in place of a digit in the middle",
            ),
            ("last", format!("{}{blank}", &good[..good.len() - 1]), "in place of the last digit"),
            ("before", format!("{blank}{good}"), "before all digits"),
            ("between", format!("{first}{blank}{second}"), "between two bytes"),
            ("behind", format!("{good}{blank}"), "behind all digits"),
        ] {
            let comment =
                format!("{name} {comment}: a reader that skips it, or ends at it, sends a hash");
            let slug = format!("encode-hash-{slug}-{place}");
            family.refuse_value(&slug, value(Json::from(text)), "hash-text", &comment);
        }
    }
}

/// What the integer parsers of some languages take beside digits, at every place where they do.
fn what_parsers_take(family: &mut Family, good: &str, value: &impl Fn(Json) -> Value) {
    let last = good.len() - 1;
    let half = good.len() / 2;
    // Every text has the right number of characters, unless its slug says `longer`.
    let at = |place: usize, with: &str| {
        let rest = good.get(place + with.chars().count()..).unwrap_or_default();
        format!("{}{with}{rest}", &good[..place])
    };
    for (slug, text, flags, comment) in [
        ("plus-inner", at(half, "+"), "hash-text", "a plus sign before the second digit of a byte"),
        ("plus-last", at(last - 1, "+"), "hash-text", "a plus sign in the last byte"),
        ("plus-longer", format!("+{good}"), "hash-text", "a plus sign before all digits"),
        (
            "minus-inner",
            at(half, "-"),
            "hash-text",
            "a minus sign before the second digit of a byte",
        ),
        ("minus-last", at(last - 1, "-"), "hash-text", "a minus sign in the last byte"),
        ("minus-longer", format!("-{good}"), "hash-text", "a minus sign before all digits"),
        (
            "underscore-longer",
            format!("{}_{}", &good[..half], &good[half..]),
            "hash-text",
            "an underscore between two bytes",
        ),
        ("apostrophe", at(half, "'"), "hash-text", "an apostrophe, which C++ takes between digits"),
        ("prefix-0x-upper-case", at(0, "0X"), "hash-text", "a prefix `0X`"),
        (
            "prefix-number-sign-longer",
            format!("#{good}"),
            "hash-text",
            "a number sign, as before a colour",
        ),
        ("suffix-h", at(last, "h"), "hash-text", "a suffix `h`, as assemblers write it"),
        ("suffix-h-longer", format!("{good}h"), "hash-text", "a suffix `h` behind all digits"),
        ("suffix-n-longer", format!("{good}n"), "hash-text", "a suffix `n`, as of a BigInt"),
        ("suffix-l-longer", format!("{good}L"), "hash-text", "a suffix `L`, as of a long integer"),
        (
            "suffix-point-0-longer",
            format!("{good}.0"),
            "hash-text",
            "a point and a zero: a number that went through a float",
        ),
        (
            "percent-longer",
            format!("{}%{}", &good[..half], &good[half..]),
            "hash-text",
            "a percent sign: an escape of a URL",
        ),
        (
            "fullwidth-digit-inner",
            at(half, "\u{ff11}"),
            "unicode-digits",
            "a fullwidth 1 in the middle",
        ),
        (
            "fullwidth-digit-last",
            at(last, "\u{ff11}"),
            "unicode-digits",
            "a fullwidth 1 as the last digit",
        ),
        (
            "fullwidth-letter-last",
            at(last, "\u{ff41}"),
            "unicode-digits",
            "a fullwidth a as the last digit",
        ),
        (
            "arabic-indic-digit-inner",
            at(half, "\u{0661}"),
            "unicode-digits",
            "an Arabic-Indic 1 in the middle",
        ),
        (
            "arabic-indic-digit-last",
            at(last, "\u{0661}"),
            "unicode-digits",
            "an Arabic-Indic 1 as the last digit",
        ),
        (
            "devanagari-digits",
            "\u{0967}".repeat(good.len()),
            "unicode-digits",
            "Devanagari digits alone",
        ),
        (
            "superscript-digit-last",
            at(last, "\u{b2}"),
            "unicode-digits",
            "a superscript 2: isdigit() says that it is one",
        ),
        (
            "mathematical-digit-last",
            at(last, "\u{1d7cf}"),
            "unicode-digits",
            "a mathematical 1, two units of UTF-16",
        ),
        (
            "cyrillic-letter-first",
            at(0, "\u{0430}"),
            "unicode-digits",
            "a Cyrillic letter that looks like an a",
        ),
    ] {
        let comment = format!("{comment}: some reader takes it for a part of a number");
        let slug = format!("encode-hash-{slug}");
        family.refuse_value(&slug, value(Json::from(text)), flags, &comment);
    }
}
