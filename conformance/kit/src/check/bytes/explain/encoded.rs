//! Why an encoder wrote other bytes: another order, another form, another length.

use rollwire_model::Part;

use super::{decoded::is_reversal, place::Place};
use crate::text::around::lists_around_difference;

/// How many bytes a hash has.
const HASH: usize = 8;

/// Both datagrams in the parts of the right one, and the surplus of the other one behind them; long ones
/// are cut around the first difference.
pub(super) fn side_by_side(expected: &[u8], got: &[u8], parts: &[Part]) -> (String, String) {
    let end = parts.last().map_or(0, |part| part.offset + part.len);
    let groups = |bytes: &[u8]| -> Vec<String> {
        let group = |from: usize, to: usize| {
            let group = bytes.get(from.min(bytes.len())..to.min(bytes.len())).unwrap_or_default();
            (!group.is_empty()).then(|| rollwire_model::hex::plain(group))
        };
        let known = parts.iter().filter_map(|part| group(part.offset, part.offset + part.len));
        known.chain(group(end, bytes.len())).collect()
    };
    lists_around_difference(&groups(expected), &groups(got), " ")
}

/// A guess at the cause; the place is where the first wrong byte stands.
pub(super) fn hint(
    expected: &[u8],
    got: &[u8],
    parts: &[Part],
    place: Option<&Place>,
) -> Option<String> {
    let field = place.and_then(|place| {
        let right = expected.get(place.offset..place.offset + place.len)?;
        let before =
            place.offset.checked_sub(1).and_then(|from| expected.get(from..from + place.len));
        let after = expected.get(place.offset + 1..place.offset + 1 + place.len);
        form(right, [before, after], got.get(place.offset..)?)
            .or_else(|| swapped(expected, got, parts, place))
    });
    let length = || format!("{} bytes were written, {} are right", got.len(), expected.len());
    field.or_else(|| (expected.len() != got.len()).then(length))
}

/// The right content in another form; the neighbours are the bytes one before and one behind it.
fn form(right: &[u8], neighbours: [Option<&[u8]>; 2], got: &[u8]) -> Option<String> {
    let reversed: Vec<u8> = right.iter().rev().copied().collect();
    let ascii = rollwire_model::hex::plain(right).into_bytes();
    let packed =
        std::str::from_utf8(right).ok().and_then(|text| crate::protocol::hex::decode(text).ok());
    let hint = if right.len() == HASH && got.starts_with(&ascii) {
        "the digits written as ASCII characters instead of packed into bytes"
    } else if packed.is_some_and(|packed| {
        packed.len() > 1 && packed.iter().any(|byte| *byte != 0) && got.starts_with(&packed)
    }) {
        "the digits packed into bytes instead of written as ASCII characters"
    } else if is_reversal(right)
        && got.starts_with(&reversed)
        && !neighbours.contains(&Some(&reversed[..]))
    {
        "the same bytes in little-endian order"
    } else {
        return None;
    };
    Some(hint.to_owned())
}

/// Two fields of one size that hold each other's bytes, where everything else is right.
fn swapped(expected: &[u8], got: &[u8], parts: &[Part], place: &Place) -> Option<String> {
    let exchanged = |other: &Part| {
        let mut bytes = expected.to_vec();
        for at in 0..place.len {
            bytes.swap(place.offset + at, other.offset + at);
        }
        bytes
    };
    let apart = |other: &Part| place.offset.abs_diff(other.offset) >= place.len;
    let mut candidates = parts.iter().filter(|part| part.len == place.len && apart(part));
    let other = candidates.find(|other| exchanged(other) == got)?;
    Some(format!("`{}` and `{}` are swapped", place.name, other.name))
}
