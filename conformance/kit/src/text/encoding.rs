//! The one reader of text from outside: files, lines of an adapter, logs and event streams.
//!
//! All of them are UTF-8 without a byte order mark. Windows tools often write something else, and a
//! parser then reports an unexpected character that no editor shows. This module names the encoding.

use std::io::{self, Read};

/// Why some bytes are not text. Each is a fragment that follows the name of the file or the line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotText {
    /// UTF-8 that begins with a byte order mark.
    #[error("begins with a byte order mark (EF BB BF); write UTF-8 without one")]
    ByteOrderMark,
    /// Text in another encoding of Unicode: this one.
    #[error("is {0}; write UTF-8 without a byte order mark")]
    Wide(&'static str),
    /// Bytes that are not UTF-8.
    #[error("is not UTF-8 at byte {at} (0x{byte:02x})")]
    Byte {
        /// How many bytes come before the fault.
        at: usize,
        /// The first byte of the fault.
        byte: u8,
    },
}

/// The text of these bytes.
///
/// # Errors
/// What the bytes are instead.
pub fn utf8(bytes: &[u8]) -> Result<&str, NotText> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        return Err(NotText::ByteOrderMark);
    }
    if let Some(name) = wide(bytes) {
        return Err(NotText::Wide(name));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        NotText::Byte { at, byte: bytes.get(at).copied().unwrap_or_default() }
    })
}

/// The name of an encoding whose units have more than one byte. Without a byte order mark it is
/// recognized by the NULs in its first two characters: no text that rollwire reads contains a NUL.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    Some(match bytes {
        [0xff, 0xfe, 0, 0, ..] | [1..=0xff, 0, 0, 0, ..] => "UTF-32, little-endian",
        [0, 0, 0xfe, 0xff, ..] | [0, 0, 0, 1..=0xff, ..] => "UTF-32, big-endian",
        [0xff, 0xfe, ..] | [1..=0xff, 0, 1..=0xff, 0, ..] => "UTF-16, little-endian",
        [0xfe, 0xff, ..] | [0, 1..=0xff, 0, 1..=0xff, ..] => "UTF-16, big-endian",
        _ => return None,
    })
}

/// Why a file cannot be read as text.
#[derive(Debug, thiserror::Error)]
pub enum ReadTextFault {
    /// The system reports an error.
    #[error("cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is longer than allowed.
    #[error("is larger than {0} bytes")]
    TooLarge(u64),
    /// It is not text.
    #[error(transparent)]
    NotText(#[from] NotText),
}

/// Reads a whole source as text of at most this many bytes. The source may be endless.
///
/// # Errors
/// Why bytes cannot be read as text.
pub fn read_text(source: impl Read, most: u64) -> Result<String, ReadTextFault> {
    let bytes = read_bytes(source, most)?;
    utf8(&bytes)?;
    // The bytes were checked in the line above.
    Ok(String::from_utf8(bytes).unwrap_or_default())
}

/// Reads a whole source of at most this many bytes. The source may be endless.
///
/// # Errors
/// An error of the system, or a source that is too long.
pub fn read_bytes(source: impl Read, most: u64) -> Result<Vec<u8>, ReadTextFault> {
    let mut bytes = Vec::new();
    source.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ReadTextFault::TooLarge(most));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_is_named() {
        let named = |bytes: &[u8]| utf8(bytes).unwrap_err().to_string();
        assert_eq!(utf8("{\"é\":1}".as_bytes()), Ok("{\"é\":1}"));
        assert_eq!(utf8(b""), Ok(""));
        assert!(named(b"\xef\xbb\xbf{}").starts_with("begins with a byte order mark (EF BB BF)"));
        let little =
            |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        for text in ["\u{feff}{}", "{\"a\":1}"] {
            assert!(named(&little(text)).starts_with("is UTF-16, little-endian;"), "{text}");
            assert!(named(&big(text)).starts_with("is UTF-16, big-endian;"), "{text}");
        }
        assert!(named(b"\xff\xfe\0\0{\0\0\0").starts_with("is UTF-32, little-endian;"));
        assert!(named(b"\0\0\0{\0\0\0}").starts_with("is UTF-32, big-endian;"));
        assert_eq!(named(b"ab\xe9c"), "is not UTF-8 at byte 2 (0xe9)");
    }

    #[test]
    fn an_endless_source_is_bounded() {
        let fault = read_text(io::repeat(b'x'), 100).unwrap_err();
        assert_eq!(fault.to_string(), "is larger than 100 bytes");
        assert_eq!(read_text(&b"abc"[..], 3).unwrap(), "abc");
    }
}
