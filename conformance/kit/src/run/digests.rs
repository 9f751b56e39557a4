//! Asks for digests of states, explains failures, and shrinks failing fresh cases.

use std::collections::BTreeSet;

use rollwire_model::vectors::CheckKind;

use super::round::{InOrder, Round, is_explained};
use crate::{
    check::digest::{explain::Explainer, judge::judge, plan::Planned, shrink::shortened},
    diagnosis::Given,
    event::CheckEvent,
    runner::Ask,
    verdict::Verdict,
};

/// How many failing fresh digests are shrunk, each of another rule.
const MAX_SHRUNK: usize = 5;

/// How many requests may be asked to shrink one of them.
const ATTEMPTS: usize = 2000;

/// Asks all digests of the plan, and emits their events in its order.
pub(super) fn ask_all(round: &mut Round<'_, '_>, plan: &[Planned]) {
    let explainer = Explainer::new(round.options.find_fault);
    let mut in_order = InOrder::default();
    for (place, planned) in plan.iter().enumerate() {
        if let Some(missing) = planned.missing {
            let mut event = not_run(planned).not_applicable(missing);
            round.matcher.judge(&mut event);
            in_order.push(place, event, round.emit);
        }
    }
    let mut asks = plan
        .iter()
        .enumerate()
        .filter_map(|(place, planned)| Some(Ask { place, script: planned.script()? }));
    let mut to_shrink = Vec::new();
    let failures = round.failures;
    let (matcher, emit, classes) = (&mut *round.matcher, &mut *round.emit, &mut round.classes);
    round.adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        let planned = &plan[place];
        let mut log = reply.stderr();
        let (judgement, made) = judge(&planned.answers, reply);
        classes.count(&judgement);
        let mut event = not_run(planned);
        event.verdict = judgement.verdict;
        event.code = judgement.code;
        if is_explained(judgement.verdict) {
            if log.is_empty() {
                log = stderr();
            }
            event.rule = explainer.rule(planned, &judgement, made.as_ref());
            event.detail = Some(explainer.explain(planned, &judgement, made.as_ref(), &log));
        }
        // The baseline is applied before shrinking, which may change the code. An expected failure
        // is not shrunk.
        matcher.judge(&mut event);
        let given = || Given::digest(&judgement.got, made.as_ref());
        failures.borrow_mut().keep(&event, given);
        if planned.origin.is_fresh() && event.verdict == Verdict::Fail {
            to_shrink.push((place, event));
        } else {
            in_order.push(place, event, emit);
        }
    });
    to_shrink.sort_by_key(|(place, _)| *place);
    let mut shrunk = BTreeSet::new();
    for (place, mut event) in to_shrink {
        if shrunk.len() < MAX_SHRUNK && !shrunk.contains(&event.rule) && round.adapter.is_live() {
            shrunk.insert(event.rule.clone());
            shrink(round, &explainer, &plan[place], &mut event);
            shrunk.insert(event.rule.clone());
        }
        in_order.push(place, event, round.emit);
    }
}

/// Replaces the details by those of the smallest state found that still fails.
fn shrink(
    round: &mut Round<'_, '_>,
    explainer: &Explainer,
    planned: &Planned,
    event: &mut CheckEvent,
) {
    let Some((smaller, judgement, made)) = shortened(round.adapter, planned, round.hello, ATTEMPTS)
    else {
        return;
    };
    event.code = judgement.code;
    event.rule = explainer.rule(&smaller, &judgement, made.as_ref());
    event.detail = Some(explainer.explain(&smaller, &judgement, made.as_ref(), ""));
}

/// The event of a digest that the run did not reach.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.case, planned.origin, CheckKind::Digest)
}
