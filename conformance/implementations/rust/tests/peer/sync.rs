//! SYNC: numbers at their ends, and the actions that a game reads.

use rollwire_codec::{Entries, Input};
use rollwire_reference::peer::{Chapters, Options, Parameters, Peer};

use crate::support::{NONE, channel, deliver, held, input, peer_of_inputs, peer_with};

fn peer_from(first_frame: u32) -> Peer {
    let chapters = Chapters { inputs: true, ..NONE };
    Peer::new(Options { first_frame, chapters, ..Options::default() }).unwrap()
}

#[test]
fn the_last_frame_is_the_last() {
    let mut peer = peer_from(u32::MAX - 1);
    let mut line = channel();
    assert!(!peer.act(0, 1, &mut line), "frames do not wrap");
    assert!(peer.act(u32::MAX - 1, 1, &mut line));
    assert!(peer.act(u32::MAX, 2, &mut line));
    input(&mut peer, &[(u32::MAX, 4), (0, 9), (u32::MAX - 1, 3)]);
    assert_eq!((peer.confirmed(), held(&peer)), (Some(u32::MAX), vec![]));
    assert_eq!(line.take_frames(), [vec![u32::MAX - 1], vec![u32::MAX - 1, u32::MAX]]);
    for frame in [0, u32::MAX - 1, u32::MAX] {
        assert!(!peer.act(frame, 1, &mut line), "{frame}");
        input(&mut peer, &[(frame, 7)]);
    }
    assert_eq!((line.sent.len(), held(&peer)), (0, vec![]));
    assert_eq!(peer.partner_action(u32::MAX), Some(4));
}

#[test]
fn a_peer_may_begin_at_the_last_frame() {
    let mut peer = peer_from(u32::MAX);
    assert_eq!(peer.confirmed(), None);
    assert!(peer.act(u32::MAX, 1, &mut channel()));
    input(&mut peer, &[(u32::MAX - 1, 1), (u32::MAX, 2)]);
    assert_eq!(peer.confirmed(), Some(u32::MAX));
    peer.reset();
    assert_eq!(peer.confirmed(), None);
    assert!(peer.act(u32::MAX, 1, &mut channel()));
}

#[test]
fn an_entry_below_the_first_frame_is_dropped() {
    let mut peer = peer_from(5);
    input(&mut peer, &[(4, 1), (0, 1), (5, 2)]);
    assert_eq!(held(&peer), [(5, 2)]);
    assert_eq!(peer.confirmed(), None);
}

#[test]
fn only_the_partner_may_tell_its_inputs() {
    let mut peer = peer_of_inputs();
    for player in [0, 2, 256, u16::MAX] {
        let wire = [[0, 0, 0, 0, 1]];
        let message = Input::new(player, 0, Entries::new(&wire).unwrap()).unwrap();
        deliver(&mut peer, message, &mut channel());
        assert_eq!(held(&peer), [], "{player}");
    }
}

#[test]
fn how_far_ahead_an_entry_may_be_moves_with_the_confirmed_frame() {
    let parameters = Parameters { ahead: 256, ..Parameters::default() };
    let chapters = Chapters { inputs: true, ..NONE };
    let mut peer = Peer::new(Options { parameters, chapters, ..Options::default() }).unwrap();
    // The base is -1, so frame 255 is 256 frames beyond it.
    input(&mut peer, &[(255, 1), (256, 1)]);
    assert_eq!(held(&peer), [(255, 1)]);
    // The confirmed frame before the datagram decides for all of its entries.
    peer.act(0, 0, &mut channel());
    input(&mut peer, &[(0, 1), (256, 1)]);
    assert_eq!((peer.confirmed(), held(&peer)), (Some(0), vec![(255, 1)]));
    input(&mut peer, &[(256, 1), (257, 1)]);
    assert_eq!(held(&peer), [(255, 1), (256, 1)]);
}

#[test]
fn redundancy_is_the_number_of_entries() {
    for redundancy in [1_u8, 15] {
        let parameters = Parameters { redundancy, ..Parameters::default() };
        let chapters = Chapters { inputs: true, ..NONE };
        let mut peer = Peer::new(Options { parameters, chapters, ..Options::default() }).unwrap();
        let mut line = channel();
        for frame in 0..20 {
            peer.act(frame, 0, &mut line);
        }
        let last = line.take_frames().pop().unwrap();
        assert_eq!(last, Vec::from_iter(20 - u32::from(redundancy)..20));
    }
}

#[test]
fn a_game_reads_the_actions_of_both() {
    let mut peer = peer_of_inputs();
    for frame in 0..3 {
        peer.act(frame, 10, &mut channel());
    }
    input(&mut peer, &[(0, 1), (1, 2), (4, 5)]);
    assert_eq!(peer.confirmed(), Some(1));
    let partner: Vec<_> = (0..6).map(|frame| peer.partner_action(frame)).collect();
    assert_eq!(partner, [Some(1), Some(2), None, None, Some(5), None]);
    let own: Vec<_> = (0..4).map(|frame| peer.own_action(frame)).collect();
    assert_eq!(own, [Some(10), Some(10), Some(10), None]);
    peer.reset();
    assert_eq!((peer.partner_action(0), peer.own_action(0)), (None, None));
}

#[test]
fn confirmed_actions_are_kept_for_as_long_as_any_datagram_needs() {
    let mut peer = peer_of_inputs();
    for frame in 0..5000 {
        peer.act(frame, 0, &mut channel());
        input(&mut peer, &[(frame, 7)]);
    }
    assert_eq!(peer.confirmed(), Some(4999));
    assert_eq!(peer.partner_action(4999 - 4095), Some(7));
    assert_eq!(peer.partner_action(4999 - 4096), None);
}

#[test]
fn without_the_chapter_nothing_happens() {
    let mut peer = peer_with(NONE);
    let mut line = channel();
    assert!(!peer.act(0, 1, &mut line));
    input(&mut peer, &[(0, 1)]);
    assert_eq!((line.sent.len(), held(&peer).len(), peer.confirmed()), (0, 0, None));
}
