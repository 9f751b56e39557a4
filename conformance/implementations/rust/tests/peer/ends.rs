//! EPISODE: answers to repeated ENDs, and what an agreed end leaves.

use rollwire_codec::StateHash;
use rollwire_reference::peer::{Chapters, End, Options, Peer, Phase};

use crate::support::{
    NONE, Script, channel, deliver, held, input, peer_with, ready, receive_end, receive_ready,
    start,
};

fn started() -> Peer {
    let mut peer = peer_with(Chapters { inputs: true, episodes: true, ..NONE });
    start(&mut peer, &mut channel());
    peer
}

/// How many ENDs a repeated END of this episode is answered with.
fn answers(peer: &mut Peer, episode: u32, line: &mut Script) -> usize {
    let before = line.count(5);
    receive_end(peer, 9, episode, line);
    line.count(5) - before
}

#[test]
fn no_answer_shortly_after_the_own_end_whatever_became_of_it() {
    for refuses in [false, true] {
        let (mut peer, mut line) = (started(), channel());
        line.refuses = refuses;
        peer.ended(9, &mut line);
        // The repeat at 250 ms begins the pause anew.
        peer.advance(250, &mut line).unwrap();
        line.refuses = false;
        assert_eq!(answers(&mut peer, 0, &mut line), 0, "the first one");
        assert_eq!(answers(&mut peer, 0, &mut line), 0);
        peer.advance(249, &mut line).unwrap();
        assert_eq!(answers(&mut peer, 0, &mut line), 0);
        peer.advance(1, &mut line).unwrap();
        assert_eq!(answers(&mut peer, 0, &mut line), 1);
        assert_eq!(answers(&mut peer, 0, &mut line), 0, "an answer begins it as well");
        peer.advance(250, &mut line).unwrap();
        line.refuses = true;
        assert_eq!(answers(&mut peer, 0, &mut line), 0);
        line.refuses = false;
        assert_eq!(answers(&mut peer, 0, &mut line), 0, "and so does one that was refused");
    }
}

#[test]
fn an_end_that_was_not_handed_over_begins_no_pause() {
    let (mut peer, mut line) = (started(), channel());
    peer.closed();
    peer.ended(9, &mut line);
    assert_eq!(answers(&mut peer, 0, &mut line), 0, "the first one");
    peer.opened(&mut line);
    assert_eq!(answers(&mut peer, 0, &mut line), 1);
}

#[test]
fn each_episode_has_its_own_pause() {
    let (mut peer, mut line) = (started(), channel());
    peer.ended(0, &mut line);
    assert_eq!(answers(&mut peer, 0, &mut line), 0, "the first one");
    ready(&mut peer, "a", &mut line);
    receive_ready(&mut peer, 2, "aaaaaaaa", &mut line);
    peer.advance(250, &mut line).unwrap();
    assert_eq!(answers(&mut peer, 1, &mut line), 0, "the first one");
    peer.ended(9, &mut line);
    assert_eq!(answers(&mut peer, 1, &mut line), 0);
    assert_eq!(answers(&mut peer, 0, &mut line), 1);
}

#[test]
fn an_end_counts_while_waiting() {
    let mut peer = peer_with(Chapters { inputs: true, episodes: true, ..NONE });
    let mut line = channel();
    ready(&mut peer, "a", &mut line);
    receive_end(&mut peer, 3, 0, &mut line);
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert!(peer.ended(9, &mut line));
    assert_eq!(peer.episode().unwrap().end, Some(End { frame: 3, agreed: true }));
}

#[test]
fn a_reset_leaves_the_end_and_hashes_beyond_it_are_taken() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    start(&mut peer, &mut line);
    peer.ended(3, &mut line);
    receive_end(&mut peer, 2, 0, &mut line);
    peer.reset();
    input(&mut peer, &[(1, 1), (2, 1)]);
    assert_eq!(held(&peer), [(1, 1)]);
    for frame in [2, 9] {
        deliver(&mut peer, StateHash { frame, hash: &[1; 8] }, &mut line);
    }
    assert_eq!(peer.exchange().inbound().len(), 2);
}

#[test]
fn a_ready_is_answered_when_the_episode_is_complete() {
    let (mut peer, mut line) = (started(), channel());
    peer.ended(0, &mut line);
    receive_end(&mut peer, 0, 0, &mut line);
    assert_eq!(peer.episode().unwrap().phase, Phase::Complete);
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert_eq!(line.count(6), 1);
}
