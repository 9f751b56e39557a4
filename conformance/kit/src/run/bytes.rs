//! Asks the checks on bytes.

use super::round::{InOrder, Round, is_explained};
use crate::{
    check::bytes::{explain::Explainer, plan::Planned},
    diagnosis::Given,
    event::CheckEvent,
    runner::Ask,
};

/// Asks all checks on bytes, and emits their events in the order of the plan.
pub(super) fn ask_all(round: &mut Round<'_, '_>, plan: &[Planned]) {
    let explainer = Explainer::new(round.model);
    let mut in_order = InOrder::default();
    // Checks that do not apply come first, so that no other event waits for theirs.
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
    let failures = round.failures;
    let (matcher, emit, classes) = (&mut *round.matcher, &mut *round.emit, &mut round.classes);
    round.adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        let planned = &plan[place];
        let mut log = reply.stderr();
        let judgement = planned.judge(reply);
        classes.count(&judgement);
        let mut event = not_run(planned);
        event.verdict = judgement.verdict;
        event.code = judgement.code;
        if is_explained(judgement.verdict) {
            if log.is_empty() {
                log = stderr();
            }
            event.rule = explainer.rule(planned, &judgement);
            event.detail = Some(explainer.explain(planned, &judgement, &log));
        }
        matcher.judge(&mut event);
        failures.borrow_mut().keep(&event, || Given::bytes(&judgement.got));
        in_order.push(place, event, emit);
    });
}

/// The event of a check that the run did not reach.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&*planned.case, planned.origin, planned.kind)
}
