//! Wrong peers that only show against a partner turn a pair red, and the right one is blamed.

use rollwire_interop::{
    Blame, Failure, ModelSeat, Property, Round, Seat, SeatFault, Verdict, link::named, play_pair,
};
use rollwire_model::exchange::{Observation, Stimulus};
use rollwire_mutants::peer::{Mutant, mutants};

/// Lines on which certain faults show.
const LINES: [(&str, &str); 3] = [
    ("full", "delay 30±30 duplicate 30% full 600ms@3s close 900ms@5s close 1s@500ms"),
    ("bad", "delay 50 loss 45% burst 4"),
    ("holes", "delay 40±10 part 600ms@3s part 600ms@5s part 900ms@9s"),
];

/// Wrong peers, the line on which each fails, and what does not hold then.
const WRONG: [(&str, &str, Property); 31] = [
    ("forgets-action-0", "good", Property::Sends),
    ("takes-actions-for-signed", "bad", Property::Inputs),
    ("takes-no-act-while-closed", "full", Property::Recovers),
    ("loses-acts-while-closed", "full", Property::Recovers),
    ("leaves-out-what-was-done-while-closed", "full", Property::Bytes),
    ("reads-ten-entries-at-most", "full", Property::Recovers),
    ("stops-at-a-dropped-entry", "full", Property::Recovers),
    ("takes-frame-0-for-confirmed", "good", Property::Recovers),
    ("drops-an-overtaken-input", "full", Property::Recovers),
    ("confirms-without-the-own-input", "good", Property::Confirms),
    ("an-action-0-does-not-confirm", "good", Property::Recovers),
    ("begins-nothing-after-an-end-alone", "bad", Property::Completes),
    ("counts-agreed-episodes", "bad", Property::Confirms),
    ("never-counts-episodes", "bad", Property::Confirms),
    ("keeps-the-inputs-of-the-last-episode", "bad", Property::Confirms),
    ("keeps-the-end-of-the-last-episode", "bad", Property::Agrees),
    ("repeats-its-ready-after-any-start", "bad", Property::Bounded),
    ("an-early-ready-does-not-start", "bad", Property::Starts),
    ("answers-no-ready", "full", Property::Recovers),
    ("an-end-stops-the-game", "good", Property::Recovers),
    ("agrees-on-the-larger-end", "bad", Property::Agrees),
    ("agrees-on-the-own-end", "bad", Property::Agrees),
    ("agrees-on-the-partners-end", "awful", Property::Agrees),
    ("waits-for-the-hole", "bad", Property::Inputs),
    ("completes-alone-when-confirmed", "holes", Property::Agrees),
    ("answers-ends-without-an-own-one", "bad", Property::Agrees),
    ("takes-all-inputs-while-waiting", "bad", Property::Inputs),
    ("takes-no-inputs-while-ending", "good", Property::Recovers),
    ("sends-as-player-0", "bad", Property::Inputs),
    ("answers-as-player-0", "mobile", Property::Inputs),
    ("tells-as-player-0", "awful", Property::Inputs),
];

fn round(link: &str) -> Vec<Round> {
    let own = LINES.iter().find(|(name, _)| *name == link);
    let line = own.map_or_else(|| named(link), |(_, text)| text.parse().ok());
    let line = line.unwrap_or_else(|| panic!("{link} is not a line"));
    vec![Round { name: link.to_owned(), line, seeds: (1..9).collect() }]
}

fn mutant(name: &str) -> Mutant {
    let found = mutants().into_iter().find(|mutant| mutant.name == name);
    found.unwrap_or_else(|| panic!("{name} is not a mutant"))
}

fn seat(mutant: &Mutant) -> ModelSeat {
    ModelSeat::new(mutant.behaviour())
}

/// The failure of a wrong peer against a right one; the wrong one is the first peer or the second.
fn failure(name: &str, link: &str) -> (Failure, Blame) {
    let (mutant, rounds) = (mutant(name), round(link));
    let verdict = play_pair(&mut seat(&mutant), &mut ModelSeat::right(), &rounds, &|| false);
    if let Some(failure) = verdict.failure {
        return (failure, Blame::First);
    }
    // Some show only as the second peer.
    let Verdict { failure, .. } =
        play_pair(&mut ModelSeat::right(), &mut seat(&mutant), &rounds, &|| false);
    (failure.unwrap_or_else(|| panic!("{name} gets along on {link}")), Blame::Second)
}

#[test]
fn a_wrong_peer_turns_its_pair_red_and_is_blamed() {
    let mut faults = Vec::new();
    for (name, link, property) in WRONG {
        let (failure, wrong) = failure(name, link);
        let events = failure.script.as_ref().map_or(usize::MAX, |script| script.events.len());
        if failure.violation.property != property || failure.blame != wrong || events > 5 {
            let Failure { violation, blame, script, .. } = failure;
            faults.push(format!("{name} on {link}: {blame:?}, {violation:?}, {script:?}"));
        }
    }
    assert!(faults.is_empty(), "{} {faults:#?}", faults.len());
}

/// A peer whose channel swallows some of what it sends, and which does not notice.
struct Mute(ModelSeat, fn(u8) -> bool);

impl Seat for Mute {
    fn games(&self) -> usize {
        self.0.games()
    }

    fn open(&mut self, games: &[u64], local: u8) -> Result<(), SeatFault> {
        self.0.open(games, local)
    }

    fn happens(&mut self, what: &[(u64, Vec<Stimulus>)]) -> Result<Vec<Observation>, SeatFault> {
        let mut seen = self.0.happens(what)?;
        for observation in &mut seen {
            observation.sent.retain(|it| !it.bytes().first().is_some_and(|byte| self.1(*byte)));
        }
        Ok(seen)
    }

    fn close(&mut self, games: &[u64]) -> Result<(), SeatFault> {
        self.0.close(games)
    }
}

/// On a link that loses nothing: what a partner does not hear was not sent.
#[test]
fn a_silent_peer_fails_on_a_link_without_loss() {
    let line = "delay 20".parse().expect("a line");
    let rounds = vec![Round { name: "delay 20".to_owned(), line, seeds: (1..3).collect() }];
    for (what, is_muted, says) in [
        ("everything", (|_| true) as fn(u8) -> bool, "its READY was never sent"),
        ("READYs", |byte| byte == 0x06, "its READY was never sent"),
        ("inputs", |byte| byte == 0x01, "inputs were never sent, the first of frame 0"),
        ("ENDs", |byte| byte == 0x05, "its END was never sent"),
        ("hashes", |byte| byte == 0x07, "hashes were never sent, the first of frame 0"),
    ] {
        let mut mute = Mute(ModelSeat::right(), is_muted);
        let verdict = play_pair(&mut mute, &mut ModelSeat::right(), &rounds, &|| false);
        let failure = verdict.failure.unwrap_or_else(|| panic!("without {what} it gets along"));
        let Failure { violation, blame, .. } = failure;
        assert_eq!((violation.property, blame), (Property::Sends, Blame::First), "{what}");
        assert!(violation.what.contains(says), "{what}: {violation:?}");
    }
}

/// Each of them gets along with a right peer, which stops answering.
#[test]
fn two_peers_that_answer_every_ready_fail_only_together() {
    let mutant = mutant("answers-every-ready");
    let verdict = play_pair(&mut seat(&mutant), &mut seat(&mutant), &round("full"), &|| false);
    let failure = verdict.failure.expect("an echo that never ends");
    assert_eq!(failure.violation.property, Property::Bounded, "{:?}", failure.violation);
    assert_eq!(failure.blame, Blame::OnlyTogether);
}
