//! Wrong peers of LIVE.

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "answers-no-ping",
    rule: "LIVE-5",
    fault: "answers no PING",
    edit: |rules| rules.live.answers = |_, _| Vec::new(),
}];
