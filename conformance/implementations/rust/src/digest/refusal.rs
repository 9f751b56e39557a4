//! Why a state has no digest.

use std::{error, fmt};

use rollwire_codec::RefusalClass;

/// Why a text has no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateRefusal {
    /// The text is not JSON: no JSON text begins with what stands up to this byte (DIGEST-1).
    NotJson(usize),
    /// The outermost value is neither an object nor an array (DIGEST-2).
    NotAContainer,
    /// Objects and arrays are nested too deeply (DIGEST-3).
    TooDeep,
    /// An integer in the 8-digit form has too many digits: this many (DIGEST-23).
    TooManyDigits(usize),
    /// A number in the 8-digit form is too large for a double (DIGEST-25).
    Infinite,
}

impl StateRefusal {
    /// The class of the refusal.
    #[must_use]
    pub const fn class(self) -> RefusalClass {
        match self {
            Self::NotJson(_) => RefusalClass::Text,
            Self::NotAContainer => RefusalClass::Value,
            Self::TooDeep | Self::TooManyDigits(_) | Self::Infinite => RefusalClass::Range,
        }
    }
}

impl fmt::Display for StateRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(at) => write!(f, "the state is not valid JSON at byte {at}"),
            Self::NotAContainer => f.write_str("the state is neither an object nor an array"),
            Self::TooDeep => f.write_str("the state is nested deeper than 100 levels"),
            Self::TooManyDigits(digits) => {
                write!(f, "an integer in the state has {digits} digits; at most 4300 are allowed")
            }
            Self::Infinite => f.write_str("a number in the state is too large for a double"),
        }
    }
}

impl error::Error for StateRefusal {}
