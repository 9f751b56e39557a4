//! A value that is too long to be held as a tree of JSON.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use crate::{Value, hex};

/// An `INPUT_RESPONSE` with many entries, which as a tree of JSON would take forty times as much
/// memory as its datagram. It is stored as a formula: entry `i` has frame `i` and action `i` modulo 7.
///
/// As text it is the same JSON object as any other [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongValue {
    entries: usize,
}

impl LongValue {
    /// The most entries that an `INPUT_RESPONSE` holds: 327,680 bytes.
    pub(super) const MOST: usize = 65_535;

    /// The name of the message.
    pub const MESSAGE: &'static str = "input_response";

    /// The field that holds the list.
    pub const LIST: &'static str = "entries";

    /// A value with that many entries.
    pub(super) const fn with_entries(entries: usize) -> Self {
        Self { entries }
    }

    /// The fields without the list.
    #[must_use]
    pub fn fields(&self) -> Map<String, Json> {
        Map::from_iter([("player".to_owned(), json!(1))])
    }

    /// How many entries the list has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether the list is empty: it never is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// One of the entries.
    #[must_use]
    pub fn entry(&self, index: usize) -> Json {
        let (frame, action) = Self::frame_and_action(index);
        json!({"frame": frame, "action": action})
    }

    /// What an entry holds.
    const fn frame_and_action(index: usize) -> (usize, usize) {
        (index, index % 7)
    }

    /// Writes one of the entries as the whole value has it: as JSON without blanks.
    ///
    /// # Errors
    /// Those of what is written to.
    pub fn write_entry(&self, index: usize, to: &mut impl fmt::Write) -> fmt::Result {
        let (frame, action) = Self::frame_and_action(index);
        write!(to, r#"{{"frame":{frame},"action":{action}}}"#)
    }

    /// The whole value as a tree, which takes much memory.
    #[must_use]
    pub fn value(&self) -> Value {
        let entries: Vec<Json> = (0..self.entries).map(|index| self.entry(index)).collect();
        Value { message: Self::MESSAGE.to_owned(), fields: self.fields() }.with(Self::LIST, entries)
    }

    /// The datagram, whose count wraps where it is too large.
    pub(super) fn datagram(&self) -> String {
        let count = self.entries % (Self::MOST + 1);
        let entry = |index: usize| {
            let (frame, action) = Self::frame_and_action(index);
            let [.., a, b, c, d] = frame.to_be_bytes();
            [a, b, c, d, action.to_le_bytes()[0]]
        };
        let list: Vec<u8> = (0..self.entries).flat_map(entry).collect();
        format!("13 0001 {count:04x} {}", hex::plain(&list))
    }
}

impl fmt::Display for LongValue {
    /// One line of JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, r#"{{"type":"{}","fields":{{"#, Self::MESSAGE)?;
        for (name, field) in self.fields() {
            write!(f, r#""{name}":{field},"#)?;
        }
        write!(f, r#""{}":["#, Self::LIST)?;
        for index in 0..self.entries {
            let comma = if index == 0 { "" } else { "," };
            f.write_str(comma)?;
            self.write_entry(index, f)?;
        }
        f.write_str("]}}")
    }
}
