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
    if let Some(text) =
        swapped(expected, got, difference).or_else(|| order(expected, got, difference))
    {
        return Some(text);
    }
    match (&difference.expected, &difference.got) {
        (Json::Number(one), Json::Number(other)) if difference.path.ends_with(".length") => {
            length(one.as_u64()?, other.as_u64()?)
        }
        (Json::Number(_), Json::Number(got)) => {
            Some(number(bytes, place?, got.as_i64()?)?.to_owned())
        }
        (Json::Bool(expected), Json::Bool(_)) => {
            Some(format!("the byte is {}, which is {expected}", u8::from(*expected)))
        }
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
    let others = |value: &Value, other: &str| {
        let mut fields = value.fields.clone();
        fields.retain(|name, _| name != path && name != other);
        fields
    };
    let (other, _) = expected.fields.iter().find(|(name, value)| {
        *name != path
            && **value == difference.got
            && got.fields.get(*name) == Some(&difference.expected)
            && others(expected, name) == others(got, name)
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
    let (missing, surplus) = (expected.saturating_sub(got), got.saturating_sub(expected));
    match (missing, surplus) {
        (1, _) => Some("1 entry is missing".to_owned()),
        (2.., _) => Some(format!("{missing} entries are missing")),
        (_, 1) => Some("1 entry too many".to_owned()),
        (_, 2..) => Some(format!("{surplus} entries too many")),
        _ => None,
    }
}

/// How an integer was misread, where no other way to misread it gives the same number.
fn number(bytes: &[u8], place: &Place, got: i64) -> Option<&'static str> {
    let end = place.offset + place.len;
    let field = bytes.get(place.offset..end)?;
    let reversed: Vec<u8> = field.iter().rev().copied().collect();
    let signed = unsigned(field)? - (1 << (8 * field.len()));
    let (Some(first), Some(last)) = (field.first(), field.last()) else { return None };
    // The byte that came in and the one that was left out must both be seen in the number.
    let before = place.offset.checked_sub(1).and_then(|from| bytes.get(from..end - 1));
    let after = bytes.get(place.offset + 1..end + 1);
    let early = before.filter(|it| unsigned(it) == Some(got));
    let late = after.filter(|it| unsigned(it) == Some(got));
    let one_early = early.is_some_and(|it| it[0] != 0 && *last != 0);
    let one_late = late.is_some_and(|it| it[it.len() - 1] != 0 && *first != 0);
    let is_shift = early.or(late).is_some();
    let right = unsigned(field)?;
    // What a step or a flipped bit does as well.
    let is_small = right.abs_diff(got) == 1 || (right ^ got).count_ones() == 1;
    if unsigned(&reversed) == Some(got) && is_reversal(field) && !is_shift {
        Some("the same bytes read little-endian")
    } else if got == signed {
        Some("the same bytes read as a signed integer")
    } else if field.len() > 1
        && (one_early || one_late)
        && unsigned(&reversed) != Some(got)
        && !is_small
    {
        Some("the field read one byte beside its place")
    } else if field.len() == 4 && !field[..3].contains(&0) && unsigned(&field[2..]) == Some(got) {
        Some("only the last two bytes were read")
    } else {
        None
    }
}

/// Whether the reverse order of these bytes is neither their own nor what a shift by one byte leaves.
pub(super) fn is_reversal(field: &[u8]) -> bool {
    let reversed: Vec<u8> = field.iter().rev().copied().collect();
    let left = [field.get(1..).unwrap_or_default(), &[0]].concat();
    let right = [&[0], &field[..field.len().saturating_sub(1)]].concat();
    reversed != field && reversed != left && reversed != right
}

/// What a detour through a floating-point number does to the bits of a double.
fn bits(expected: &str, got: &str) -> Option<&'static str> {
    let double = |text| u64::from_str_radix(text, 16).ok().map(f64::from_bits);
    let (expected, got) = (double(expected)?, double(got)?);
    if expected.to_bits() == (-0.0_f64).to_bits() && got.to_bits() == 0 {
        Some("the sign of zero is lost")
    } else if expected.is_nan() && got.is_nan() && expected.to_bits() != got.to_bits() {
        Some("both are a NaN, with other bits")
    } else {
        None
    }
}

/// Sixteen digits that went through a binary64 number.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the loss is what is looked for"
)]
fn rounded(expected: &str, got: &str) -> Option<&'static str> {
    let number = |text| u128::from_str_radix(text, 16).ok();
    let (expected, got) = (number(expected)?, number(got)?);
    // A difference of one is what other faults make as well.
    (expected.abs_diff(got) > 1 && expected as f64 as u128 == got)
        .then_some("rounded to 53 bits, as in a floating-point number")
}

fn text(expected: &str, got: &str) -> Option<&'static str> {
    let pairs = expected.as_bytes().chunks(2).rev();
    let bytes_reversed: String = pairs.filter_map(|pair| std::str::from_utf8(pair).ok()).collect();
    let bytes = crate::protocol::hex::decode(expected).unwrap_or_default();
    if got == bytes_reversed && is_reversal(&bytes) {
        Some("the same bytes read little-endian")
    } else if got.eq_ignore_ascii_case(expected) {
        let is_lower = !got.contains(|it: char| it.is_ascii_uppercase());
        Some(if is_lower {
            "the right digits, but in lower case"
        } else {
            "the right digits, but in upper case"
        })
    } else if expected.trim_start_matches('0') == got {
        Some("leading zeros are lost")
    } else {
        None
    }
}
