//! The named parts of a datagram, complete or truncated, for annotated hex.

use crate::{Field, Kind, Model, integer::from_big_endian};

/// A run of bytes with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// `type`, `frame`, `entries[0].frame`; `surplus` after the end of the message; `unknown` after an
    /// unknown type byte.
    pub name: String,
    /// Where it begins.
    pub offset: usize,
    /// How many of its bytes the datagram has: fewer than its size if it is truncated.
    pub len: usize,
}

impl Model {
    /// Names every byte of a datagram, in order. A part without bytes is left out.
    #[must_use]
    pub fn parts(&self, bytes: &[u8]) -> Vec<Part> {
        let mut parts = Parts { end: bytes.len(), parts: Vec::new() };
        let message = bytes.first().and_then(|&type_byte| self.message_of_type(type_byte));
        let Some(message) = message else {
            parts.push("type", 0, 1);
            parts.push("unknown", 1, bytes.len());
            return parts.parts;
        };
        for field in &message.fields {
            if field.kind == Kind::Entries {
                let count = message.field_of(Kind::Count).map_or(0, |count| number(count, bytes));
                parts.entries(field, count);
            } else {
                parts.push(&field.name, field.offset, field.size);
            }
        }
        let named = parts.parts.last().map_or(0, |part| part.offset + part.len);
        parts.push("surplus", named, bytes.len());
        parts.parts
    }

    /// The digits of a datagram with a blank between its fields, and none within an entry.
    #[must_use]
    pub fn spaced(&self, bytes: &[u8]) -> String {
        let mut text = String::new();
        let mut previous_entry = None;
        for part in self.parts(bytes) {
            let entry = part.name.split_once('.').map(|(entry, _)| entry.to_owned());
            if !text.is_empty() && (entry.is_none() || entry != previous_entry) {
                text.push(' ');
            }
            let bytes = bytes.get(part.offset..part.offset + part.len).unwrap_or_default();
            text.push_str(&crate::hex::plain(bytes));
            previous_entry = entry;
        }
        text
    }
}

struct Parts {
    end: usize,
    parts: Vec<Part>,
}

impl Parts {
    /// Adds the bytes of a part that the datagram has.
    fn push(&mut self, name: &str, offset: usize, size: usize) {
        let len = size.min(self.end.saturating_sub(offset));
        if len > 0 {
            self.parts.push(Part { name: name.to_owned(), offset, len });
        }
    }

    /// Adds the entries that the datagram has.
    fn entries(&mut self, entries: &Field, count: u64) {
        let mut offset = entries.offset;
        for index in 0..count {
            if offset >= self.end {
                return;
            }
            for field in &entries.entry {
                let name = format!("{}[{index}].{}", entries.name, field.name);
                self.push(&name, offset + field.offset, field.size);
            }
            offset += entries.size;
        }
    }
}

fn number(field: &Field, bytes: &[u8]) -> u64 {
    bytes.get(field.offset..field.offset + field.size).map_or(0, from_big_endian)
}
