//! PEER-5: whatever a partner sends, what a peer holds and does is bounded.

use rollwire_codec::{Digest, Entries, InputEntry, InputResponse, StateHash};
use rollwire_reference::{
    exchange::Exchange,
    peer::{Options, Peer},
};

use crate::support::{bytes, channel, deliver, held, start};

fn started() -> Peer {
    let mut peer = Peer::new(Options::default()).unwrap();
    start(&mut peer, &mut channel());
    peer
}

#[test]
fn a_full_response_leaves_at_most_4096_entries() {
    let mut peer = started();
    let wire: Vec<_> =
        (0..65_535).rev().map(|frame| InputEntry { frame, action: 1 }.to_wire()).collect();
    let entries = Entries::new(&wire).unwrap();
    let datagram = bytes(InputResponse { player: 1, entries });
    for _ in 0..100 {
        peer.receive(&datagram, &mut channel()).unwrap();
    }
    assert_eq!(held(&peer).len(), 4096);
    assert_eq!(held(&peer).last(), Some(&(4095, 1)));
}

#[test]
fn mismatches_are_bounded_and_counted() {
    let mut peer = started();
    peer.confirm(5, Digest::from_bytes([1; 8]));
    for byte in 0..=u8::MAX {
        for _ in 0..20 {
            deliver(&mut peer, StateHash { frame: 5, hash: &[byte; 8] }, &mut channel());
        }
    }
    let exchange = peer.exchange();
    assert_eq!(exchange.events().len(), Exchange::MAX_EVENTS);
    assert_eq!(exchange.events()[0].peer, Digest::from_bytes([0; 8]), "the first are kept");
    assert_eq!(exchange.lost_events(), 255 * 20 - 4096);
    assert_eq!(peer.take_events().len(), Exchange::MAX_EVENTS);
    deliver(&mut peer, StateHash { frame: 5, hash: &[9; 8] }, &mut channel());
    assert_eq!(peer.exchange().events().len(), 1, "there is room again");
    peer.reset();
    assert_eq!(peer.exchange().lost_events(), 0);
}

#[test]
fn a_datagram_that_is_no_message_changes_nothing() {
    let mut peer = started();
    let before = format!("{peer:?}");
    let mut line = channel();
    for datagram in [
        &b""[..],
        b"\x02\0\0\0\0\0\0\0",
        b"\x02\0\0\0\0\0\0\0\0\0",
        b"\x14\x02\0\0\0\0",
        b"\x12\0\0\0\x05\0\0\0\x04",
        b"\x01\0\x01\0\0\0\0\0\0",
        b"\x06\0\0\0\x01AAAAAAAA",
        b"\x08",
    ] {
        assert!(peer.receive(datagram, &mut line).is_err(), "{datagram:?}");
    }
    assert_eq!((format!("{peer:?}"), line.sent.len()), (before, 0));
}

/// Every datagram of up to two bytes, and random ones: nothing panics, and each is answered at most
/// once.
#[test]
fn any_datagram_gets_at_most_one_answer() {
    let mut peer = started();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33).to_le_bytes()
    };
    let kinds = [1, 2, 3, 4, 5, 6, 7, 0x10, 0x11, 0x12, 0x13, 0x14];
    for round in 0..200_000_usize {
        let mut datagram = vec![kinds[round % kinds.len()]];
        let length = [0, 5, 8, 8, 12, 13, 4, 9][usize::from(random()[0]) % 8];
        // Small numbers, so that frames and episodes are met.
        datagram.extend((0..length).map(|_| random()[0] % 3));
        let mut line = channel();
        let _ = peer.receive(&datagram, &mut line);
        assert!(line.sent.len() <= 1, "{datagram:?}");
        match random()[0] {
            0 => drop(peer.ended(u32::from(random()[0]), &mut line)),
            1 => drop(crate::support::ready(&mut peer, "a", &mut line)),
            2 => peer.advance(u32::from(random()[0]) * 16, &mut line).unwrap(),
            3 => peer.closed(),
            4..=6 => peer.opened(&mut line),
            7 => drop(peer.catch_up(&mut line)),
            _ => {}
        }
        assert!(held(&peer).len() <= 4096);
    }
}
