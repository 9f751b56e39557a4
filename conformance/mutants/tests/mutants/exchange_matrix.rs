//! Every mutant is caught by a scenario about the rule that it breaks, every scenario catches one.

use std::{collections::BTreeMap, sync::LazyLock};

use rollwire_model::{
    Capability, Proof, Rule,
    exchange::{Behaviour, Member},
    rules,
    vectors::Scenario,
};
use rollwire_mutants::{
    exchange::{INSEPARABLE, Mutant, mutants},
    matrix::{Differences, Matrix},
};

use crate::SCENARIOS;

static MATRIX: LazyLock<Matrix<'static, Behaviour>> =
    LazyLock::new(|| Matrix::new(mutants(), &SCENARIOS));

#[test]
fn every_mutant_is_caught_by_a_scenario_about_its_rule() {
    let survivors: Vec<&str> = MATRIX.survivors().iter().map(|mutant| mutant.name).collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
}

#[test]
fn every_rule_has_a_mutant() {
    let testable = || rules().iter().filter(|rule| is_of_exchange(rule));
    for rule in testable() {
        assert!(MATRIX.mutants.iter().any(|mutant| mutant.rule == rule.id), "{}", rule.id);
    }
    for mutant in &MATRIX.mutants {
        let about = testable().any(|rule| rule.id == mutant.rule);
        assert!(about, "{} breaks {}, which no scenario is about", mutant.name, mutant.rule);
    }
}

#[test]
fn a_rule_has_a_scenario_that_tells_it_from_all_others_or_a_reason_why_not() {
    let mut reasons = BTreeMap::from(INSEPARABLE);
    for rule in rules().iter().filter(|rule| is_of_exchange(rule)) {
        let telling: Vec<&str> =
            MATRIX.scenarios_only_of(&rule.id).iter().map(|scenario| &*scenario.id).collect();
        match reasons.remove(&*rule.id) {
            None => assert!(!telling.is_empty(), "{} is told apart by no scenario", rule.id),
            Some(_) => assert!(telling.is_empty(), "{} is told apart by {telling:?}", rule.id),
        }
    }
    assert!(reasons.is_empty(), "these are not rules that scenarios prove: {reasons:?}");
}

/// Whether scenarios of an exchange prove a rule.
fn is_of_exchange(rule: &Rule) -> bool {
    rule.proof == Proof::Scenario && !rule.capability.is_some_and(Capability::is_of_peer)
}

fn requires(scenario: &Scenario, name: &str) -> bool {
    scenario.requires.iter().any(|it| it == name)
}

/// What an implementation shows that declares no more than a scenario requires.
fn shown(scenario: &Scenario) -> Vec<Member> {
    let shows = |member: &Member| match member {
        Member::Sent => true,
        Member::Queue | Member::Map | Member::History => requires(scenario, "inspect"),
        Member::Verified | Member::Events => requires(scenario, "detect"),
        _ => false,
    };
    Member::ALL.into_iter().filter(shows).collect()
}

/// The mutants for which none of these scenarios fails in any of these members.
fn unseen<'a>(
    matrix: &'a Matrix<'_, Behaviour>,
    members: &[Member],
    asked: impl Fn(&Scenario, &Mutant) -> bool,
) -> Vec<&'a Mutant> {
    let rows = matrix.mutants.iter().zip(&matrix.cells);
    let seen = |(mutant, row): &(&Mutant, &Vec<Differences>)| {
        let mut cells = matrix.scenarios.iter().zip(*row);
        cells.any(|(scenario, cell)| {
            asked(scenario, mutant) && members.iter().any(|member| cell.shows(*member))
        })
    };
    rows.filter(|row| !seen(row)).map(|(mutant, _)| mutant).collect()
}

#[test]
fn every_scenario_catches_a_mutant_of_its_rule_in_what_it_requires_to_be_shown() {
    let mut blind = Vec::new();
    for (column, scenario) in SCENARIOS.iter().enumerate() {
        let caught = MATRIX.caught_by(column, &shown(scenario));
        if !caught.iter().any(|mutant| mutant.rule == scenario.rules[0]) {
            blind.push(&scenario.id);
        }
    }
    assert!(blind.is_empty(), "{blind:#?}");
}

#[test]
fn every_mutant_is_caught_by_verified_frames_and_events_without_a_look_inside() {
    let members = [Member::Sent, Member::Verified, Member::Events];
    let unseen = unseen(&MATRIX, &members, |scenario, _| !requires(scenario, "inspect"));
    assert!(unseen.is_empty(), "{unseen:#?}");
}

#[test]
fn every_mutant_of_the_exchange_is_caught_also_where_nothing_is_compared() {
    let of_the_exchange = mutants().into_iter().filter(|mutant| mutant.rule.starts_with("EXCH"));
    let matrix = Matrix::without_detection(of_the_exchange.collect(), &SCENARIOS);
    let unseen = unseen(&matrix, &Member::ALL, |scenario, mutant| {
        !requires(scenario, "detect") && scenario.rules[0] == mutant.rule
    });
    assert!(unseen.is_empty(), "{unseen:#?}");
}

/// What is wrong in the queue is sent sooner or later, or is not.
#[test]
fn every_mutant_that_shows_in_the_queue_is_caught_by_what_it_sends_alone() {
    let sent = unseen(&MATRIX, &[Member::Sent], |scenario, _| scenario.requires.is_empty());
    let queue = unseen(&MATRIX, &[Member::Queue], |scenario, _| scenario.requires.is_empty());
    let only_inside: Vec<&str> = sent
        .iter()
        .filter(|mutant| queue.iter().all(|it| it.name != mutant.name))
        .map(|mutant| mutant.name)
        .collect();
    assert!(only_inside.is_empty(), "{only_inside:#?}");
}

#[test]
fn no_two_mutants_have_a_name_or_a_fault_in_common() {
    for (index, mutant) in MATRIX.mutants.iter().enumerate() {
        for other in &MATRIX.mutants[..index] {
            assert!(mutant.name != other.name && mutant.fault != other.fault, "{}", mutant.name);
        }
    }
}
