//! The two hashes of the protocol. Both are eight bytes long, but their encodings differ.
//!
//! STATE_HASH packs sixteen hex digits into eight raw bytes: [`Digest`].
//! EPISODE_READY writes eight hex digits as eight ASCII characters: [`HashText`].

use core::{error::Error, fmt, str, str::FromStr};

use crate::RefusalClass;

/// The hash that STATE_HASH carries: eight raw bytes, sixteen hex digits as text.
///
/// It is printed in lower case, the first byte first, with leading zeros (rule `STATE_HASH-3`).
/// It is parsed from digits of either case (`STATE_HASH-4`, `STATE_HASH-5`).
///
/// ```
/// use rollwire_codec::Digest;
///
/// let digest: Digest = "00cd8696E8A5F91a".parse()?;
/// assert_eq!(digest.as_bytes(), &[0x00, 0xcd, 0x86, 0x96, 0xe8, 0xa5, 0xf9, 0x1a]);
/// assert_eq!(digest.to_string(), "00cd8696e8a5f91a");
/// # Ok::<(), rollwire_codec::TextError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; Self::LEN]);

impl Digest {
    /// The length in bytes; the text is twice as long.
    pub const LEN: usize = 8;

    /// The digest with these bytes; any eight bytes are a valid digest.
    #[inline]
    pub const fn from_bytes(bytes: [u8; Self::LEN]) -> Self {
        Self(bytes)
    }

    /// The bytes, for a [`StateHash`](crate::StateHash).
    #[inline]
    pub const fn as_bytes(&self) -> &[u8; Self::LEN] {
        &self.0
    }

    /// The bytes.
    #[inline]
    pub const fn to_bytes(self) -> [u8; Self::LEN] {
        self.0
    }
}

/// Prints sixteen lower-case hex digits.
impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", u64::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        let digits: &[u8; 2 * Self::LEN] = exactly(text)?;
        let mut bits = 0;
        for (index, &found) in digits.iter().enumerate() {
            let Some(digit) = char::from(found).to_digit(16) else {
                return Err(TextError::Digit { index, found });
            };
            bits = bits << 4 | u64::from(digit);
        }
        Ok(Self(bits.to_be_bytes()))
    }
}

/// The hash that EPISODE_READY carries: eight ASCII characters, each one of `0-9a-f`.
///
/// It borrows its characters, so upper-case digits are refused, not converted
/// (rules `EPISODE_READY-3` and `EPISODE_READY-6`).
///
/// ```
/// use rollwire_codec::HashText;
///
/// let hash = HashText::new("a1b2c3d4")?;
/// assert_eq!(hash.as_bytes(), b"a1b2c3d4");
/// assert!(HashText::new("A1B2C3D4").is_err());
/// # Ok::<(), rollwire_codec::TextError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HashText<'a>(&'a [u8; HashText::LEN]);

impl HashText<'_> {
    /// The length in characters, each one byte.
    pub const LEN: usize = 8;
}

impl<'a> HashText<'a> {
    /// Borrows a text.
    ///
    /// # Errors
    ///
    /// If the text does not consist of exactly eight characters of `0-9a-f`.
    pub fn new(text: &'a str) -> Result<Self, TextError> {
        Self::from_bytes(exactly(text)?)
    }

    /// Borrows a text that is given as bytes.
    ///
    /// # Errors
    ///
    /// If a byte is not one of `0-9a-f`.
    #[inline]
    pub fn from_bytes(bytes: &'a [u8; HashText::LEN]) -> Result<Self, TextError> {
        Self::check(bytes).map_err(|(index, found)| TextError::Digit { index, found })
    }

    /// Borrows a text, or returns the first invalid byte and its index.
    #[inline(always)]
    pub(crate) fn check(bytes: &'a [u8; HashText::LEN]) -> Result<Self, (usize, u8)> {
        match invalid_lanes(bytes).trailing_zeros() {
            u64::BITS => Ok(Self(bytes)),
            bit => {
                let index = bit as usize / 8;
                Err((index, bytes.get(index).copied().unwrap_or_default()))
            }
        }
    }

    /// The text.
    pub fn as_str(self) -> &'a str {
        // ASCII is valid UTF-8, so the default is never used.
        str::from_utf8(self.0).unwrap_or_default()
    }

    /// The text as bytes.
    #[inline]
    pub const fn as_bytes(self) -> &'a [u8; HashText::LEN] {
        self.0
    }
}

/// Prints the eight characters.
impl fmt::Display for HashText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for HashText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HashText({self})")
    }
}

impl<'a> TryFrom<&'a str> for HashText<'a> {
    type Error = TextError;

    fn try_from(text: &'a str) -> Result<Self, TextError> {
        Self::new(text)
    }
}

/// The error for a text that is not a valid hash.
///
/// Lengths and indices are in bytes; each character of a hash is one byte long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextError {
    /// The text is too short or too long.
    Length {
        /// The expected length.
        expected: usize,
        /// The length of the text.
        found: usize,
    },
    /// A byte is not a hex digit, or is an upper-case digit where only lower-case ones are valid.
    Digit {
        /// The index of the byte in the text.
        index: usize,
        /// The byte.
        found: u8,
    },
}

