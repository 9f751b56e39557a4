//! Every wrong codec is caught, most by a case about the rule that it breaks, and no rule is without one.

use std::collections::BTreeSet;

use rollwire_model::vectors::large_cases;
use rollwire_mutants::{
    bytes::{EQUIVALENT, Matrix, MutantResult, equivalents, operators},
    exchange,
};

use crate::{CASES, MATRIX, SCENARIOS};

fn names<'a>(rows: impl Iterator<Item = MutantResult<'a>>) -> Vec<&'a str> {
    rows.map(|row| &*row.mutant.name).collect()
}

#[test]
fn every_mutant_is_caught() {
    let survivors = names(MATRIX.results().filter(|row| row.catches.is_empty()));
    assert!(survivors.is_empty(), "{survivors:#?}");
    assert!(MATRIX.mutants.len() >= 150, "{} mutants", MATRIX.mutants.len());
}

#[test]
fn ninety_seven_in_a_hundred_are_caught_by_a_case_about_the_rule_that_they_break() {
    let others = names(MATRIX.results().filter(|row| row.about_its_rule().is_empty()));
    assert!(100 * others.len() <= 3 * MATRIX.mutants.len(), "{others:#?}");
}

#[test]
fn every_rule_that_has_a_case_has_a_mutant() {
    let large = large_cases();
    let about_bytes = CASES.iter().chain(&large).map(|case| &case.rules[0]);
    let rules: BTreeSet<&str> = about_bytes.map(String::as_str).collect();
    let broken: BTreeSet<&str> = MATRIX.mutants.iter().map(|mutant| &*mutant.rule).collect();
    let without: Vec<_> = rules.difference(&broken).collect();
    assert!(without.is_empty(), "no wrong codec breaks {without:?}");
    let nowhere: Vec<_> = broken.difference(&rules).collect();
    assert!(nowhere.is_empty(), "no case is about {nowhere:?}, which wrong codecs break");

    let rules: BTreeSet<&str> = SCENARIOS.iter().map(|it| &*it.rules[0]).collect();
    let broken: BTreeSet<&str> = exchange::mutants().iter().map(|mutant| mutant.rule).collect();
    let without: Vec<_> = rules.difference(&broken).collect();
    assert!(without.is_empty(), "no wrong exchange breaks {without:?}");
}

#[test]
fn no_two_mutants_have_a_name_in_common() {
    let mut seen = BTreeSet::new();
    let conforming = equivalents();
    let of_bytes = MATRIX.mutants.iter().chain(conforming.iter().map(|(mutant, _)| mutant));
    let exchange = exchange::mutants();
    let all = of_bytes.map(|it| &*it.name).chain(exchange.iter().map(|it| it.name));
    for name in all {
        assert!(seen.insert(name), "{name} stands for two mutants");
        let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "-/".contains(it);
        assert!(name.chars().all(plain), "{name} is not a slug");
    }
}

#[test]
fn a_fault_is_a_sentence() {
    for mutant in &MATRIX.mutants {
        let whole = !mutant.fault.contains(['{', '}']) && !mutant.fault.ends_with('.');
        assert!(whole && mutant.fault.len() > 10, "{}: {}", mutant.name, mutant.fault);
    }
}

/// A mutant that is listed as conforming and is caught after all is a mutant like any other.
#[test]
fn what_is_listed_as_conforming_is_caught_by_no_case() {
    let listed = equivalents();
    assert_eq!(listed.len(), EQUIVALENT.len(), "a listed name is that of no mutant");
    let matrix = Matrix::new(listed.into_iter().map(|(mutant, _)| mutant).collect(), &MATRIX.cases);
    let caught = names(matrix.results().filter(|row| !row.catches.is_empty()));
    assert!(caught.is_empty(), "{caught:#?}");
}

#[test]
fn every_operator_makes_a_mutant() {
    let conforming = equivalents();
    let conforming = conforming.iter().map(|(mutant, _)| mutant.operator);
    let made: BTreeSet<&str> =
        MATRIX.mutants.iter().map(|mutant| mutant.operator).chain(conforming).collect();
    let idle: Vec<_> = operators().map(|it| it.name).filter(|it| !made.contains(it)).collect();
    assert!(idle.is_empty(), "{idle:?}");
}
