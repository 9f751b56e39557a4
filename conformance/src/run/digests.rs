//! The part of a run that is about digests of states.

use rollwire_model::vectors::CheckKind;

use super::InOrder;
use crate::{
    baseline::Ledger,
    digest::{Planned, explain::Explainer, judge::judge},
    event::CheckEvent,
    plan::Plan,
    runner::{Ask, Respondent},
    verdict::Verdict,
};

/// Asks every digest of the plan, and tells about each in its order.
pub(super) fn ask_all(
    adapter: &mut dyn Respondent,
    plan: &Plan,
    ledger: &mut Ledger<'_>,
    tell: &mut dyn FnMut(CheckEvent),
) {
    let explainer = Explainer::new();
    let mut in_order = InOrder::default();
    let mut tell = |place: u64, event: CheckEvent| in_order.push(place, event, tell);
    for (place, planned) in (0..).zip(&plan.digests) {
        if let Some(missing) = planned.missing {
            let mut event = not_run(planned).not_applicable(missing);
            ledger.judge(&mut event);
            tell(place, event);
        }
    }
    let mut asks = (0_u64..)
        .zip(&plan.digests)
        .filter_map(|(place, planned)| Some::<Ask>((place, planned.script()?)));
    adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        let planned = &plan.digests[usize::try_from(place).unwrap_or_default()];
        let mut noise = reply.noise();
        let (judgement, made) = judge(&planned.answers, reply);
        let mut event = not_run(planned);
        event.verdict = judgement.verdict;
        event.code = judgement.code;
        if !matches!(judgement.verdict, Verdict::Pass | Verdict::NotRun) {
            if noise.is_empty() {
                noise = stderr();
            }
            event.detail = Some(explainer.explain(planned, &judgement, made.as_ref(), &noise));
        }
        ledger.judge(&mut event);
        tell(place, event);
    });
}

/// The event of a digest that the run did not come to.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.case, CheckKind::Digest)
}
