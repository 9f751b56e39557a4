//! Wrong peers of SYNC.

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "sends-the-newest-input-alone",
    rule: "SYNC-3",
    fault: "sends only the newest entry in each INPUT",
    edit: |rules| {
        rules.sync.window = |state| state.inputs.own.last().copied().into_iter().collect();
    },
}];
