//! Headlines and hints of wrong codecs.

use std::{cell::RefCell, collections::HashMap, rc::Rc, sync::LazyLock};

use rollwire_conformance::{
    check::bytes::{explain::Explainer, plan::Planned},
    vectors::Origin,
};
use rollwire_model::{Layout, Model};
use rollwire_mutants::bytes::{WrongAnswer, each_wrong_answer};

use super::{by_frequency, hello, is_named};
use crate::{CASES, MATRIX};

/// What a report shows of a failing check.
struct Shown {
    rule: String,
    hint: Option<String>,
}

static MODELS: LazyLock<Vec<Model>> =
    LazyLock::new(|| (1..=Layout::builtin().revision).map(Model::specified).collect());

/// For each mutant of the matrix, what is shown of each check that catches it.
static SHOWN: LazyLock<Vec<Vec<Shown>>> =
    LazyLock::new(|| each_wrong_answer(&MATRIX.mutants, &CASES, |_, wrong| shown(&wrong)));

thread_local! {
    static PLANNED: RefCell<HashMap<String, Rc<Vec<Planned>>>> = RefCell::default();
}

fn shown(wrong: &WrongAnswer<'_>) -> Shown {
    let planned = PLANNED.with_borrow_mut(|cache| {
        let make = || Rc::new(Planned::all(wrong.case.clone(), Origin::Published, &hello()));
        Rc::clone(cache.entry(wrong.case.id.clone()).or_insert_with(make))
    });
    let planned = planned.iter().find(|it| it.kind == wrong.check).unwrap();
    let explainer = Explainer::new(&MODELS[usize::from(wrong.revision) - 1]);
    Shown {
        rule: explainer.rule(planned, &wrong.judgement),
        hint: explainer.hint(planned, &wrong.judgement),
    }
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_codec() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (mutant, shown) in MATRIX.mutants.iter().zip(&*SHOWN) {
        let named = by_frequency(shown.iter().map(|it| it.rule.clone()));
        if !is_named(&named, &mutant.rule) {
            count += 1;
            faults.push(format!("{} ({}): {named:?}", mutant.name, mutant.rule));
        }
    }
    println!("{} checks", SHOWN.iter().map(Vec::len).sum::<usize>());
    assert!(faults.is_empty(), "{count} {faults:#?}");
}

#[test]
fn hints() {
    let mut by_hint: std::collections::BTreeMap<
        String,
        std::collections::BTreeMap<(&str, String), usize>,
    > = Default::default();
    for (mutant, shown) in MATRIX.mutants.iter().zip(&*SHOWN) {
        for one in shown {
            for hint in one.hint.iter().flat_map(|it| it.split("; ")) {
                let digits: String =
                    hint.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
                let side = format!("{:?}", mutant.side());
                *by_hint.entry(digits).or_default().entry((mutant.operator, side)).or_default() +=
                    1;
            }
        }
    }
    for (hint, operators) in by_hint {
        println!("HINT {hint}");
        for ((operator, side), count) in operators {
            println!("      {operator} {side} {count}");
        }
    }
}
