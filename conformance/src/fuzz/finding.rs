//! A difference, as a case of a vector file: shrunk, and under the rule that describes it.

use std::rc::Rc;

use rollwire_model::{
    Value,
    exchange::Stimulus,
    vectors::{
        Case, CaseFile, CheckKind, Scenario, ScenarioFile, ScenarioKind, case::FORMAT, pretty,
    },
};

use super::{
    played,
    question::{Question, Questions, check_of},
    shrink::Search,
};
use crate::{
    detail::Explainer,
    exchange::{explain, play, script::whole, seen::Shown, shrink::shrink},
    judge::Judgement,
    plan::body,
    protocol::Capability,
    run::shortened,
    runner::{Reply, Respondent},
    verdict::Code,
};

/// How often somebody is asked to shrink a finding.
const ATTEMPTS: usize = 20_000;

/// How often an adapter may break meanwhile: each time costs two starts, and perhaps two time limits.
const FAULTS: usize = 30;

/// A difference.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The number of its question.
    pub number: u64,
    /// What shows it, as short as it still does.
    pub found: Found,
    /// How long it was before, and is now: bytes, or stimuli.
    pub lengths: (usize, usize),
    /// Whether it was there again when it was asked for alone.
    pub again: bool,
}

/// What shows a difference.
#[derive(Clone, Debug)]
pub enum Found {
    /// A case about bytes.
    Case(Box<Case>),
    /// A scenario.
    Scenario(Box<Scenario>),
}

impl Found {
    /// The text of a vector file that `rollwire check --vectors` runs.
    ///
    /// # Errors
    /// What serde says; nothing in a case can bring that about.
    pub fn file(&self) -> serde_json::Result<String> {
        let topic = "fuzz".to_owned();
        let json = match self {
            Self::Case(case) => {
                let cases = vec![(**case).clone()];
                serde_json::to_value(CaseFile { vectors: FORMAT, topic, cases })
            }
            Self::Scenario(scenario) => {
                let (kind, cases) = (ScenarioKind::Scenario, vec![(**scenario).clone()]);
                serde_json::to_value(ScenarioFile { vectors: FORMAT, kind, topic, cases })
            }
        };
        json.map(|json| pretty(&json))
    }

    /// How long it is: the bytes of a datagram that is given or expected, or stimuli.
    fn len(&self) -> usize {
        match self {
            Self::Case(case) => case.bytes().map_or(0, <[u8]>::len),
            Self::Scenario(scenario) => scenario.steps.len(),
        }
    }
}

/// The finding of a question that failed: asked again and again until it is as short as it still fails.
pub(super) fn of(
    adapter: &mut dyn Respondent,
    questions: &Questions<'_>,
    number: u64,
    question: &Question,
    judgement: &Judgement,
) -> Finding {
    let (long, found) = match question {
        Question::Bytes(case, kind) => {
            let (kind, code) = (*kind, judgement.code);
            let mut inquiry = Inquiry { adapter, questions, number, kind, code, faults: FAULTS };
            (Found::Case(case.clone()), inquiry.shortest(case).map(|case| Found::Case(case.into())))
        }
        Question::Play(part) => {
            let planned = questions.planned(part, number);
            let shorter = shorter(adapter, questions, (number, &planned), judgement.code);
            (
                Found::Scenario(planned.scenario.into()),
                shorter.map(|scenario| Found::Scenario(scenario.into())),
            )
        }
    };
    let (before, again) = (long.len(), found.is_some());
    let found = found.unwrap_or(long);
    Finding { number, lengths: (before, found.len()), found, again }
}

