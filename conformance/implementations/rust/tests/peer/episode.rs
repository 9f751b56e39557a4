//! EPISODE: phases, timers and answers.

use rollwire_reference::peer::{
    Chapters, End, Episode, Hashes, Options, Parameters, Peer, Phase, Start,
};

use crate::support::{
    NONE, Script, channel, held, input, peer_with, ready, receive_end, receive_ready, start,
};

fn peer() -> Peer {
    peer_with(Chapters { inputs: true, episodes: true, ..NONE })
}

fn started() -> Peer {
    let mut peer = peer();
    start(&mut peer, &mut channel());
    peer
}

fn episode(peer: &Peer) -> Episode {
    peer.episode().unwrap()
}

#[test]
fn a_ready_counts_only_between_episodes() {
    let (mut peer, mut line) = (peer(), channel());
    assert_eq!(peer.episode(), None);
    assert!(!peer.ended(5, &mut line));
    assert!(ready(&mut peer, "a", &mut line));
    assert!(!ready(&mut peer, "b", &mut line), "waiting");
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert!(!ready(&mut peer, "b", &mut line), "playing");
    assert!(peer.ended(0, &mut line));
    assert!(!peer.ended(0, &mut line), "ending");
    assert!(!ready(&mut peer, "b", &mut line), "ending");
    receive_end(&mut peer, 0, 0, &mut line);
    assert_eq!(episode(&peer).phase, Phase::Complete);
    assert!(!peer.act(0, 1, &mut line), "complete");
    assert!(ready(&mut peer, "b", &mut line));
    assert_eq!((episode(&peer).number, episode(&peer).phase), (1, Phase::Waiting));
    assert_eq!((line.count(6), line.count(5)), (2, 1));
}

#[test]
fn a_ready_is_repeated_until_the_start_whatever_becomes_of_it() {
    let mut peer = peer();
    let mut line = Script { refuses: true, ..Script::default() };
    ready(&mut peer, "a", &mut line);
    peer.advance(999, &mut line).unwrap();
    line.refuses = false;
    peer.advance(4000, &mut line).unwrap();
    assert_eq!((line.count(6), episode(&peer).phase), (8, Phase::Waiting));
    // At 5000 ms the start comes first, and stops the tenth repeat.
    peer.advance(1, &mut line).unwrap();
    assert_eq!((line.count(6), episode(&peer).start), (8, Some(Start::Alone)));
    peer.advance(5000, &mut line).unwrap();
    assert_eq!(line.count(6), 8);
    receive_ready(&mut peer, 1, "bbbbbbbb", &mut line);
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert_eq!(episode(&peer).hashes, Some(Hashes::Different), "compared once");
}

#[test]
fn ten_answers_to_readys_and_eight_to_ends() {
    let mut peer = peer();
    let mut line = channel();
    start(&mut peer, &mut line);
    line.refuses = true;
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    line.refuses = false;
    peer.closed();
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    peer.opened(&mut line);
    for _ in 0..20 {
        receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    }
    assert_eq!(line.count(6), 9, "a refused answer counts, and one that was not tried does not");
    peer.ended(0, &mut line);
    line.sent.clear();
    for frame in 0..20 {
        receive_end(&mut peer, frame, 0, &mut line);
    }
    assert_eq!(line.count(5), 0, "the own END is still on its way");
    for frame in 0..20 {
        peer.advance(250, &mut line).unwrap();
        receive_end(&mut peer, frame, 0, &mut line);
    }
    assert_eq!(line.count(5), 8);
    assert_eq!(episode(&peer).end, Some(End { frame: 0, agreed: true }));
    line.sent.clear();
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert_eq!(line.count(6), 0, "all answers to READYs were given before");
}

#[test]
fn the_first_ready_for_the_next_episode_is_kept() {
    let (mut peer, mut line) = (peer(), channel());
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    receive_ready(&mut peer, 1, "bbbbbbbb", &mut line);
    receive_ready(&mut peer, 0, "aaaaaaaa", &mut line);
    ready(&mut peer, "a", &mut line);
    assert_eq!(episode(&peer).hashes, Some(Hashes::Equal));
    receive_ready(&mut peer, 2, "cccccccc", &mut line);
    receive_ready(&mut peer, 3, "dddddddd", &mut line);
    peer.ended(0, &mut line);
    peer.advance(2000, &mut line).unwrap();
    ready(&mut peer, "c", &mut line);
    let second = episode(&peer);
    assert_eq!(
        (second.number, second.start, second.hashes),
        (1, Some(Start::Both), Some(Hashes::Equal))
    );
}

