//! Wrong digests: the model's table of rules with one rule replaced.
//!
//! Each does what some programming language, library or shortcut does by default.

mod edits;
mod hashes;
mod mutant;
mod number_readers;
mod numbers;
mod readers;
mod rounding;
mod sizes;
mod strings;
mod structure;

use rollwire_conformance::check::digest::{cause::KnownFault, judge::AnsweredDigest};
use rollwire_model::vectors::DigestCase;

pub use self::mutant::Mutant;

/// The known fault that explains a wrong answer: the first mutant with the same digits, where there is one
/// the first that breaks the rule of the case; or, for a refusal, the last mutant that refuses the state,
/// because later rules are more specific. Nothing is found once `goes_on` says no.
#[must_use]
pub fn find_fault(
    case: &DigestCase,
    made: Option<&AnsweredDigest>,
    goes_on: &dyn Fn() -> bool,
) -> Option<KnownFault> {
    let answer = |mutant: &Mutant| mutant.rules().digest(&case.state, case.form);
    let all = mutants();
    let found = match made {
        Some(made) => {
            let same = |it: &Mutant| answer(it).is_ok_and(|digest| digest.hash == made.hash);
            let mut found = all.into_iter().take_while(|_| goes_on()).filter(same);
            let first = found.next();
            let is_own = |it: &Mutant| case.rules.first().is_some_and(|rule| rule == it.rule);
            if first.is_some_and(|it| is_own(&it)) { first } else { found.find(is_own).or(first) }
        }
        None => {
            let mut last = all.into_iter().rev().take_while(|_| goes_on());
            last.find(|it| answer(it).is_err())
        }
    };
    // What was found so far need not be what all of them show.
    let found = found.filter(|_| goes_on());
    found.map(|mutant| KnownFault { rule: mutant.rule, fault: mutant.fault })
}

/// Every mutant of the digest: those that refuse large states, those of each rule, then those of certain readers
/// and sizes.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [
        sizes::REFUSING,
        structure::MUTANTS,
        strings::MUTANTS,
        numbers::MUTANTS,
        rounding::MUTANTS,
        readers::MUTANTS,
        number_readers::MUTANTS,
        sizes::MUTANTS,
        hashes::MUTANTS,
    ]
    .concat()
}
