//! The arguments of `rollwire inspect`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rollwire_conformance::spelling::Spelling;
use rollwire_model::Layout;

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// The bytes of the datagram; `-` reads standard input
    #[arg(value_name = "BYTES")]
    pub(crate) bytes: Vec<String>,
    /// Read the datagrams from this file; repeatable
    #[arg(long, value_name = "FILE", conflicts_with = "bytes")]
    pub(crate) file: Vec<PathBuf>,
    /// Read the bytes in this spelling, where there is more than one way to read them
    #[arg(long = "as", value_name = "SPELLING", value_enum)]
    pub(crate) spelling: Option<SpellingName>,
    /// Read all lines as one datagram
    #[arg(long)]
    pub(crate) join: bool,
    /// Write one JSON object for each datagram, a line each
    #[arg(long)]
    pub(crate) json: bool,
    /// Decode by the rules of this protocol revision
    #[arg(long, value_name = "N", default_value_t = Layout::builtin().revision, value_parser = known_revision())]
    pub(crate) revision: u8,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SpellingName {
    /// Hex digits
    Hex,
    /// Decimal numbers
    Decimal,
    /// Characters and escapes
    Escapes,
    /// Base64, of either alphabet
    Base64,
    /// Lines with an offset and bytes in hex
    Dump,
}

impl From<SpellingName> for Spelling {
    fn from(name: SpellingName) -> Self {
        match name {
            SpellingName::Hex => Self::Hex,
            SpellingName::Decimal => Self::Decimal,
            SpellingName::Escapes => Self::Escapes,
            SpellingName::Base64 => Self::Base64,
            SpellingName::Dump => Self::Dump,
        }
    }
}

/// Parses a revision of the specification: from 1 to the latest one.
pub(super) fn known_revision() -> clap::builder::RangedI64ValueParser<u8> {
    clap::value_parser!(u8).range(1..=i64::from(Layout::builtin().revision))
}
