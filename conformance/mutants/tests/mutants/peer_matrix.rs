//! Every wrong peer is caught by a scenario about the rule that it breaks, every scenario catches one.

use std::{collections::BTreeMap, sync::LazyLock};

use rollwire_model::{
    Capability, Proof, exchange::Member, peer::Behaviour, rules, vectors::Scenario,
};
use rollwire_mutants::{
    matrix::Matrix,
    peer::{INSEPARABLE, mutants},
};

use crate::PEER_SCENARIOS;

static MATRIX: LazyLock<Matrix<'static, Behaviour>> =
    LazyLock::new(|| Matrix::new(mutants(), &PEER_SCENARIOS));

#[test]
fn every_mutant_is_caught_by_a_scenario_about_its_rule() {
    let survivors: Vec<&str> = MATRIX.survivors().iter().map(|mutant| mutant.name).collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
}

/// The rules of a peer that scenarios prove.
fn testable() -> impl Iterator<Item = &'static str> {
    let of_peer = rules().iter().filter(|rule| rule.capability.is_some_and(Capability::is_of_peer));
    of_peer.filter(|rule| rule.proof == Proof::Scenario).map(|rule| &*rule.id)
}

#[test]
fn every_rule_has_a_mutant() {
    let lacking: Vec<&str> =
        testable().filter(|rule| !MATRIX.mutants.iter().any(|it| it.rule == *rule)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    for mutant in &MATRIX.mutants {
        let about = testable().any(|rule| rule == mutant.rule);
        assert!(about, "{} breaks {}, which no scenario is about", mutant.name, mutant.rule);
    }
}

#[test]
fn a_rule_has_a_scenario_that_tells_it_from_all_others_or_a_reason_why_not() {
    let mut reasons = BTreeMap::from(INSEPARABLE);
    let mut faults = Vec::new();
    for rule in testable() {
        let telling = MATRIX.scenarios_only_of(rule);
        match reasons.remove(rule) {
            None if telling.is_empty() => faults.push(format!("{rule} is told apart by none")),
            Some(_) if !telling.is_empty() => {
                faults.push(format!("{rule} is told apart by {}", telling[0].id));
            }
            _ => {}
        }
    }
    assert!(faults.is_empty() && reasons.is_empty(), "{faults:#?} {reasons:?}");
}

/// What an implementation shows that declares no more than a scenario requires.
fn shown(scenario: &Scenario) -> Vec<Member> {
    let requires = |name: &str| scenario.requires.iter().any(|it| it == name);
    let shows = |member: &Member| match member {
        Member::Sent => true,
        Member::Verified | Member::Events => requires("detect"),
        member => {
            requires("inspect") && member.capability().is_some_and(|it| requires(it.as_str()))
        }
    };
    Member::ALL.into_iter().filter(shows).collect()
}

#[test]
fn every_scenario_catches_a_mutant_of_its_rule_in_what_it_requires_to_be_shown() {
    let mut blind = Vec::new();
    for (column, scenario) in PEER_SCENARIOS.iter().enumerate() {
        let caught = MATRIX.caught_by(column, &shown(scenario));
        if !caught.iter().any(|mutant| mutant.rule == scenario.rules[0]) {
            blind.push(format!("{} ({})", scenario.id, scenario.rules[0]));
        }
    }
    assert!(blind.is_empty(), "{blind:#?}");
}

#[test]
fn no_two_mutants_have_a_name_or_a_fault_in_common() {
    for (index, mutant) in MATRIX.mutants.iter().enumerate() {
        for other in &MATRIX.mutants[..index] {
            assert!(mutant.name != other.name && mutant.fault != other.fault, "{}", mutant.name);
        }
    }
}
