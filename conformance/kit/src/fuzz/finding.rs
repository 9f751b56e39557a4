//! A difference, as a case of a vector file: shrunk, and under the rule that describes it.

use std::sync::Arc;

use rollwire_model::{
    Model, Value,
    exchange::{Member, Stimulus},
    vectors::{Case, CheckKind},
};

use super::question::{Question, judge_once};
use crate::{
    check::{
        budget::Budget,
        bytes::{self, shrink::Search},
        digest,
        judgement::Judgement,
        scenario::{
            self,
            cuts::whole,
            judge::Deviation,
            shrink::{attempts, shrink},
            visible::Visible,
        },
    },
    generate,
    protocol::Hello,
    runner::{Adapter, Reply},
    vectors::{AnyCase, CaseSeed, Content, file_text},
    verdict::Code,
};

/// How often an adapter is asked in order to shrink a finding.
const ATTEMPTS: usize = 20_000;

/// How often an adapter may break meanwhile: each time costs two starts, and perhaps two time limits.
const FAULTS: usize = 30;

/// How often it may hang: each time costs a start and the time that is waited for an answer.
const HANGS: usize = 10;

/// A difference.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The number of its case.
    pub number: u64,
    /// The case that shows it, as short as it still does.
    pub content: Content,
    /// How long it was before, and is now: bytes, stimuli, or characters.
    pub lengths: (usize, usize),
    /// Whether it was there again when it was asked for alone.
    pub again: bool,
}

impl Finding {
    /// The text of a vector file that `rollwire check --vectors` runs.
    ///
    /// # Errors
    /// What serde says; no generated case can cause it.
    pub fn file(&self) -> serde_json::Result<String> {
        file_text(self.content.clone(), "fuzz")
    }

    /// What its length is counted in, one of it and many.
    #[must_use]
    pub fn unit(&self) -> (&'static str, &'static str) {
        match &self.content {
            Content::Bytes(case) if case.bytes().is_some() => ("byte", "bytes"),
            Content::Scenario(_) => ("stimulus", "stimuli"),
            // A value that has no datagram, as it is written, or a state.
            Content::Bytes(_) | Content::Digest(_) => ("character", "characters"),
        }
    }
}

/// How long a case is: the bytes of a datagram that is given or expected, stimuli, or characters of a
/// value that has no datagram or of a state.
fn length(content: &Content) -> usize {
    match content {
        Content::Bytes(case) => match (case.bytes(), &case.value) {
            (Some(bytes), _) => bytes.len(),
            (None, value) => value.as_ref().map_or(0, |it| it.to_string().chars().count()),
        },
        Content::Scenario(scenario) => scenario.steps.len(),
        Content::Digest(case) => case.state.chars().count(),
    }
}

/// Makes a finding of a question that failed, for an implementation with this hello.
pub(super) struct Finder<'a> {
    pub(super) adapter: &'a mut dyn Adapter,
    pub(super) model: &'a Arc<Model>,
    pub(super) hello: &'a Hello,
    pub(super) draw: CaseSeed,
}

