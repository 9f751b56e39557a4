//! Faults of deployed peers that break several rules at once. A diagnosis knows them. The matrix does not:
//! each fails in nearly all scenarios of these rules, so that none of them would tell one rule from another.

use rollwire_model::exchange::{Behaviour, State};

use super::mutant::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "a-refusal-blocks-every-later-tick",
    rule: "EXCH-13",
    fault: "loses the hash that the channel refuses, and never sends again: the tick that an error left is never over",
    edit: |rules| {
        rules.refused = |state, _| {
            state.remembered.insert(BLOCKED);
            false
        };
        rules.waits_for_rollback = waits_for_ever;
    },
}];

/// In `remembered`: that a tick was left by an error.
pub(super) const BLOCKED: u32 = 0;

pub(super) fn waits_for_ever(state: &mut State) -> bool {
    state.remembered.contains(&BLOCKED) || (Behaviour::SPECIFIED.waits_for_rollback)(state)
}
