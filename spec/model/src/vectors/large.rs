//! Cases that are too large to store. They are generated at run time, always the same ones.

use std::fmt;

use serde_json::{Map, Value as Json, json};

use crate::{
    Layout, RefusalClass, Value, hex,
    vectors::{case::Case, family::Family},
};

/// The greatest number of entries that an `INPUT_RESPONSE` holds: 327,680 bytes.
const MOST: usize = 65_535;

/// The cases of `INPUT_RESPONSE` with more than 1,500 bytes.
#[must_use]
pub fn large_cases() -> Vec<Case> {
    let mut family = Family::new(Layout::builtin(), "input_response");
    let comment = "900 entries, 4,505 bytes: a buffer of one network packet is too small";
    family.accept(
        "large-900",
        "INPUT_RESPONSE-3",
        &datagram(900, 900),
        "count big-message",
        comment,
    );
    let whole = datagram(MOST, MOST);
    let comment = "65535 entries, the last byte missing: the length is 327,679";
    family.refuse(
        "large-65535-truncated",
        &whole[..whole.len() - 2],
        "truncated big-message",
        comment,
    );
    let comment = "65535 entries and one byte: the length is 327,681";
    family.refuse("large-65535-trailing", &format!("{whole}00"), "trailing big-message", comment);
    let comment = "a count of 0 before 65536 entries: what a count that wraps sends";
    family.refuse(
        "large-65536-wrapped",
        &datagram(0, MOST + 1),
        "trailing silent-wrap big-message",
        comment,
    );
    let most = LongValue { entries: MOST };
    let comment = "65535 entries, the most: a signed count says -1, a 16-bit length overflows";
    let draft = family.accept_long("large-65535", most, "count big-message", comment);
    draft.also("INPUT_RESPONSE-5");
    let beyond = LongValue { entries: MOST + 1 };
    let comment = "65536 entries: a count that wraps says 0 before 327,680 bytes of entries";
    let flags = "count silent-wrap big-message";
    let draft =
        family.refuse_long("large-encode-65536", beyond, RefusalClass::Count, flags, comment);
    draft.also("INPUT_RESPONSE-5");
    // The tests build the same cases and fail on a fault.
    family.finish_latest().unwrap_or_default()
}

/// An `INPUT_RESPONSE` with many entries, which as a tree of JSON would take forty times as much
/// memory as its datagram. It is stored as a formula: entry `i` has frame `i` and action `i` modulo 7.
///
/// As text it is the same JSON object as any other [`Value`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LongValue {
    entries: usize,
}

impl LongValue {
    /// The name of the message.
    pub const MESSAGE: &'static str = "input_response";

    /// The field that holds the list.
    pub const LIST: &'static str = "entries";

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
        datagram(self.entries % (MOST + 1), self.entries)
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

fn datagram(count: usize, entries: usize) -> String {
    let entry = |index: usize| {
        let [.., a, b, c, d] = index.to_be_bytes();
        [a, b, c, d, (index % 7).to_le_bytes()[0]]
    };
    let list: Vec<u8> = (0..entries).flat_map(entry).collect();
    format!("13 0001 {count:04x} {}", hex::plain(&list))
}
