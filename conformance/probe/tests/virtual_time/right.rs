//! A right peer conforms, whatever its index; and on a bad line it is not blamed.

use rollwire_conformance::verdict::Exit;
use rollwire_model::peer::Behaviour;
use rollwire_probe::Outcome;

use crate::{link::Conditions, play::play};

#[test]
fn the_model_conforms_as_either_player() {
    for local in [0, 1] {
        let report = play(Behaviour::SPECIFIED, local, Conditions::CLEAN, 1);
        assert_eq!(report.exit(), Exit::Conforms, "{}", report.text());
        assert!(report.milliseconds < 60_000, "{}", report.text());
    }
}

#[test]
fn a_right_peer_is_not_blamed_for_a_bad_line() {
    let bad = [(5, 20, 30), (15, 40, 60), (30, 60, 120), (0, 150, 300)];
    for seed in 0..rounds() {
        let (loss, delay, jitter) = bad[usize::try_from(seed).unwrap() % bad.len()];
        let conditions = Conditions { loss, delay, jitter };
        let local = u8::from(seed % 3 == 0);
        let report = play(Behaviour::SPECIFIED, local, conditions, seed);
        assert_eq!(report.count(Outcome::Broken), 0, "seed {seed}:\n{}", report.text());
        assert!(report.count(Outcome::Kept) > 8, "seed {seed}:\n{}", report.text());
    }
}

/// How many seeds are tried.
fn rounds() -> u64 {
    if std::env::var_os("ROLLWIRE_DEEP").is_some_and(|value| !value.is_empty()) { 2000 } else { 40 }
}
