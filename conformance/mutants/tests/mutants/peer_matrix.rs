//! Every wrong peer is caught by a scenario about the rule that it breaks, every scenario catches one.

use std::sync::LazyLock;

use rollwire_model::{Capability, Proof, peer::Behaviour, rules};
use rollwire_mutants::{
    matrix::Matrix,
    peer::{INSEPARABLE, mutants},
};

use crate::{
    PEER_SCENARIOS,
    matrices::{
        assert_a_mutant_for_each, assert_distinct, assert_no_blind_scenario, assert_no_survivor,
        assert_told_apart,
    },
};

static MATRIX: LazyLock<Matrix<'static, Behaviour>> =
    LazyLock::new(|| Matrix::new(mutants(), &PEER_SCENARIOS));

/// The rules that scenarios prove.
fn testable() -> Vec<&'static str> {
    let of_family =
        rules().iter().filter(|rule| rule.capability.is_some_and(Capability::is_of_peer));
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
