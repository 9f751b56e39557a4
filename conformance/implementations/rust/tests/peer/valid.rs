//! VALID: refusals, the limit, and a ping that is sent once.

use rollwire_codec::{Timestamp, ValidationPing, ValidationPong};
use rollwire_reference::peer::{Chapters, Options, Parameters, Peer, ValidationState};

use crate::support::{NONE, Script, channel, deliver, peer_with};

fn peer() -> Peer {
    Peer::new(Options::default()).unwrap()
}

fn ping(peer: &mut Peer, line: &mut Script) {
    deliver(peer, ValidationPing { timestamp: Timestamp::from_millis(7.0) }, line);
}

fn pong(peer: &mut Peer, millis: f64) {
    let timestamp = Timestamp::from_millis(millis);
    deliver(peer, ValidationPong { timestamp }, &mut channel());
}

#[test]
fn it_fails_after_15_seconds_and_stays_so() {
    let (mut peer, mut line) = (peer(), channel());
    ping(&mut peer, &mut line);
    peer.advance(14_999, &mut line).unwrap();
    assert_eq!((line.count(0x10), peer.validation()), (30, ValidationState::Validating));
    peer.advance(1, &mut line).unwrap();
    assert_eq!(peer.validation(), ValidationState::Failed);
    pong(&mut peer, 100.0);
    peer.closed();
    peer.opened(&mut line);
    line.sent.clear();
    peer.advance(60_000, &mut line).unwrap();
    assert_eq!((line.sent.len(), peer.validation()), (0, ValidationState::Failed));
    // It still answers.
    ping(&mut peer, &mut line);
    assert_eq!(line.count(0x11), 1);
}

#[test]
fn a_refused_ping_cannot_be_answered_but_a_refused_answer_counts() {
    let mut peer = peer();
    let mut line = Script { refuses: true, ..Script::default() };
    peer.advance(100, &mut line).unwrap();
    ping(&mut peer, &mut line);
    pong(&mut peer, 100.0);
    assert_eq!(peer.validation(), ValidationState::Validating);
    line.refuses = false;
    peer.advance(500, &mut line).unwrap();
    pong(&mut peer, 600.0);
    assert_eq!(peer.validation(), ValidationState::Validated);
    peer.closed();
    assert_eq!(peer.validation(), ValidationState::Validated);
}

#[test]
fn a_validated_peer_without_liveness_sends_no_ping() {
    let mut peer = peer_with(Chapters { validation: true, ..NONE });
    let mut line = channel();
    peer.advance(100, &mut line).unwrap();
    ping(&mut peer, &mut line);
    pong(&mut peer, 100.0);
    assert_eq!(peer.validation(), ValidationState::Validated);
    peer.closed();
    peer.opened(&mut line);
    line.sent.clear();
    peer.advance(5000, &mut line).unwrap();
    assert_eq!(line.sent.len(), 0);
}

#[test]
fn a_ping_may_be_sent_once() {
    let parameters = Parameters { repeats_validation: false, ..Parameters::default() };
    let mut peer = Peer::new(Options { parameters, ..Options::default() }).unwrap();
    let mut line = channel();
    peer.advance(20_000, &mut line).unwrap();
    assert_eq!((line.count(0x10), peer.validation()), (1, ValidationState::Failed));
}

#[test]
fn a_ping_that_is_delivered_after_a_closing_does_not_count() {
    let (mut peer, mut line) = (peer(), channel());
    peer.closed();
    ping(&mut peer, &mut line);
    assert_eq!((line.sent.len(), peer.validation()), (0, ValidationState::Idle));
    peer.opened(&mut line);
    peer.advance(100, &mut line).unwrap();
    pong(&mut peer, 100.0);
    assert_eq!(peer.validation(), ValidationState::Validating);
}
