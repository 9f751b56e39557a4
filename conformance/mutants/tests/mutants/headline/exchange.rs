//! Headlines of wrong exchanges.

use std::rc::Rc;

use rollwire_conformance::{
    check::{
        judgement::{Answered, Judgement},
        scenario::{
            execute::ScenarioResult, explain::Explainer, judge::judge, plan::Planned,
            visible::Visible,
        },
    },
    protocol::Capability,
    vectors::Origin,
    verdict::Verdict,
};
use rollwire_model::{
    Model,
    exchange::{Behaviour, Observation, Session},
    vectors::Scenario,
};
use rollwire_mutants::exchange::{Mutant, mutants};

use super::{by_frequency, hello, is_named};
use crate::SCENARIOS;

/// Mutants of which the headline names another rule, though everything is shown, and why.
const SHOWN: &[(&str, &str)] = &[];

/// The same for an adapter that does not show its lists.
const NOT_SHOWN: &[(&str, &str)] = &[];

/// What the kit makes of a mutant in a scenario, if it fails; nothing if it needs what is not shown.
fn played(
    model: &Rc<Model>,
    mutant: &Mutant,
    scenario: &Scenario,
    shown: Visible,
) -> Option<String> {
    let mut hello = hello();
    if !shown.inspect {
        hello.capabilities.remove(&Capability::Inspect);
    }
    let planned = Planned::new(scenario.clone(), Origin::Published, &hello, model);
    if planned.missing.is_some() {
        return None;
    }
    let play = |rules| -> Vec<Observation> {
        let mut session = Session::new(model, rules, true);
        planned.session.stimuli.iter().map(|stimulus| session.step(stimulus)).collect()
    };
    let (right, mut got) = (play(Behaviour::SPECIFIED), play(mutant.behaviour()));
    if !shown.inspect {
        for it in &mut got {
            (it.queue, it.map, it.history) = Default::default();
        }
    }
    let (wrong, expected) = judge(right, &got, shown)?;
    let why = Answered::Nothing(String::new());
    let result = ScenarioResult {
        judgement: Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got: why },
        wrong: Some(wrong),
        seen: Some(Box::new((expected, got[wrong.step].clone()))),
        ..ScenarioResult::default()
    };
    Some(Explainer::new(model, shown).headline(&planned, &result))
}

/// Compares the rules that most failing scenarios name with those that are broken.
#[track_caller]
fn compare(shown: Visible, listed: &[(&str, &str)]) {
    let model = Rc::new(Model::latest());
    let mut faults = Vec::new();
    for mutant in mutants() {
        let scenarios = SCENARIOS.iter();
        let named = by_frequency(scenarios.filter_map(|it| played(&model, &mutant, it, shown)));
        let is_listed = listed.iter().any(|(name, _)| *name == mutant.name);
        if named.is_empty() || is_named(&named, mutant.rule) == is_listed {
            faults.push(format!("{} ({}): {named:?}", mutant.name, mutant.rule));
        }
    }
    assert!(faults.is_empty(), "{} {faults:#?}", faults.len());
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_exchange() {
    compare(Visible::ALL, SHOWN);
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_exchange_that_does_not_show_its_lists() {
    compare(Visible { inspect: false, detect: true }, NOT_SHOWN);
}
