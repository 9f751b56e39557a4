//! Failures of checks on bytes, and the wrong codecs that give the same answers.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use rollwire_model::{
    Grade, Layout, Outcome,
    vectors::{Case, CheckKind, LongValue},
};

use super::{
    failure::GivenOutcome,
    family::{Family, Kind, Replay},
    kinds::kinds,
    suspect::{BytesQuestion, Suspects},
};
use crate::check::{bytes::plan::Planned, judgement::same_value};

/// This many checks that passed are replayed at once: most suspects are contradicted by the first few.
const CHUNK: usize = 24;

/// A datagram with more bytes is large.
const LARGE: usize = 256;

/// How many checks on large datagrams are looked at, of those that failed and of those that passed, for each
/// operation: each takes as long as a hundred others.
const MOST_LARGE: usize = 4;

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
    /// The failures that are not looked at, because there are enough other large ones.
    left_out: BTreeSet<usize>,
    /// The places of all checks that are looked at.
    kept: Vec<usize>,
    answered: AtomicUsize,
}

impl<'a> BytesFamily<'a> {
    pub(super) fn new(suspects: &'a dyn Suspects) -> Self {
        let kinds = kinds(suspects.codecs());
        let (asked, failed, passed, left_out, kept) = Default::default();
        Self {
            suspects,
            kinds,
            asked,
            failed,
            passed,
            left_out,
            kept,
            answered: AtomicUsize::new(0),
        }
    }

    /// Adds a check that failed.
    pub(super) fn add_failed(&mut self, planned: &'a Planned, given: &'a GivenOutcome) {
        self.failed.push((self.asked.len(), given));
        self.asked.push(planned);
    }

    /// Adds a check that passed.
    pub(super) fn add_passed(&mut self, planned: &'a Planned) {
        self.passed.push(self.asked.len());
        self.asked.push(planned);
    }

    /// Leaves out most of the large datagrams, after all checks were added.
    pub(super) fn leave_out_large(&mut self) {
        let failed = self.failed.iter().map(|(at, _)| self.asked[*at]).enumerate();
        self.left_out = surplus(failed);
        let passed = surplus(self.passed.iter().map(|at| (*at, self.asked[*at])));
        self.passed.retain(|at| !passed.contains(at));
        let failed = self.failed.iter().enumerate().filter(|(at, _)| !self.left_out.contains(at));
        self.kept = failed.map(|(_, (at, _))| *at).chain(self.passed.iter().copied()).collect();
        self.kept.sort_unstable();
    }

    /// The answers of a codec that is wrong in all these ways to the checks at some places.
    fn answers(&self, suspects: &[usize], places: &[usize]) -> Vec<Option<Outcome>> {
        // Where what was asked before matters, everything that may is asked again, in order.
        let remembering: Vec<usize> =
            suspects.iter().copied().filter(|it| self.remembers(*it)).collect();
        let concerns = |at: &usize| {
            remembering.iter().any(|it| self.suspects.concerns(*it, &self.asked[*at].case))
        };
        let mut all = places.to_vec();
        if places.iter().any(concerns) {
            all.extend(self.kept.iter().copied().filter(concerns));
            all.sort_unstable();
            all.dedup();
        }
        self.answered.fetch_add(all.len(), Ordering::Relaxed);
        let questions: Vec<BytesQuestion<'_>> =
            all.iter().map(|at| question(self.asked[*at])).collect();
        let answers = self.suspects.answers(suspects, &questions);
        if all == places {
            return answers;
        }
        let answers: BTreeMap<usize, Option<Outcome>> = all.into_iter().zip(answers).collect();
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

    fn concerns(&self, suspect: usize, failure: usize) -> bool {
        self.suspects.concerns(suspect, &self.asked[self.failed[failure].0].case)
    }

    fn is_large(&self, failure: usize) -> bool {
        self.left_out.contains(&failure)
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
        // Neighbours test the same thing, so each chunk takes checks from the whole list. One that remembers is
        // asked everything each time.
        let chunk = if self.remembers(suspect) { concerned.len().max(1) } else { CHUNK };
        let strides = concerned.len().div_ceil(chunk).max(1);
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

    fn failing(&self, suspects: &[usize], passed: &[usize]) -> BTreeSet<usize> {
        let pairs = passed.iter().zip(self.answers(suspects, passed));
        pairs
            .filter(|(at, answer)| !self.passes(**at, answer.as_ref()))
            .map(|(at, _)| *at)
            .collect()
    }

    fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }
}

/// The numbers of the checks on large datagrams, except for a few of each operation, evenly spread.
fn surplus<'a>(checks: impl Iterator<Item = (usize, &'a Planned)>) -> BTreeSet<usize> {
    let (mut large, mut surplus) = (BTreeMap::<CheckKind, Vec<usize>>::new(), BTreeSet::new());
    for (number, planned) in checks {
        let case = &planned.case;
        if case.long.is_some() {
            surplus.insert(number);
        } else if case.bytes().is_some_and(|bytes| bytes.len() > LARGE) {
            large.entry(planned.kind).or_default().push(number);
        }
    }
    for numbers in large.values() {
        let step = numbers.len().div_ceil(MOST_LARGE);
        let rest = numbers.iter().enumerate().filter(|(at, _)| at % step != 0);
        surplus.extend(rest.map(|(_, number)| *number));
    }
    surplus
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