impl TextError {
    /// Always [`RefusalClass::Text`].
    pub const fn class(self) -> RefusalClass {
        RefusalClass::Text
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length { expected, found } => {
                write!(f, "expected {expected} hex digits, found {found} bytes")
            }
            Self::Digit { index, found } => {
                // The only hex digits that are refused are upper-case ones.
                let case = if found.is_ascii_hexdigit() { "lower-case " } else { "" };
                write!(f, "expected a {case}hex digit, found {found:#04x} at byte {index}")
            }
        }
    }
}

impl Error for TextError {}

/// The eight bytes as the lanes of one number, the first in the lowest: the top bit of each says
/// whether its byte is not one of `0-9a-f`, and all other bits are 0.
///
/// One comparison of all lanes takes a fifth of the instructions of eight comparisons.
#[inline(always)]
const fn invalid_lanes(bytes: &[u8; HashText::LEN]) -> u64 {
    /// The same byte in every lane.
    const fn each(byte: u8) -> u64 {
        u64::from_ne_bytes([byte; HashText::LEN])
    }
    /// Sets the top bit of each lane that is at least `least`. No lane carries into the next: both
    /// are below 0x80.
    const fn at_least(lanes: u64, least: u8) -> u64 {
        lanes.wrapping_add(each(0x80_u8.wrapping_sub(least)))
    }
    let lanes = u64::from_le_bytes(*bytes);
    let ascii = lanes & each(0x7f);
    let digit = at_least(ascii, b'0') & !at_least(ascii, b'9' + 1);
    let letter = at_least(ascii, b'a') & !at_least(ascii, b'f' + 1);
    (lanes | !(digit | letter)) & each(0x80)
}

/// The text as an array, if it has exactly that length.
fn exactly<const N: usize>(text: &str) -> Result<&[u8; N], TextError> {
    let found = text.len();
    text.as_bytes().try_into().map_err(|_| TextError::Length { expected: N, found })
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::{format, string::ToString};

    use super::*;

    #[test]
    fn a_digest_survives_its_text() {
        for text in ["0123456789abcdef", "0000000000000000", "00000000000000ff"] {
            assert_eq!(text.parse::<Digest>().unwrap().to_string(), text);
        }
        let upper: Digest = "0123456789ABCDEF".parse().unwrap();
        assert_eq!(upper.to_bytes(), [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef]);
        assert_eq!(format!("{upper:?}"), "Digest(0123456789abcdef)");
    }

    #[test]
    fn a_digest_is_never_padded_cut_or_guessed() {
        let length = |found| TextError::Length { expected: 16, found };
        let digit = |index, found| TextError::Digit { index, found };
        for (text, error) in [
            ("", length(0)),
            ("abcd", length(4)),
            ("0123456789abcde", length(15)),
            ("0123456789abcdef0", length(17)),
            ("0x0123456789abcdef", length(18)),
            ("0x23456789abcdef", digit(1, b'x')),
            (" 123456789abcdef", digit(0, b' ')),
            ("+123456789abcdef", digit(0, b'+')),
            ("0123456789abcdeg", digit(15, b'g')),
            ("0123456789abcd\u{e9}", digit(14, 0xc3)),
        ] {
            assert_eq!(text.parse::<Digest>(), Err(error), "{text:?}");
        }
    }

    #[test]
    fn a_hash_text_is_eight_lower_case_digits() {
        let hash = HashText::new("a1b2c3d4").unwrap();
        assert_eq!(hash.as_str(), "a1b2c3d4");
        assert_eq!(hash.to_string(), "a1b2c3d4");
        assert_eq!(format!("{hash:?}"), "HashText(a1b2c3d4)");
        assert_eq!(HashText::from_bytes(b"a1b2c3d4"), Ok(hash));
        assert_eq!(HashText::try_from("a1b2c3d4"), Ok(hash));
    }

    #[test]
    fn a_hash_text_is_refused_at_its_first_bad_character() {
        for (text, error) in [
            ("abc", TextError::Length { expected: 8, found: 3 }),
            ("a1b2c3d4e", TextError::Length { expected: 8, found: 9 }),
            ("a1B2c3D4", TextError::Digit { index: 2, found: b'B' }),
            ("a1b2c3 g", TextError::Digit { index: 6, found: b' ' }),
        ] {
            assert_eq!(HashText::new(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn error_texts() {
        for (error, text) in [
            (TextError::Length { expected: 16, found: 4 }, "expected 16 hex digits, found 4 bytes"),
            (
                TextError::Digit { index: 15, found: b'g' },
                "expected a hex digit, found 0x67 at byte 15",
            ),
            (
                TextError::Digit { index: 2, found: b'B' },
                "expected a lower-case hex digit, found 0x42 at byte 2",
            ),
        ] {
            assert_eq!(error.to_string(), text);
            assert_eq!(error.class(), RefusalClass::Text);
        }
    }
}
