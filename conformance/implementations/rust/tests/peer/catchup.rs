//! CATCHUP: holes, answers, and what is told when the channel accepts again.

use rollwire_codec::InputRequest;
use rollwire_reference::peer::{Chapters, Options, Parameters, Peer};

use crate::support::{
    NONE, Script, channel, deliver, held, input, peer_of_inputs, peer_with, ready, receive_end,
    receive_ready, response, start,
};

fn peer() -> Peer {
    peer_with(Chapters { inputs: true, catch_up: true, ..NONE })
}

fn request(peer: &Peer) -> Option<(u32, u32)> {
    peer.request().map(|it| (it.start(), it.end()))
}

fn ask(peer: &mut Peer, start: u32, end: u32, line: &mut Script) {
    deliver(peer, InputRequest::new(start, end).unwrap(), line);
}

#[test]
fn no_hole_is_not_asked_for() {
    let (mut peer, mut line) = (peer(), channel());
    assert!(!peer.catch_up(&mut line));
    input(&mut peer, &[(0, 1), (1, 1)]);
    assert!(!peer.catch_up(&mut line), "what comes after the newest entry is not a hole");
    assert_eq!((line.sent.len(), request(&peer)), (0, None));
}

#[test]
fn only_1024_frames_are_looked_at() {
    let (mut peer, mut line) = (peer(), channel());
    input(&mut peer, &[(2000, 1)]);
    assert!(peer.catch_up(&mut line));
    assert_eq!(request(&peer), Some((0, 1023)));
    let all: Vec<_> = (0..1024).map(|frame| (frame, 1)).collect();
    response(&mut peer, &all[1..]);
    assert_eq!(request(&peer), Some((0, 1023)), "one is missing");
    input(&mut peer, &all[..1]);
    assert_eq!(request(&peer), None);
    assert!(!peer.catch_up(&mut line), "the next holes are too far away");
    peer.act(0, 1, &mut line);
    assert!(peer.catch_up(&mut line));
    assert_eq!(request(&peer), Some((1024, 1024)));
}

#[test]
fn a_request_is_repeated_and_given_up() {
    for repeats in 0..=2_u8 {
        let parameters = Parameters { request_repeats: repeats, ..Parameters::default() };
        let chapters = Chapters { inputs: true, catch_up: true, ..NONE };
        let options = Options { parameters, chapters, ..Options::default() };
        let mut peer = Peer::new(options).unwrap();
        let mut line = Script { refuses: true, ..Script::default() };
        input(&mut peer, &[(1, 1)]);
        assert!(peer.catch_up(&mut line));
        line.refuses = false;
        peer.advance(2999, &mut line).unwrap();
        assert_eq!((line.count(0x12), request(&peer)), (repeats.into(), Some((0, 0))));
        peer.advance(1, &mut line).unwrap();
        assert_eq!((line.count(0x12), request(&peer)), (repeats.into(), None));
        assert!(peer.catch_up(&mut line), "it may ask again");
    }
}

#[test]
fn a_reset_and_the_end_of_an_episode_end_the_request() {
    let mut peer = peer();
    input(&mut peer, &[(1, 1)]);
    peer.catch_up(&mut channel());
    peer.reset();
    assert_eq!(request(&peer), None);

    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    assert!(!peer.catch_up(&mut line));
    start(&mut peer, &mut line);
    input(&mut peer, &[(3, 1), (9, 1)]);
    assert!(peer.catch_up(&mut line));
    assert_eq!(request(&peer), Some((0, 8)));
    peer.ended(4, &mut line);
    receive_end(&mut peer, 4, 0, &mut line);
    assert_eq!((held(&peer), request(&peer)), (vec![(3, 1)], Some((0, 8))));
    line.sent.clear();
    peer.advance(500, &mut line).unwrap();
    assert_eq!((request(&peer), line.count(0x12)), (None, 0));
}

#[test]
fn a_peer_that_is_waiting_does_not_ask() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    ready(&mut peer, "a", &mut line);
    input(&mut peer, &[(3, 1)]);
    assert!(!peer.catch_up(&mut line));
    receive_ready(&mut peer, 1, "aaaaaaaa", &mut line);
    assert!(peer.catch_up(&mut line));
}

#[test]
fn every_frame_below_an_agreed_end_must_exist() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    start(&mut peer, &mut line);
    input(&mut peer, &[(0, 1), (1, 1)]);
    peer.ended(4, &mut line);
    assert!(!peer.catch_up(&mut line), "the own END alone agrees on nothing");
    receive_end(&mut peer, 6, 0, &mut line);
    assert!(peer.catch_up(&mut line));
    assert_eq!(request(&peer), Some((2, 3)));
    response(&mut peer, &[(2, 1), (4, 1)]);
    assert_eq!((held(&peer).len(), request(&peer)), (3, Some((2, 3))));
    input(&mut peer, &[(3, 1)]);
    assert_eq!(request(&peer), None);
    assert!(!peer.catch_up(&mut line));
}

#[test]
fn a_hole_between_the_highest_entry_and_the_end_is_asked_for() {
    let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
    start(&mut peer, &mut line);
    input(&mut peer, &[(3, 1), (9, 1)]);
    peer.ended(6, &mut line);
    receive_end(&mut peer, 6, 0, &mut line);
    assert!(peer.catch_up(&mut line));
    assert_eq!(request(&peer), Some((0, 5)));
}

#[test]
fn an_agreed_end_ends_a_request_only_if_it_leaves_no_hole() {
    for (known, left) in
        [(vec![(0, 1), (1, 1), (4, 1)], None), (vec![(1, 1), (4, 1)], Some((0, 3)))]
    {
        let (mut peer, mut line) = (Peer::new(Options::default()).unwrap(), channel());
        start(&mut peer, &mut line);
        input(&mut peer, &known);
        receive_end(&mut peer, 2, 0, &mut line);
        assert!(peer.catch_up(&mut line));
        peer.ended(2, &mut line);
        assert_eq!(request(&peer), left);
    }
}

