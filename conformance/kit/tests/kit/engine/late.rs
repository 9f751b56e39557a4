//! What is late is asked again alone, with patience. What is answered then is right, and what is not is a
//! hang.

use std::{rc::Rc, time::Duration};

use rollwire_conformance::runner::{FaultKind, Limits, Reply};

use super::{
    Ran, answers, asks, limits, numbers, run,
    scripted::{Deed, Scripted},
};

/// Asks this many numbers, with the limits of `rollwire check`.
fn ran(adapter: Scripted, count: u64) -> Ran {
    run(adapter, Limits { window: 256, ..limits(100) }, asks(numbers(count)))
}

/// Demands that every answer counts, and that the note says how many were late.
fn demand_right_answers(ran: &Ran, late: &str) {
    assert_eq!(ran.stop, None);
    assert!((0..).zip(&ran.replies).all(|(number, reply)| answers(reply, number)));
    match &ran.notes[..] {
        [] => assert_eq!(late, ""),
        [note] => assert!(note.starts_with(&format!("slow machine: {late} came late; ")), "{note}"),
        notes => panic!("{notes:?}"),
    }
}

#[test]
fn an_answer_that_is_late_once_is_right() {
    let deeds = [(7, Deed::LateOnce), (300, Deed::LateOnce), (700, Deed::LateOnce)];
    demand_right_answers(&ran(Scripted::new(&deeds), 1000), "3 answers");
    demand_right_answers(&ran(Scripted::new(&deeds[..1]), 1000), "1 answer");
    demand_right_answers(&ran(Scripted::new(&[]), 1000), "");
}

#[test]
fn an_answer_may_take_as_long_as_the_patience_lasts() {
    demand_right_answers(&ran(Scripted::new(&[(7, Deed::Slow(19))]), 1000), "1 answer");
    let ran = ran(Scripted::new(&[(7, Deed::Slow(25))]), 1000);
    let Reply::Fault(fault) = &ran.replies[7] else { panic!("{:?}", ran.replies[7]) };
    assert_eq!((fault.kind, &*fault.text), (FaultKind::Timeout, "no answer within 20s"));
    assert_eq!(ran.count(|reply| matches!(reply, Reply::Answered(_))), 999);
    assert_eq!(ran.notes, [""; 0]);
}

/// Everything is slow, also what is asked alone: the pace adapts, and the patience does not end.
#[test]
fn on_a_machine_that_is_slow_throughout_nothing_fails() {
    let deeds: Vec<(u64, Deed)> = (0..200).map(|number| (number, Deed::Slow(3))).collect();
    let ran = run(
        Scripted::new(&deeds),
        Limits { deadline: Duration::from_secs(36_000), ..limits(2) },
        asks(numbers(200)),
    );
    assert_eq!(ran.stop, None);
    assert!((0..).zip(&ran.replies).all(|(number, reply)| answers(reply, number)));
}

/// Such an adapter looks like a slow machine, and is asked less and less at once.
#[test]
fn an_adapter_that_hangs_in_company_is_asked_alone() {
    let mut adapter = Scripted::new(&[]);
    adapter.hangs_in_company = true;
    let ran = ran(adapter, 5000);
    demand_right_answers(&ran, "5 answers");
    assert!(ran.took < Duration::from_secs(60), "{:?}", ran.took);
}

/// A moment in which the machine is busy makes the rest of the run no slower; one that crashes in company
/// is asked for less at once, and for more again when it has answered for a while.
#[test]
fn the_window_shrinks_and_grows_again() {
    let asked_at_once = |deeds: &[(u64, Deed)]| {
        let adapter = Scripted::new(deeds);
        let pieces = Rc::clone(&adapter.pieces);
        assert_eq!(ran(adapter, 5000).stop, None);
        pieces.take()
    };
    let largest = |pieces: &[usize]| pieces.iter().copied().max().unwrap();
    let all = asked_at_once(&[(300, Deed::LateOnce)]);
    assert_eq!(largest(&all[all.len() / 2..]), 64, "as many as the adapter allows");
    let all = asked_at_once(&[(300, Deed::CrashOnce), (1000, Deed::CrashOnce)]);
    assert_eq!(largest(&all[all.len() - 20..]), 64);
    // A quarter of 64 until 256 answers have come, and the second time until 1024 have.
    let narrow = all.iter().filter(|piece| **piece == 16).count();
    assert_eq!(narrow, 256 / 16 + 1024 / 16, "{all:?}");
}

/// However many hang, a run with a deadline finds the first of them.
#[test]
fn a_hang_is_found_within_the_deadline() {
    for deadline in [5, 10, 30, 300] {
        let limits = Limits { deadline: Duration::from_secs(deadline), ..limits(100) };
        let ran = run(Scripted::new(&[(5, Deed::Hang)]), limits, asks(numbers(500)));
        let Reply::Fault(fault) = &ran.replies[5] else { panic!("{:?}", ran.replies[5]) };
        assert_eq!(fault.kind, FaultKind::Timeout);
        assert_eq!((ran.stop, ran.replies.len()), (None, 500));
    }
}
