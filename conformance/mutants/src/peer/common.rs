//! Wrong peers of PEER.

use rollwire_model::peer::CommonRules;

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "a-timer-fires-once-an-advance",
    rule: "PEER-1",
    fault: "fires a timer once in an advance, however often it is due",
    edit: |rules| {
        rules.common.next_timer = |state, until| {
            let next = (CommonRules::SPECIFIED.next_timer)(state, until)?;
            (state.clock == until || next.0 > state.clock).then_some(next)
        };
    },
}];
