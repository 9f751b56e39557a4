//! Integers as JSON numbers.

use serde_json::Value as Json;

/// The integer that a JSON value is, if it is one.
///
/// A number is an integer by its value, not by the way it is written: `5.0` is 5, because
/// JavaScript cannot distinguish them. Beyond 2^64 only the sign matters, so such numbers saturate.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, and any such number is too large for every field"
)]
pub(crate) fn integer(json: &Json) -> Option<i128> {
    let number = json.as_number()?;
    if let Some(natural) = number.as_u64() {
        return Some(i128::from(natural));
    }
    if let Some(negative) = number.as_i64() {
        return Some(i128::from(negative));
    }
    number.as_f64().filter(|double| double.fract() == 0.0).map(|double| double as i128)
}

/// The greatest number that an unsigned field of that many bytes holds.
pub(crate) fn greatest(size: usize) -> i128 {
    (1 << (8 * size)) - 1
}

/// The last `size` bytes of an integer, the most significant first: a greater integer wraps.
pub(crate) fn big_endian(integer: i128, size: usize) -> Vec<u8> {
    let bytes = integer.to_be_bytes();
    bytes[bytes.len().saturating_sub(size)..].to_vec()
}

/// The unsigned integer of some bytes, the most significant first.
pub(crate) fn from_big_endian(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |integer, &byte| (integer << 8) | u64::from(byte))
}
