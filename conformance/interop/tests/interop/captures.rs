//! The captures of games: a right peer is never blamed, and some wrong ones are found by what they send.

use std::io::Cursor;

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_capture::{
    Capture, Check, Findings,
    crossing::{Crossing, check_both},
    line::{Header, Moment, Record, write_header, write_record},
    monitor::Side,
};
use rollwire_conformance::cores::on_all_cores;
use rollwire_interop::{ModelSeat, Outcome, Seat, link::named, record};
use rollwire_mutants::peer::mutants;

pub(crate) const LINES: [&str; 7] = [
    "good",
    "wifi",
    "mobile",
    "awful",
    "delay 30±30 duplicate 30% full 600ms@3s close 900ms@5s close 1s@500ms",
    "delay 50 loss 45% burst 4",
    "delay 40±10 part 600ms@3s part 600ms@5s part 900ms@9s",
];

pub(crate) fn game(one: &mut dyn Seat, other: &mut dyn Seat, seed: u64, line: &str) -> Outcome {
    let line = named(line).or_else(|| line.parse().ok()).unwrap();
    record(one, other, seed, &line).unwrap()
}

fn right_games() -> Vec<Outcome> {
    let games = LINES.iter().flat_map(|line| (1..8).map(move |seed| (*line, seed)));
    let games: Vec<(&str, u64)> = games.collect();
    on_all_cores(&games, |(line, seed)| {
        game(&mut ModelSeat::right(), &mut ModelSeat::right(), *seed, line)
    })
}

/// A capture as a file.
pub(crate) fn file(records: &[Record]) -> Vec<u8> {
    let (peer, tap) = (String::new(), String::new());
    let header = Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap };
    let mut lines = Vec::new();
    write_header(&mut lines, &header).unwrap();
    for record in records {
        write_record(&mut lines, "", record).unwrap();
    }
    lines
}

pub(crate) fn check(file: &[u8]) -> Check<Cursor<&[u8]>> {
    Check::new(Capture::open("capture", Cursor::new(file)).unwrap())
}

fn both(tapes: &[Vec<Record>; 2]) -> (Vec<Findings>, Crossing) {
    let files = tapes.each_ref().map(|tape| file(tape));
    let pair = check_both(check(&files[0]), check(&files[1])).unwrap();
    (pair.captures, pair.crossing)
}

#[test]
fn a_right_peer_is_never_blamed() {
    for outcome in right_games() {
        let (findings, crossing) = both(&outcome.tapes);
        for capture in findings {
            assert!(capture.datagrams() > 100);
            assert_eq!(capture.sides[0].violations, []);
        }
        // Both captures are whole: nothing arrives that was not sent.
        assert_eq!(crossing.ways.each_ref().map(|way| way.never_sent), [0, 0]);
    }
}

/// Cuts, loses and breaks lines, and sets the clock of one side.
fn damaged(tape: &[Record], chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut below = |most: usize| usize::try_from(chance.next_u64()).unwrap() % most.max(1);
    let from = below(2) * below(tape.len());
    let until = from + below(tape.len() - from);
    let mut tape = tape[from..until].to_vec();
    let skew = below(400_000) as u64;
    for record in &mut tape {
        record.at = Moment(record.at.0 + skew);
    }
    for _ in 0..below(6) {
        let (at, count) = (below(tape.len()), 1 + below(9));
        tape.drain(at..tape.len().min(at + count));
    }
    let mut lines = file(&tape);
    for _ in 0..below(4) {
        let at = below(lines.len());
        // The header stays whole.
        if lines[..at].contains(&b'\n') {
            lines[at] = b"{}\"x\n\xff"[below(6)];
        }
    }
    let header = lines.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    lines.truncate(header.max(lines.len().saturating_sub(below(2) * below(80))));
    lines
}