/// The scenario as short as it still fails; nothing if it does not fail again.
fn shorter(
    adapter: &mut dyn Respondent,
    questions: &Questions<'_>,
    (number, planned): (u64, &play::Planned),
    code: Option<Code>,
) -> Option<Scenario> {
    let (model, hello) = (questions.model, questions.hello);
    let explainer = explain::Explainer::new(model, hello.declares(Capability::Detect));
    let id = &planned.scenario.id;
    let observed = shortened(adapter, planned, hello, (model, &explainer), id);
    if let Some((shorter, _)) = observed {
        return Some(shorter.scenario);
    }
    // What cannot be read, or does not come, is at no step.
    let shown = Shown::by(hello);
    let mut fails = |stimuli: &[Stimulus]| {
        let part = questions.part(stimuli.to_vec());
        let ended = adapter.stopped().is_some();
        let reply = if ended { Reply::NotRun } else { adapter.play(Rc::new(whole(&part, 1))) };
        (played(&part, reply, shown).code == code).then(|| stimuli.len().saturating_sub(1))
    };
    fails(&planned.part.stimuli)?;
    let attempts = if is_costly(code) { FAULTS } else { ATTEMPTS };
    let best = shrink(&planned.part.stimuli, attempts, &mut fails);
    Some(questions.planned(&questions.part(best), number).scenario)
}

/// Whether the adapter is started again after such an answer.
fn is_costly(code: Option<Code>) -> bool {
    matches!(code, Some(Code::Crash | Code::Timeout | Code::Garbage | Code::Unstable))
}

/// Asks about neighbours of a case that failed.
struct Inquiry<'a, 'q> {
    adapter: &'a mut dyn Respondent,
    questions: &'a Questions<'q>,
    number: u64,
    kind: CheckKind,
    code: Option<Code>,
    /// How often the adapter may still break.
    faults: usize,
}

impl Inquiry<'_, '_> {
    /// The shortest and plainest case that fails in the same way; nothing if not even this one does.
    fn shortest(&mut self, case: &Case) -> Option<Case> {
        let right = right_answer(case);
        self.judge(case)?;
        let model = self.questions.model;
        let mut best = if self.kind == CheckKind::Encode {
            let mut fails = |value: &Value| {
                let case = self.of_value(value);
                case.is_some_and(|case| right_answer(&case) == right && self.judge(&case).is_some())
            };
            let mut search = Search::new(case.value.clone()?, ATTEMPTS, &mut fails);
            search.shrink();
            let best = search.best;
            self.of_value(&best)?
        } else {
            let mut fails = |bytes: &Vec<u8>| {
                let case = self.of_bytes(bytes);
                case.is_some_and(|case| right_answer(&case) == right && self.judge(&case).is_some())
            };
            let mut search = Search::new(case.bytes()?.to_vec(), ATTEMPTS, &mut fails);
            search.shrink(model);
            let best = search.best;
            self.of_bytes(&best)?
        };
        // Once more, for the rule of the field that is wrong.
        self.faults += 1;
        let judgement = self.judge(&best)?;
        let explainer = Explainer::new(model);
        if let Some(rule) = explainer.rule_behind(&best, &check_of(&best, self.kind), &judgement) {
            best.rules = vec![rule];
        }
        Some(best)
    }

    fn of_bytes(&self, bytes: &[u8]) -> Option<Case> {
        match self.questions.bytes(bytes, self.kind, self.number)? {
            Question::Bytes(case, _) => Some(*case),
            Question::Play(_) => None,
        }
    }

    fn of_value(&self, value: &Value) -> Option<Case> {
        let layout = self.questions.model.layout();
        let message = layout.message(&value.message).or(layout.messages.first())?;
        match self.questions.encode(message, value.clone(), self.number)? {
            Question::Bytes(case, _) => Some(*case),
            Question::Play(_) => None,
        }
    }

    /// The judgement on the answer to a case, if it is wrong in the same way.
    fn judge(&mut self, case: &Case) -> Option<Judgement> {
        if self.faults == 0 || self.adapter.stopped().is_some() {
            return None;
        }
        let reply = self.adapter.ask(body(case, self.kind)?);
        let judgement = check_of(case, self.kind).judge(reply);
        if is_costly(judgement.code) {
            self.faults -= 1;
        }
        (judgement.code.is_some() && judgement.code == self.code).then_some(judgement)
    }
}

/// What is right, roughly: another message or another refusal is another fault.
fn right_answer(case: &Case) -> (Option<rollwire_model::RefusalClass>, Option<&str>, bool) {
    let message = case.value.as_ref().map(|value| &*value.message);
    (case.reject, message, case.one_of.is_some())
}
