//! The exchange as a game uses it, where the worked scenarios of the specification are silent.

mod lasting;

use std::panic::{AssertUnwindSafe, catch_unwind};

use rollwire_codec::{DecodeError, Digest, Message};
use rollwire_reference::exchange::{Channel, Exchange, Mismatch, Refused};

/// A channel that asks a function about each frame, and records the frames that it accepted.
struct Scripted<F> {
    is_open: bool,
    answer: F,
    sent: Vec<u32>,
}

fn channel<F: FnMut(u32) -> Result<(), Refused>>(answer: F) -> Scripted<F> {
    Scripted { is_open: true, answer, sent: Vec::new() }
}

impl<F: FnMut(u32) -> Result<(), Refused>> Channel for Scripted<F> {
    fn is_open(&self) -> bool {
        self.is_open
    }

    fn send(&mut self, datagram: &[u8; 13]) -> Result<(), Refused> {
        let [7, a, b, c, d, ..] = *datagram else { panic!("not a STATE_HASH: {datagram:?}") };
        let frame = u32::from_be_bytes([a, b, c, d]);
        (self.answer)(frame)?;
        self.sent.push(frame);
        Ok(())
    }
}

fn digest(byte: u8) -> Digest {
    Digest::from_bytes([byte; 8])
}

fn state_hash(frame: u32, byte: u8) -> Vec<u8> {
    [&[7], &frame.to_be_bytes()[..], &[byte; 8]].concat()
}

fn receive(exchange: &mut Exchange, frame: u32, byte: u8) {
    exchange.receive(&state_hash(frame, byte)).unwrap();
}

fn frames(pairs: impl Iterator<Item = (u32, Digest)>) -> Vec<u32> {
    pairs.map(|(frame, _)| frame).collect()
}

/// The whole state of an exchange.
fn snapshot(it: &Exchange) -> String {
    format!("{it:?}")
}

#[test]
fn a_refused_entry_keeps_its_place_however_often() {
    let mut exchange = Exchange::new();
    for frame in [9, 3, 7] {
        exchange.confirm(frame, digest(1));
    }
    let mut tries = 0;
    let mut full = channel(|frame| {
        tries += 1;
        if frame == 3 { Err(Refused) } else { Ok(()) }
    });
    assert_eq!(exchange.tick(&mut full), 1);
    for _ in 0..50 {
        assert_eq!(exchange.tick(&mut full), 0);
    }
    assert_eq!(full.sent, [9]);
    assert_eq!(tries, 52, "the first refusal ends a tick");
    assert_eq!(frames(exchange.queue()), [3, 7]);
    let mut free = channel(|_| Ok(()));
    assert_eq!(exchange.tick(&mut free), 2);
    assert_eq!(free.sent, [3, 7]);
    assert_eq!(exchange.tick(&mut free), 0);
}

#[test]
fn a_send_that_panics_loses_nothing() {
    let mut exchange = Exchange::new();
    exchange.confirm(1, digest(1));
    exchange.confirm(2, digest(2));
    let mut broken =
        channel(|frame| if frame == 2 { panic!("a fault in the channel") } else { Ok(()) });
    assert!(catch_unwind(AssertUnwindSafe(|| exchange.tick(&mut broken))).is_err());
    assert_eq!(frames(exchange.queue()), [2]);
}

#[test]
fn a_channel_that_is_not_open_is_handed_nothing() {
    let mut exchange = Exchange::new();
    exchange.confirm(1, digest(1));
    let mut closed = channel(|_| panic!("nothing may be sent"));
    closed.is_open = false;
    assert_eq!(exchange.tick(&mut closed), 0);
    // Also through a trait object, as in a game with several kinds of channel.
    assert_eq!(exchange.tick(&mut closed as &mut dyn Channel), 0);
    // EXCH-17: a hash that arrives is stored all the same.
    receive(&mut exchange, 2, 2);
    assert_eq!((frames(exchange.queue()), frames(exchange.inbound())), (vec![1], vec![2]));
}

/// A channel that closes with its first send.
struct OneShot(bool);

impl Channel for OneShot {
    fn is_open(&self) -> bool {
        self.0
    }

    fn send(&mut self, _: &[u8; 13]) -> Result<(), Refused> {
        assert!(self.0, "sent to a closed channel");
        self.0 = false;
        Ok(())
    }
}

#[test]
fn a_channel_that_closes_within_a_tick_is_handed_nothing_more() {
    let mut exchange = Exchange::new();
    exchange.confirm(1, digest(1));
    exchange.confirm(2, digest(2));
    assert_eq!(exchange.tick(&mut OneShot(true)), 1);
    assert_eq!(frames(exchange.queue()), [2]);
}

