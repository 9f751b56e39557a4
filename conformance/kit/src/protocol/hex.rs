//! The hex text of answers: digits only, without the blanks that vectors may have, and without a prefix.

/// Why some text is not hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HexFault {
    /// The last byte lacks its second digit.
    #[error("an odd number of hex digits ({0})")]
    Odd(usize),
    /// A character that is not a hex digit.
    #[error("{found:?} at character {at} is not a hex digit")]
    Digit {
        /// The character.
        found: char,
        /// Its position, counted in characters from 0.
        at: usize,
    },
}

/// Bytes of hex text in either case.
///
/// # Errors
/// An odd number of digits, or a character that is not an ASCII hex digit.
pub fn decode(text: &str) -> Result<Vec<u8>, HexFault> {
    let mut digits = Vec::with_capacity(text.len());
    for (at, found) in text.chars().enumerate() {
        digits.push(digit(found).ok_or(HexFault::Digit { found, at })?);
    }
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(HexFault::Odd(digits.len()));
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

/// The value of a hex digit in either case, 0 to 15.
#[must_use]
pub fn digit(character: char) -> Option<u8> {
    match u8::try_from(character).ok()? {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        letter @ b'a'..=b'f' => Some(letter - b'a' + 10),
        letter @ b'A'..=b'F' => Some(letter - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_case_and_faults() {
        assert_eq!(decode("0aFf"), Ok(vec![0x0a, 0xff]));
        assert_eq!(decode("0af"), Err(HexFault::Odd(3)));
        assert_eq!(decode("0٣"), Err(HexFault::Digit { found: '٣', at: 1 }));
    }
}
