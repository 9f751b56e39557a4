//! The part of a run that is about behaviour: scenarios played, failures explained, random ones shrunk.

use std::collections::BTreeMap;

use rollwire_model::{Model, exchange::Stimulus, vectors::CheckKind};

use super::{Options, not_applicable};
use crate::{
    event::CheckEvent,
    exchange::{
        explain::Explainer,
        judge::judge,
        play::{self, Planned, Played},
        random,
        script::{Part, whole},
        seen::{Shown, observations},
        shrink::shrink,
    },
    judge::answers,
    plan::Plan,
    protocol::{Capability, Hello},
    runner::{Engine, Transport},
    verdict::Verdict,
};

/// The names of fresh scenarios begin with this.
const FRESH: &str = "fresh/exchange/";

/// How many failing fresh scenarios are shrunk, each of another rule.
const SHRUNK: usize = 5;

/// How often a scenario may be played to shrink it.
const ATTEMPTS: usize = 2000;

/// Plays every scenario of the plan, and tells about each in its order.
pub(super) fn play_all<T: Transport>(
    engine: &mut Engine<T>,
    plan: &Plan,
    hello: &Hello,
    model: &Model,
    options: &Options,
    tell: &mut dyn FnMut(CheckEvent),
) {
    let explainer = Explainer::new(model, hello.declares(Capability::Detect));
    let mut shrunk = BTreeMap::new();
    let played = play::play_all(engine, &plan.scenarios, hello);
    for (planned, played) in plan.scenarios.iter().zip(played) {
        let mut event = not_run(planned);
        if let Some(missing) = planned.missing {
            event.verdict = Verdict::NotApplicable;
            event = not_applicable(event, missing);
        } else if let Some(played) = played {
            event.verdict = played.judgement.verdict;
            event.code = played.judgement.code;
            if !matches!(event.verdict, Verdict::Pass | Verdict::NotRun) {
                explain(&explainer, planned, &played, &mut event);
            }
            let fresh = planned.scenario.id.starts_with(FRESH);
            if fresh && event.verdict == Verdict::Fail && shrunk.len() < SHRUNK {
                let number = shrunk.len();
                let shorter = shrunk.entry(event.rule.clone()).or_insert_with(|| {
                    let id = format!("shrunk/{:016x}-{number}", options.seed);
                    shortened(engine, planned, hello, (model, &explainer), &id)
                });
                if let Some(detail) = &mut event.detail {
                    detail.shrunk = shorter.take().map(Box::new);
                }
            }
        }
        tell(event);
    }
}

/// The event of a scenario that the run did not come to.
pub(super) fn not_run(planned: &Planned) -> CheckEvent {
    let scenario = &planned.scenario;
    CheckEvent {
        case: scenario.id.clone(),
        check: CheckKind::Run,
        rule: scenario.rules.first().cloned().unwrap_or_default(),
        level: scenario.level.to_string(),
        verdict: Verdict::NotRun,
        code: None,
        reason: None,
        detail: None,
    }
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

/// The scenario as short as it still fails, played again and again.
fn shortened<T: Transport>(
    engine: &mut Engine<T>,
    planned: &Planned,
    hello: &Hello,
    (model, explainer): (&Model, &Explainer<'_>),
    id: &str,
) -> Option<rollwire_model::vectors::Scenario> {
    let shown = Shown::by(hello);
    let mut last = None;
    let mut fails = |stimuli: &[Stimulus]| {
        if engine.stopped().is_some() {
            return None;
        }
        let scenario = random::scenario(id, "EXCH-8", "", stimuli.to_vec(), model);
        let expected = scenario.observations(model, shown.detect);
        let part = Part { stimuli: stimuli.to_vec(), expected };
        let reply = engine.play(std::rc::Rc::new(whole(&part, 1)));
        let answers = answers(reply).ok()?;
        let answers: Vec<_> = answers.iter().collect();
        let got = observations(&answers, stimuli.len(), shown).ok()?;
        let wrong = judge(&part.expected, &got, shown)?;
        last = Some((stimuli[..=wrong.step].to_vec(), wrong));
        Some(wrong.step)
    };
    let best = shrink(&planned.part.stimuli, ATTEMPTS, &mut fails);
    let (_, wrong) = last.filter(|(stimuli, _)| *stimuli == best)?;
    let rule = explainer.rule(&best, wrong);
    let comment = format!("found by {} and made as short as it still fails", planned.scenario.id);
    let mut scenario = random::scenario(id, rule, &comment, best, model);
    random::about_the_last_step(&mut scenario, model);
    Some(scenario)
}
