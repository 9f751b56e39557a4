//! A session from its beginning to its end.

use rollwire_model::{exchange::Datagram, peer::Behaviour};
use rollwire_probe::{Options, Output, Probe, Report};

use crate::{
    game::Game,
    link::{Conditions, Link},
};

/// A session takes no longer, in milliseconds.
const LONGEST: u64 = 200_000;
/// Frames of an episode: longer than the probes of an episode take.
const LENGTH: u32 = 1500;

/// What a probe finds out about a game with this peer.
pub(crate) fn play(behaviour: Behaviour, local: u8, conditions: Conditions, seed: u64) -> Report {
    let mut probe = Probe::new(0, &Options::default());
    let mut game = Game::new(behaviour, local, LENGTH);
    let mut to_game = Link::new(conditions, seed * 2);
    let mut to_probe = Link::new(conditions, seed * 2 + 1);
    probe.opened(0);
    let mut is_open = true;
    for now in 1..LONGEST {
        let mut sent = Vec::new();
        for bytes in to_game.arrived(now) {
            sent.extend(game.receive(bytes));
        }
        sent.extend(game.passes(now));
        if let Some(more) = game.reopens(now) {
            sent.extend(more);
            is_open = true;
            probe.opened(now);
        }
        for datagram in sent.iter().map(Datagram::bytes) {
            to_probe.send(now, datagram.to_vec());
        }
        for bytes in to_probe.arrived(now) {
            probe.received(now, &bytes);
        }
        if now >= probe.wakes_at() {
            probe.advance(now);
        }
        while let Some(output) = probe.output() {
            match output {
                Output::Send(bytes) if is_open => to_game.send(now, bytes),
                Output::Send(_) => {}
                Output::Close => {
                    is_open = false;
                    to_game.clear();
                    to_probe.clear();
                    probe.closed(now);
                    game.close(now);
                }
            }
        }
        if probe.is_over() {
            break;
        }
    }
    probe.end();
    probe.report()
}
