//! What holds of every family of wrong sessions and of the scenarios that catch them.

use std::collections::BTreeMap;

use rollwire_model::{exchange::Member, vectors::Scenario};
use rollwire_mutants::{matrix::Matrix, rule_table::RuleTable};

/// Every mutant is caught by a scenario about its rule.
pub(crate) fn assert_no_survivor<T: RuleTable>(matrix: &Matrix<'_, T>) {
    let survivors: Vec<&str> = matrix.survivors().iter().map(|mutant| mutant.name).collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
}

/// Every one of these rules has a mutant, and every mutant breaks one of them.
pub(crate) fn assert_a_mutant_for_each<T: RuleTable>(matrix: &Matrix<'_, T>, testable: &[&str]) {
    let has_mutant = |rule: &&&str| matrix.mutants.iter().any(|it| it.rule == **rule);
    let lacking: Vec<&&str> = testable.iter().filter(|rule| !has_mutant(rule)).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    for mutant in &matrix.mutants {
        let about = testable.contains(&mutant.rule);
        assert!(about, "{} breaks {}, which no scenario is about", mutant.name, mutant.rule);
    }
}

/// Each of these rules has a scenario that fails for no other rule's mutants, or a reason why not.
pub(crate) fn assert_told_apart<T: RuleTable>(
    matrix: &Matrix<'_, T>,
    testable: &[&str],
    inseparable: &[(&'static str, &'static str)],
) {
    let mut reasons: BTreeMap<&str, &str> = inseparable.iter().copied().collect();
    let mut faults = Vec::new();
    for rule in testable {
        let telling = matrix.scenarios_only_of(rule);
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
        // A scenario of an exchange does not list that it requires `exchange`.
        member => {
            let has = |name: &str| requires(name) || name == "exchange" && scenario.peer.is_none();
            requires("inspect") && member.capability().is_some_and(|it| has(it.as_str()))
        }
    };
    Member::ALL.into_iter().filter(shows).collect()
}

/// Every scenario catches a mutant of its rule in what it requires to be shown.
pub(crate) fn assert_no_blind_scenario<T: RuleTable>(matrix: &Matrix<'_, T>) {
    let mut blind = Vec::new();
    for (column, scenario) in matrix.scenarios.iter().enumerate() {
        let caught = matrix.caught_by(column, &shown(scenario));
        if !caught.iter().any(|mutant| mutant.rule == scenario.rules[0]) {
            blind.push(format!("{} ({})", scenario.id, scenario.rules[0]));
        }
    }
    assert!(blind.is_empty(), "{blind:#?}");
}

/// No two mutants have a name or a fault in common.
pub(crate) fn assert_distinct<T: RuleTable>(matrix: &Matrix<'_, T>) {
    for (index, mutant) in matrix.mutants.iter().enumerate() {
        for other in &matrix.mutants[..index] {
            assert!(mutant.name != other.name && mutant.fault != other.fault, "{}", mutant.name);
        }
    }
}
