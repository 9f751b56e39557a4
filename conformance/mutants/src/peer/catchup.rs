//! Wrong peers of CATCHUP.

use rollwire_model::peer::CatchUpRules;

use super::Mutant;

pub(super) const MUTANTS: &[Mutant] = &[Mutant {
    name: "asks-for-the-first-hole-alone",
    rule: "CATCHUP-1",
    fault: "asks for the first hole alone",
    edit: |rules| {
        rules.catch_up.holes = |state| {
            let (first, _) = (CatchUpRules::SPECIFIED.holes)(state)?;
            Some((first, first))
        };
    },
}];