#[test]
fn a_damaged_capture_blames_no_right_peer() {
    let games = right_games();
    let variants: Vec<u64> = (0..1000).collect();
    let faults: Vec<Option<String>> = on_all_cores(&variants, |variant| {
        let mut chance = ChaCha8Rng::seed_from_u64(*variant);
        let tapes = &games[usize::try_from(*variant).unwrap() % games.len()].tapes;
        let files = tapes.each_ref().map(|tape| damaged(tape, &mut chance));
        let pair = check_both(check(&files[0]), check(&files[1])).unwrap();
        let violations = pair.captures.iter().flat_map(|it| &it.sides[0].violations);
        let first = violations.into_iter().next();
        first.map(|it| {
            format!("variant {variant}: line {}: {}: {}: {}", it.line, it.rule, it.kind, it.detail)
        })
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{}: {:#?}", faults.len(), &faults[..faults.len().min(20)]);
}

/// Wrong peers that a capture of one side finds, and the rule that is named first.
#[rustfmt::skip]
pub(crate) const FOUND: &[(&str, &str)] = &[
    ("hands-pings-over-while-closed", "PEER-3"),
    ("a-refused-input-keeps-answers-back", "LIVE-5"),
    ("sends-changes-of-the-action-alone", "SYNC-1"),
    ("takes-action-0-for-no-action", "SYNC-1"),
    ("forgets-action-0", "SYNC-1"),
    ("sends-no-input-while-ending", "SYNC-3"),
    ("sends-twice-what-confirms", "SYNC-1"),
    ("loses-acts-while-closed", "SYNC-3"),
    ("sends-an-input-at-an-opening", "CATCHUP-12"),
    ("sends-at-an-opening-what-it-could-not", "CATCHUP-12"),
    ("leaves-out-what-was-done-while-closed", "CATCHUP-12"),
    ("sends-no-input-after-three-refusals", "SYNC-3"),
    ("sends-the-newest-input-alone", "CATCHUP-12"),
    ("sends-one-entry-less", "CATCHUP-12"),
    ("sends-one-entry-more", "SYNC-1"),
    ("sends-the-newest-first", "SYNC-3"),
    ("sends-what-is-not-confirmed-alone", "SYNC-3"),
    ("writes-the-oldest-frame-as-the-current-one", "SYNC-3"),
    ("writes-the-confirmed-frame-as-the-current-one", "SYNC-3"),
    ("measures-from-the-pong", "LIVE-1"),
    ("stamps-pings-with-half-a-trip", "LIVE-1"),
    ("pings-twice-after-an-answer", "LIVE-1"),
    ("answers-no-ping-while-waiting", "LIVE-5"),
    ("answers-no-ping-in-a-game", "LIVE-5"),
    ("answers-no-ping-between-episodes", "LIVE-5"),
    ("answers-no-ping-before-the-proof", "LIVE-5"),
    ("makes-up-for-a-refused-pong", "LIVE-5"),
    ("pings-on-after-a-late-validation", "VALID-2"),
    ("takes-the-pong-of-the-first-ping", "VALID-2"),
    ("is-validated-in-one-order", "VALID-2"),
    ("keeps-the-end-of-the-last-episode", "EPISODE-12"),
    ("tells-the-episode-itself", "EPISODE-12"),
    ("keeps-an-early-ready-for-good", "EPISODE-12"),
    ("starts-alone-after-the-first-ready", "EPISODE-12"),
    ("answers-no-ready", "EPISODE-6"),
    ("ends-the-first-episode", "EPISODE-7"),
    ("hears-no-end-in-a-game", "EPISODE-7"),
    ("waits-for-the-hole", "EPISODE-12"),
    ("never-completes-alone", "EPISODE-12"),
    ("answers-ends-without-an-own-one", "EPISODE-7"),
    ("does-not-answer-while-asking", "CATCHUP-7"),
    ("answers-with-everything-from-the-start-on", "CATCHUP-8"),
    ("answers-with-everything-up-to-the-end", "CATCHUP-8"),
    ("answers-with-the-newest-first", "CATCHUP-8"),
    ("does-not-tell-what-was-done-while-closed", "CATCHUP-12"),
    ("tells-at-once-what-was-done-while-closed", "SYNC-3"),
    ("tells-fifteen-entries-an-act", "CATCHUP-12"),
    ("tells-the-newest-input-first", "CATCHUP-12"),
    ("tells-up-to-the-act-itself", "SYNC-1"),
    ("tells-with-the-newest-current-frame", "SYNC-3"),
    ("a-refusal-ends-all-telling", "CATCHUP-12"),
];

#[test]
fn wrong_peers_are_found_and_the_partner_is_not_blamed() {
    let all = mutants();
    let faults = on_all_cores(FOUND, |(name, rule)| {
        let mutant = all.iter().find(|mutant| mutant.name == *name).expect("a mutant");
        let mut first = None;
        for (line, seed) in LINES.iter().flat_map(|line| [(line, 1), (line, 2)]) {
            let mut wrong = ModelSeat::new(mutant.behaviour());
            let outcome = game(&mut wrong, &mut ModelSeat::right(), seed, line);
            let (findings, _) = both(&outcome.tapes);
            for (at, capture) in findings.iter().enumerate() {
                for violation in &capture.sides[0].violations {
                    if (violation.side == Side::Own) != (at == 0) {
                        return Some(format!("{name} {line} {seed}: {violation:?}"));
                    }
                    first.get_or_insert_with(|| violation.rule.clone());
                }
            }
            if first.is_some() {
                break;
            }
        }
        (first.as_deref() != Some(rule)).then(|| format!("{name}: {first:?}"))
    });
    let faults: Vec<String> = faults.into_iter().flatten().collect();
    assert!(faults.is_empty(), "{faults:#?}");
}
