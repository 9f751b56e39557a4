//! A record that was judged.

use crate::{
    line::{Moment, Record},
    monitor::Objection,
};

/// A record that was judged.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Its line.
    pub line: u64,
    /// The number of its tap, in the order of the headers.
    pub tap: usize,
    /// The protocol revision.
    pub revision: u8,
    /// What happened.
    pub record: Record,
    /// When it happened, on one axis for all parts of its tap.
    pub time: Moment,
    /// The number of its stretch: a new one begins with each header, and where records are missing.
    pub(crate) stretch: u64,
    /// Whether the inputs that arrive belong to the episode that the side is in, as far as that is known.
    pub(crate) hears: bool,
    /// How many frames have hashes of both sides, and how many of them differ.
    pub(crate) compared: (u64, u64),
    /// What it shows to be wrong, about itself and about earlier records.
    pub objections: Vec<Objection>,
}