impl Finder<'_> {
    /// Asks again and again until the case is as short as it still fails.
    pub(super) fn finding(&mut self, question: &Question, judgement: &Judgement) -> Finding {
        let (long, short) = match question {
            Question::Bytes(planned) => {
                let short = self.shortest_bytes(planned, judgement.code);
                (Content::from((*planned.case).clone()), short.map(Content::from))
            }
            Question::Scenario(planned) => {
                let short = self.shortest_scenario(planned, judgement.code);
                (self.with_observations(planned, planned.session.stimuli.clone()), short)
            }
            Question::Digest(planned) => {
                let shortened =
                    digest::shrink::shortened(self.adapter, planned, self.hello, &mut budget());
                let short = shortened.map(|(smaller, ..)| Content::from(smaller.case));
                (Content::from(planned.case.clone()), short.or_else(|| self.again(planned)))
            }
        };
        let (before, again) = (length(&long), short.is_some());
        let content = short.unwrap_or(long);
        let lengths = (before, length(&content));
        Finding { number: self.draw.number, content, lengths, again }
    }

    /// The digest as it was found, if it fails again.
    fn again(&mut self, planned: &digest::plan::Planned) -> Option<Content> {
        if self.adapter.stopped().is_some() {
            return None;
        }
        let reply = self.adapter.ask_script(planned.script()?);
        let (judgement, _) = digest::judge::judge(&planned.answers, reply);
        judgement.code.is_some().then(|| Content::from(planned.case.clone()))
    }

    /// A scenario of these stimuli that states what is to be observed, under the rule that describes the
    /// last of them.
    fn with_observations(
        &self,
        planned: &scenario::plan::Planned,
        stimuli: Vec<Stimulus>,
    ) -> Content {
        let id = &planned.scenario.id;
        let member = match stimuli.last() {
            _ if planned.scenario.peer.is_some() => Member::Sent,
            Some(Stimulus::Tick {}) | None => Member::Sent,
            Some(Stimulus::Recv(_)) => Member::Map,
            Some(_) => Member::Queue,
        };
        let last = Deviation { step: stimuli.len().saturating_sub(1), member };
        let shown = Visible::by(self.hello);
        let plan = planned.session.with(stimuli.clone());
        let rule = scenario::rule::rule_of(&plan, last, None, shown);
        let mut scenario = generate::scenarios::scenario(id, rule, "random stimuli", stimuli);
        (scenario.peer, scenario.since) = (planned.scenario.peer, planned.scenario.since);
        scenario.requires.clone_from(&planned.scenario.requires);
        scenario.expect_observations_of(self.model);
        Content::from(scenario)
    }

    /// The scenario as short as it still fails; nothing if it does not fail again.
    fn shortest_scenario(
        &mut self,
        planned: &scenario::plan::Planned,
        code: Option<Code>,
    ) -> Option<Content> {
        let shown = Visible::by(self.hello);
        let explainer = scenario::explain::Explainer::new(shown);
        let id = &planned.scenario.id;
        let shortened = scenario::shrink::shortened(
            self.adapter,
            planned,
            self.hello,
            &explainer,
            id,
            &mut budget(),
        );
        if let Some((shorter, _)) = shortened {
            return Some(Content::from(shorter.scenario));
        }
        // What cannot be read, or does not come, is at no step.
        let adapter = &mut *self.adapter;
        let mut fails = |stimuli: &[Stimulus]| {
            let part = planned.session.with(stimuli.to_vec());
            let ended = adapter.stopped().is_some();
            let reply =
                if ended { Reply::NotRun } else { adapter.ask_script(Arc::new(whole(&part, 1))) };
            let judgement = judge_once(&part, reply, shown);
            (judgement.code == code).then(|| stimuli.len().saturating_sub(1))
        };
        fails(&planned.session.stimuli)?;
        let stimuli = &planned.session.stimuli;
        let most = if is_costly(code) { faults(code) } else { ATTEMPTS };
        let best = shrink(stimuli, attempts(stimuli.len(), most), &mut fails);
        Some(self.with_observations(planned, best))
    }

    /// The shortest and plainest case that fails in the same way; nothing if not even this one does.
    fn shortest_bytes(
        &mut self,
        planned: &bytes::plan::Planned,
        code: Option<Code>,
    ) -> Option<Case> {
        let (model, kind, draw) = (self.model, planned.kind, self.draw);
        let mut neighbours = Neighbours { finder: self, kind, code, faults: faults(code) };
        let right = right_answer(&planned.case);
        neighbours.judge(planned)?;
        let mut still_fails = |case: Option<AnyCase>| {
            let planned = case.and_then(|case| neighbours.planned(case));
            planned.is_some_and(|planned| {
                right_answer(&planned.case) == right && neighbours.judge(&planned).is_some()
            })
        };
        let best = if kind == CheckKind::Encode {
            let mut fails = |value: &Value| still_fails(of_value(model, value, draw));
            let mut search = Search::new(planned.case.value.clone()?, ATTEMPTS, &mut fails);
            search.shrink();
            let best = search.best;
            of_value(model, &best, draw)
        } else {
            let mut fails =
                |bytes: &Vec<u8>| still_fails(generate::fuzz::of_bytes(model, bytes, kind, draw));
            let mut search = Search::new(planned.case.bytes()?.to_vec(), ATTEMPTS, &mut fails);
            search.shrink(model);
            let best = search.best;
            generate::fuzz::of_bytes(model, &best, kind, draw)
        };
        let best = neighbours.planned(best?)?;
        // Once more, for the rule of the field that is wrong.
        neighbours.faults += 1;
        let judgement = neighbours.judge(&best)?;
        let rule = bytes::explain::Explainer::new(model).rule(&best, &judgement);
        let mut case = (*best.case).clone();
        case.rules = vec![rule];
        Some(case)
    }
}

fn of_value(model: &Model, value: &Value, draw: CaseSeed) -> Option<AnyCase> {
    let layout = model.layout();
    let message = layout.message(&value.message).or(layout.messages.first())?;
    Some(generate::fuzz::of_value(model, message, value.clone(), draw))
}

/// What shrinking one finding may cost.
fn budget() -> Budget {
    Budget::new(ATTEMPTS, FAULTS)
}

/// How often the adapter may break in this way.
fn faults(code: Option<Code>) -> usize {
    if code == Some(Code::Timeout) { HANGS } else { FAULTS }
}

/// Whether the adapter is started again after such an answer.
fn is_costly(code: Option<Code>) -> bool {
    matches!(code, Some(Code::Crash | Code::Timeout | Code::Garbage | Code::Unstable))
}

/// Asks about neighbours of a case that failed.
struct Neighbours<'a, 'b> {
    finder: &'a mut Finder<'b>,
    kind: CheckKind,
    code: Option<Code>,
    /// How often the adapter may still break.
    faults: usize,
}

impl Neighbours<'_, '_> {
    /// The check of a neighbour, if it may be asked.
    fn planned(&self, case: AnyCase) -> Option<bytes::plan::Planned> {
        match Question::new(case, self.finder.hello, self.finder.model)? {
            Question::Bytes(planned) if planned.kind == self.kind => Some(planned),
            _ => None,
        }
    }

    /// The judgement on the answer to a case, if it is wrong in the same way.
    fn judge(&mut self, planned: &bytes::plan::Planned) -> Option<Judgement> {
        if self.faults == 0 || self.finder.adapter.stopped().is_some() {
            return None;
        }
        let reply = self.finder.adapter.ask_script(planned.script()?);
        let judgement = planned.judge(reply);
        if is_costly(judgement.code) {
            self.faults -= 1;
        }
        (judgement.code.is_some() && judgement.code == self.code).then_some(judgement)
    }
}

/// What is right, roughly: another message or another refusal is another fault.
fn right_answer(case: &Case) -> (Option<rollwire_model::RefusalClass>, Option<String>, bool) {
    let message = case.value.as_ref().map(|value| value.message.clone());
    (case.reject, message, case.one_of.is_some())
}
