//! Wrong digests: the model's table of rules with one rule replaced.
//!
//! Each does what some language, library or quick fix does by itself.

mod numbers;
mod rounding;
mod strings;
mod structure;

use rollwire_conformance::check::digest::{cause::KnownFault, judge::AnsweredDigest};
use rollwire_model::{
    Grade,
    digest::{Answer, DigestRules},
    vectors::DigestCase,
};

/// A digest with one rule replaced.
#[derive(Clone, Copy, Debug)]
pub struct Mutant {
    /// A slug: what it does wrong, in a few words.
    pub name: &'static str,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// What it does wrong, in a sentence without a period.
    pub fault: &'static str,
    /// Replaces the rule.
    pub edit: fn(&mut DigestRules),
}

impl Mutant {
    /// Its rules.
    #[must_use]
    pub fn rules(&self) -> DigestRules {
        let mut rules = DigestRules::SPECIFIED;
        (self.edit)(&mut rules);
        rules
    }

    /// Whether a case fails it. What is weak has not failed.
    #[must_use]
    pub fn is_caught_by(&self, case: &DigestCase) -> bool {
        let allowed: Vec<(Grade, Answer)> = case.answers();
        match self.rules().digest(&case.state, case.form) {
            Ok(made) => !allowed.iter().any(
                |(_, answer)| matches!(answer, Answer::Digest(digest) if digest.hash == made.hash),
            ),
            Err(_) => !allowed.iter().any(|(_, answer)| matches!(answer, Answer::Reject(_))),
        }
    }
}

/// The known fault behind a wrong answer: the first mutant with these digits, or the last one that refuses the
/// state, since later rules are about more special things.
#[must_use]
pub fn find_fault(case: &DigestCase, made: Option<&AnsweredDigest>) -> Option<KnownFault> {
    let answer = |mutant: &Mutant| mutant.rules().digest(&case.state, case.form);
    let mut all = mutants().into_iter();
    let found = match made {
        Some(made) => all.find(|it| answer(it).is_ok_and(|digest| digest.hash == made.hash)),
        None => all.rfind(|it| answer(it).is_err()),
    };
    found.map(|mutant| KnownFault { rule: mutant.rule, fault: mutant.fault })
}

/// Every mutant of the digest, in the order of the rules.
#[must_use]
pub fn mutants() -> Vec<Mutant> {
    [structure::MUTANTS, strings::MUTANTS, numbers::MUTANTS, rounding::MUTANTS].concat()
}
