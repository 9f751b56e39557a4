//! Why an encoder wrote other bytes: another order, another form, another length.

use rollwire_model::Part;

use super::place::Place;

/// A guess at the cause; the place is where the first wrong byte stands.
pub(super) fn hint(
    expected: &[u8],
    got: &[u8],
    parts: &[Part],
    place: Option<&Place>,
) -> Option<String> {
    let field = place.and_then(|place| {
        let right = expected.get(place.offset..place.offset + place.len)?;
        form(right, got.get(place.offset..)?).or_else(|| swapped(expected, got, parts, place))
    });
    let length = || format!("{} bytes were written, {} are right", got.len(), expected.len());
    field.or_else(|| (expected.len() != got.len()).then(length))
}

/// The right content in another form.
fn form(right: &[u8], got: &[u8]) -> Option<String> {
    let reversed: Vec<u8> = right.iter().rev().copied().collect();
    let ascii = rollwire_model::hex::plain(right).into_bytes();
    let packed =
        std::str::from_utf8(right).ok().and_then(|text| crate::protocol::hex::decode(text).ok());
    let hint = if got.starts_with(&ascii) {
        "the digits written as ASCII characters instead of packed into bytes"
    } else if packed.is_some_and(|packed| packed.len() > 1 && got.starts_with(&packed)) {
        "the digits packed into bytes instead of written as ASCII characters"
    } else if right.len() > 1 && got.starts_with(&reversed) {
        "the same bytes in little-endian order"
    } else {
        return None;
    };
    Some(hint.to_owned())
}

/// Two fields of one size that hold each other's bytes.
fn swapped(expected: &[u8], got: &[u8], parts: &[Part], place: &Place) -> Option<String> {
    let at = |bytes: &[u8], offset| bytes.get(offset..offset + place.len).map(<[u8]>::to_vec);
    let other = parts.iter().find(|part| {
        part.len == place.len
            && part.offset != place.offset
            && at(got, place.offset) == at(expected, part.offset)
            && at(got, part.offset) == at(expected, place.offset)
    })?;
    Some(format!("`{}` and `{}` are swapped", place.name, other.name))
}
