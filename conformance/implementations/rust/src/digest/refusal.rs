//! Why a state has no digest.

use std::{error, fmt};

use rollwire_codec::RefusalClass;

/// Why a text has no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateRefusal {
    /// The text is no JSON, from this byte on (DIGEST-1).
    NotJson(usize),
    /// The outermost value is neither an object nor an array (DIGEST-2).
    NoContainer,
    /// Objects and arrays lie in each other too deep (DIGEST-3).
    TooDeep,
    /// An integer of the 8-digit form has so many digits, too many (DIGEST-23).
    TooManyDigits(usize),
    /// A number of the 8-digit form is beyond the range of doubles (DIGEST-25).
    Infinite,
}

impl StateRefusal {
    /// The class of the refusal.
    #[must_use]
    pub const fn class(self) -> RefusalClass {
        match self {
            Self::NotJson(_) => RefusalClass::Text,
            Self::NoContainer => RefusalClass::Value,
            Self::TooDeep | Self::TooManyDigits(_) | Self::Infinite => RefusalClass::Range,
        }
    }
}

impl fmt::Display for StateRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(at) => write!(f, "the state is no JSON from byte {at} on"),
            Self::NoContainer => f.write_str("the state is neither an object nor an array"),
            Self::TooDeep => f.write_str("the state is nested deeper than 100 levels"),
            Self::TooManyDigits(digits) => {
                write!(f, "an integer of the state has {digits} digits; at most 4300 are allowed")
            }
            Self::Infinite => f.write_str("a number of the state is too large for a double"),
        }
    }
}

impl error::Error for StateRefusal {}
