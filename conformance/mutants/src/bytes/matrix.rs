//! The matrix of mutants and cases: which case catches which mutant.

use std::{collections::HashMap, sync::OnceLock};

use rollwire_conformance::{
    check::judgement::Judgement,
    verdict::{Code, Verdict},
};
use rollwire_model::{
    Grade, Layout, Model, Outcome,
    vectors::{Case, CheckKind, large_cases},
};

use super::{
    codec::{Codec, MutantCodec},
    mutant::Mutant,
};
use rollwire_conformance::cores::on_all_cores;

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
        let index: HashMap<&str, usize> =
            cases.iter().enumerate().map(|(index, case)| (&*case.id, index)).collect();
        let catches = each_wrong_answer(&mutants, stored, |_, wrong| {
            wrong.judgement.code.map(|code| Catch {
                case: index.get(&*wrong.case.id).copied().unwrap_or_default(),
                revision: wrong.revision,
                check: wrong.check,
                code,
            })
        });
        let catches = catches.into_iter().map(|row| row.into_iter().flatten().collect()).collect();
        Self { mutants, cases, catches }
    }

    /// Each mutant with the checks that catch it.
    pub fn results(&self) -> impl Iterator<Item = MutantResult<'_>> {
        let pairs = self.mutants.iter().zip(&self.catches);
        pairs.map(|(mutant, catches)| MutantResult { mutant, catches, cases: &self.cases })
    }
}

/// A wrong answer of a mutant.
#[derive(Debug)]
pub struct WrongAnswer<'a> {
    /// The case.
    pub case: &'a Case,
    /// The revision that was used.
    pub revision: u8,
    /// The check.
    pub check: CheckKind,
    /// The kit's judgement.
    pub judgement: Judgement,
}

/// Runs every case against every mutant that it may concern, as [`Matrix::new`] does, and gives what
/// `each` makes of the wrong answers: a list for each mutant, in the order in which the checks run.
pub fn each_wrong_answer<R: Send + Sync>(
    mutants: &[Mutant],
    stored: &[Case],
    each: impl Fn(&Mutant, WrongAnswer<'_>) -> R + Sync,
) -> Vec<Vec<R>> {
    let mut cases = stored.to_vec();
    cases.extend(large_cases());
    let small = Questions::new(&cases, 0..stored.len());
    // They take most of the time, and few mutants need them.
    let large = OnceLock::new();
    on_all_cores(mutants, |mutant| {
        let mut results = Vec::new();
        let mut about_its_rule = false;
        let mut take = |wrong: WrongAnswer<'_>| {
            about_its_rule |= wrong.case.rules[0] == mutant.rule;
            results.push(each(mutant, wrong));
        };
        small.ask(mutant, &cases, &mut take);
        let concerned = cases[stored.len()..].iter().any(|case| mutant.concerns(case));
        if concerned && !about_its_rule {
            let large = large.get_or_init(|| Questions::new(&cases, stored.len()..cases.len()));
            let mut take = |wrong: WrongAnswer<'_>| results.push(each(mutant, wrong));
            large.ask(mutant, &cases, &mut take);
        }
        results
    })
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
                    let Some(right) = model.answer(case, check) else { continue };
                    let graded = case.outcomes(check);
                    questions.push(Question { case: index, check, right, graded });
                }
            }
            (revision, questions)
        };
        Self((1..=layout.revision).map(of_revision).collect())
    }

    /// Runs the checks against a mutant in the order of the cases, with a new codec for each revision.
    fn ask<'a>(&self, mutant: &Mutant, cases: &'a [Case], take: &mut dyn FnMut(WrongAnswer<'a>)) {
        for (revision, questions) in &self.0 {
            let mut codec = MutantCodec::new(vec![mutant], &Model::specified(*revision));
            for question in questions {
                let case = &cases[question.case];
                if !mutant.concerns(case) {
                    continue;
                }
                let Some(got) = codec.answer(case, question.check) else { continue };
                if got == question.right {
                    continue;
                }
                if let Some(judgement) = wrong(&question.graded, &got) {
                    take(WrongAnswer {
                        case,
                        revision: *revision,
                        check: question.check,
                        judgement,
                    });
                }
            }
        }
    }
}

/// The judgement on an outcome that is wrong. A refusal of another class is not wrong: a mutant that only
/// names its refusals differently conforms.
fn wrong(graded: &[(Grade, Outcome)], got: &Outcome) -> Option<Judgement> {
    let judgement = judged(graded, got);
    let is_wrong = match judgement.verdict {
        Verdict::Pass => false,
        Verdict::Weak => judgement.code == Some(Code::Alternative),
        _ => true,
    };
    is_wrong.then_some(judgement)
}
