//! `messages.toml` as a value.
//!
//! The layouts are plain data with public fields: a wrong implementation is a right layout with one
//! fact changed. The facts that no table states, such as the byte order, are here too, with the right
//! value as their default.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, LazyLock},
};

use serde::Deserialize;

/// All message layouts, and the revision that they describe.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The latest protocol revision.
    pub revision: u8,
    /// The messages, in the order of their type bytes.
    #[serde(rename = "message")]
    pub messages: Vec<MessageLayout>,
}

/// One message: its name, its type byte and its fields.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct MessageLayout {
    /// The name in JSON: `state_hash`.
    pub name: String,
    /// The name in prose: `STATE_HASH`.
    pub title: String,
    /// The first byte of the datagram.
    #[serde(rename = "type")]
    pub type_byte: u8,
    /// The revision that introduced the message; before it, the type byte is unknown (WIRE-2).
    pub since: u8,
    /// The chapter that describes it: `state-hash.md`.
    pub chapter: String,
    /// The length, for readers: `13`, `9 + 5·count`.
    pub length: String,
    /// The rule that demands the exact length.
    pub length_rule: String,
    /// The rule that makes an encoder refuse values that do not fit.
    pub encode_rule: String,
    /// Two fields of which the first may not be greater than the last.
    pub ordered: Option<Ordered>,
    /// The fields, in the order of their offsets.
    pub fields: Vec<Field>,
    /// Wrong on purpose: a decoder of this layout ignores surplus bytes. Not in the table.
    #[serde(skip)]
    pub ignores_surplus: bool,
}

/// Two fields that are a range: `first` may not be greater than `last`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Ordered {
    /// The name of the field that holds the smaller number.
    pub first: String,
    /// The name of the field that holds the greater number.
    pub last: String,
    /// The decoder's rule.
    pub rule: String,
    /// The encoder's rule.
    pub encode_rule: String,
}

/// One row of a field table.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name in the table and in JSON.
    pub name: String,
    /// Where the field begins: in the datagram, or in its entry.
    pub offset: usize,
    /// Its length in bytes; for entries, the length of each of them.
    pub size: usize,
    /// What the bytes mean.
    pub kind: Kind,
    /// The unit, for readers.
    pub unit: String,
    /// The allowed values, for readers.
    pub range: String,
    /// The rule that describes the field; empty for the fields of an entry.
    #[serde(default)]
    pub rule: String,
    /// The rule by which a decoder refuses some of its bytes.
    pub refuse_rule: Option<String>,
    /// The rule for a bad count whose length does not match either.
    pub wrong_length_rule: Option<String>,
    /// The rule for NaN patterns that only some implementations can keep.
    pub payload_rule: Option<String>,
    /// The rule by which an encoder refuses hash text or a number of entries.
    pub encode_rule: Option<String>,
    /// The rule that lets an encoder accept upper-case hash text.
    pub upper_case_rule: Option<String>,
    /// For a count: the allowed numbers, by revision.
    #[serde(default)]
    pub limits: Vec<Limit>,
    /// For entries: the fields of each entry.
    #[serde(default)]
    pub entry: Vec<Self>,
    /// The byte order of integers and doubles. Not in the table: all are big-endian.
    #[serde(skip)]
    pub endian: Endian,
    /// Wrong on purpose: a decoder reads the integer as two's complement. Not in the table.
    #[serde(skip)]
    pub signed: bool,
    /// Wrong on purpose: neither decoder nor encoder checks whether the value is allowed. Integers
    /// wrap, texts are padded and cut, any count is accepted. Not in the table.
    #[serde(skip)]
    pub unchecked: bool,
}

/// The allowed numbers of entries in some revisions.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The first revision of this limit.
    pub since: u8,
    /// The last revision of this limit, where a later one changed it.
    pub until: Option<u8>,
    /// The smallest number.
    pub min: u64,
    /// The greatest number.
    pub max: u64,
    /// A greater number that a receiver may accept too.
    pub may: Option<u64>,
    /// The rule that says so.
    pub may_rule: Option<String>,
}

