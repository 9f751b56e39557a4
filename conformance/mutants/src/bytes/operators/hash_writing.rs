//! Text that is not a hash is written as one.
//!
//! Many parsers of hex digits accept a little more: a sign, a space, a prefix, or a digit of another script.
//! They also fill up missing digits.

use rollwire_model::Kind;
use serde_json::Value as Json;

use super::operator::{AppliedAt, ENCODER, Operator};
use crate::bytes::{broken_rule::BrokenRule, location::Location, mutation::Mutation};

pub(super) const OPERATORS: &[Operator] = &[
    Operator {
        name: "unchecked",
        fault: "writes any text for {it}: padded with zero bytes, truncated, and with 0 for what is not a digit",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Field(|field| field.unchecked = true)],
    },
    Operator {
        name: "pairs-as-a-script-reads-them",
        fault: "writes for every two characters of {it} the number that JavaScript's `parseInt` reads, and 0 where it reads none",
        at: AppliedAt::Locations(|it| it.is(Kind::RawHash)),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Json(|json, field| {
            let units: Vec<u16> = json.as_str()?.encode_utf16().collect();
            let pairs = (0..field.hash_digits() / 2).map(|at| {
                let from = (2 * at).min(units.len());
                let pair = &units[from..(from + 2).min(units.len())];
                format!("{:02x}", parsed(&String::from_utf16_lossy(pair)))
            });
            Some(pairs.collect::<String>().into())
        })],
    },
    Operator {
        name: "low-bytes",
        fault: "writes the low byte of every character of {it}, and 0 after the last one",
        at: AppliedAt::Locations(|it| it.is(Kind::TextHash)),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[
            // Any valid text gets through the right encoder, and is replaced in the datagram.
            Mutation::Json(|json, field| {
                json.is_string().then(|| "0".repeat(field.hash_digits()).into())
            }),
            Mutation::Written(|datagram, value, context| {
                let name = context.location.field().map(|field| &field.name);
                let text = name.and_then(|name| value.fields.get(name)).and_then(Json::as_str);
                let Some(text) = text else { return };
                let mut units = text.encode_utf16();
                for written in context.bytes_mut(datagram) {
                    *written = units.next().map_or(0, |unit| unit.to_be_bytes()[1]);
                }
            }),
        ],
    },
    Operator {
        name: "padded-with-zeros",
        fault: "writes zeros after {it} if it is too short",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| format!("{text:0<digits$}"))],
    },
    Operator {
        name: "zeros-before",
        fault: "writes zeros before {it} if it is too short",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| format!("{text:0>digits$}"))],
    },
    Operator {
        name: "repeated",
        fault: "repeats {it} until there are enough digits if it is too short",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| {
            if text.is_empty() || text.len() >= digits {
                text.to_owned()
            } else {
                text.chars().cycle().take(digits).collect()
            }
        })],
    },
    Operator {
        name: "end-cut",
        fault: "cuts off the end of {it} if it is too long",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| text.chars().take(digits).collect())],
    },
    Operator {
        name: "beginning-cut",
        fault: "cuts off the beginning of {it} if it is too long",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(last)],
    },
    Operator {
        name: "prefix-skipped",
        fault: "skips 0x before {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| text.trim_start_matches("0x").to_owned())],
    },
    Operator {
        name: "blanks-cut",
        fault: "removes spaces and line ends around {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| {
            if text.len() > digits { text.trim().to_owned() } else { text.to_owned() }
        })],
    },
    Operator {
        name: "blanks-are-0",
        fault: "writes 0 for a space in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| text.replace(' ', "0"))],
    },
    Operator {
        name: "signs-are-0",
        fault: "writes 0 for a sign before {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| with_zeros(text, |it| matches!(it, '+' | '-')))],
    },
    Operator {
        name: "underscores-are-0",
        fault: "writes 0 for an underscore in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| text.replace('_', "0"))],
    },
    Operator {
        name: "edges-are-0",
        fault: "writes 0 for the characters next to the ranges of digits in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| {
            with_zeros(text, |it| matches!(it, '/' | ':' | '@' | 'G' | '`' | 'g'))
        })],
    },
    Operator {
        name: "other-letters-are-0",
        fault: "writes 0 for a letter beyond f in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| {
            with_zeros(text, |it| it.is_ascii_alphabetic() && !it.is_ascii_hexdigit())
        })],
    },
    Operator {
        name: "control-characters-are-0",
        fault: "writes 0 for a control character in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| with_zeros(text, char::is_control))],
    },
    Operator {
        name: "other-digits-are-0",
        fault: "writes 0 for a digit of another script in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, _| {
            with_zeros(text, |it| !it.is_ascii() && it.is_numeric())
        })],
    },
    Operator {
        name: "counts-bytes",
        fault: "accepts {it} if it has the right length in UTF-8, and writes 0 for what is not a digit",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::Unwritable,
        mutations: &[Mutation::Text(|text, digits| {
            if text.len() == digits {
                text.bytes()
                    .map(|it| if it.is_ascii_hexdigit() { char::from(it) } else { '0' })
                    .collect()
            } else {
                text.to_owned()
            }
        })],
    },
    Operator {
        name: "upper-case-is-0",
        fault: "writes 0 for an upper-case digit in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Text(|text, _| with_zeros(text, |it| it.is_ascii_uppercase()))],
    },
    Operator {
        name: "upper-case-is-digits",
        fault: "writes the digit for an upper-case letter in {it} that has the same last bits",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Text(|text, _| without_the_letter_bit(text))],
    },
    Operator {
        name: "upper-case-kept",
        fault: "writes {it} in upper case if it is given in upper case",
        at: AppliedAt::Locations(|it| it.is(Kind::TextHash)),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Written(|datagram, value, context| {
            let name = context.location.field().map(|field| &field.name);
            let text = name.and_then(|name| value.fields.get(name)).and_then(Json::as_str);
            let bytes = context.bytes_mut(datagram).iter_mut();
            bytes
                .zip(text.unwrap_or_default().bytes())
                .for_each(|(written, given)| *written = given);
        })],
    },
    Operator {
        name: "upper-case-refused",
        fault: "refuses upper case in {it}",
        at: AppliedAt::Locations(is_hash),
        sides: ENCODER,
        breaks: BrokenRule::UpperCase,
        mutations: &[Mutation::Refuses(|json, _| !only(json, |it| !it.is_ascii_uppercase()))],
    },
];

