//! Failures of checks on bytes, and the wrong codecs that give the same answers.

use std::collections::BTreeMap;

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
    /// In the order in which they were asked.
    asked: Vec<&'a Planned>,
    /// The places of those that failed, and what was answered.
    failed: Vec<(usize, &'a GivenOutcome)>,
    /// The places of those that passed.
    passed: Vec<usize>,
}

impl<'a> BytesFamily<'a> {
    pub(super) fn new(suspects: &'a dyn Suspects) -> Self {
        let kinds = kinds(suspects.codecs());
        Self { suspects, kinds, asked: Vec::new(), failed: Vec::new(), passed: Vec::new() }
    }

    /// Adds a check that failed.
    pub(super) fn add_failed(&mut self, planned: &'a Planned, given: &'a GivenOutcome) {
        self.failed.push((self.asked.len(), given));
        self.asked.push(planned);
    }

    /// Adds a check that passed.
    pub(super) fn add_passed(&mut self, planned: &'a Planned) {
        // Cases that are made for a few large values would take most of the time.
        if planned.case.long.is_none() {
            self.passed.push(self.asked.len());
            self.asked.push(planned);
        }
    }

    /// The answers of a codec that is wrong in all these ways to the checks at some places.
    fn answers(&self, suspects: &[usize], places: &[usize]) -> Vec<Option<Outcome>> {
        let question = |at: &usize| question(self.asked[*at]);
        if !suspects.iter().any(|it| self.remembers(*it)) {
            return self
                .suspects
                .answers(suspects, &places.iter().map(question).collect::<Vec<_>>());
        }
        // What was asked before matters: everything that may is asked again, in order.
        let concerns = |at: &usize| {
            suspects.iter().any(|it| self.suspects.concerns(*it, &self.asked[*at].case))
        };
        let all: Vec<usize> = (0..self.asked.len()).filter(concerns).collect();
        let questions: Vec<BytesQuestion<'_>> = all.iter().map(question).collect();
        let answers: BTreeMap<usize, Option<Outcome>> =
            all.into_iter().zip(self.suspects.answers(suspects, &questions)).collect();
        places.iter().map(|at| answers.get(at).cloned().flatten()).collect()
    }

    /// Whether one passes at a place with this answer.
    fn passes(&self, at: usize, answer: Option<&Outcome>) -> bool {
        answer.is_none_or(|answer| passes(&self.asked[at].outcomes, answer))
    }
}

impl Family for BytesFamily<'_> {
    fn suspects(&self) -> &[Kind] {
        &self.kinds
    }

    fn failures(&self) -> usize {
        self.failed.len()
    }

    fn remembers(&self, suspect: usize) -> bool {
        self.suspects.codecs()[suspect].remembers
    }

    fn concerned(&self, suspect: usize) -> Vec<usize> {
        let concerns =
            |at: &usize| self.suspects.concerns(suspect, &self.asked[self.failed[*at].0].case);
        (0..self.failed.len()).filter(concerns).collect()
    }

    fn first_look(&self, failures: &[usize]) -> usize {
        failures.len()
    }

    fn replay(&self, suspects: &[usize], failures: &[usize]) -> Vec<Replay> {
        let failed: Vec<(usize, &GivenOutcome)> =
            failures.iter().map(|at| self.failed[*at]).collect();
        let places: Vec<usize> = failed.iter().map(|(at, _)| *at).collect();
        let answers = self.answers(suspects, &places);
        let pairs = failed.into_iter().zip(answers);
        pairs
            .map(|((at, given), answer)| match answer {
                Some(answer) if given.is(&answer) => Replay::Same,
                Some(answer) if !self.passes(at, Some(&answer)) => Replay::Otherwise,
                _ => Replay::Passes,
            })
            .collect()
    }

    fn contradictions(&self, suspect: usize, most: usize) -> Vec<usize> {
        let concerns = |at: &usize| self.suspects.concerns(suspect, &self.asked[*at].case);
        let concerned: Vec<usize> = self.passed.iter().copied().filter(concerns).collect();
        // Neighbours test the same thing, so each chunk takes checks from the whole list.
        let strides = concerned.len().div_ceil(CHUNK).max(1);
        let mut found = Vec::new();
        for first in 0..strides {
            let some: Vec<usize> = concerned.iter().copied().skip(first).step_by(strides).collect();
            let answers = self.answers(&[suspect], &some);
            let pairs = some.into_iter().zip(answers);
            let fails = pairs.filter(|(at, answer)| !self.passes(*at, answer.as_ref()));
            found.extend(fails.map(|(at, _)| at));
            if found.len() >= most {
                found.truncate(most);
                break;
            }
        }
        found
    }

    fn all_pass(&self, suspects: &[usize], passed: &[usize]) -> bool {
        let answers = self.answers(suspects, passed);
        passed.iter().zip(answers).all(|(at, answer)| self.passes(*at, answer.as_ref()))
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
