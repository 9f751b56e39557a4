//! A few faults of one kind are enough: the rest of the kind is asked last and in few, and everything else
//! gets its verdict.

use std::{rc::Rc, sync::Arc, time::Duration};

use rollwire_conformance::runner::{Ask, FaultKind, Limits, Reply, Traits};

use super::{
    Ran, answers, limits, numbers, run,
    scripted::{Deed, Scripted},
};

/// How long every other check may take to get its verdict.
const BAR: Duration = Duration::from_secs(60);

/// How many checks a default run has, roughly.
const CHECKS: u64 = 5000;

fn traits(names: &[&str]) -> Traits {
    names.iter().map(|name| Rc::from(*name)).collect()
}

/// Asks the numbers of a default run with its limits. `deed` is done to some, and `names` are the traits
/// of each.
fn ran(deed: Deed, is_broken: fn(u64) -> bool, names: fn(u64) -> &'static [&'static str]) -> Ran {
    let deeds: Vec<(u64, Deed)> =
        (0..CHECKS).filter(|number| is_broken(*number)).map(|number| (number, deed)).collect();
    let asks = (0..).zip(numbers(CHECKS)).map(|(number, script)| {
        let place = usize::try_from(number).unwrap();
        Ask { place, script: Arc::new(script), traits: traits(names(number)) }
    });
    let limits = Limits { window: 256, deadline: Duration::from_secs(300), ..limits(100) };
    let ran = run(Scripted::new(&deeds), limits, asks);
    assert_eq!(ran.stop, None);
    assert!(ran.took < BAR, "{:?}", ran.took);
    ran
}

/// Demands an answer to everything that does not break the adapter, and few faults.
fn demand_every_other_verdict(ran: &Ran, is_broken: fn(u64) -> bool, faults: usize) {
    for (number, reply) in (0..).zip(&ran.replies) {
        assert!(is_broken(number) || answers(reply, number), "{number}: {reply:?}");
    }
    assert_eq!(ran.count(|reply| matches!(reply, Reply::Fault(_))), faults);
}

fn one_in_fifty(number: u64) -> bool {
    number % 50 == 7
}

/// Surplus bytes, among cases of all messages.
fn surplus(number: u64) -> &'static [&'static str] {
    if one_in_fifty(number) { &["surplus", "decode"] } else { &["decode"] }
}

#[test]
fn a_crash_at_every_case_of_a_kind_is_told_of_few() {
    let ran = ran(Deed::Crash, one_in_fifty, surplus);
    demand_every_other_verdict(&ran, one_in_fifty, 5);
    assert_eq!(ran.count(|reply| matches!(reply, Reply::LeftOut(_))), 95);
    assert_eq!(
        ran.notes,
        ["95 questions were not asked, because the like of them breaks the adapter: surplus: \
          5 of 5 (the adapter was killed by signal 11 (SIGSEGV)); `--restarts` raises how many are asked"]
    );
}

#[test]
fn a_hang_in_one_situation_leaves_time_for_everything_else() {
    let ran = ran(Deed::Hang, one_in_fifty, surplus);
    demand_every_other_verdict(&ran, one_in_fifty, 3);
    let first = &ran.replies[7];
    assert!(matches!(first, Reply::Fault(fault) if fault.kind == FaultKind::Timeout), "{first:?}");
}

/// The cases that break the adapter come first, so that all their traits look bad: the innocent ones are
/// asked later, and clear what they share with them.
#[test]
fn a_trait_is_cleared_by_those_that_answer() {
    let is_broken: fn(u64) -> bool = |number| number < 60;
    let ran = ran(Deed::Crash, is_broken, |number| match number {
        0..60 => &["surplus", "ping", "decode"],
        60..2000 => &["ping", "decode"],
        _ => &["decode"],
    });
    demand_every_other_verdict(&ran, is_broken, 5);
}

/// No trait says which of the random scenarios hang. They are given up after a while, and nothing else.
#[test]
fn what_nothing_foretells_is_bounded_too() {
    let is_random = |number: u64| (1000..1500).contains(&number);
    let is_broken = |number: u64| (1000..1500).contains(&number) && number.is_multiple_of(3);
    let ran = ran(Deed::Hang, is_broken, |number| {
        if (1000..1500).contains(&number) { &["random", "run"] } else { &["run"] }
    });
    for (number, reply) in (0..).zip(&ran.replies) {
        assert!(is_random(number) || answers(reply, number), "{number}: {reply:?}");
    }
    assert_eq!(ran.count(|reply| matches!(reply, Reply::Fault(_))), 9);
    assert_eq!(ran.notes.len(), 1);
}

/// Many faults that have nothing in common each get their verdict.
#[test]
fn faults_of_different_kinds_are_all_told() {
    let is_broken = |number: u64| number % 250 == 9;
    let ran = ran(Deed::Crash, is_broken, |_| &["decode"]);
    demand_every_other_verdict(&ran, is_broken, 20);
    assert_eq!(ran.notes, [""; 0]);
}
