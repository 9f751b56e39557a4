//! Two right peers get along on every line.

use rollwire_interop::{
    ModelSeat, Round, Verdict,
    link::{NAMED, named},
    play_pair,
};

fn rounds(seeds: std::ops::Range<u64>) -> Vec<Round> {
    let round = |(name, _): &(&str, &str)| Round {
        name: (*name).to_owned(),
        line: named(name).expect("a line"),
        seeds: seeds.clone().collect(),
    };
    NAMED.iter().map(round).collect()
}

#[test]
fn two_right_peers_get_along_on_every_line_with_a_name() {
    let games = if std::env::var_os("ROLLWIRE_DEEP").is_some() { 5_000 } else { 40 };
    let Verdict { played, failure, fault } =
        play_pair(&mut ModelSeat::right(), &mut ModelSeat::right(), &rounds(1..1 + games), &|| {
            false
        });
    assert_eq!(fault, None);
    if let Some(it) = failure {
        panic!("{} seed {}: {:?} {:?}", it.link, it.seed, it.violation, it.script);
    }
    for line in played {
        println!("{line:?}");
        assert_eq!((line.games, line.failed), (games, 0));
    }
}
