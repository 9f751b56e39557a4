//! The entries of a baseline, and the circumstances of a run.

use jiff::civil::Date;

use super::{file::Entry, known::Known};

/// The entries of a baseline, and the date that they are judged at.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The entries in the order of the file.
    pub entries: Vec<Entry>,
    /// The date that `expires` is compared with.
    pub today: Date,
    /// Whether the fresh cases are the same in every run. Where they are not, chance decides which
    /// entries about them hold, and none of these is called stale.
    pub seeded: bool,
    /// What there is to name besides the cases of a run: [`Known::published`].
    pub published: Known,
}
