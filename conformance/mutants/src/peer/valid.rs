//! Wrong peers of VALID.

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "pings-at-once",
    rule: "VALID-1",
    fault: "sends the first VALIDATION_PING at once",
    edit: |rules| rules.valid.first = |state| state.clock,
}];