fn is_hash(location: &Location) -> bool {
    location.is(Kind::RawHash) || location.is(Kind::TextHash)
}

/// Whether a text has only such characters; a value that is not text counts as having only such characters.
fn only(json: &Json, is: fn(char) -> bool) -> bool {
    json.as_str().is_none_or(|text| text.chars().all(is))
}

fn with_zeros(text: &str, is: fn(char) -> bool) -> String {
    text.chars().map(|it| if is(it) { '0' } else { it }).collect()
}

/// `A` to `F` as `1` to `6`, as with a table of digits that is indexed by the last four bits.
fn without_the_letter_bit(text: &str) -> String {
    let digit = |it: char| match it {
        'A'..='F' => char::from_digit(u32::from(it) & 0xf, 16).unwrap_or(it),
        _ => it,
    };
    text.chars().map(digit).collect()
}

/// The last characters of a text.
fn last(text: &str, count: usize) -> String {
    let surplus = text.chars().count().saturating_sub(count);
    text.chars().skip(surplus).collect()
}

/// What `parseInt(text, 16)` reads in JavaScript, in a byte: the number before the first character that is not
/// a digit, after blanks, a sign and 0x; 0 if there is none.
fn parsed(text: &str) -> u8 {
    let text = text.trim_start();
    let (is_negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")).unwrap_or(text);
    let end = text.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(text.len());
    let number = u8::from_str_radix(&text[..end], 16).unwrap_or(0);
    if is_negative { number.wrapping_neg() } else { number }
}
