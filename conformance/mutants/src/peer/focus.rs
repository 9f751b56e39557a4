//! Wrong peers of FOCUS.

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "tells-no-change",
    rule: "FOCUS-1",
    fault: "tells no change of its page",
    edit: |rules| rules.focus.tells = |_| Vec::new(),
}];
