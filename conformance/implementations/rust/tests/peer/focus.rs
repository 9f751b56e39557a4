//! FOCUS: what the partner was told, and what it is told again.

use rollwire_codec::FocusState;
use rollwire_reference::peer::{Chapters, Peer};

use crate::support::{NONE, Script, bytes, channel, deliver, peer_with};

fn peer() -> Peer {
    peer_with(Chapters { focus: true, ..NONE })
}

fn state(focused: bool, frame: u32) -> Vec<u8> {
    bytes(FocusState { focused, frame })
}

#[test]
fn what_was_refused_is_told_at_the_next_opening() {
    let mut peer = peer();
    let mut line = Script { refuses: true, ..Script::default() };
    peer.focus(false, 3, &mut line);
    peer.focus(true, 4, &mut line);
    line.refuses = false;
    peer.focus(true, 5, &mut line);
    assert_eq!(line.sent.len(), 0, "no change");
    peer.closed();
    peer.opened(&mut line);
    assert_eq!(line.sent.len(), 0, "the partner was never told that the page was hidden");
    peer.focus(false, 6, &mut line);
    line.refuses = true;
    peer.focus(true, u32::MAX, &mut line);
    line.refuses = false;
    for _ in 0..2 {
        peer.closed();
        peer.opened(&mut line);
    }
    assert_eq!(line.sent, [state(false, 6), state(true, u32::MAX)]);
}

#[test]
fn a_hidden_page_is_told_at_every_opening() {
    let (mut peer, mut line) = (peer(), channel());
    peer.focus(false, 0, &mut line);
    for _ in 0..2 {
        peer.closed();
        peer.opened(&mut line);
    }
    assert_eq!(line.sent, [state(false, 0), state(false, 0), state(false, 0)]);
}

#[test]
fn the_partner_counts_as_shown_until_it_says_otherwise() {
    let (mut peer, mut line) = (peer(), channel());
    assert!(peer.is_partner_shown());
    peer.closed();
    deliver(&mut peer, FocusState { focused: false, frame: 1 }, &mut line);
    assert!(!peer.is_partner_shown(), "delivered late");
    peer.opened(&mut line);
    assert!(peer.is_partner_shown());
}
