//! Why a decoder read another value: the handful of mistakes that ports make again and again.

use rollwire_model::{Kind, MessageLayout, Value};
use serde_json::Value as Json;

use super::{
    place::{Difference, Place, member},
    written::unsigned,
};

/// A guess at the cause of this difference, the first one, between the values.
pub(super) fn hint(
    bytes: &[u8],
    message: Option<&MessageLayout>,
    place: Option<&Place>,
    (expected, got): (&Value, &Value),
    difference: &Difference,
) -> Option<String> {
    if let Some(text) = swapped(expected, got, difference).or_else(|| order(expected, got, difference)) {
        return Some(text);
    }
    match (&difference.expected, &difference.got) {
        (Json::Number(one), Json::Number(other)) if difference.path.ends_with(".length") => {
            length(one.as_u64()?, other.as_u64()?)
        }
        (Json::Number(_), Json::Number(got)) => {
            Some(number(bytes, place?, got.as_i64()?)?.to_owned())
        }
        (Json::Bool(expected), Json::Bool(_)) => Some(format!(
            "the byte is {}; the two values are swapped, or it is compared with something else",
            u8::from(*expected)
        )),
        (Json::String(expected), Json::String(got)) => {
            let field = message.and_then(|message| message.field(&difference.path));
            let double = field.is_some_and(|field| field.kind == Kind::Double);
            let special = if double { bits(expected, got) } else { rounded(expected, got) };
            special.or_else(|| text(expected, got)).map(str::to_owned)
        }
        _ => None,
    }
}

/// Two members that hold each other's value.
fn swapped(expected: &Value, got: &Value, difference: &Difference) -> Option<String> {
    let path = &difference.path;
    let (other, _) = expected.fields.iter().find(|(name, value)| {
        *name != path
            && **value == difference.got
            && got.fields.get(*name) == Some(&difference.expected)
    })?;
    Some(format!("`{path}` and `{other}` are swapped"))
}

/// The same entries in another order. Two lists that are equal are not, whatever else is different.
fn order(expected: &Value, got: &Value, difference: &Difference) -> Option<String> {
    if !difference.path.starts_with("entries[") {
        return None;
    }
    let sorted = |value| {
        let mut entries: Vec<String> =
            member(value, "entries")?.as_array()?.iter().map(Json::to_string).collect();
        entries.sort_unstable();
        Some(entries)
    };
    (sorted(expected)? == sorted(got)?).then(|| "the same entries in another order".to_owned())
}

fn length(expected: u64, got: u64) -> Option<String> {
    let many = |number: u64| if number == 1 { "entry" } else { "entries" };
    let (missing, surplus) = (expected.saturating_sub(got), got.saturating_sub(expected));
    match (missing, surplus) {
        (1, _) => Some("the last entry is lost".to_owned()),
        (2.., _) => Some(format!("the last {missing} entries are lost")),
        (_, 1..) => Some(format!("{surplus} {} too many", many(surplus))),
        _ => None,
    }
}

fn number(bytes: &[u8], place: &Place, got: i64) -> Option<&'static str> {
    let field = bytes.get(place.offset..place.offset + place.len)?;
    let reversed: Vec<u8> = field.iter().rev().copied().collect();
    let signed = unsigned(field)? - (1 << (8 * field.len()));
    let beside = [place.offset.checked_sub(1), place.offset.checked_add(1)];
    let mut beside = beside.into_iter().flatten().filter_map(|from| {
        let bytes = bytes.get(from..from + place.len)?;
        unsigned(bytes)
    });
    if unsigned(&reversed) == Some(got) {
        Some("the same bytes read little-endian")
    } else if got == signed {
        Some("the same bytes read as a signed integer")
    } else if beside.any(|number| number == got) {
        Some("the field read one byte beside its place")
    } else if unsigned(&field[field.len().saturating_sub(2)..]) == Some(got) {
        Some("only the last two bytes were read")
    } else {
        None
    }
}

/// What a detour through a floating-point number does to the bits of a double.
fn bits(expected: &str, got: &str) -> Option<&'static str> {
    let double = |text| u64::from_str_radix(text, 16).ok().map(f64::from_bits);
    let (expected, got) = (double(expected)?, double(got)?);
    if expected == 0.0 && got == 0.0 {
        Some("the sign of zero is lost, as in a sum or a decimal number")
    } else if expected.is_nan() && got.is_nan() {
        Some("another NaN, as after a detour through a floating-point number")
    } else {
        None
    }
}

/// Sixteen digits that went through a binary64 number.
#[expect(clippy::cast_precision_loss, reason = "the loss is what is looked for")]
fn rounded(expected: &str, got: &str) -> Option<&'static str> {
    let number = |text| u128::from_str_radix(text, 16).ok();
    let (expected, got) = (number(expected)?, number(got)?);
    (expected != got && expected as f64 == got as f64)
        .then_some("rounded to 53 bits, as in a floating-point number")
}

fn text(expected: &str, got: &str) -> Option<&'static str> {
    let pairs = expected.as_bytes().chunks(2).rev();
    let bytes_reversed: String = pairs.filter_map(|pair| std::str::from_utf8(pair).ok()).collect();
    if got == bytes_reversed {
        Some("the same bytes read little-endian")
    } else if got.eq_ignore_ascii_case(expected) {
        Some("the right digits, but in upper case")
    } else if expected.trim_start_matches('0') == got {
        Some("leading zeros are lost")
    } else {
        None
    }
}
