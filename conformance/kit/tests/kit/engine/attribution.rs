//! Whatever an adapter does wrong is told of the request that it did it to, and of no other.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use rollwire_conformance::{
    protocol::{Answer, Body},
    runner::{Adapter as _, Engine, FaultKind, Limits, Reply, Script, Transcript},
};

use super::{
    answers, ask, is_right, limits, number, numbers,
    scripted::{Deed, Order, Scripted, below},
};

/// How many faults there are in a run.
const FAULTS: usize = 180;

/// How many scripts there are in a run.
const SCRIPTS: usize = 4000;

/// All that is told of the request itself, also when it is asked again alone.
const DEEDS: [Deed; 9] = [
    Deed::Crash,
    Deed::Hang,
    Deed::Garbage,
    Deed::NotUtf8,
    Deed::ForeignId,
    Deed::HalfALine,
    Deed::Twice,
    Deed::Malformed,
    Deed::TwoAnswersInOne,
];

/// The same at random places; `together` of them in a row.
fn culprits(random: &mut ChaCha8Rng, together: usize) -> BTreeMap<usize, Deed> {
    let mut culprits = BTreeMap::new();
    while culprits.len() < FAULTS {
        let first = below(random, SCRIPTS);
        for place in first..(first + together).min(SCRIPTS) {
            culprits.insert(place, DEEDS[below(random, DEEDS.len())]);
        }
    }
    culprits
}

/// Whether the reply says what this deed is, no more and no less.
fn tells_of(reply: &Reply, deed: Deed) -> bool {
    let kind = match deed {
        Deed::Malformed | Deed::TwoAnswersInOne => return matches!(reply, Reply::Malformed(_)),
        Deed::Crash => FaultKind::Crash,
        Deed::Hang | Deed::HalfALine => FaultKind::Timeout,
        Deed::Garbage | Deed::NotUtf8 | Deed::ForeignId | Deed::Twice => FaultKind::Garbage,
        Deed::Answer | Deed::TwiceLater | Deed::CrashOnce | Deed::LateOnce | Deed::Slow(_) => {
            unreachable!("no culprits")
        }
    };
    matches!(reply, Reply::Fault(fault) if fault.kind == kind)
}

/// Asks the scripts, whose culprits are at these places, and demands the truth about each of them.
fn demand_the_truth(
    culprits: &BTreeMap<usize, Deed>,
    adapter: Scripted,
    scripts: &[Script],
    is_right: &dyn Fn(usize, &Reply) -> bool,
) {
    assert!(culprits.len() >= FAULTS);
    let (replies, stop) = ask(adapter, 1000, scripts.iter().cloned());
    assert_eq!(stop, None);
    for (place, reply) in replies.iter().enumerate() {
        match culprits.get(&place) {
            None => assert!(is_right(place, reply), "{place}: {reply:?}"),
            Some(deed) => assert!(tells_of(reply, *deed), "{place}, {deed:?}: {reply:?}"),
        }
    }
}

/// One request a script, its place for its number.
fn demand_the_truth_of_requests(seed: u64, together: usize, order: Order) {
    let culprits = culprits(&mut ChaCha8Rng::seed_from_u64(seed), together);
    let deeds: Vec<(u64, Deed)> =
        culprits.iter().map(|(place, deed)| (*place as u64, *deed)).collect();
    let scripts: Vec<Script> = numbers(SCRIPTS as u64).collect();
    let adapter = Scripted::in_order(&deeds, order);
    demand_the_truth(&culprits, adapter, &scripts, &|place, reply| answers(reply, place as u64));
}

#[test]
fn faults_at_random_places_are_told_of_their_requests() {
    (0..8).for_each(|seed| demand_the_truth_of_requests(seed, 1, Order::AsAsked));
}

#[test]
fn so_are_faults_next_to_each_other() {
    for (seed, together) in [(10, 2), (11, 5), (12, 20), (13, 90)] {
        demand_the_truth_of_requests(seed, together, Order::AsAsked);
    }
}

