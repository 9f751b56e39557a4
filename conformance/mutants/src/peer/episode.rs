//! Wrong peers of EPISODE.

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "tells-the-episode-itself",
    rule: "EPISODE-2",
    fault: "writes the number of the episode into its READY, and not the number plus one",
    edit: |rules| rules.episode.ready_number = |number| number,
}];