#[test]
fn an_end_alone_is_never_agreed() {
    let (mut peer, mut line) = (started(), channel());
    peer.ended(7, &mut line);
    assert_eq!(episode(&peer).end, None);
    peer.advance(1999, &mut line).unwrap();
    assert_eq!((line.count(5), episode(&peer).phase), (8, Phase::Ending));
    peer.advance(1, &mut line).unwrap();
    assert_eq!((line.count(5), episode(&peer).phase), (8, Phase::Complete));
    line.sent.clear();
    // The first END to arrive is heard, and only its repeat is answered.
    receive_end(&mut peer, 3, 0, &mut line);
    assert_eq!(line.count(5), 0);
    receive_end(&mut peer, 3, 0, &mut line);
    assert_eq!(line.count(5), 1);
    assert_eq!(episode(&peer).end, Some(End { frame: 7, agreed: false }));
}

#[test]
fn a_hole_below_the_end_is_not_confirmed_by_time() {
    let (mut peer, mut line) = (started(), channel());
    for frame in 0..3 {
        peer.act(frame, 1, &mut line);
    }
    input(&mut peer, &[(0, 2), (2, 2)]);
    receive_end(&mut peer, 3, 0, &mut line);
    assert_eq!(episode(&peer).phase, Phase::Playing, "the own game goes on");
    peer.advance(3000, &mut line).unwrap();
    peer.ended(5, &mut line);
    assert_eq!(episode(&peer).end, Some(End { frame: 3, agreed: true }));
    assert!(peer.act(3, 1, &mut line), "acts count while ending");
    peer.advance(499, &mut line).unwrap();
    assert_eq!(episode(&peer).phase, Phase::Ending);
    peer.advance(1, &mut line).unwrap();
    assert_eq!((episode(&peer).phase, peer.confirmed()), (Phase::Complete, Some(0)));
    input(&mut peer, &[(1, 2)]);
    assert_eq!(peer.confirmed(), Some(0), "nothing changes after the completion");
}

#[test]
fn when_both_ends_are_known_nothing_is_repeated_and_no_time_begins_anew() {
    let (mut peer, mut line) = (started(), channel());
    peer.ended(5, &mut line);
    receive_end(&mut peer, 6, 0, &mut line);
    line.sent.clear();
    peer.advance(400, &mut line).unwrap();
    assert_eq!(line.count(5), 0);
    receive_end(&mut peer, 6, 0, &mut line);
    assert_eq!(line.count(5), 1, "an answer");
    peer.advance(100, &mut line).unwrap();
    assert_eq!(episode(&peer).phase, Phase::Complete);
}

#[test]
fn an_answer_that_cannot_be_given_is_not_counted() {
    let (mut peer, mut line) = (started(), channel());
    peer.ended(5, &mut line);
    peer.closed();
    for _ in 0..20 {
        receive_end(&mut peer, 5, 0, &mut line);
    }
    peer.opened(&mut line);
    line.sent.clear();
    for _ in 0..20 {
        receive_end(&mut peer, 5, 0, &mut line);
        peer.advance(250, &mut line).unwrap();
    }
    assert_eq!(line.count(5), 8);
}

#[test]
fn what_is_confirmed_beyond_the_end_stays() {
    let (mut peer, mut line) = (started(), channel());
    for frame in 0..3 {
        peer.act(frame, 1, &mut line);
    }
    input(&mut peer, &[(0, 2), (1, 2), (2, 2), (3, 2), (5, 2)]);
    peer.ended(5, &mut line);
    receive_end(&mut peer, 2, 0, &mut line);
    assert_eq!(episode(&peer).phase, Phase::Complete);
    assert_eq!((peer.confirmed(), held(&peer)), (Some(2), vec![]));
}

#[test]
fn an_end_is_sent_once_if_the_parameter_says_so() {
    let parameters = Parameters { repeats_end: false, ..Parameters::default() };
    let mut peer = Peer::new(Options { parameters, ..Options::default() }).unwrap();
    let mut line = channel();
    start(&mut peer, &mut line);
    peer.ended(5, &mut line);
    peer.advance(1900, &mut line).unwrap();
    assert_eq!(line.count(5), 1);
}

#[test]
fn an_end_of_the_episode_before_is_answered_when_it_repeats() {
    let (mut peer, mut line) = (started(), channel());
    peer.ended(4, &mut line);
    peer.advance(2000, &mut line).unwrap();
    ready(&mut peer, "a", &mut line);
    line.sent.clear();
    receive_end(&mut peer, 3, 0, &mut line);
    assert_eq!(line.count(5), 0, "the first one repeats nothing");
    receive_end(&mut peer, 3, 0, &mut line);
    assert_eq!(line.sent, [b"\x05\0\0\0\x04\0\0\0\0"]);
    assert_eq!(episode(&peer).phase, Phase::Waiting);
}