#[test]
fn so_are_faults_of_an_adapter_that_answers_in_any_order() {
    for (seed, together) in [(20, 1), (21, 1), (22, 3), (23, 20), (24, 90)] {
        demand_the_truth_of_requests(seed, together, Order::shuffled(seed));
        demand_the_truth_of_requests(seed, together, Order::Reversed);
    }
}

/// Sessions of up to six requests among single ones, a fault in any of them. The adapter itself insists
/// that a session is opened before it is closed, also after it was started again.
#[test]
fn so_are_faults_within_sessions() {
    for (seed, together, order) in [
        (30, 1, Order::AsAsked),
        (31, 3, Order::AsAsked),
        (32, 1, Order::shuffled(32)),
        (33, 20, Order::shuffled(33)),
    ] {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let culprits = culprits(&mut random, together);
        let (mut scripts, mut held, mut deeds) = (Vec::new(), Vec::new(), Vec::new());
        let mut next = 0;
        for place in 0..SCRIPTS {
            let own = next..next + 1 + below(&mut random, 4) as u64;
            next = own.end;
            if let Some(deed) = culprits.get(&place) {
                let at = below(&mut random, usize::try_from(own.end - own.start).unwrap());
                deeds.push((own.start + at as u64, *deed));
            }
            let session = place as u64;
            let requests = own.clone().map(number);
            let bodies = [Body::open(session)].into_iter().chain(requests);
            scripts.push(match own.end - own.start {
                1 => number(own.start).into(),
                _ => Script::of_sessions(bodies.chain([Body::close(session)]).collect(), 1),
            });
            held.push(own);
        }
        let adapter = Scripted::in_order(&deeds, order);
        demand_the_truth(&culprits, adapter, &scripts, &|place, reply| {
            let Reply::Answered(answers) = reply else { return false };
            let own = held[place].clone();
            let within = match &answers[..] {
                [Answer::Ok(opened), within @ .., Answer::Ok(closed)]
                    if opened.text() == "{}" && closed.text() == "{}" =>
                {
                    within
                }
                single => single,
            };
            within.len() as u64 == own.end - own.start
                && own.zip(within).all(|(number, answer)| is_right(answer, number))
        });
    }
}

#[test]
fn answers_in_any_order_find_their_requests() {
    for order in [Order::Reversed, Order::shuffled(1)] {
        let (replies, stop) = ask(Scripted::in_order(&[], order), 0, numbers(500));
        assert_eq!(stop, None);
        assert!((0..).zip(&replies).all(|(number, reply)| answers(reply, number)));
    }
}

#[test]
fn a_fault_that_does_not_come_back_is_unstable() {
    let (replies, stop) = ask(Scripted::new(&[(5, Deed::CrashOnce)]), 20, numbers(100));
    assert_eq!(stop, None);
    let unstable: Vec<u64> = (0..)
        .zip(&replies)
        .filter(|(_, reply)| matches!(reply, Reply::Unstable(_)))
        .map(|(number, _)| number)
        .collect();
    assert_eq!(unstable, [5]);
    assert!((0..).zip(&replies).all(|(number, reply)| number == 5 || answers(reply, number)));
}

#[test]
fn a_fault_behind_the_last_answer_is_not_lost() {
    for (window, deed) in [(1, Deed::Twice), (64, Deed::Twice), (64, Deed::TwiceLater)] {
        let adapter = Scripted::new(&[(2, deed)]);
        let mut engine =
            Engine::new(adapter, Limits { window, ..limits(20) }, Transcript::default());
        engine.start().unwrap();
        let mut asks = super::asks(numbers(3));
        let mut faults = Vec::new();
        engine.ask_all(&mut asks, &mut |place, reply, _| {
            if matches!(reply, Reply::Fault(_)) {
                faults.push(place);
            }
        });
        assert_eq!(faults, [2], "window {window}, {deed:?}");
    }
}
