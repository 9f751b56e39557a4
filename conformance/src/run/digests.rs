//! The part of a run that is about digests of states: asked, explained, fresh ones shrunk.

use std::collections::BTreeSet;

use rollwire_model::vectors::CheckKind;

use super::InOrder;
use crate::{
    baseline::Ledger,
    digest::{
        Planned,
        blame::rule_behind,
        explain::Explainer,
        judge::{Made, judge},
        random::{self, FRESH},
        shrink::shrink,
        spelled::Spelled,
    },
    event::CheckEvent,
    judge::Judgement,
    plan::Plan,
    protocol::Hello,
    runner::{Ask, Respondent},
    verdict::Verdict,
};

/// How many failing fresh digests are shrunk, each of another rule.
const SHRUNK: usize = 5;

/// How often an adapter may be asked to shrink one.
const ATTEMPTS: usize = 2000;

/// Asks every digest of the plan, and tells about each in its order.
pub(super) fn ask_all(
    adapter: &mut dyn Respondent,
    plan: &Plan,
    (hello, seed): (&Hello, u64),
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
    let mut to_shrink = Vec::new();
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
            name_the_rule(&mut event, planned, made.as_ref());
        }
        // Before it is shrunk, which may show another code; what is expected is not shrunk at all.
        ledger.judge(&mut event);
        if is_fresh(planned) && event.verdict == Verdict::Fail {
            to_shrink.push((place, event));
        } else {
            tell(place, event);
        }
    });
    let mut shrunk = BTreeSet::new();
    to_shrink.sort_by_key(|(place, _)| *place);
    for (place, mut event) in to_shrink {
        let planned = &plan.digests[usize::try_from(place).unwrap_or_default()];
        let first = shrunk.len() < SHRUNK && !shrunk.contains(&event.rule);
        if first
            && adapter.is_live()
            && let Some(state) = state_of(planned, seed)
        {
            let of_rule = event.rule.clone();
            if let Some((smaller, judgement, made)) = shortened(adapter, planned, hello, &state) {
                event.code = judgement.code;
                let made = made.as_ref();
                event.detail = Some(explainer.explain(&smaller, &judgement, made, ""));
                name_the_rule(&mut event, &smaller, made);
            }
            shrunk.extend([of_rule, event.rule.clone()]);
        }
        tell(place, event);
    }
}

/// A fresh digest is about no rule in particular: it is reported under the one behind what is wrong.
fn name_the_rule(event: &mut CheckEvent, planned: &Planned, made: Option<&Made>) {
    if !is_fresh(planned) || event.verdict != Verdict::Fail {
        return;
    }
    event.rule = rule_behind(&planned.case, made).to_owned();
    if let (Some(detail), Some(rule)) = (&mut event.detail, rollwire_model::rule(&event.rule)) {
        detail.rule_text.clone_from(&rule.text);
        detail.chapter = format!("spec/{}", rule.chapter);
    }
}

/// The state of a fresh digest; none where its text has an edit, or comes from a file under a name of ours.
fn state_of(planned: &Planned, seed: u64) -> Option<Spelled> {
    let number = planned.case.id.strip_prefix(FRESH)?.parse().ok()?;
    let (_, state) = random::state(seed, number);
    (state.text() == planned.case.state).then_some(state)
}

/// The state as small as it still fails, and what is answered to it.
fn shortened(
    adapter: &mut dyn Respondent,
    planned: &Planned,
    hello: &Hello,
    state: &Spelled,
) -> Option<(Planned, Judgement, Option<Made>)> {
    let (id, form) = (&planned.case.id, planned.case.form);
    let plan = |state: String| {
        let comment = format!("what {id} found, in as small a state as it takes");
        Planned::new(random::case(id, form, &comment, state), hello)
    };
    let mut ask = |state: &str| {
        if adapter.stopped().is_some() {
            return None;
        }
        let planned = plan(state.to_owned());
        let (judgement, made) = judge(&planned.answers, adapter.play(planned.script()?));
        (judgement.verdict == Verdict::Fail).then_some((planned, judgement, made))
    };
    let best = shrink(state, ATTEMPTS, &mut |text| ask(text).is_some());
    // Once more, as it will be shown.
    ask(&best.text())
}

fn is_fresh(planned: &Planned) -> bool {
    planned.case.id.starts_with(FRESH)
}

/// The event of a digest that the run did not come to.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.case, CheckKind::Digest)
}
