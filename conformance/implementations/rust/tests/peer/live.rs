//! LIVE: what is remembered, and which bits are answered.

use rollwire_codec::{Keepalive, Ping, Pong, Timestamp};
use rollwire_reference::peer::{Chapters, Peer};

use crate::support::{NONE, Script, bytes, channel, deliver, peer_with};

/// A peer that need not be validated.
fn peer() -> Peer {
    peer_with(Chapters { liveness: true, ..NONE })
}

fn pong(peer: &mut Peer, millis: f64) {
    deliver(peer, Pong { timestamp: Timestamp::from_millis(millis) }, &mut channel());
}

#[test]
fn without_validation_pings_are_counted_from_the_opening() {
    let (mut peer, mut line) = (peer(), channel());
    peer.advance(499, &mut line).unwrap();
    assert_eq!(line.sent.len(), 0);
    peer.advance(501, &mut line).unwrap();
    let ping = |millis| bytes(Ping { timestamp: Timestamp::from_millis(millis) });
    assert_eq!(line.sent, [ping(500.0), ping(1000.0)]);
}

#[test]
fn the_newest_32_pings_and_10_round_trips_are_remembered() {
    let (mut peer, mut line) = (peer(), channel());
    peer.advance(33 * 500, &mut line).unwrap();
    assert_eq!(line.count(2), 33);
    pong(&mut peer, 500.0);
    assert_eq!(peer.round_trips().len(), 0, "the oldest of 33 was forgotten");
    for ping in 2..=33 {
        pong(&mut peer, f64::from(ping) * 500.0);
    }
    let expected: Vec<f64> = (24..=33).map(|ping| f64::from(33 - ping) * 500.0).collect();
    assert_eq!(peer.round_trips().collect::<Vec<_>>(), expected);
}

#[test]
fn every_pattern_of_bits_is_answered() {
    let mut peer = peer();
    for bits in [0, 1 << 63, 0x7ff0 << 48, 0x7ff8 << 48, 0xfff8 << 48, 0x7ff0_0000_0000_0001, 1] {
        let timestamp = Timestamp::from_bits(bits);
        let mut line = channel();
        deliver(&mut peer, Ping { timestamp }, &mut line);
        assert_eq!(line.sent, [bytes(Pong { timestamp })]);
    }
    let mut line = channel();
    deliver(&mut peer, Keepalive, &mut line);
    pong(&mut peer, f64::NAN);
    pong(&mut peer, -500.0);
    assert_eq!((line.sent.len(), peer.round_trips().len()), (0, 0));
}

#[test]
fn a_closing_forgets_pings_but_no_round_trips() {
    let (mut peer, mut line) = (peer(), channel());
    peer.advance(1020, &mut line).unwrap();
    pong(&mut peer, 500.0);
    peer.closed();
    peer.opened(&mut line);
    pong(&mut peer, 1000.0);
    assert_eq!(peer.round_trips().collect::<Vec<_>>(), [520.0]);
    // Opening an open channel changes nothing, so the next PING is 500 ms after the first opening.
    peer.advance(300, &mut line).unwrap();
    peer.opened(&mut line);
    line.sent.clear();
    peer.advance(200, &mut line).unwrap();
    assert_eq!(line.sent, [bytes(Ping { timestamp: Timestamp::from_millis(1520.0) })]);
}

#[test]
fn a_refused_pong_is_not_sent_again() {
    let mut peer = peer();
    let mut line = Script { refuses: true, ..Script::default() };
    deliver(&mut peer, Ping { timestamp: Timestamp::from_millis(1.0) }, &mut line);
    line.refuses = false;
    peer.advance(499, &mut line).unwrap();
    assert_eq!(line.sent.len(), 0);
}
