//! The captures of games: a right peer is never blamed, and many wrong ones are found by what they send.

use std::collections::BTreeMap;

use rollwire_capture::{
    line::{Header, Record},
    monitor::{Monitor, Objection, Side},
};
use rollwire_interop::{ModelSeat, Outcome, Seat, link::named, record};
use rollwire_mutants::peer::mutants;

const LINES: [&str; 7] = [
    "good",
    "wifi",
    "mobile",
    "awful",
    "delay 30±30 duplicate 30% full 600ms@3s close 900ms@5s close 1s@500ms",
    "delay 50 loss 45% burst 4",
    "delay 40±10 part 600ms@3s part 600ms@5s part 900ms@9s",
];

fn header() -> Header {
    let (peer, tap) = (String::new(), String::new());
    Header { peer, revision: 7, origin: None, redundancy: None, tap }
}

fn objections(records: &[Record]) -> Vec<Objection> {
    let mut monitor = Monitor::new(&header());
    let lines = (2..).zip(records);
    lines.flat_map(|(line, it)| monitor.record(line, it)).collect()
}

fn game(one: &mut dyn Seat, other: &mut dyn Seat, seed: u64, line: &str) -> Outcome {
    let line = named(line).or_else(|| line.parse().ok()).unwrap();
    record(one, other, seed, &line).unwrap()
}

#[test]
fn a_right_peer_is_never_blamed() {
    let mut faults = Vec::new();
    for line in LINES {
        for seed in 1..40 {
            let outcome = game(&mut ModelSeat::right(), &mut ModelSeat::right(), seed, line);
            for tape in &outcome.tapes {
                assert!(tape.len() > 100);
                let found = objections(tape);
                faults.extend(found.into_iter().map(|it| format!("{line} {seed}: {it:?}")));
            }
        }
    }
    assert!(faults.is_empty(), "{}: {:#?}", faults.len(), &faults[..faults.len().min(20)]);
}

#[test]
fn wrong_peers_are_found() {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut blamed = Vec::new();
    let all = mutants();
    for mutant in &all {
        for line in LINES {
            for seed in 1..5 {
                let mut wrong = ModelSeat::new(mutant.behaviour());
                let outcome = game(&mut wrong, &mut ModelSeat::right(), seed, line);
                for it in objections(&outcome.tapes[0]) {
                    if it.side == Side::Own {
                        found.entry(mutant.name).or_insert(format!("own {}", it.rule));
                    } else {
                        blamed.push(format!("{} {line} {seed}: {it:?}", mutant.name));
                    }
                }
                for it in objections(&outcome.tapes[1]) {
                    if it.side == Side::Partner {
                        found.entry(mutant.name).or_insert(format!("partner {}", it.rule));
                    } else {
                        blamed.push(format!("{} {line} {seed}: {it:?}", mutant.name));
                    }
                }
            }
        }
    }
    for mutant in &all {
        println!("{} {:?} {:?}", mutant.name, mutant.rule, found.get(mutant.name));
    }
    println!("found {} of {}; blamed {} {:#?}", found.len(), all.len(), blamed.len(), &blamed[..blamed.len().min(30)]);
}
