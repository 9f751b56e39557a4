//! The closed set of reasons to refuse a datagram or a value.

use core::fmt;

/// Why something was refused, as vectors and adapters name it.
///
/// The set is closed: no other class exists, on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalClass {
    /// The datagram has no byte at all.
    Empty,
    /// The first byte names no message type.
    UnknownType,
    /// The datagram ends too early.
    Truncated,
    /// The datagram goes on after its message.
    Trailing,
    /// There are fewer or more entries than the message allows.
    Count,
    /// A field holds a value that it has no meaning for.
    Value,
    /// A hash text has a wrong length or a wrong character.
    Text,
    /// A number lies outside its field, or a range ends before it starts.
    Range,
}

impl RefusalClass {
    /// Every class.
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

    /// The name in lower snake case: `unknown_type`.
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

/// Prints [`RefusalClass::as_str`].
impl fmt::Display for RefusalClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::string::ToString;

    use super::*;

    #[test]
    fn the_names_are_the_closed_set() {
        let names = RefusalClass::ALL.map(|class| class.to_string());
        let closed =
            ["empty", "unknown_type", "truncated", "trailing", "count", "value", "text", "range"];
        assert_eq!(names, closed);
    }
}
