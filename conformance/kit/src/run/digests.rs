//! Asks for digests of states, explains failures, and shrinks failing fresh cases.

use std::collections::BTreeSet;

use rollwire_model::vectors::CheckKind;

use super::round::{InOrder, Round, is_explained};
use crate::{
    check::{
        detail,
        digest::{
            explain::Explainer,
            judge::{AnsweredDigest, judge},
            plan::Planned,
            shrink::shortened,
        },
    },
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
    let (matcher, emit) = (&mut *round.matcher, &mut *round.emit);
    round.adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        let planned = &plan[place];
        let mut log = reply.stderr();
        let (judgement, made) = judge(&planned.answers, reply);
        let mut event = not_run(planned);
        event.verdict = judgement.verdict;
        event.code = judgement.code;
        if is_explained(judgement.verdict) {
            if log.is_empty() {
                log = stderr();
            }
            event.detail = Some(explainer.explain(planned, &judgement, made.as_ref(), &log));
            name_the_rule(&explainer, &mut event, planned, made.as_ref());
        }
        // The baseline is applied before shrinking, which may change the code. An expected failure
        // is not shrunk.
        matcher.judge(&mut event);
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
    event.detail = Some(explainer.explain(&smaller, &judgement, made.as_ref(), ""));
    name_the_rule(explainer, event, &smaller, made.as_ref());
}

/// A fresh digest tests no particular rule, so its failure is reported under the rule that it
/// violates.
fn name_the_rule(
    explainer: &Explainer,
    event: &mut CheckEvent,
    planned: &Planned,
    made: Option<&AnsweredDigest>,
) {
    if !planned.origin.is_fresh() || event.verdict != Verdict::Fail {
        return;
    }
    event.rule = explainer.rule(planned, made).to_owned();
    if let (Some(detail), Some(rule)) = (&mut event.detail, rollwire_model::rule(&event.rule)) {
        detail::name_rule(detail, rule);
    }
}

/// The event of a digest that the run did not reach.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.case, planned.origin, CheckKind::Digest)
}
