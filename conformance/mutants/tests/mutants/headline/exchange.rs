//! Headlines of wrong exchanges.

use rollwire_conformance::check::scenario::{
    explain::Explainer, judge::judge, visible::Visible,
};
use rollwire_model::{
    Model,
    exchange::{Behaviour, Session, Stimulus},
};
use rollwire_mutants::exchange::{Mutant, mutants};

use super::by_frequency;
use crate::SCENARIOS;

/// The rules that the failing scenarios name, for an adapter that shows these members.
fn named(model: &Model, mutant: &Mutant, shown: Visible) -> Vec<(String, usize)> {
    let explainer = Explainer::new(model, shown);
    let named = SCENARIOS.iter().filter_map(|scenario| {
        let needs = |name: &str| scenario.requires.iter().any(|it| it == name);
        if needs("inspect") && !shown.inspect || needs("detect") && !shown.detect {
            return None;
        }
        let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
        let play = |rules| {
            let mut session = Session::new(model, rules, shown.detect);
            stimuli.iter().map(|stimulus| session.step(stimulus)).collect::<Vec<_>>()
        };
        let (right, got) = (play(Behaviour::SPECIFIED), play(mutant.behaviour()));
        let (wrong, expected) = judge(right, &got, shown)?;
        let mut got = got[wrong.step].clone();
        if !shown.inspect {
            (got.queue, got.map, got.history) = Default::default();
        }
        if !shown.detect {
            (got.verified, got.events) = Default::default();
        }
        let rule = explainer.rule(&stimuli, wrong, Some(&(expected, got)));
        Some(format!("{rule}{}", if scenario.rules.iter().any(|it| it == rule) { "" } else { "" }))
    });
    by_frequency(named)
}

fn check(shown: Visible) {
    let model = Model::latest();
    let mut faults = Vec::new();
    for mutant in mutants() {
        let named = named(&model, &mutant, shown);
        if named.first().is_some_and(|(rule, _)| *rule != mutant.rule) {
            faults.push(format!("{} ({}): {named:?}", mutant.name, mutant.rule));
        }
    }
    assert!(faults.is_empty(), "{} {faults:#?}", faults.len());
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_exchange() {
    check(Visible::ALL);
}

#[test]
fn blind() {
    check(Visible { inspect: false, detect: true });
}

#[test]
fn silent() {
    check(Visible { inspect: false, detect: false });
}
