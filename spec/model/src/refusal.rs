//! Why a datagram or a value was refused.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Level, Value, rule};

/// The eight classes of refusal, a closed set (`spec/refusals.md`).
#[derive(Clone, Copy, Debug, Deserialize, Hash, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalClass {
    /// The datagram has no byte.
    Empty,
    /// No message of this revision has that type byte or name.
    UnknownType,
    /// The datagram is shorter than its message.
    Truncated,
    /// The datagram is longer than its message.
    Trailing,
    /// The message may not have that many entries.
    Count,
    /// A byte or a JSON value that the field does not allow.
    Value,
    /// A character that the text does not allow, or text of the wrong length.
    Text,
    /// An integer outside its field, or start greater than end.
    Range,
}

impl RefusalClass {
    /// All classes, in the order of the checks.
    pub const ALL: [Self; 8] = [
        Self::Empty,
        Self::UnknownType,
        Self::Truncated,
        Self::Trailing,
        Self::Count,
        Self::Value,
        Self::Text,
        Self::Range,
    ];

    /// The name in JSON and in the specification.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::UnknownType => "unknown_type",
            Self::Truncated => "truncated",
            Self::Trailing => "trailing",
            Self::Count => "count",
            Self::Value => "value",
            Self::Text => "text",
            Self::Range => "range",
        }
    }
}

impl fmt::Display for RefusalClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is not one of the classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownClass(String);

impl fmt::Display for UnknownClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected one of the eight refusal classes, found {:?}", self.0)
    }
}

impl std::error::Error for UnknownClass {}

impl FromStr for RefusalClass {
    type Err = UnknownClass;

    fn from_str(name: &str) -> Result<Self, UnknownClass> {
        let class = Self::ALL.into_iter().find(|class| class.as_str() == name);
        class.ok_or_else(|| UnknownClass(name.to_owned()))
    }
}

/// A refusal, with the facts that a reader needs to understand it.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The class of the refusal.
    pub class: RefusalClass,
    /// Where in the datagram; `None` for an encoder.
    pub offset: Option<usize>,
    /// The invalid field, if the refusal is about a field: `hash`, `entries[2].action`.
    pub field: Option<String>,
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub found: String,
    /// The rule that demands the refusal: `STATE_HASH-1`.
    pub rule: String,
    /// The level of that rule.
    pub level: Level,
    /// What a decoder may accept instead, where the level is less than MUST.
    pub alternative: Option<Value>,
}

impl Refusal {
    /// A refusal by a rule, at the rule's level.
    pub(crate) fn new(
        class: RefusalClass,
        by: &str,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Self {
        Self {
            class,
            offset: None,
            field: None,
            expected: expected.into(),
            found: found.into(),
            rule: by.to_owned(),
            level: rule(by).map_or(Level::Must, |rule| rule.level),
            alternative: None,
        }
    }

    /// The same, at a byte of the datagram.
    pub(crate) fn at(self, offset: usize) -> Self {
        Self { offset: Some(offset), ..self }
    }

    /// The same, because of a field.
    pub(crate) fn of(self, field: impl Into<String>) -> Self {
        Self { field: Some(field.into()), ..self }
    }
}

impl fmt::Display for Refusal {
    /// `truncated at byte 12: expected 13 bytes, found 12 bytes (STATE_HASH-1)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.class)?;
        if let Some(offset) = self.offset {
            write!(f, " at byte {offset}")?;
        }
        if let Some(field) = &self.field {
            write!(f, " in {field}")?;
        }
        write!(f, ": expected {}, found {} ({})", self.expected, self.found, self.rule)
    }
}

impl std::error::Error for Refusal {}
