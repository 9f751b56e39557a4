//! Bytes as hex digits, with blanks for readers.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Valid hex text: pairs of hex digits, with blanks between them.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct Hex {
    text: String,
    bytes: Vec<u8>,
}

impl Hex {
    /// The text as it was written, blanks included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Display for Hex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Hex {
    type Error = HexError;

    fn try_from(text: String) -> Result<Self, HexError> {
        let bytes = parse(&text)?;
        Ok(Self { text, bytes })
    }
}

impl FromStr for Hex {
    type Err = HexError;

    fn from_str(text: &str) -> Result<Self, HexError> {
        Self::try_from(text.to_owned())
    }
}

impl From<Hex> for String {
    fn from(hex: Hex) -> Self {
        hex.text
    }
}

impl From<&[u8]> for Hex {
    fn from(bytes: &[u8]) -> Self {
        Self { text: plain(bytes), bytes: bytes.to_vec() }
    }
}

/// Text that is not valid hex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HexError {
    /// A character that is neither a hex digit nor a blank.
    NotADigit(char),
    /// One digit is left over.
    HalfAByte,
}

impl fmt::Display for HexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotADigit(found) => write!(f, "expected a hex digit or a blank, found {found:?}"),
            Self::HalfAByte => f.write_str("expected two hex digits a byte, found one left over"),
        }
    }
}

impl std::error::Error for HexError {}

/// Reads hex digits of either case; blanks are ignored.
///
/// # Errors
///
/// A [`HexError`] for any other character, or for an odd number of digits.
pub fn parse(text: &str) -> Result<Vec<u8>, HexError> {
    let mut bytes = Vec::new();
    let mut high = None;
    for character in text.chars().filter(|&character| character != ' ') {
        let digit = digit(character).ok_or(HexError::NotADigit(character))?;
        match high.take() {
            None => high = Some(digit),
            Some(high) => bytes.push(16 * high + digit),
        }
    }
    if high.is_some() { Err(HexError::HalfAByte) } else { Ok(bytes) }
}

/// Two lower-case digits a byte, without blanks.
#[must_use]
pub fn plain(bytes: &[u8]) -> String {
    let digit = |value: u8| b"0123456789abcdef"[usize::from(value)];
    let mut digits = Vec::with_capacity(2 * bytes.len());
    for byte in bytes {
        digits.extend([digit(byte >> 4), digit(byte & 15)]);
    }
    // Digits are text.
    String::from_utf8(digits).unwrap_or_default()
}

/// The value of one ASCII hex digit.
fn digit(character: char) -> Option<u8> {
    match character {
        '0'..='9' | 'a'..='f' | 'A'..='F' => {
            character.to_digit(16).and_then(|digit| u8::try_from(digit).ok())
        }
        _ => None,
    }
}