#[test]
fn of_a_far_end_only_1024_frames_are_looked_at() {
    let options = Options { first_frame: 10, ..Options::default() };
    let (mut peer, mut line) = (Peer::new(options).unwrap(), channel());
    start(&mut peer, &mut line);
    peer.ended(u32::MAX, &mut line);
    receive_end(&mut peer, u32::MAX, 0, &mut line);
    assert!(peer.catch_up(&mut line));
    assert_eq!(request(&peer), Some((10, 1033)));
    peer.reset();
    assert_eq!(request(&peer), None);
    assert!(peer.catch_up(&mut line), "the end stays");
    assert_eq!(request(&peer), Some((10, 1033)));
}

#[test]
fn nothing_of_before_a_reset_is_told() {
    let (mut peer, mut line) = (peer(), channel());
    line.refuses = true;
    for frame in 0..20 {
        peer.act(frame, 1, &mut line);
    }
    peer.reset();
    for frame in 0..20 {
        peer.act(frame, 1, &mut line);
    }
    line.refuses = false;
    peer.act(20, 1, &mut line);
    peer.act(21, 1, &mut line);
    let told = [Vec::from_iter(0..11), Vec::from_iter(11..21), Vec::from_iter(12..22)];
    assert_eq!(line.take_frames(), told);
}

#[test]
fn an_answer_holds_the_oldest_that_are_kept_and_at_most_3275() {
    let chapters = Chapters { inputs: true, catch_up: true, ..NONE };
    let parameters = Parameters { kept: 5000, ..Parameters::default() };
    let mut peer = Peer::new(Options { chapters, parameters, ..Options::default() }).unwrap();
    let mut line = channel();
    for frame in 0..6000 {
        peer.act(frame, 1, &mut line);
    }
    line.sent.clear();
    ask(&mut peer, 0, u32::MAX, &mut line);
    assert_eq!(line.sent[0].len(), 16_380);
    ask(&mut peer, 5990, 6000, &mut line);
    ask(&mut peer, 0, 999, &mut line);
    let answers = line.take_frames();
    assert_eq!(answers, [Vec::from_iter(1000..4275), Vec::from_iter(5990..6000), vec![]]);
    peer.closed();
    ask(&mut peer, 0, 5, &mut line);
    assert_eq!(line.sent.len(), 0);
}

#[test]
fn what_was_never_accepted_is_told_in_pieces() {
    let (mut peer, mut line) = (peer(), channel());
    line.refuses = true;
    for frame in 0..40 {
        peer.act(frame, 1, &mut line);
    }
    line.refuses = false;
    peer.act(40, 1, &mut line);
    let told = line.take_frames();
    assert_eq!(
        told,
        [Vec::from_iter(0..15), Vec::from_iter(15..30), vec![30], Vec::from_iter(31..41)]
    );
    peer.act(41, 1, &mut line);
    assert_eq!(line.take_frames(), [Vec::from_iter(32..42)], "it is told once");
}

/// A channel that refuses the INPUTs whose oldest entry is one of these frames.
struct Picky(Vec<u32>, Vec<Vec<u8>>);

impl rollwire_reference::peer::Channel for Picky {
    fn send(&mut self, datagram: &[u8]) -> Result<(), rollwire_reference::peer::Refused> {
        let first = u32::from_be_bytes(datagram[9..13].try_into().unwrap());
        if self.0.contains(&first) {
            return Err(rollwire_reference::peer::Refused);
        }
        self.1.push(datagram.to_vec());
        Ok(())
    }
}

#[test]
fn a_refusal_ends_the_telling_and_not_the_act() {
    let mut peer = peer();
    peer.closed();
    for frame in 0..40 {
        peer.act(frame, 1, &mut channel());
    }
    peer.opened(&mut channel());
    let mut picky = Picky(vec![15], Vec::new());
    peer.act(40, 1, &mut picky);
    let mut line = Script { sent: picky.1, ..Script::default() };
    assert_eq!(line.take_frames(), [Vec::from_iter(0..15), Vec::from_iter(31..41)]);
    // The entries of two gaps may be in one INPUT.
    line.refuses = true;
    for frame in 41..52 {
        peer.act(frame, 1, &mut line);
    }
    line.refuses = false;
    peer.act(52, 1, &mut line);
    let told = line.take_frames();
    assert_eq!(told[0], Vec::from_iter(15..30));
    assert_eq!(told[1], [30, 41, 42]);
    assert_eq!(told[2], Vec::from_iter(43..53));
}

#[test]
fn only_what_is_kept_is_told() {
    let mut peer = peer();
    peer.closed();
    for frame in 0..1100 {
        peer.act(frame, 1, &mut channel());
    }
    let mut line = channel();
    peer.opened(&mut line);
    peer.act(1100, 1, &mut line);
    let told = line.take_frames();
    // 1024 are kept, the newest one included.
    assert!(told.iter().flatten().copied().eq(77..=1100));
}

#[test]
fn without_the_chapter_nothing_is_told_or_answered() {
    let (mut peer, mut line) = (peer_of_inputs(), channel());
    line.refuses = true;
    for frame in 0..20 {
        peer.act(frame, 1, &mut line);
    }
    line.refuses = false;
    peer.act(20, 1, &mut line);
    ask(&mut peer, 0, 9, &mut line);
    response(&mut peer, &[(0, 1)]);
    assert_eq!((line.take_frames(), held(&peer)), (vec![Vec::from_iter(11..21)], vec![]));
}
