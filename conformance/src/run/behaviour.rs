//! The part of a run that is about behaviour: scenarios played, failures explained, random ones shrunk.

use std::{collections::BTreeSet, rc::Rc};

use rollwire_model::{Model, exchange::Stimulus, vectors::CheckKind};

use super::Options;
use crate::{
    baseline::Ledger,
    event::CheckEvent,
    exchange::{
        explain::Explainer,
        play::{self, Planned, Played},
        random,
        script::whole,
        seen::Shown,
        shrink::shrink,
    },
    plan::Plan,
    protocol::{Capability, Hello},
    runner::Respondent,
    verdict::Verdict,
};

/// The names of fresh scenarios begin with this.
const FRESH: &str = "fresh/exchange/";

/// How many failing fresh scenarios are shrunk, each of another rule.
const SHRUNK: usize = 5;

/// How often a scenario may be played to shrink it.
const ATTEMPTS: usize = 2000;

/// Plays every scenario of the plan, and tells about each in its order.
pub(super) fn play_all(
    adapter: &mut dyn Respondent,
    plan: &Plan,
    (hello, model): (&Hello, &Rc<Model>),
    options: &Options,
    ledger: &mut Ledger<'_>,
    tell: &mut dyn FnMut(CheckEvent),
) {
    let explainer = Explainer::new(model, hello.declares(Capability::Detect));
    let mut shrunk = BTreeSet::new();
    let played = play::play_all(adapter, &plan.scenarios, hello);
    for (planned, played) in plan.scenarios.iter().zip(played) {
        let mut event = not_run(planned);
        if let Some(missing) = planned.missing {
            event = event.not_applicable(missing);
        } else if let Some(played) = played {
            event.verdict = played.judgement.verdict;
            event.code = played.judgement.code;
            if !matches!(event.verdict, Verdict::Pass | Verdict::NotRun) {
                explain(&explainer, planned, &played, &mut event);
            }
        }
        // Before it is shrunk, which may show another code; what is expected is not shrunk at all.
        ledger.judge(&mut event);
        let fresh = planned.scenario.id.starts_with(FRESH);
        let first = fresh && event.verdict == Verdict::Fail && !shrunk.contains(&event.rule);
        if first && adapter.is_live() && shrunk.len() < SHRUNK {
            let id = format!("shrunk/{:016x}-{}", options.seed, shrunk.len());
            shrunk.insert(event.rule.clone());
            if let Some((shorter, played)) =
                shortened(adapter, planned, hello, (model, &explainer), &id)
            {
                event.rule.clone_from(&shorter.scenario.rules[0]);
                event.code = played.judgement.code;
                let mut detail = explainer.explain(&shorter, &played, &event.rule);
                detail.shrunk = Some(Box::new(shorter.scenario));
                event.detail = Some(detail);
            }
        }
        tell(event);
    }
}

/// The event of a scenario that the run did not come to.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    CheckEvent::not_run(&planned.scenario, CheckKind::Run)
}

/// A fresh scenario is about no rule in particular: it is reported under the one that was broken first.
fn explain(explainer: &Explainer<'_>, planned: &Planned, played: &Played, event: &mut CheckEvent) {
    if let Some(wrong) = played.wrong
        && planned.scenario.id.starts_with(FRESH)
    {
        event.rule = explainer.rule(&planned.part.stimuli, wrong).to_owned();
    }
    event.detail = Some(explainer.explain(planned, played, &event.rule));
}

/// The scenario as short as it still fails, played again and again, and what it shows.
pub(crate) fn shortened(
    adapter: &mut dyn Respondent,
    planned: &Planned,
    hello: &Hello,
    (model, explainer): (&Rc<Model>, &Explainer<'_>),
    id: &str,
) -> Option<(Planned, Played)> {
    let shown = Shown::by(hello);
    let plan = |stimuli: &[Stimulus], rule: &str, comment: &str| {
        let scenario = random::scenario(id, rule, comment, stimuli.to_vec(), model);
        Planned::new(scenario, hello, model)
    };
    let mut fails = |stimuli: &[Stimulus]| {
        let part = plan(stimuli, "EXCH-8", "").part;
        if adapter.stopped().is_some() {
            return None;
        }
        let reply = adapter.play(Rc::new(whole(&part, 1)));
        play::first_wrong(&part, reply, shown).ok()?.map(|wrong| wrong.step)
    };
    let best = shrink(&planned.part.stimuli, ATTEMPTS, &mut fails);
    let comment = format!("what {} found, in as few steps as it takes", planned.scenario.id);
    // Once more, as it will be played from the file.
    let played = |adapter: &mut dyn Respondent, it: &Planned| {
        play::play_all(adapter, std::slice::from_ref(it), hello).pop().flatten()
    };
    let mut shorter = plan(&best, "EXCH-8", &comment);
    let wrong = played(adapter, &shorter)?.wrong?;
    shorter.scenario.rules = vec![explainer.rule(&best, wrong).to_owned()];
    random::about_the_last_step(&mut shorter.scenario, model);
    let played = played(adapter, &shorter)?;
    (played.judgement.verdict == Verdict::Fail).then_some((shorter, played))
}
