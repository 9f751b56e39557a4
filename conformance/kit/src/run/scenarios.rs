//! Runs scenarios, explains failures, and shrinks failing fresh scenarios.

use std::collections::BTreeSet;

use rollwire_model::vectors::CheckKind;

use super::round::{Round, is_explained};
use crate::{
    check::scenario::{
        execute, explain::Explainer, plan::Planned, result::ScenarioResult, shrink::shortened,
        visible::Visible,
    },
    diagnosis::{Fingerprint, Given},
    event::CheckEvent,
    vectors::fits_in_a_file,
    verdict::Verdict,
};

/// How many failing fresh scenarios are shrunk, each of another rule.
const MAX_SHRUNK: usize = 5;

/// Runs all scenarios of the plan, and emits their events in its order.
pub(super) fn run_all(round: &mut Round<'_, '_>, plan: &[Planned]) {
    let explainer = Explainer::new(Visible::by(round.hello));
    let mut shrunk = BTreeSet::new();
    let played = execute::run_all(round.adapter, plan, round.hello);
    for (planned, played) in plan.iter().zip(played) {
        let mut event = not_run(planned);
        let mut given = None;
        if let Some(missing) = planned.missing {
            event = event.not_applicable(missing);
        } else if let Some(played) = played {
            given = played.observed().map(|(step, observation)| Given::Scenario {
                step,
                observed: Fingerprint::of(observation),
            });
            event.verdict = played.judgement.verdict;
            event.code = played.judgement.code;
            event.reason = played.judgement.left_out();
            if is_explained(event.verdict) {
                explain(&explainer, planned, &played, &mut event);
            }
        }
        // The baseline is applied before shrinking, which may change the code. An expected failure
        // is not shrunk.
        round.matcher.judge(&mut event);
        round.failures.borrow_mut().keep(&event, || given);
        let first = planned.origin.is_fresh()
            && event.verdict == Verdict::Fail
            && !shrunk.contains(&event.rule);
        if first && round.adapter.is_live() && shrunk.len() < MAX_SHRUNK {
            let id = format!("shrunk/{:016x}-{}", round.options.seed, shrunk.len());
            shrunk.insert(event.rule.clone());
            let mut own = round.shrinking.take_half();
            let shorter = shortened(round.adapter, planned, round.hello, &explainer, &id, &mut own);
            round.shrinking.put_back(&own);
            // What is too large for a file stays as it was found: the seed makes it again.
            let fits = |it: &(Planned, _)| fits_in_a_file(&it.0.scenario, MAX_SHRUNK);
            if let Some((shorter, played)) = shorter.filter(fits) {
                event.rule.clone_from(&shorter.scenario.rules[0]);
                event.code = played.judgement.code;
                let mut detail = explainer.explain(&shorter, &played, &event.rule);
                detail.shrunk = Some(Box::new(shorter.scenario));
                event.detail = Some(detail);
            }
        }
        (round.emit)(event);
    }
}

/// The event of a scenario that the run did not reach.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.scenario, planned.origin, CheckKind::Run)
}

/// Reports a failure under the rule that is broken, which may be another one than the scenario's.
fn explain(
    explainer: &Explainer,
    planned: &Planned,
    played: &ScenarioResult,
    event: &mut CheckEvent,
) {
    event.rule = explainer.headline(planned, played);
    event.detail = Some(explainer.explain(planned, played, &event.rule));
}
