//! Wrong peers against right ones.

use rollwire_interop::{Blame, ModelSeat, Verdict, play_pair};
use rollwire_mutants::peer::mutants;

use crate::right::{right, rounds};

#[test]
fn explore() {
    let mut rounds = rounds(1..5);
    rounds.push(rollwire_interop::Round {
        name: "holes".to_owned(),
        line: "delay 40±10 part 600ms@3s part 600ms@5s part 900ms@9s".parse().unwrap(),
        seeds: (1..9).collect(),
    });
    rounds.push(rollwire_interop::Round {
        name: "full".to_owned(),
        line: "delay 30±30 duplicate 30% full 600ms@3s close 900ms@5s close 1s@500ms"
            .parse()
            .unwrap(),
        seeds: (1..9).collect(),
    });
    rounds.push(rollwire_interop::Round {
        name: "bad".to_owned(),
        line: "delay 50 loss 45% burst 4".parse().unwrap(),
        seeds: (1..9).collect(),
    });
    let ok = play_pair(&mut *right(), &mut *right(), &rounds, &right);
    println!("RIGHT {:?} {:?}", ok.played, ok.failure);
    for mutant in mutants() {
        let mut wrong = ModelSeat::new(mutant.behaviour());
        let Verdict { failure, .. } = play_pair(&mut wrong, &mut *right(), &rounds, &right);
        let failure = failure.or_else(|| {
            let mut wrong = ModelSeat::new(mutant.behaviour());
            let mut same = ModelSeat::new(mutant.behaviour());
            play_pair(&mut wrong, &mut same, &rounds, &right).failure
        });
        if let Some(it) = failure {
            let events = it.script.map(|it| it.events.len());
            println!(
                "RED {} ({}): {:?} by {:?}, {events:?} events on {}: {}",
                mutant.name,
                mutant.rule,
                it.violation.property,
                it.blame,
                it.link,
                it.violation.what
            );
        }
    }
}
