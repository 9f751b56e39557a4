//! The closed set of reasons to refuse a datagram or a value.

use core::fmt;

/// Why a datagram or a value was refused. Vectors and adapters use the same names.
///
/// The set is closed: decoders and encoders use no other class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RefusalClass {
    /// The datagram is empty.
    Empty,
    /// The first byte is not a known message type.
    UnknownType,
    /// The datagram ends too early.
    Truncated,
    /// The datagram continues after the end of its message.
    Trailing,
    /// There are fewer or more entries than the message allows.
    Count,
    /// A field contains a value that is not defined.
    Value,
    /// A hash text has the wrong length or an invalid character.
    Text,
    /// A number does not fit into its field, or a range ends before it starts.
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
