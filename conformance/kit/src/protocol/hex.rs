//! Hex text of answers. Digits only: blanks belong to vectors, prefixes to nobody.

/// Why some text is not hex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HexFault {
    /// Two digits make a byte.
    #[error("an odd number of hex digits ({0})")]
    Odd(usize),
    /// A character that is no hex digit.
    #[error("{found:?} at character {at} is no hex digit")]
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
/// An odd number of digits, or a character that is no ASCII hex digit.
pub fn decode(text: &str) -> Result<Vec<u8>, HexFault> {
    let mut digits = Vec::with_capacity(text.len());
    for (at, found) in text.chars().enumerate() {
        let digit = found.to_digit(16).ok_or(HexFault::Digit { found, at })?;
        digits.push(u8::try_from(digit).unwrap_or_default());
    }
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(HexFault::Odd(digits.len()));
    }
    Ok(pairs.iter().map(|[high, low]| high << 4 | low).collect())
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
