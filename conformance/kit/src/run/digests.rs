//! The part of a run that is about digests of states: asked, explained, fresh ones shrunk.

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
const SHRUNK: usize = 5;

/// How often an adapter may be asked to shrink one.
const ATTEMPTS: usize = 2000;

/// Asks every digest of the plan, and tells about each in its order.
pub(super) fn ask_all(round: &mut Round<'_, '_>, plan: &[Planned]) {
    let explainer = Explainer::new(round.options.find_fault);
    let mut in_order = InOrder::default();
    for (place, planned) in plan.iter().enumerate() {
        if let Some(missing) = planned.missing {
            let mut event = not_run(planned).not_applicable(missing);
            round.ledger.judge(&mut event);
            in_order.push(place, event, round.tell);
        }
    }
    let mut asks = plan
        .iter()
        .enumerate()
        .filter_map(|(place, planned)| Some(Ask { place, script: planned.script()? }));
    let mut to_shrink = Vec::new();
    let (ledger, tell) = (&mut *round.ledger, &mut *round.tell);
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
        // Before it is shrunk, which may show another code; what is expected is not shrunk at all.
        ledger.judge(&mut event);
        if planned.origin.is_fresh() && event.verdict == Verdict::Fail {
            to_shrink.push((place, event));
        } else {
            in_order.push(place, event, tell);
        }
    });
    to_shrink.sort_by_key(|(place, _)| *place);
    let mut shrunk = BTreeSet::new();
    for (place, mut event) in to_shrink {
        if shrunk.len() < SHRUNK && !shrunk.contains(&event.rule) && round.adapter.is_live() {
            shrunk.insert(event.rule.clone());
            shrink(round, &explainer, &plan[place], &mut event);
            shrunk.insert(event.rule.clone());
        }
        in_order.push(place, event, round.tell);
    }
}

/// Shows the failure on the smallest state that still has it.
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

/// A fresh digest is about no rule in particular: it is reported under the one behind what is wrong.
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

/// The event of a digest that the run did not come to.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.case, planned.origin, CheckKind::Digest)
}
