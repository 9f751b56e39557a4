//! Headlines of wrong peers.

use std::sync::Arc;

use rollwire_conformance::{
    check::{
        judgement::{Answered, Judgement},
        scenario::{
            explain::Explainer,
            judge::{Difference, judge},
            plan::Planned,
            result::ScenarioResult,
            visible::Visible,
        },
    },
    vectors::Origin,
    verdict::Verdict,
};
use rollwire_model::{AnySession, Model, exchange::Observation, peer::Session};
use rollwire_mutants::peer::{Mutant, mutants};

use super::{by_frequency, hello, is_named};
use crate::PEER_SCENARIOS;

/// In percent, how many wrong peers are named by their rule in most of the scenarios that fail.
const NAMED: usize = 90;

/// What the kit makes of a mutant in a scenario, if it fails.
fn played(mutant: &Mutant, planned: &Planned) -> Option<String> {
    let plan = &planned.session;
    let peer = plan.peer?;
    let wrong: Session = peer.session_with(&plan.model, mutant.behaviour());
    let mut session: AnySession = wrong.into();
    let stretches = plan.pace().stretches();
    let got: Vec<Observation> =
        stretches.map(|stretch| session.advance(&plan.stimuli[stretch])).collect();
    let Difference { wrong, expected, got } = judge(plan, &got, Visible::ALL)?;
    let why = Answered::Nothing(String::new());
    let result = ScenarioResult {
        judgement: Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got: why },
        wrong: Some(wrong),
        seen: Some(Box::new((expected, got))),
        ..ScenarioResult::default()
    };
    Some(Explainer::new(Visible::ALL).headline(planned, &result))
}

#[test]
fn the_headline_names_the_rule_of_nearly_every_wrong_peer() {
    let model = Arc::new(Model::latest());
    let hello = hello();
    let plan =
        |scenario: &_| Planned::new(Clone::clone(scenario), Origin::Published, &hello, &model);
    let planned: Vec<Planned> = PEER_SCENARIOS.iter().map(plan).collect();
    let (all, mut others) = (mutants(), Vec::new());
    for mutant in &all {
        let named = by_frequency(planned.iter().filter_map(|it| played(mutant, it)));
        if !is_named(&named, mutant.rule) {
            let most = named.first().map(|(rule, count)| format!("{rule} {count}"));
            others.push(format!("{} ({}): {most:?}", mutant.name, mutant.rule));
        }
    }
    let named = all.len() - others.len();
    println!("{named} of {}; others: {others:#?}", all.len());
    assert!(100 * named >= NAMED * all.len(), "{named} of {}: {others:#?}", all.len());
}
