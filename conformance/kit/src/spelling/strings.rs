//! Bytes as text: escapes of programming languages, and base64.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

use super::fault::Fault;
use crate::{protocol::hex::digit, text::shorten};

const CONFIG: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

/// Without padding, shorter texts are more likely to be words than base64.
const SHORTEST_UNPADDED: usize = 12;

/// The bytes of base64 text, if it is that.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_whitespace().collect();
    STANDARD.decode(&text).or_else(|_| URL_SAFE.decode(&text)).ok()
}

/// Whether text that nothing else says about looks like base64 rather than like a word.
pub(super) fn looks_like_base64(text: &str) -> bool {
    let is_whole = text.len().is_multiple_of(4);
    let has_more_than_letters = text.bytes().any(|byte| !byte.is_ascii_lowercase());
    has_more_than_letters && (is_whole || text.len() >= SHORTEST_UNPADDED)
}

/// The bytes of characters and escapes.
pub(super) fn unescape(text: &str) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    while let Some((at, character)) = rest.next() {
        if character != '\\' {
            let byte = u8::try_from(character).ok().filter(u8::is_ascii);
            let shown = shorten(&character.to_string());
            bytes.push(byte.ok_or_else(|| {
                Fault::at(at, format!("`{shown}` is not one byte; write it as escapes"))
            })?);
            continue;
        }
        let Some((_, escape)) = rest.next() else {
            return Err(Fault::at(at, "the text ends within an escape"));
        };
        let digits = |length: usize| {
            let mut value = 0_u32;
            let hex = text.get(at + 2..at + 2 + length)?;
            for character in hex.chars() {
                value = value << 4 | u32::from(digit(character)?);
            }
            Some(value)
        };
        let (value, taken) = match escape {
            'x' => (digits(2), 2),
            'u' => (digits(4), 4),
            '0'..='7' => {
                // C and Python read up to three octal digits.
                let octal: String = text[at + 1..]
                    .chars()
                    .take(3)
                    .take_while(|digit| matches!(digit, '0'..='7'))
                    .collect();
                (u32::from_str_radix(&octal, 8).ok(), octal.len() - 1)
            }
            'a' => (Some(7), 0),
            'b' => (Some(8), 0),
            't' => (Some(9), 0),
            'n' => (Some(10), 0),
            'v' => (Some(11), 0),
            'f' => (Some(12), 0),
            'r' => (Some(13), 0),
            '\\' | '"' | '\'' | '`' => (Some(u32::from(escape)), 0),
            _ => (None, 0),
        };
        let byte = value.and_then(|value| u8::try_from(value).ok());
        bytes.push(byte.ok_or_else(|| {
            let shown = shorten(&format!("\\{escape}"));
            Fault::at(at, format!("`{shown}` does not begin an escape of one byte"))
        })?);
        for _ in 0..taken {
            rest.next();
        }
    }
    Ok(bytes)
}
