//! Asks for digests of states, explains failures, and shrinks failing fresh cases.
//!
//! Answers arrive in any order. They are explained in the order of the plan, because a run explains only so
//! much, and the same answers must give the same report.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_model::vectors::CheckKind;

use super::{
    refusal_classes::RefusalClasses,
    round::{Round, is_explained},
};
use crate::{
    check::{
        digest::{
            explain::Explainer,
            judge::{AnsweredDigest, judge},
            plan::Planned,
            shrink::shortened,
        },
        judgement::Judgement,
    },
    diagnosis::Given,
    event::CheckEvent,
    runner::{Ask, Reply},
    verdict::Verdict,
};

/// How many failing fresh digests are shrunk, each of another rule.
const MAX_SHRUNK: usize = 5;

/// Asks all digests of the plan, and emits their events in its order.
pub(super) fn ask_all(round: &mut Round<'_, '_>, plan: &[Planned], explainer: &Explainer) {
    let mut asks = plan
        .iter()
        .enumerate()
        .filter_map(|(place, it)| Some(Ask { place, script: it.script()?, traits: it.traits() }));
    let mut turns = Turns::of(plan);
    let (matcher, emit, classes) = (&mut *round.matcher, &mut *round.emit, &mut round.classes);
    let failures = round.failures;
    round.adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        turns.waiting.insert(place, Answered::new(&plan[place], reply, stderr, classes));
        // While answers come, nothing else can be asked: what may be shrunk waits for their end.
        while let Some(mut answered) = turns.next(|answered| !answered.may_be_shrunk()) {
            answered.explain(explainer);
            matcher.judge(&mut answered.event);
            failures.borrow_mut().keep(&answered.event, || answered.given());
            emit(answered.event);
        }
    });
    let mut shrunk = BTreeSet::new();
    while let Some(mut answered) = turns.next(|_| true) {
        answered.explain(explainer);
        // The baseline is applied before shrinking, which may change the code. An expected failure
        // is not shrunk.
        round.matcher.judge(&mut answered.event);
        failures.borrow_mut().keep(&answered.event, || answered.given());
        let Answered { planned, mut event, .. } = answered;
        let is_new = planned.origin.is_fresh()
            && event.verdict == Verdict::Fail
            && shrunk.len() < MAX_SHRUNK
            && !shrunk.contains(&event.rule);
        if is_new && round.adapter.is_live() && !explainer.has_ended() {
            shrunk.insert(event.rule.clone());
            shrink(round, explainer, planned, &mut event);
            shrunk.insert(event.rule.clone());
        }
        (round.emit)(event);
    }
}

/// Replaces the details by those of the smallest state found that still fails.
fn shrink(
    round: &mut Round<'_, '_>,
    explainer: &Explainer,
    planned: &Planned,
    event: &mut CheckEvent,
) {
    let mut own = round.shrinking.take_half();
    let shorter = shortened(round.adapter, planned, round.hello, &mut own);
    round.shrinking.put_back(&own);
    let Some((smaller, judgement, made)) = shorter else { return };
    let (rule, detail) = explainer.report(&smaller, &judgement, made.as_ref(), "");
    event.code = judgement.code;
    event.rule = rule;
    event.detail = Some(detail);
}

/// The event of a digest that the run did not reach.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.case, planned.origin, CheckKind::Digest)
}

/// An answer that waits for its turn, or a check that does not apply.
struct Answered<'a> {
    planned: &'a Planned,
    event: CheckEvent,
    /// What is explained.
    wrong: Option<Box<Wrong>>,
}

/// What explains a check that did not pass.
struct Wrong {
    judgement: Judgement,
    made: Option<AnsweredDigest>,
    log: String,
}

impl<'a> Answered<'a> {
    fn new(
        planned: &'a Planned,
        reply: Reply,
        stderr: &mut dyn FnMut() -> String,
        classes: &mut RefusalClasses,
    ) -> Self {
        let mut log = reply.stderr();
        let (judgement, made) = judge(&planned.answers, reply);
        classes.count(&judgement);
        let mut event = not_run(planned);
        event.verdict = judgement.verdict;
        event.code = judgement.code;
        event.reason = judgement.left_out();
        let wrong = is_explained(judgement.verdict).then(|| {
            if log.is_empty() {
                log = stderr();
            }
            Box::new(Wrong { judgement, made, log })
        });
        Self { planned, event, wrong }
    }

    fn may_be_shrunk(&self) -> bool {
        self.planned.origin.is_fresh() && self.event.verdict == Verdict::Fail
    }

    /// Finds the rule that was broken, and the details. A run that has to end leaves the check with its
    /// verdict and the rule that its case is about.
    fn explain(&mut self, explainer: &Explainer) {
        let Some(wrong) = self.wrong.as_ref().filter(|_| !explainer.has_ended()) else { return };
        let Wrong { judgement, made, log } = &**wrong;
        let (rule, detail) = explainer.report(self.planned, judgement, made.as_ref(), log);
        self.event.rule = rule;
        self.event.detail = Some(detail);
    }

    fn given(&self) -> Option<Given> {
        let Wrong { judgement, made, .. } = &**self.wrong.as_ref()?;
        Given::digest(&judgement.got, made.as_ref())
    }
}

/// Puts answers in the order of the plan.
struct Turns<'a> {
    next: usize,
    waiting: BTreeMap<usize, Answered<'a>>,
}

impl<'a> Turns<'a> {
    /// Those that do not apply wait from the beginning.
    fn of(plan: &'a [Planned]) -> Self {
        let not_applicable = plan.iter().enumerate().filter_map(|(place, planned)| {
            let event = not_run(planned).not_applicable(planned.missing?);
            Some((place, Answered { planned, event, wrong: None }))
        });
        Self { next: 0, waiting: not_applicable.collect() }
    }

    /// The next one, if it is there and may be taken.
    fn next(&mut self, may_be_taken: impl Fn(&Answered<'a>) -> bool) -> Option<Answered<'a>> {
        if !may_be_taken(self.waiting.get(&self.next)?) {
            return None;
        }
        self.next += 1;
        self.waiting.remove(&(self.next - 1))
    }
}
