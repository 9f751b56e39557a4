//! Guesses at the cause: the handful of mistakes that ports make again and again.

use rollwire_model::Value;
use serde_json::Value as Json;

use super::place::{Difference, Place};

/// Why a decoder read another value out of these bytes.
pub(super) fn decoded(
    bytes: &[u8],
    place: Option<&Place>,
    difference: &Difference,
) -> Option<String> {
    let place = place?;
    let field = bytes.get(place.offset..place.offset + place.len)?;
    let hint = match (&difference.expected, &difference.got) {
        (Json::Number(_), Json::Number(got)) => number(bytes, place, field, got.as_i64()?)?,
        (Json::Bool(_), Json::Bool(_)) => {
            "the two values of the flag are swapped, or it is compared with another number"
        }
        (Json::String(expected), Json::String(got)) => text(expected, got)?,
        _ => return None,
    };
    Some(hint.to_owned())
}

fn number(bytes: &[u8], place: &Place, field: &[u8], got: i64) -> Option<&'static str> {
    let big =
        |bytes: &[u8]| bytes.iter().fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    let little = field.iter().rev().fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    let signed = big(field) - (1 << (8 * field.len()));
    let shifted = |by: usize| bytes.get(place.offset + by..place.offset + by + place.len).map(big);
    let before =
        place.offset.checked_sub(1).and_then(|from| bytes.get(from..from + place.len)).map(big);
    if got == little {
        Some("the same bytes read little-endian")
    } else if got == signed {
        Some("the same bytes read as a signed integer")
    } else if shifted(1) == Some(got) || before == Some(got) {
        Some("the field read one byte beside its place")
    } else if got >= 0
        && field.iter().rev().take(2).rev().fold(0, |number, byte| number << 8 | i64::from(*byte))
            == got
    {
        Some("only the last two bytes were read")
    } else {
        None
    }
}

fn text(expected: &str, got: &str) -> Option<&'static str> {
    let bytes_reversed: String = expected
        .as_bytes()
        .chunks(2)
        .rev()
        .filter_map(|pair| std::str::from_utf8(pair).ok())
        .collect();
    if got == bytes_reversed {
        Some("the same bytes read little-endian")
    } else if got.eq_ignore_ascii_case(expected) {
        Some("the right digits, but in upper case")
    } else if expected.ends_with(got) && expected.trim_start_matches('0') == got {
        Some("leading zeros are lost")
    } else {
        None
    }
}

/// Why an encoder wrote other bytes than these.
pub(super) fn encoded(expected: &[u8], got: &[u8], place: Option<&Place>) -> Option<String> {
    if let Some(place) = place
        && let Some(right) = expected.get(place.offset..place.offset + place.len)
    {
        let ascii = rollwire_model::hex::plain(right).into_bytes();
        if got.get(place.offset..place.offset + ascii.len()) == Some(&ascii[..]) {
            return Some(
                "the digits written as ASCII characters instead of packed into bytes".to_owned(),
            );
        }
        let reversed: Vec<u8> = right.iter().rev().copied().collect();
        if place.len > 1 && got.get(place.offset..place.offset + place.len) == Some(&reversed[..]) {
            return Some("the same bytes in little-endian order".to_owned());
        }
    }
    (expected.len() != got.len())
        .then(|| format!("{} bytes were written, {} are right", got.len(), expected.len()))
}

/// What an encoder made of a value that it should have refused.
pub(super) fn written(
    got: &[u8],
    place: Option<&Place>,
    value: &Value,
    path: &str,
) -> Option<String> {
    if let Some(Json::Array(entries)) = value.fields.get(path) {
        return Some(format!(
            "{} entries were given, and {} bytes written",
            entries.len(),
            got.len()
        ));
    }
    let place = place?;
    let bytes = got.get(place.offset..(place.offset + place.len).min(got.len()))?;
    Some(format!("the field was written as {}", rollwire_model::hex::plain(bytes)))
}
