//! A codec with one thing wrong.

use std::{fmt, sync::Arc};

use rollwire_conformance::diagnosis::Suspect;
use rollwire_model::{
    Layout, Value,
    vectors::{Case, LongValue},
};

use super::{location::Location, mutation::Mutation};

/// Which half of a codec is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The decoder: it misreads what other implementations write.
    Decoder,
    /// The encoder: other implementations misread what it writes.
    Encoder,
    /// Both, in the same way: it reads correctly only what it wrote itself.
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

    pub(super) const fn verb(self) -> &'static str {
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
    /// Location, operator and side: `input/player/little-endian/decoder`.
    pub name: String,
    /// The name of the operator that made it.
    pub operator: &'static str,
    /// The one rule that it breaks.
    pub rule: String,
    /// What it does wrong, in a sentence without a period.
    pub fault: String,
    /// The same, with `{it}` for the location and `{reads}` for what the side does.
    pub(super) template: &'static str,
    /// Whether its answer depends on the previous message.
    pub(super) remembers: bool,
    pub(super) side: Side,
    /// `None` for a fault that does not depend on the message type.
    pub(super) location: Option<Arc<Location>>,
    pub(super) mutations: &'static [Mutation],
    /// The type bytes of the message, in the right layout and in the edited one.
    pub(super) types: Vec<u8>,
}

impl Mutant {
    /// What a diagnosis knows of it.
    #[must_use]
    pub fn suspect(&self) -> Suspect {
        let location = self.location.as_deref();
        Suspect {
            fault: format!("bytes/{}", self.operator),
            sentence: self.template.to_owned(),
            rule: self.rule.clone(),
            message: location.map(|location| location.message().name.clone()),
            place: location.map_or_else(String::new, Location::words),
            reads: self.side.decodes(),
            writes: self.side.encodes(),
            remembers: self.remembers,
        }
    }

    /// Which half of the codec is wrong.
    #[must_use]
    pub const fn side(&self) -> Side {
        self.side
    }

    /// Whether it may treat this datagram differently from the right model.
    #[must_use]
    pub fn concerns_datagram(&self, bytes: &[u8]) -> bool {
        self.location.is_none() || bytes.first().is_some_and(|first| self.types.contains(first))
    }

    /// Whether it may treat this value differently from the right model.
    #[must_use]
    pub fn concerns_value(&self, value: &Value) -> bool {
        self.concerns_message(&value.message)
    }

    fn concerns_message(&self, name: &str) -> bool {
        self.location.as_ref().is_none_or(|location| location.message().name == name)
    }

    /// Whether it may answer a case differently from the right model.
    #[must_use]
    pub fn concerns(&self, case: &Case) -> bool {
        case.bytes().is_some_and(|bytes| self.concerns_datagram(bytes))
            || case.value.as_ref().is_some_and(|value| self.concerns_value(value))
            || case.long.is_some() && self.concerns_message(LongValue::MESSAGE)
    }

    pub(super) fn edits_the_layout(&self) -> bool {
        self.mutations.iter().any(|mutation| mutation.edits_the_layout())
    }

    pub(super) fn edit(&self, layout: &mut Layout) {
        for mutation in self.mutations {
            mutation.edit(layout, self.location.as_deref());
        }
    }
}
