//! STATE_HASH: those of a running game, and floods that fill what the exchange keeps.

use fastrand::Rng;
use rollwire_reference::{
    exchange::{Exchange, HashSends},
    peer::{Parameters, Peer},
};

use super::{deliver, digest, running_with};
use crate::{measured::Samples, messages::state_hash};

/// The frames of the game in which hashes are measured: 121 of them were hashed, so the history is full.
const FRAMES: u32 = 611;

/// How many datagrams of a flood are measured.
const MEASURED: u32 = 256;

/// The names of the cases of one kind of exchange.
struct Names {
    equal: &'static str,
    ahead: &'static str,
    fills: &'static str,
    random: &'static str,
    wrong: &'static str,
    lost: &'static str,
}

pub(super) fn measure(samples: &mut Samples) {
    let default = Names {
        equal: "STATE_HASH that verifies a frame",
        ahead: "STATE_HASH of a later frame",
        fills: "STATE_HASHes of 4096 later frames",
        random: "STATE_HASHes of random frames beyond 4096",
        wrong: "STATE_HASHes that differ, 4096 events",
        lost: "STATE_HASHes that differ beyond 4096",
    };
    exchange(samples, None, &default);
    let lasting = Names {
        equal: "lasting: STATE_HASH that verifies a frame",
        ahead: "lasting: STATE_HASH of a later frame",
        fills: "lasting: STATE_HASHes of 4096 later frames",
        random: "lasting: STATE_HASHes of random frames beyond 4096",
        wrong: "lasting: STATE_HASHes that differ, 4096 events",
        lost: "lasting: STATE_HASHes that differ beyond 4096",
    };
    exchange(samples, Some(HashSends::Twice), &lasting);
}

fn exchange(samples: &mut Samples, lasting_hashes: Option<HashSends>, names: &Names) {
    let parameters = Parameters { lasting_hashes, ..Parameters::default() };
    let mut peer = running_with(parameters, FRAMES);
    let history: Vec<u32> = peer.exchange().history().map(|(frame, _)| frame).collect();
    assert_eq!(history.len(), Exchange::MAX_HISTORY);
    for &frame in &history {
        samples.receive(names.equal, &mut peer, &state_hash(frame, 1));
    }
    assert_eq!(peer.exchange().verified(), history.last().copied());
    samples.receive(names.ahead, &mut peer, &state_hash(FRAMES + 9, 1));

    flood(samples, peer.clone(), names);
    differ(samples, peer, &history, names);
}

/// A partner sends hashes of frames that the own game never reaches.
fn flood(samples: &mut Samples, mut peer: Peer, names: &Names) {
    for frame in 1000..5096 {
        let datagram = state_hash(frame, 1);
        // Few of them take much longer than the others, and which ones depends on the tree.
        if !(1000 + MEASURED..5096 - MEASURED).contains(&frame) {
            samples.receive(names.fills, &mut peer, &datagram);
        } else {
            deliver(&mut peer, &datagram);
        }
    }
    assert_eq!(peer.exchange().inbound().len(), Exchange::MAX_INBOUND);
    let mut rng = Rng::with_seed(1);
    for _ in 0..MEASURED {
        samples.receive(names.random, &mut peer, &state_hash(rng.u32(10_000..), 1));
    }
    assert_eq!(peer.exchange().inbound().len(), Exchange::MAX_INBOUND);
}

/// A partner sends wrong hashes, each another one, of the frames that were hashed.
fn differ(samples: &mut Samples, mut peer: Peer, history: &[u32], names: &Names) {
    let mut wrong = history.iter().cycle().copied().zip((2..=u8::MAX).cycle());
    let mut events = 0;
    while peer.exchange().events().len() < Exchange::MAX_EVENTS {
        let (frame, byte) = wrong.next().expect("it does not end");
        let datagram = state_hash(frame, byte);
        events += 1;
        if !(MEASURED..=4096 - MEASURED).contains(&events) {
            samples.receive(names.wrong, &mut peer, &datagram);
        } else {
            deliver(&mut peer, &datagram);
        }
    }
    peer.confirm(7, digest(1));
    for byte in (2..=u8::MAX).cycle().take(MEASURED as usize) {
        samples.receive(names.lost, &mut peer, &state_hash(7, byte));
    }
    assert!(peer.exchange().lost_events() >= 254);
}
