//! The captures of games as files of packets: what is judged of them is what is judged of the lines.

use std::io::Cursor;

use rollwire_capture::{
    Capture, Check,
    crossing::check_both,
    packets::{Assumed, Export},
};
use rollwire_interop::ModelSeat;
use rollwire_mutants::peer::mutants;
use serde_json::Value as Json;

use crate::captures::{FOUND, LINES, check, file, game};

/// A capture as a pcapng.
fn exported(capture: &[u8]) -> Vec<u8> {
    let (mut check, mut export) = (check(capture), Export::new(Vec::new(), "a test").unwrap());
    while let Some(step) = check.step().unwrap() {
        export.step(&step).unwrap();
    }
    export.into_inner()
}

fn open(file: &[u8]) -> Check<Cursor<&[u8]>> {
    Check::new(Capture::open_any("capture", Cursor::new(file), Assumed::Nothing).unwrap())
}

/// Everything that is found in both captures, as JSON.
fn found(files: &[Vec<u8>; 2]) -> Json {
    let [one, other] = files.each_ref().map(|file| open(file));
    let pair = check_both(one, other).unwrap();
    serde_json::json!([pair.captures, pair.crossing])
}

/// A line of a capture with one header is the packet before it.
fn with_lines(json: &mut Json) {
    let one_more = |number: &mut Json| *number = (number.as_u64().expect("a number") + 1).into();
    match json {
        Json::Array(all) => all.iter_mut().for_each(with_lines),
        Json::Object(members) => {
            for (name, value) in members {
                match (&**name, &mut *value) {
                    ("counts", unit) => *unit = "lines".into(),
                    ("line" | "lines" | "more", Json::Array(all)) => {
                        all.iter_mut().for_each(one_more);
                    }
                    ("line" | "lines", number) => one_more(number),
                    (_, other) => with_lines(other),
                }
            }
        }
        _ => {}
    }
}

/// The verdicts on both captures of a game, from packets; how many violations there are.
fn survives(mut other: ModelSeat, seed: u64, line: &str) -> u64 {
    let tapes = game(&mut ModelSeat::right(), &mut other, seed, line).tapes;
    let lines = tapes.each_ref().map(|tape| file(tape));
    let packets = lines.each_ref().map(|lines| exported(lines));
    let mut read = found(&packets);
    with_lines(&mut read);
    assert!(read == found(&lines), "seed {seed}, {line}: {read:#}");
    let findings = packets.each_ref().map(|packets| open(packets).finish().unwrap());
    findings.iter().map(|findings| findings.violations().0).sum()
}

#[test]
fn games_are_judged_from_packets_as_from_lines() {
    for (seed, line) in (20..).zip(LINES) {
        assert_eq!(survives(ModelSeat::right(), seed, line), 0);
    }
    let (all, mut violations) = (mutants(), 0);
    for (name, _) in FOUND.iter().step_by(7) {
        let mutant = all.iter().find(|mutant| mutant.name == *name).expect("a mutant");
        for line in ["good", "mobile"] {
            violations += survives(ModelSeat::new(mutant.behaviour()), 3, line);
        }
    }
    assert!(violations > 20, "{violations}");
}
