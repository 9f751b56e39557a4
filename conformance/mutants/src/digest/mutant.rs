//! A digest with one rule replaced.

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
