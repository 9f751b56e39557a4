//! EPISODE-13: what is kept between two episodes.

use rollwire_codec::{Digest, StateHash};
use rollwire_reference::peer::{Chapters, Options, Peer, Phase};

use crate::support::{
    NONE, channel, deliver, held, input, peer_with, ready, receive_end, receive_ready, response,
    start,
};

/// The first episode was left without an END of the partner, and the second is waited for.
fn waiting_for_the_second() -> Peer {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    start(&mut peer, &mut line);
    peer.ended(4, &mut line);
    peer.advance(2000, &mut line).unwrap();
    assert!(ready(&mut peer, "a", &mut line));
    assert_eq!(peer.episode().map(|it| it.phase), Some(Phase::Waiting));
    peer
}

/// How many entries and hashes are kept after an INPUT and a STATE_HASH of this frame.
fn arrive(peer: &mut Peer, frame: u32) -> (usize, usize) {
    input(peer, &[(frame, 1)]);
    deliver(peer, StateHash { frame, hash: &[1; 8] }, &mut channel());
    (held(peer).len(), peer.exchange().inbound().len())
}

#[test]
fn what_may_be_of_another_episode_is_kept_out() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    let digest = Digest::from_bytes([1; 8]);
    assert_eq!(arrive(&mut peer, 0), (0, 0), "before the first ready");
    ready(&mut peer, "a", &mut line);
    assert_eq!(arrive(&mut peer, 129), (0, 0), "waiting");
    assert_eq!(arrive(&mut peer, 128), (1, 1), "waiting");
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert_eq!(arrive(&mut peer, 129), (2, 2), "playing");
    peer.confirm(5, digest);
    peer.ended(0, &mut line);
    receive_end(&mut peer, 0, 0, &mut line);
    assert_eq!(arrive(&mut peer, 1), (0, 2), "complete");
    assert_eq!(peer.tick(&mut line), 1, "what was queued is still sent");
    ready(&mut peer, "b", &mut line);
    assert_eq!(peer.exchange().inbound().len(), 0);
}

#[test]
fn a_partner_that_may_still_play_the_episode_before_is_not_listened_to() {
    let (mut peer, mut line) = (waiting_for_the_second(), channel());
    assert_eq!(arrive(&mut peer, 0), (0, 0));
    // An END of another episode says nothing about the one before.
    receive_end(&mut peer, 4, 1, &mut line);
    assert_eq!(arrive(&mut peer, 0), (0, 0));
    receive_end(&mut peer, 4, 0, &mut line);
    assert_eq!(arrive(&mut peer, 129), (0, 0), "still too far ahead");
    assert_eq!(arrive(&mut peer, 128), (1, 1));
}

#[test]
fn after_the_start_every_frame_counts_with_an_end_or_without() {
    let (mut peer, mut line) = (waiting_for_the_second(), channel());
    receive_ready(&mut peer, 2, "aaaaaaaa", &mut line);
    assert_eq!(arrive(&mut peer, 129), (1, 1), "both were ready");
    let mut peer = waiting_for_the_second();
    peer.advance(5000, &mut line).unwrap();
    assert_eq!(arrive(&mut peer, 129), (1, 1), "started alone");
}

#[test]
fn an_end_that_came_before_the_ready_counts() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    start(&mut peer, &mut line);
    peer.ended(4, &mut line);
    peer.advance(2000, &mut line).unwrap();
    // The episode is complete already, and not agreed.
    receive_end(&mut peer, 9, 0, &mut line);
    ready(&mut peer, "a", &mut line);
    assert_eq!(arrive(&mut peer, 0), (1, 1));
}

#[test]
fn a_response_changes_nothing_while_waiting() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    ready(&mut peer, "a", &mut line);
    let before = format!("{peer:?}");
    response(&mut peer, &[(0, 1), (2, 1)]);
    assert_eq!(format!("{peer:?}"), before);
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    response(&mut peer, &[(0, 1), (2, 1)]);
    assert_eq!(held(&peer), [(0, 1), (2, 1)]);
}

#[test]
fn a_peer_without_episodes_takes_responses_at_any_time() {
    let mut peer = peer_with(Chapters { inputs: true, catch_up: true, ..NONE });
    response(&mut peer, &[(0, 1), (2, 1)]);
    assert_eq!(held(&peer), [(0, 1), (2, 1)]);
}
