//! Strings as sequences of UTF-16 code units: how they are written, and how keys are ordered.

use std::fmt::Write as _;

/// Writes a string or a key, with its quotes.
pub(super) fn write(units: &[u16], text: &mut String) {
    text.push('"');
    for &unit in units {
        match u8::try_from(unit) {
            Ok(byte) => write_byte(byte, text),
            Err(_) => write_hex(unit, text),
        }
    }
    text.push('"');
}

/// Writes a code unit below 256 (DIGEST-10, DIGEST-11).
fn write_byte(byte: u8, text: &mut String) {
    match byte {
        b'"' => text.push_str("\\\""),
        b'\\' => text.push_str("\\\\"),
        0x08 => text.push_str("\\b"),
        0x0C => text.push_str("\\f"),
        b'\n' => text.push_str("\\n"),
        b'\r' => text.push_str("\\r"),
        b'\t' => text.push_str("\\t"),
        0x20..=0x7E => text.push(char::from(byte)),
        _ => write_hex(byte.into(), text),
    }
}

/// Writes a code unit as an escape (DIGEST-12), a lone surrogate too (DIGEST-13).
fn write_hex(unit: u16, text: &mut String) {
    // Writing to a String cannot fail.
    let _ = write!(text, "\\u{unit:04x}");
}

/// The code points by which keys are ordered (DIGEST-6), lone surrogates included (DIGEST-13).
pub(super) fn code_points(units: &[u16]) -> impl Iterator<Item = u32> {
    char::decode_utf16(units.iter().copied())
        .map(|decoded| decoded.map_or_else(|lone| lone.unpaired_surrogate().into(), u32::from))
}
