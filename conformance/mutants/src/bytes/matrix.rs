//! The matrix of mutants and cases: which case catches which mutant.

use std::{
    num::NonZero,
    sync::{
        OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use rollwire_conformance::verdict::{Code, Verdict};
use rollwire_model::{
    Grade, Layout, Model, Outcome,
    vectors::{Case, CheckKind, large_cases},
};

use super::{
    codec::{Codec, MutantCodec},
    mutant::Mutant,
};
use crate::answers::judged;

/// Which case catches which mutant.
#[derive(Debug)]
pub struct Matrix {
    /// The mutants: the rows.
    pub mutants: Vec<Mutant>,
    /// The cases: the columns. The last ones are too large to be stored; they run only against
    /// mutants that no stored case about their rule catches.
    pub cases: Vec<Case>,
    /// For each mutant, the checks that catch it, in the order in which they run.
    pub catches: Vec<Vec<Catch>>,
}

/// A check that catches a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Catch {
    /// The index of the case.
    pub case: usize,
    /// The revision that was used.
    pub revision: u8,
    /// The check.
    pub check: CheckKind,
    /// What is wrong with the answer.
    pub code: Code,
}

impl Matrix {
    /// Runs every case against every mutant that it may concern, in the first and in the last revision
    /// to which the case applies.
    #[must_use]
    pub fn new(mutants: Vec<Mutant>, stored: &[Case]) -> Self {
        let mut cases = stored.to_vec();
        cases.extend(large_cases());
        let small = Questions::new(&cases, 0..stored.len());
        // They take most of the time, and few mutants need them.
        let large = OnceLock::new();
        let catches = on_all_cores(&mutants, |mutant| {
            let mut catches = small.ask(mutant, &cases);
            let about_its_rule = |catch: &Catch| cases[catch.case].rules[0] == mutant.rule;
            let concerned = cases[stored.len()..].iter().any(|case| mutant.concerns(case));
            if concerned && !catches.iter().any(about_its_rule) {
                let large = large.get_or_init(|| Questions::new(&cases, stored.len()..cases.len()));
                catches.extend(large.ask(mutant, &cases));
            }
            catches
        });
        Self { mutants, cases, catches }
    }

    /// Each mutant with the checks that catch it.
    pub fn results(&self) -> impl Iterator<Item = MutantResult<'_>> {
        let pairs = self.mutants.iter().zip(&self.catches);
        pairs.map(|(mutant, catches)| MutantResult { mutant, catches, cases: &self.cases })
    }
}

/// One mutant, and what catches it.
#[derive(Clone, Copy, Debug)]
pub struct MutantResult<'a> {
    /// The mutant.
    pub mutant: &'a Mutant,
    /// What catches it.
    pub catches: &'a [Catch],
    cases: &'a [Case],
}

impl<'a> MutantResult<'a> {
    /// The cases that catch the mutant, each once, with the first check that does.
    pub fn cases(&self) -> Vec<(&'a Case, &'a Catch)> {
        let mut catches: Vec<&Catch> = self.catches.iter().collect();
        catches.sort_by_key(|catch| catch.case);
        catches.dedup_by_key(|catch| catch.case);
        catches.into_iter().map(|catch| (&self.cases[catch.case], catch)).collect()
    }

    /// Those of them that are about the rule that the mutant breaks.
    pub fn about_its_rule(&self) -> Vec<(&'a Case, &'a Catch)> {
        let mut cases = self.cases();
        cases.retain(|(case, _)| case.rules[0] == self.mutant.rule);
        cases
    }
}

/// All checks of some cases in a revision, and how the right model answers them.
struct Questions(Vec<(u8, Vec<Question>)>);

struct Question {
    case: usize,
    check: CheckKind,
    right: Outcome,
    graded: Vec<(Grade, Outcome)>,
}

impl Questions {
    fn new(cases: &[Case], range: std::ops::Range<usize>) -> Self {
        let layout = Layout::builtin();
        let of_revision = |revision| {
            let mut model = Model::specified(revision);
            let mut questions = Vec::new();
            for (index, case) in cases.iter().enumerate().take(range.end).skip(range.start) {
                let ends = [case.since, case.until.unwrap_or(layout.revision)];
                if !ends.contains(&revision) {
                    continue;
                }
                for &check in &case.checks {
                    let Some(right) = answer(&mut model, case, check) else { continue };
                    let graded = case.outcomes(check);
                    questions.push(Question { case: index, check, right, graded });
                }
            }
            (revision, questions)
        };
        Self((1..=layout.revision).map(of_revision).collect())
    }

    /// Runs the checks against a mutant in the order of the cases, with a new codec for each revision.
    fn ask(&self, mutant: &Mutant, cases: &[Case]) -> Vec<Catch> {
        let layout = Layout::builtin();
        let mut catches = Vec::new();
        for (revision, questions) in &self.0 {
            let mut codec = MutantCodec::new(mutant, layout, *revision);
            for question in questions {
                let case = &cases[question.case];
                if !mutant.concerns(case) {
                    continue;
                }
                let Some(got) = answer(&mut codec, case, question.check) else { continue };
                if got == question.right {
                    continue;
                }
                if let Some(code) = wrong(&question.graded, &got) {
                    let (case, check) = (question.case, question.check);
                    catches.push(Catch { case, revision: *revision, check, code });
                }
            }
        }
        catches
    }
}

/// What is wrong with an outcome. A refusal of another class is not wrong: a mutant that only names its
/// refusals differently conforms.
fn wrong(graded: &[(Grade, Outcome)], got: &Outcome) -> Option<Code> {
    let judgement = judged(graded, got);
    match judgement.verdict {
        Verdict::Pass => None,
        Verdict::Weak => judgement.code.filter(|code| *code == Code::Alternative),
        _ => judgement.code,
    }
}

/// The answer to one check; `None` for a check that the case cannot have.
fn answer(codec: &mut impl Codec, case: &Case, check: CheckKind) -> Option<Outcome> {
    let outcome = match check {
        CheckKind::Decode => codec.decode(case.bytes()?).map(Outcome::Value),
        CheckKind::Encode => codec.encode(&*case.whole_value()?).map(Outcome::Bytes),
        CheckKind::Reencode => codec.reencode(case.bytes()?).map(Outcome::Bytes),
        CheckKind::Run | CheckKind::Digest => return None,
    };
    Some(outcome.unwrap_or_else(Outcome::Reject))
}

/// The result for each item, in their order, worked out by as many threads as there are cores.
fn on_all_cores<T: Sync, R: Send + Sync>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let results: Vec<OnceLock<R>> = items.iter().map(|_| OnceLock::new()).collect();
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let (Some(item), Some(result)) = (items.get(index), results.get(index)) else {
                        return;
                    };
                    result.get_or_init(|| work(item));
                }
            });
        }
    });
    results.into_iter().filter_map(OnceLock::into_inner).collect()
}
