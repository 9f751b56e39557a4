//! States where readers and hashes go wrong although they are right for most states: one fault in a text that
//! is JSON otherwise, keys that a C string cannot hold, numbers for which a buffer is too small, and sizes at
//! which small integers and blocks end.

use rollwire_model::digest::Form;

use super::random::Random;

/// What some language takes for a blank, or for the end of a text.
const BLANKS: [char; 10] = [
    '\0', '\u{b}', '\u{c}', '\u{1c}', '\u{85}', '\u{a0}', '\u{2003}', '\u{2028}', '\u{3000}',
    '\u{feff}',
];

/// Tokens that some language takes for a number or a word. `#` stands for a digit of another script.
const TOKENS: [&str; 44] = [
    "-", "- 1", "--1", "+1", "-+1", "01", "-01", "00", ".5", "-.5", "1.", "1.e5", "1e", "1e+",
    "1e 5", "1e1.5", "1d5", "0x1p3", "0x10", "0X10", "0b1", "0o7", "1_000", "1'000", "1 000",
    "1.5f", "1.5d", "1L", "1n", "1%", "#", "1#", "1.#", "1.5#", "1e#", "1e1#", "-#", "inf", "nan",
    "-inf", "infinity", "True", "NULL", "nil",
];

/// Digits of other scripts.
const DIGITS: [char; 6] = ['٠', '١', '１', '१', '²', '𝟏'];

/// Escapes that some language takes. `#` stands for a digit of another script.
const ESCAPES: [&str; 16] = [
    r"\u+041", r"\u-041", r"\u 041", r"\u0_41", r"\u0x41", r"\u004", r"\u004g", r"\u#041",
    r"\u004#", r"\U0041", r"\u{41}", r"\v", r"\a", r"\0", r"\'", r"\101",
];

/// Texts with a fault in their structure.
const STRUCTURES: [&str; 20] = [
    "[,1]",
    "[1,,2]",
    "[1,]",
    "[1 2]",
    r#"{"a":1,}"#,
    r#"{"a":1 "b":2}"#,
    r#"{"a":1;"b":2}"#,
    r#"{"a" 1}"#,
    r#"{"a"=1}"#,
    r#"{"a"}"#,
    "{1:2}",
    "{'a':1}",
    "[1}",
    r#"{"a":1]"#,
    "[1]]",
    "[1],",
    "[1];",
    "[1]//x",
    "[1]#x",
    "/**/[1]",
];

/// Parts of keys that a C string, or a string of whole characters, cannot hold.
const KEY_PARTS: [&str; 9] =
    ["a", "b", r"\u0000", r"\u0001", r"\ud83d\ude00", "\u{ff61}", "\u{d7ff}", r"\ud83d", r"\udc00"];

/// Sizes at which fixed buffers and small integers end.
const SIZES: [usize; 5] = [64, 128, 256, 1024, 4096];

/// A form and a state of one of these kinds. `most` is the greatest size.
pub(super) fn state(random: &mut Random, most: usize) -> (Form, String) {
    let form = *random.pick(&Form::ALL);
    let state = match random.below(12) {
        0 => blank(random),
        1 => format!("[0,{}]", of_a_script(&TOKENS, random)),
        2 => format!("[\"a{}\"]", of_a_script(&ESCAPES, random)),
        3 => (*random.pick(&STRUCTURES)).to_owned(),
        4 => {
            let control = char::from(u8::try_from(random.below(32)).unwrap_or_default());
            format!("[\"a{control}b\"]")
        }
        5 | 6 => keys(random),
        7 => exponent(random),
        8 => digits(random, most),
        9 => depth(random),
        _ => size(random, most),
    };
    (form, state)
}