#[test]
fn the_history_keeps_120_and_the_queue_keeps_all() {
    let mut exchange = Exchange::new();
    // In descending order, so that the oldest frame is not the smallest one.
    for frame in (1..=121).rev() {
        exchange.confirm(frame, digest(1));
    }
    assert_eq!(exchange.history().len(), Exchange::MAX_HISTORY);
    assert_eq!(exchange.history().next(), Some((120, digest(1))));
    assert_eq!(exchange.queue().len(), 121);
    // EXCH-5: frame 121 has left, so it is new and is queued again. Frame 119 is not (EXCH-2).
    exchange.confirm(121, digest(2));
    exchange.confirm(119, digest(2));
    assert_eq!(exchange.queue().len(), 122);
    assert_eq!(exchange.queue().last(), Some((121, digest(2))));
    assert_eq!(exchange.history().next(), Some((119, digest(1))));
}

#[test]
fn a_frame_that_its_own_confirmation_drives_out_is_compared_first() {
    let mut exchange = Exchange::new();
    receive(&mut exchange, 500, 9);
    for frame in 0..120 {
        exchange.confirm(frame, digest(1));
    }
    exchange.confirm(500, digest(9));
    assert_eq!(exchange.verified(), Some(500));
    // Frame 0 has left, so the peer's hash of it is compared with nothing, and stays.
    receive(&mut exchange, 0, 2);
    assert_eq!((frames(exchange.inbound()), exchange.events()), (vec![0], &[][..]));
}

#[test]
fn the_inbound_map_keeps_4096_and_drops_what_came_first() {
    let mut exchange = Exchange::new();
    for frame in (0..4096).rev() {
        receive(&mut exchange, frame, 1);
    }
    // A hash that is replaced keeps its age.
    receive(&mut exchange, 4095, 2);
    assert_eq!(exchange.inbound().len(), Exchange::MAX_INBOUND);
    receive(&mut exchange, 10_000, 3);
    assert_eq!(exchange.inbound().len(), Exchange::MAX_INBOUND);
    assert!(exchange.inbound().all(|(frame, _)| frame != 4095));
    assert_eq!(exchange.inbound().last(), Some((10_000, digest(3))));
    assert!(frames(exchange.inbound()).is_sorted());
    // A hash that is compared at once displaces no other.
    exchange.confirm(20_000, digest(4));
    receive(&mut exchange, 20_000, 4);
    assert_eq!(exchange.inbound().len(), Exchange::MAX_INBOUND);
    assert_eq!(exchange.verified(), Some(20_000));
    // What a rollback removes makes room.
    exchange.begin_rollback(5);
    assert_eq!(frames(exchange.inbound()), [0, 1, 2, 3, 4]);
}

#[test]
fn a_flood_of_frames_is_bounded_and_quick() {
    let mut exchange = Exchange::without_detection();
    for frame in 0..200_000_u32 {
        receive(&mut exchange, frame.wrapping_mul(2_654_435_761), 1);
    }
    assert_eq!(exchange.inbound().len(), Exchange::MAX_INBOUND);
}

#[test]
fn what_is_no_state_hash_changes_nothing() {
    let mut exchange = Exchange::new();
    exchange.confirm(5, digest(1));
    receive(&mut exchange, 6, 6);
    exchange.begin_rollback(9);
    let before = snapshot(&exchange);
    let whole = state_hash(5, 2);
    for length in 0..whole.len() {
        assert!(exchange.receive(&whole[..length]).is_err(), "{length} bytes");
    }
    let longer = [&whole[..], &[0]].concat();
    let trailing = DecodeError::Trailing { expected: 13, found: 14 };
    assert_eq!(exchange.receive(&longer), Err(trailing));
    assert_eq!(exchange.receive(&[0x08; 13]), Err(DecodeError::UnknownType { found: 8 }));
    assert!(exchange.receive(b"\x06\0\0\0\x05ZZZZZZZZ").is_err());
    // Messages of other types are returned, including one that has a hash and a frame too.
    let ready = exchange.receive(b"\x06\0\0\0\x05a1b2c3d4").unwrap();
    assert!(matches!(ready, Message::EpisodeReady(it) if it.episode == 5));
    assert!(matches!(exchange.receive(&[4]), Ok(Message::Keepalive(_))));
    assert!(exchange.receive(b"\x05\0\0\0\x05\0\0\0\0").is_ok(), "EPISODE_END resets nothing");
    assert_eq!(snapshot(&exchange), before);
}

