//! Every mutant is caught by a scenario about the rule that it breaks, every scenario catches one.

use std::sync::LazyLock;

use rollwire_model::{
    Capability, Proof,
    exchange::{Behaviour, Member},
    rules,
    vectors::Scenario,
};
use rollwire_mutants::{
    exchange::{INSEPARABLE, Mutant, mutants},
    matrix::{Differences, Matrix},
};

use crate::{
    SCENARIOS,
    matrices::{
        assert_a_mutant_for_each, assert_distinct, assert_no_blind_scenario, assert_no_survivor,
        assert_told_apart,
    },
};

static MATRIX: LazyLock<Matrix<'static, Behaviour>> =
    LazyLock::new(|| Matrix::new(mutants(), &SCENARIOS));

/// The rules of an exchange whose hashes are used up that scenarios prove.
fn testable() -> Vec<&'static str> {
    let is_another = |it: Capability| it.is_of_peer() || it == Capability::LastingHashes;
    let of_family = rules().iter().filter(|rule| !rule.capability.is_some_and(is_another));
    of_family.filter(|rule| rule.proof == Proof::Scenario).map(|rule| &*rule.id).collect()
}

#[test]
fn every_mutant_is_caught_by_a_scenario_about_its_rule() {
    assert_no_survivor(&MATRIX);
}

#[test]
fn every_rule_has_a_mutant() {
    assert_a_mutant_for_each(&MATRIX, &testable());
}

#[test]
fn a_rule_has_a_scenario_that_tells_it_from_all_others_or_a_reason_why_not() {
    assert_told_apart(&MATRIX, &testable(), &INSEPARABLE);
}

#[test]
fn every_scenario_catches_a_mutant_of_its_rule_in_what_it_requires_to_be_shown() {
    assert_no_blind_scenario(&MATRIX);
}

#[test]
fn no_two_mutants_have_a_name_or_a_fault_in_common() {
    assert_distinct(&MATRIX);
}

fn requires(scenario: &Scenario, name: &str) -> bool {
    scenario.requires.iter().any(|it| it == name)
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
