//! The matrix mutants × cases: who is caught by what.

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

use super::{Codec, Codes, Mutant};
use crate::adapter::judged;

/// Which case catches which mutant.
#[derive(Debug)]
pub struct Matrix {
    /// The mutants: the rows.
    pub mutants: Vec<Mutant>,
    /// The cases: the columns. The last ones are too large to be stored; they are asked only of mutants
    /// that no stored case about their rule catches.
    pub cases: Vec<Case>,
    /// For each mutant, the checks that catch it, in the order in which they are asked.
    pub kills: Vec<Vec<Kill>>,
}

/// A check that catches a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kill {
    /// The index of the case.
    pub case: usize,
    /// The revision that was spoken.
    pub revision: u8,
    /// The check.
    pub check: CheckKind,
    /// What is wrong with the answer.
    pub code: Code,
}

impl Matrix {
    /// Asks every mutant every case that may concern it, in the first and in the last revision to which
    /// the case applies.
    #[must_use]
    pub fn new(mutants: Vec<Mutant>, stored: &[Case]) -> Self {
        let mut cases = stored.to_vec();
        cases.extend(large_cases());
        let small = Questions::new(&cases, 0..stored.len());
        // They take most of the time, for the few who need them.
        let large = OnceLock::new();
        let kills = on_all_cores(&mutants, |mutant| {
            let mut kills = small.ask(mutant, &cases);
            let about_its_rule = |kill: &Kill| cases[kill.case].rules[0] == mutant.rule;
            let concerned = cases[stored.len()..].iter().any(|case| mutant.concerns(case));
            if concerned && !kills.iter().any(about_its_rule) {
                let large = large.get_or_init(|| Questions::new(&cases, stored.len()..cases.len()));
                kills.extend(large.ask(mutant, &cases));
            }
            kills
        });
        Self { mutants, cases, kills }
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.mutants.iter().zip(&self.kills);
        rows.map(|(mutant, kills)| Row { mutant, kills, cases: &self.cases })
    }
}

/// One mutant, and what catches it.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// The mutant.
    pub mutant: &'a Mutant,
    /// What catches it.
    pub kills: &'a [Kill],
    cases: &'a [Case],
}

impl<'a> Row<'a> {
    /// The cases that catch the mutant, each once, with the first check that does.
    pub fn cases(&self) -> Vec<(&'a Case, &'a Kill)> {
        let mut kills: Vec<&Kill> = self.kills.iter().collect();
        kills.sort_by_key(|kill| kill.case);
        kills.dedup_by_key(|kill| kill.case);
        kills.into_iter().map(|kill| (&self.cases[kill.case], kill)).collect()
    }

    /// Those of them that are about the rule that the mutant breaks.
    pub fn about_its_rule(&self) -> Vec<(&'a Case, &'a Kill)> {
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

    /// Asks a mutant, one process a revision: in the order of the cases, as a run does.
    fn ask(&self, mutant: &Mutant, cases: &[Case]) -> Vec<Kill> {
        let layout = Layout::builtin();
        let mut kills = Vec::new();
        for (revision, questions) in &self.0 {
            let mut codec = Codec::new(mutant, layout, *revision);
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
                    kills.push(Kill { case, revision: *revision, check, code });
                }
            }
        }
        kills
    }
}

/// What the judge has against an outcome. A refusal of another class is nothing: a mutant that only
/// names its refusals differently conforms.
fn wrong(graded: &[(Grade, Outcome)], got: &Outcome) -> Option<Code> {
    let judgement = judged(graded, got);
    match judgement.verdict {
        Verdict::Pass => None,
        Verdict::Weak => judgement.code.filter(|code| *code == Code::Alternative),
        _ => judgement.code,
    }
}

/// The answer to one check; none for a check that the case cannot have.
fn answer(codec: &mut impl Codes, case: &Case, check: CheckKind) -> Option<Outcome> {
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
