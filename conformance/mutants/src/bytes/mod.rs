//! Wrong codecs: the model with one fact of a layout changed, or with something changed at its doors.
//!
//! They are not thought up one by one.
//! An operator is one way to be wrong, such as the other byte order, and it is applied to every field or message to which it can be applied: to the decoder, to the
//! encoder, and to both, where a symmetric fault stays hidden from whoever only reads what it wrote.
//!
//! | file | story |
//! |---|---|
//! | `place` | where an operator can be applied |
//! | `change` | what is done differently there |
//! | `breaks` | which rule that breaks |
//! | `operators` | the operators |
//! | `codec` | a wrong codec at work |
//! | `equivalent` | mutants that are not wrong at all |
//! | `matrix` | which case catches which mutant |

mod breaks;
mod change;
mod codec;
mod equivalent;
mod matrix;
mod operators;
mod place;

use std::{fmt, sync::Arc};

use rollwire_model::{
    Layout, Value,
    vectors::{Case, LongValue},
};

use self::change::Change;

pub(super) use self::codec::{Codec, Codes};
pub use self::{
    equivalent::EQUIVALENT,
    matrix::{Kill, Matrix, Row},
    operators::{Operator, all as operators},
    place::Place,
};

/// Which half of a codec is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It reads wrongly what others write.
    Decoder,
    /// It writes what others read differently.
    Encoder,
    /// It understands itself, and nobody else.
    Both,
}

impl Side {
    /// Whether the decoder is wrong.
    #[must_use]
    pub const fn decodes(self) -> bool {
        matches!(self, Self::Decoder | Self::Both)
    }

    /// Whether the encoder is wrong.
    #[must_use]
    pub const fn encodes(self) -> bool {
        matches!(self, Self::Encoder | Self::Both)
    }

    const fn verb(self) -> &'static str {
        match self {
            Self::Decoder => "reads",
            Self::Encoder => "writes",
            Self::Both => "reads and writes",
        }
    }
}

impl fmt::Display for Side {
    /// The end of a mutant's name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Decoder => "decoder",
            Self::Encoder => "encoder",
            Self::Both => "both",
        })
    }
}

/// A codec with one thing wrong.
#[derive(Clone, Debug)]
pub struct Mutant {
    /// Place, operator and side: `input/player/little-endian/decoder`.
    pub name: String,
    /// The name of the operator that made it.
    pub operator: &'static str,
    /// The one rule that it breaks.
    pub rule: String,
    /// What it does wrong, in a sentence without a period.
    pub fault: String,
    side: Side,
    /// None for what is wrong before it is known which message it is.
    place: Option<Arc<Place>>,
    changes: &'static [Change],
    /// The type bytes of the message, in the right layout and in the edited one.
    types: Vec<u8>,
}

impl Mutant {
    /// Which half of the codec is wrong.
    #[must_use]
    pub const fn side(&self) -> Side {
        self.side
    }

    /// Whether it may treat this datagram differently from the right model.
    #[must_use]
    pub fn concerns_datagram(&self, bytes: &[u8]) -> bool {
        self.place.is_none() || bytes.first().is_some_and(|first| self.types.contains(first))
    }

    /// Whether it may treat this value differently from the right model.
    #[must_use]
    pub fn concerns_value(&self, value: &Value) -> bool {
        self.concerns_message(&value.message)
    }

    fn concerns_message(&self, name: &str) -> bool {
        self.place.as_ref().is_none_or(|place| place.message().name == name)
    }

    /// Whether it may answer a case differently from the right model.
    #[must_use]
    pub fn concerns(&self, case: &Case) -> bool {
        case.bytes().is_some_and(|bytes| self.concerns_datagram(bytes))
            || case.value.as_ref().is_some_and(|value| self.concerns_value(value))
            || case.long.is_some() && self.concerns_message(LongValue::MESSAGE)
    }

    fn edit(&self, layout: &mut Layout) {
        for change in self.changes {
            change.edit(layout, self.place.as_deref());
        }
    }
}

/// Every mutant that is wrong: by message and field, then by operator.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    let mut mutants = operators::apply(Layout::builtin());
    mutants.retain(|mutant| reason(mutant).is_none());
    mutants
}

/// Every mutant that conforms all the same, with the reason.
#[must_use]
pub fn equivalents() -> Vec<(Mutant, &'static str)> {
    let mutants = operators::apply(Layout::builtin()).into_iter();
    mutants.filter_map(|mutant| reason(&mutant).map(|reason| (mutant, reason))).collect()
}

fn reason(mutant: &Mutant) -> Option<&'static str> {
    let listed = EQUIVALENT.iter().find(|(name, _)| *name == mutant.name);
    listed.map(|(_, reason)| *reason)
}