/// A blank that JSON does not have, before, between or behind the parts of a text.
fn blank(random: &mut Random) -> String {
    let blank = random.pick(&BLANKS);
    let at = random.below(6);
    let parts = ["[", "1", ",", "2", "]", ""];
    let part = |(number, part): (usize, &&str)| {
        if number == at { format!("{blank}{part}") } else { (*part).to_owned() }
    };
    parts.iter().enumerate().map(part).collect()
}

/// One of these, with a digit of some script for each `#`.
fn of_a_script(all: &[&str], random: &mut Random) -> String {
    let token = *random.pick(all);
    token.replace('#', &random.pick(&DIGITS).to_string())
}

/// Two to four keys of few parts, in any order, some of them the same.
fn keys(random: &mut Random) -> String {
    let members: Vec<String> = (0..2 + random.below(3))
        .map(|number| {
            let key: String = (0..random.below(4)).map(|_| *random.pick(&KEY_PARTS)).collect();
            format!("\"{key}\":\"{key}{number}\"")
        })
        .collect();
    format!("{{{}}}", members.join(","))
}

/// Exponents next to where they wrap in 8 to 64 bits, of numbers that are zero or not.
fn exponent(random: &mut Random) -> String {
    let power = *random.pick(&[7, 8, 15, 16, 31, 32, 63, 64]);
    let number = (1_u128 << power) - 1 + random.below(3) as u128;
    let sign = random.pick(&["", "+", "-"]);
    let zeros = "0".repeat(*random.pick(&[0, 0, 1, 25]));
    let digits = random.pick(&["1", "-2.5", "0", "0.0"]);
    format!("[{digits}e{sign}{zeros}{number}]")
}

/// Digits of which one far behind decides.
fn digits(random: &mut Random, most: usize) -> String {
    let places = 20 + random.below(most.min(1200));
    match random.below(4) {
        0 => format!("[9007199254740993.{}1]", "0".repeat(places)),
        1 => format!("[9007199254740994.{}]", "9".repeat(places)),
        2 => format!("[0.{}1e{}]", "0".repeat(places), places + 1),
        _ => format!("[15{}.0e-{}]", "0".repeat(places), places + 1),
    }
}

/// Arrays and objects in each other, up to the limit and beyond it; sometimes not closed.
fn depth(random: &mut Random) -> String {
    let depth = *random.pick(&[50, 99, 100, 101, 128, 256, 300]);
    let in_turn = 1 + random.below(4);
    let is_object: Vec<bool> = (0..depth).map(|level| level % in_turn == in_turn - 1).collect();
    let opened: String =
        is_object.iter().map(|object| if *object { "{\"a\":" } else { "[" }).collect();
    let closed: String =
        is_object.iter().rev().map(|object| if *object { '}' } else { ']' }).collect();
    match random.below(6) {
        0 => opened,
        // The same once more, side by side: each of them is as deep as before.
        1 if depth < 100 => format!("[{opened}0{closed},{opened}0{closed}]"),
        _ => format!("{opened}0{closed}"),
    }
}

/// A string, a key, an array, an object or a hashed text next to a size where something ends.
fn size(random: &mut Random, most: usize) -> String {
    let size = (*random.pick(&SIZES)).min(most) + random.below(3);
    let letters = |count: usize| ('a'..='z').cycle().take(count).collect::<String>();
    match random.below(6) {
        0 => format!("[\"{}\"]", letters(size)),
        1 => {
            let begin = letters(size);
            format!("{{\"{begin}z\":1,\"{begin}a\":2}}")
        }
        2 => {
            let elements: Vec<String> = (0..size).map(|number| (number % 10).to_string()).collect();
            format!("[{}]", elements.join(","))
        }
        3 => {
            let members: Vec<String> =
                (0..size).rev().map(|number| format!("\"{number:x}\":{}", number % 10)).collect();
            format!("{{{}}}", members.join(","))
        }
        // A canonical text whose last block is nearly full, or just begun.
        _ => format!("[\"{}\"]", letters(64 * random.below(20) + 50 + random.below(16))),
    }
}