/// What the bytes of a field mean.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The message's type byte.
    Type,
    /// An unsigned integer.
    Uint,
    /// A binary64; in JSON the 16 hex digits of its bits.
    Double,
    /// Raw bytes; in JSON two hex digits each.
    RawHash,
    /// ASCII hex digits; in JSON the same characters.
    TextHash,
    /// 0 or 1; in JSON false or true.
    Flag,
    /// The number of entries; in JSON the length of the list.
    Count,
    /// Written 0, ignored when read, not part of the value.
    Reserved,
    /// A list of entries of equal size.
    Entries,
}

/// The order of an integer's bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Endian {
    /// The most significant byte first.
    #[default]
    Big,
    /// The least significant byte first: wrong for every field of this protocol.
    Little,
}

/// Text that is not a layout table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutError(String);

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a table of message layouts: {}", self.0)
    }
}

impl std::error::Error for LayoutError {}

/// The layouts of the specification, parsed once.
static BUILTIN: LazyLock<Arc<Layout>> = LazyLock::new(|| {
    let layout = Layout::parse(include_str!("../../messages.toml"));
    Arc::new(layout.expect("spec/messages.toml is a layout table"))
});

impl Layout {
    /// The layouts of the specification: `spec/messages.toml`, parsed once. Its `revision` is the
    /// latest one. A caller that edits a layout clones it first.
    ///
    /// # Panics
    ///
    /// Never in a build whose tests passed: the table is embedded, and a test parses it.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// The same layouts, for a model that shares them.
    pub(crate) fn shared() -> Arc<Self> {
        Arc::clone(&BUILTIN)
    }

    /// Parses a table in the form of `spec/messages.toml`.
    ///
    /// # Errors
    ///
    /// A [`LayoutError`] with line and column when the text is not such a table.
    pub fn parse(text: &str) -> Result<Self, LayoutError> {
        toml::from_str(text).map_err(|error| LayoutError(error.to_string()))
    }

    /// The message of that name, whatever its revision.
    #[must_use]
    pub fn message(&self, name: &str) -> Option<&MessageLayout> {
        self.messages.iter().find(|message| message.name == name)
    }

    /// The message of that name, for editing.
    pub fn message_mut(&mut self, name: &str) -> Option<&mut MessageLayout> {
        self.messages.iter_mut().find(|message| message.name == name)
    }
}

impl FromStr for Layout {
    type Err = LayoutError;

    fn from_str(text: &str) -> Result<Self, LayoutError> {
        Self::parse(text)
    }
}

impl MessageLayout {
    /// The field of that name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The field of that name, for editing.
    pub fn field_mut(&mut self, name: &str) -> Option<&mut Field> {
        self.fields.iter_mut().find(|field| field.name == name)
    }

    /// The first field of a kind.
    #[must_use]
    pub fn field_of(&self, kind: Kind) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == kind)
    }

    /// The length of everything before the entries; of a message without entries, its whole length.
    #[must_use]
    pub fn header_length(&self) -> usize {
        let fixed = self.fields.iter().filter(|field| field.kind != Kind::Entries);
        fixed.map(|field| field.offset + field.size).max().unwrap_or(0)
    }

    /// The length of a datagram with that many entries.
    #[must_use]
    pub fn length_with(&self, entries: usize) -> usize {
        let each = self.field_of(Kind::Entries).map_or(0, |field| field.size);
        self.header_length() + each * entries
    }

    /// The name in case ids: `state-hash`.
    #[must_use]
    pub fn slug(&self) -> String {
        self.name.replace('_', "-")
    }
}

impl Field {
    /// The limit of this count in a revision.
    #[must_use]
    pub fn limit(&self, revision: u8) -> Option<&Limit> {
        let applies = |limit: &&Limit| {
            limit.since <= revision && limit.until.is_none_or(|last| revision <= last)
        };
        self.limits.iter().find(applies)
    }

    /// The name of its type in a field table: `u32`, `ascii`.
    #[must_use]
    pub fn type_name(&self) -> String {
        match self.kind {
            Kind::Type | Kind::Uint | Kind::Flag | Kind::Count | Kind::Reserved => {
                format!("u{}", 8 * self.size)
            }
            Kind::Double => "f64".to_owned(),
            Kind::RawHash => "bytes".to_owned(),
            Kind::TextHash => "ascii".to_owned(),
            Kind::Entries => "entry".to_owned(),
        }
    }

    /// How many hex digits the text of a hash has.
    #[must_use]
    pub fn hash_digits(&self) -> usize {
        if self.kind == Kind::RawHash { 2 * self.size } else { self.size }
    }
}
