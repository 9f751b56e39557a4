//! The entries of a baseline, and what else is needed to judge them.

use jiff::civil::Date;

use super::{file::Entry, known::Known};

/// The entries of a baseline, and the date on which they are judged.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
    /// The date that `expires` is compared with.
    pub today: Date,
    /// Whether the seed of the fresh cases is fixed. If it is not, other fresh cases fail in every
    /// run, so no entry about them is reported as stale.
    pub seeded: bool,
    /// The checks that entries may name besides those of the run: [`Known::published`].
    pub published: Known,
}
