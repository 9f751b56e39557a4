//! What an encoder made of a value that it should have refused: wrapped, cut, padded, replaced.

use rollwire_model::{Value, hex};
use serde_json::Value as Json;

use super::place::{Place, member};

/// Where the value went, in words.
///
/// `read` is the value that was written, if it can be read: it says which entries are there.
pub(super) fn hint(
    got: &[u8],
    read: Option<&Value>,
    place: Option<&Place>,
    value: &Value,
    path: &str,
) -> Option<String> {
    let place = place?;
    let bytes = got.get(place.offset..place.offset + place.len)?;
    let given = member(value, path)?;
    // An entry is found at its place only if all entries before it were written.
    let is_entry = path.contains('[');
    if is_entry && read.is_none_or(|read| member(read, path).is_none()) {
        return None;
    }
    Some(match given {
        Json::Array(entries) => {
            format!("{} entries were given, {} written", entries.len(), unsigned(bytes)?)
        }
        Json::Number(number) if bytes.len() < 8 => match number.as_i64() {
            Some(given) => integer(given, unsigned(bytes)?, 8 * bytes.len()),
            None => format!("{number} was written as {}", unsigned(bytes)?),
        },
        Json::String(text) => self::text(text, bytes),
        other => {
            format!("{} was written as {}", crate::text::shorten(&other.to_string()), plain(bytes))
        }
    })
}

fn integer(given: i64, written: i64, bits: usize) -> String {
    let modulus = 1_i64 << bits;
    let is_outside = !(0..modulus).contains(&given);
    // Both at once: it is unknown which of them was done.
    let is_both = written == modulus - 1 && written == given.rem_euclid(modulus);
    if written == given {
        format!("{given} was written as it is")
    } else if is_outside && written == given.rem_euclid(modulus) && (given < 0 || !is_both) {
        format!("{given} was written as {written}, which is {given} mod 2^{bits}")
    } else if given >= modulus && written == modulus - 1 && !is_both {
        format!("{given} was cut to {written}, the greatest value of the field")
    } else {
        format!("{given} was written as {written}")
    }
}

fn text(text: &str, bytes: &[u8]) -> String {
    let shown = crate::text::shorten(text);
    let written = hex::plain(bytes);
    if !text.is_empty() && text.len() < written.len() && written.starts_with(text) {
        format!("{shown:?} was padded to {written}")
    } else if text.len() > written.len() && text.starts_with(&written) {
        format!("{shown:?} was cut to {written}")
    } else if bytes.iter().all(|byte| *byte == 0) {
        format!("zeros were written in place of {shown:?}")
    } else {
        format!("{shown:?} was written as {}", plain(bytes))
    }
}

fn plain(bytes: &[u8]) -> String {
    crate::text::shorten(&hex::plain(bytes))
}

/// A big-endian integer of less than eight bytes.
pub(super) fn unsigned(bytes: &[u8]) -> Option<i64> {
    let fits = bytes.len() < 8;
    fits.then(|| bytes.iter().fold(0, |number, byte| number << 8 | i64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_words_name_what_was_given_and_what_was_written() {
        let value = Value::new("input")
            .with("player", json!(-1))
            .with("hash", json!("xyz"))
            .with("entries", json!([{"frame": 1, "action": 256}]));
        let got = [0x01, 0xff, 0xff, 0, 0, 0, 0];
        let said = |path: &str, offset, len| {
            let place = Place { name: path.to_owned(), offset, len };
            hint(&got, Some(&value), Some(&place), &value, path).unwrap()
        };
        assert_eq!(said("player", 1, 2), "-1 was written as 65535, which is -1 mod 2^16");
        assert_eq!(said("entries[0].action", 3, 1), "256 was written as 0, which is 256 mod 2^8");
        assert_eq!(said("entries", 3, 1), "1 entries were given, 0 written");
        assert_eq!(said("hash", 3, 4), "zeros were written in place of \"xyz\"");
        assert_eq!(said("hash", 0, 2), "\"xyz\" was written as 01ff");
        assert_eq!(text("01", &got[..2]), "\"01\" was padded to 01ff");
        assert_eq!(text("01ff00", &got[..2]), "\"01ff00\" was cut to 01ff");
    }
}
