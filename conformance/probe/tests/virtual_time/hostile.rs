//! A game that says anything: no panic, and an end.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_model::peer::{Behaviour, Message};
use rollwire_probe::{Options, Output, Probe};

use crate::game::Game;

/// A session ends by itself within this time, in milliseconds.
const LONGEST: u64 = 700_000;

/// Numbers that a careless sum does not survive, and some that are plausible.
fn number(random: &mut ChaCha8Rng) -> u32 {
    let all = [0, 1, 2, 30, 128, 4096, 0x7fff_ffff, u32::MAX - 1, u32::MAX];
    all[random.next_u32() as usize % all.len()].wrapping_add(random.next_u32() % 3)
}

fn anything(random: &mut ChaCha8Rng) -> Vec<u8> {
    let (one, other) = (number(random), number(random));
    let timestamp = u64::from(one) << 32 | u64::from(other);
    let entries = vec![(one, 0), (other, 255)];
    let message = match random.next_u32() % 14 {
        0 => Message::Input { player: 0, current_frame: one, entries },
        1 => Message::InputResponse { player: 0, entries },
        2 => Message::InputRequest { start: one.min(other), end: one.max(other) },
        3 => Message::EpisodeReady { episode: one, hash: *b"00000000" },
        4 => Message::EpisodeEnd { frame: one, episode: other },
        5 => Message::StateHash { frame: one, hash: [7; 8] },
        6 => Message::FocusState { focused: one % 2 == 0, frame: other },
        7 => Message::Ping { timestamp },
        8 => Message::Pong { timestamp },
        9 => Message::ValidationPing { timestamp },
        10 => Message::ValidationPong { timestamp },
        11 => Message::Keepalive,
        _ => {
            let mut bytes = vec![0; random.next_u32() as usize % 40];
            random.fill_bytes(&mut bytes);
            return bytes;
        }
    };
    message.datagram().bytes().to_vec()
}

#[test]
fn anything_may_arrive() {
    for seed in 0..6 {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut probe = Probe::new(0, &Options::default());
        // A right game beneath it, so that each probe is reached.
        let mut game = Game::new(Behaviour::SPECIFIED, 0, 1500);
        let mut is_open = true;
        probe.opened(0);
        let mut now = 0;
        while !probe.is_over() && now < LONGEST {
            now += 1;
            for datagram in game.passes(now) {
                probe.received(now, datagram.bytes());
            }
            if let Some(sent) = game.reopens(now) {
                is_open = true;
                probe.opened(now);
                sent.iter().for_each(|it| probe.received(now, it.bytes()));
            }
            if random.next_u32() % 50 == 0 {
                probe.received(now, &anything(&mut random));
            }
            probe.advance(now);
            while let Some(output) = probe.output() {
                match output {
                    Output::Send(bytes) if is_open => {
                        for answer in game.receive(bytes) {
                            probe.received(now, answer.bytes());
                        }
                    }
                    Output::Send(_) => {}
                    Output::Close => {
                        is_open = false;
                        probe.closed(now);
                        game.close(now);
                    }
                }
            }
        }
        assert!(probe.is_over(), "seed {seed} does not end");
        let report = probe.report();
        assert!(report.verdicts.len() <= 401, "seed {seed}: {} verdicts", report.verdicts.len());
        let longest = report.verdicts.iter().map(|it| it.evidence.len()).max();
        assert!(longest <= Some(8), "seed {seed}: {longest:?} datagrams as evidence");
    }
}
