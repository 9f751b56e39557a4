//! Failures of checks on bytes, and the wrong codecs that give the same answers.

use rollwire_model::{
    Grade, Layout, Outcome,
    vectors::{Case, LongValue},
};

use super::{
    cover::{Family, Kind, Replay},
    failure::GivenOutcome,
    kinds::kinds,
    suspect::{BytesQuestion, Suspects},
};
use crate::check::{bytes::plan::Planned, judgement::same_value};

/// This many checks that passed are replayed at once: most suspects are contradicted by the first few.
const CHUNK: usize = 24;

/// The checks on bytes of a run.
pub(super) struct BytesFamily<'a> {
    suspects: &'a dyn Suspects,
    kinds: Vec<Kind>,
    failed: Vec<(&'a Planned, &'a GivenOutcome)>,
    passed: Vec<&'a Planned>,
}

impl<'a> BytesFamily<'a> {
    pub(super) fn new(
        suspects: &'a dyn Suspects,
        failed: Vec<(&'a Planned, &'a GivenOutcome)>,
        passed: Vec<&'a Planned>,
    ) -> Self {
        // Cases that are made for a few large values would take most of the time.
        let passed = passed.into_iter().filter(|planned| planned.case.long.is_none()).collect();
        Self { suspects, kinds: kinds(suspects.codecs()), failed, passed }
    }
}

impl Family for BytesFamily<'_> {
    fn suspects(&self) -> &[Kind] {
        &self.kinds
    }

    fn failures(&self) -> usize {
        self.failed.len()
    }

    fn concerned(&self, suspect: usize) -> Vec<usize> {
        let all = 0..self.failed.len();
        all.filter(|at| self.suspects.concerns(suspect, &self.failed[*at].0.case)).collect()
    }

    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay> {
        let failed = || failures.iter().map(|at| self.failed[*at]);
        let questions: Vec<BytesQuestion<'_>> =
            failed().map(|(planned, _)| question(planned)).collect();
        let answers = self.suspects.answers(suspects, &questions);
        let pairs = failed().zip(answers);
        pairs
            .map(|((planned, given), answer)| match answer {
                Some(answer) if given.is(&answer) => Replay::Same,
                Some(answer) if !passes(&planned.outcomes, &answer) => Replay::Otherwise,
                _ => Replay::Passes,
            })
            .collect()
    }

    fn is_contradicted(&self, suspect: usize) -> bool {
        let concerns = |planned: &&&Planned| self.suspects.concerns(suspect, &planned.case);
        let concerned: Vec<&&Planned> = self.passed.iter().filter(concerns).collect();
        // Neighbours test the same thing: every so many of them are asked together.
        let strides = concerned.len().div_ceil(CHUNK).max(1);
        (0..strides).any(|first| {
            let some: Vec<&Planned> =
                concerned.iter().skip(first).step_by(strides).map(|planned| **planned).collect();
            let questions: Vec<BytesQuestion<'_>> = some.iter().map(|it| question(it)).collect();
            let answers = self.suspects.answers(&[suspect], &questions);
            some.iter().zip(answers).any(|(planned, answer)| {
                answer.is_some_and(|answer| !passes(&planned.outcomes, &answer))
            })
        })
    }
}

fn question(planned: &Planned) -> BytesQuestion<'_> {
    (&planned.case, planned.kind)
}

/// Whether this answer passes. The class of a refusal does not matter: an implementation may give none.
fn passes(outcomes: &[(Grade, Outcome)], answer: &Outcome) -> bool {
    outcomes.iter().any(|(grade, allowed)| match (allowed, answer) {
        (Outcome::Value(allowed), Outcome::Value(value)) => {
            *grade == Grade::Pass && same_value(allowed, value)
        }
        (Outcome::Reject(_), Outcome::Reject(_)) => true,
        _ => *grade == Grade::Pass && allowed == answer,
    })
}

/// The place in the layout of the message that a case is about.
pub(super) fn message_of(case: &Case, layout: &Layout) -> Option<usize> {
    let messages = &layout.messages;
    let named = case.value.as_ref().map(|value| &*value.message);
    let named = named.or(case.long.as_ref().map(|_| LongValue::MESSAGE));
    let first = case.bytes().and_then(|bytes| bytes.first());
    named
        .and_then(|name| messages.iter().position(|message| message.name == name))
        .or_else(|| messages.iter().position(|message| Some(&message.type_byte) == first))
}
