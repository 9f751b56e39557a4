//! INPUT and INPUT_RESPONSE: known entries, new ones, and those that are far ahead.

use rollwire_reference::peer::Peer;

use super::{act, deliver, running, started, step};
use crate::{
    measured::{Samples, Sink},
    messages::{input, response},
};

/// How far beyond the confirmed frame an entry may be: no frame is confirmed in these games, so the
/// last is 4095.
const AHEAD: u32 = 4096;

pub(super) fn measure(samples: &mut Samples) {
    in_a_running_game(samples);
    far_ahead(samples);
    confirming(samples);
    while_asking(samples);
    responses(samples);
}

fn in_a_running_game(samples: &mut Samples) {
    let mut peer = running(600);
    for newest in 594..654 {
        let datagram = input(newest - 9..=newest);
        samples.receive("INPUT of 10 entries, one of them new", &mut peer, &datagram);
        assert_eq!(peer.confirmed(), Some(newest));
        samples.receive("the same INPUT again", &mut peer, &datagram);
        step(&mut peer, newest + 6);
    }
    samples.receive("INPUT of 10 entries, all new", &mut peer, &input(654..664));
    samples.receive("INPUT of 10 entries, all old", &mut peer, &input(100..110));
}

fn far_ahead(samples: &mut Samples) {
    let mut peer = started();
    let beyond = input(AHEAD..AHEAD + 15);
    samples.receive("INPUT of 15 entries beyond `ahead`", &mut peer, &beyond);
    assert_eq!(peer.held().count(), 0);
    let last = input([AHEAD - 1]);
    samples.receive("INPUT of 1 entry, the last of `ahead`", &mut peer, &last);
    assert_eq!(peer.held().count(), 1);

    // Without the first frame, so that nothing is ever confirmed.
    let mut peer = started();
    let all: Vec<u32> = (1..AHEAD).collect();
    for frames in all.chunks(15) {
        let datagram = input(frames.iter().copied());
        samples.receive("INPUTs of 15 entries that fill `ahead`", &mut peer, &datagram);
    }
    assert_eq!(peer.held().count(), 4095);
    for frames in all.chunks(15) {
        let datagram = input(frames.iter().copied());
        samples.receive("the same INPUTs again", &mut peer, &datagram);
    }
    assert_eq!(peer.held().count(), 4095);
}

/// A peer that holds the partner's entries from frame 1 to 4095, and has acted for all of them.
fn one_is_missing() -> Peer {
    let mut peer = started();
    deliver(&mut peer, &response(1..AHEAD));
    act(&mut peer, 0..AHEAD);
    assert_eq!((peer.confirmed(), peer.held().count()), (None, 4095));
    peer
}

fn confirming(samples: &mut Samples) {
    let mut peer = one_is_missing();
    samples.receive("INPUT of 1 entry that confirms 4096 frames", &mut peer, &input([0]));
    assert_eq!(peer.confirmed(), Some(AHEAD - 1));
}

/// Each INPUT looks whether a hole of the request is left. The last of the 1024 frames that are looked
/// at is the only one.
fn while_asking(samples: &mut Samples) {
    let mut peer = started();
    deliver(&mut peer, &input([2000]));
    assert!(peer.catch_up(&mut Sink::default()));
    deliver(&mut peer, &response(0..1023));
    for _ in 0..2 {
        let last = input([2000]);
        samples.receive("INPUT of 1 entry, the 1024th frame is asked for", &mut peer, &last);
    }
    assert!(peer.request().is_some());
}

fn responses(samples: &mut Samples) {
    let mut peer = started();
    let full = response(0..3275);
    samples.receive("INPUT_RESPONSE of 3275 entries, all new", &mut peer, &full);
    assert_eq!(peer.held().count(), 3275);
    samples.receive("the same INPUT_RESPONSE again", &mut peer, &full);

    let mut peer = started();
    act(&mut peer, 0..3275);
    samples.receive("INPUT_RESPONSE that confirms 3275 frames", &mut peer, &full);
    assert_eq!(peer.confirmed(), Some(3274));

    // Longer than a peer of the specification sends it.
    let mut peer = one_is_missing();
    let longest = response((0..65_535).rev());
    samples.receive("INPUT_RESPONSE of 65535 entries that confirms 4096", &mut peer, &longest);
    assert_eq!(peer.confirmed(), Some(AHEAD - 1));
    samples.receive("the longest INPUT_RESPONSE again", &mut peer, &longest);
}