#[test]
fn frames_are_unsigned() {
    let mut exchange = Exchange::new();
    for frame in [0, 1, 0x7fff_ffff, 0x8000_0000, u32::MAX] {
        exchange.confirm(frame, digest(1));
        receive(&mut exchange, frame, 1);
        receive(&mut exchange, frame ^ 0x100, 1);
    }
    assert_eq!(exchange.verified(), Some(u32::MAX));
    exchange.begin_rollback(u32::MAX);
    assert_eq!(exchange.verified(), Some(u32::MAX - 1));
    assert_eq!(frames(exchange.queue()), [0, 1, 0x7fff_ffff, 0x8000_0000]);
    exchange.begin_rollback(0x8000_0000);
    assert_eq!(frames(exchange.history()), [0, 1, 0x7fff_ffff]);
    assert_eq!(frames(exchange.inbound()), [0x100, 0x101, 0x7fff_feff]);
    exchange.begin_rollback(0);
    assert_eq!((exchange.history().len(), exchange.inbound().len()), (0, 0));
    assert_eq!((exchange.queue().len(), exchange.verified()), (0, None));
}

#[test]
fn without_detection_nothing_is_compared() {
    let mut exchange = Exchange::without_detection();
    for _ in 0..2 {
        exchange.confirm(5, digest(1));
        receive(&mut exchange, 5, 1);
        receive(&mut exchange, 6, 2);
        exchange.confirm(6, digest(1));
        exchange.begin_rollback(9);
        exchange.end_rollback();
        assert_eq!(frames(exchange.inbound()), [5, 6]);
        assert_eq!((exchange.verified(), exchange.events()), (None, &[][..]));
        // A reset does not turn detection on.
        exchange.reset();
        assert_eq!(exchange.inbound().len(), 0);
    }
}

#[test]
fn events_are_kept_until_they_are_taken() {
    let mut exchange = Exchange::new();
    exchange.confirm(5, digest(1));
    receive(&mut exchange, 5, 2);
    receive(&mut exchange, 5, 3);
    let event = |peer| Mismatch { frame: 5, local: digest(1), peer: digest(peer) };
    assert_eq!(exchange.events(), [event(2), event(3)]);
    assert_eq!(exchange.take_events(), [event(2), event(3)]);
    assert_eq!(exchange.events(), []);
    receive(&mut exchange, 5, 4);
    exchange.begin_rollback(0);
    assert_eq!(exchange.events(), [event(4)]);
    exchange.reset();
    assert_eq!(exchange.events(), []);
}

#[test]
fn the_verified_frame_is_a_high_water_mark() {
    let mut exchange = Exchange::new();
    for (frame, verified) in [(10, 10), (5, 10), (20, 20), (15, 20)] {
        exchange.confirm(frame, digest(1));
        receive(&mut exchange, frame, 1);
        assert_eq!(exchange.verified(), Some(verified));
    }
    // A rollback lowers it and never raises it (DETECT-10).
    for (target, verified) in [(100, 20), (21, 20), (20, 19), (30, 19), (1, 0)] {
        exchange.begin_rollback(target);
        exchange.end_rollback();
        assert_eq!(exchange.verified(), Some(verified), "to {target}");
    }
}

#[test]
fn one_byte_of_eight_is_a_difference() {
    for index in 0..8 {
        let mut exchange = Exchange::new();
        exchange.confirm(5, digest(1));
        let mut datagram = state_hash(5, 1);
        datagram[5 + index] ^= 0x80;
        exchange.receive(&datagram).unwrap();
        assert_eq!((exchange.events().len(), exchange.verified()), (1, None));
    }
}

/// Random stimuli on few frames with many rollbacks; the invariants hold after each of them.
#[test]
fn what_always_holds() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        u32::try_from((state >> 33) % u64::from(below)).unwrap()
    };
    let mut exchange = Exchange::new();
    for _ in 0..100_000 {
        let (frame, hash) = (random(300), [1, 2][random(2) as usize]);
        let before = (exchange.verified(), exchange.queue().len());
        match random(60) {
            0 => exchange.begin_rollback(frame),
            1..=5 => exchange.end_rollback(),
            6..=8 => drop(
                exchange.tick(&mut channel(|at| if at % 5 > 0 { Ok(()) } else { Err(Refused) })),
            ),
            9 if frame < 10 => exchange.reset(),
            9..=34 => exchange.confirm(frame, digest(hash)),
            _ => receive(&mut exchange, frame, hash),
        }
        assert!(exchange.history().len() <= Exchange::MAX_HISTORY);
        assert!(frames(exchange.inbound()).is_sorted_by(|a, b| a < b));
        let mut own = frames(exchange.history());
        own.sort_unstable();
        assert!(own.is_sorted_by(|a, b| a < b), "a frame is in the history once");
        if !exchange.is_rolling_back() {
            let pair = exchange.inbound().find(|(frame, _)| own.contains(frame));
            assert_eq!(pair, None, "both hashes of a frame are known, but were not compared");
        } else {
            assert!(exchange.verified() <= before.0 && exchange.queue().len() <= before.1 + 1);
        }
        if exchange.events().len() > 1000 {
            exchange.take_events();
        }
    }
}
