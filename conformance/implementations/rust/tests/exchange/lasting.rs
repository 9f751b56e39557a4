//! An exchange whose hashes last, where the worked scenarios of the specification are silent.

use std::collections::BTreeMap;

use rollwire_codec::StateHash;
use rollwire_reference::{
    exchange::{self, Exchange, HashSends, Mismatch},
    peer::{self, Options, Parameters, Peer, Refused},
};

use crate::{digest, frames, receive, state_hash};

/// A channel that accepts a number of datagrams and refuses all others.
#[derive(Default)]
struct Accepting {
    accept: usize,
    frames: Vec<u32>,
}

impl exchange::Channel for Accepting {
    fn is_open(&self) -> bool {
        true
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        self.accept = self.accept.checked_sub(1).ok_or(Refused)?;
        self.frames.push(datagram[4].into());
        Ok(())
    }
}

impl peer::Channel for Accepting {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        exchange::Channel::send(self, datagram.try_into().map_err(|_| Refused)?)
    }
}

fn lasting() -> Exchange {
    Exchange::new().with_lasting_hashes(HashSends::Once)
}

/// The frames of what a tick sends if this many datagrams are accepted.
fn tick(exchange: &mut Exchange, accept: usize) -> Vec<u32> {
    let mut channel = Accepting { accept, ..Accepting::default() };
    exchange.tick(&mut channel);
    channel.frames
}

#[test]
fn each_hash_is_sent_as_often_as_was_chosen() {
    for sends in [HashSends::Once, HashSends::Twice, HashSends::ThreeTimes] {
        let mut exchange = Exchange::new().with_lasting_hashes(sends);
        assert_eq!(exchange.lasting_hashes(), Some(sends));
        exchange.confirm(9, digest(1));
        exchange.confirm(3, digest(1));
        for _ in 0..sends.count() {
            assert_eq!(frames(exchange.queue()), [9, 3]);
            assert_eq!(tick(&mut exchange, 9), [9, 3]);
        }
        assert_eq!(tick(&mut exchange, 9), []);
        assert_eq!(exchange.queue().len(), 0);
    }
    assert_eq!(Exchange::new().lasting_hashes(), None);
}

#[test]
fn a_refused_send_does_not_count_and_ends_the_tick() {
    let mut exchange = Exchange::new().with_lasting_hashes(HashSends::ThreeTimes);
    for frame in 1..=3 {
        exchange.confirm(frame, digest(1));
    }
    // Frame 1 has three sends, frame 2 two and frame 3 one.
    for accept in [1, 0, 2, 3] {
        let sent = tick(&mut exchange, accept);
        assert_eq!(sent, [1, 2, 3][..accept]);
    }
    assert_eq!(frames(exchange.queue()), [2, 3]);
    exchange.confirm(4, digest(1));
    assert_eq!(tick(&mut exchange, 9), [2, 3, 4]);
    assert_eq!(tick(&mut exchange, 9), [3, 4]);
    assert_eq!(tick(&mut exchange, 9), [4]);
    assert_eq!(tick(&mut exchange, 9), []);
}

#[test]
fn a_rollback_and_a_reset_take_the_remaining_sends_away() {
    let mut exchange = Exchange::new().with_lasting_hashes(HashSends::Twice);
    for frame in [7, 3, 8, 4] {
        exchange.confirm(frame, digest(1));
    }
    assert_eq!(tick(&mut exchange, 3), [7, 3, 8]);
    exchange.begin_rollback(7);
    assert_eq!(tick(&mut exchange, 9), [], "nothing during a rollback");
    exchange.end_rollback();
    // Frame 7 is confirmed again and has both of its sends again.
    exchange.confirm(7, digest(2));
    assert_eq!(tick(&mut exchange, 9), [3, 4, 7]);
    assert_eq!(tick(&mut exchange, 9), [4, 7]);
    exchange.confirm(9, digest(1));
    tick(&mut exchange, 9);
    exchange.reset();
    assert_eq!(tick(&mut exchange, 9), []);
    // A reset leaves the option as it is.
    exchange.confirm(9, digest(1));
    assert_eq!((tick(&mut exchange, 9), tick(&mut exchange, 9)), (vec![9], vec![9]));
    assert_eq!(exchange.lasting_hashes(), Some(HashSends::Twice));
}

#[test]
fn a_frame_that_is_confirmed_again_is_compared_again() {
    let mut exchange = lasting();
    receive(&mut exchange, 5, 1);
    exchange.confirm(5, digest(1));
    assert_eq!((exchange.verified(), frames(exchange.inbound())), (Some(5), vec![5]));
    exchange.begin_rollback(5);
    assert_eq!(exchange.verified(), None);
    exchange.confirm(5, digest(2));
    assert_eq!(exchange.events(), [], "nothing is compared during a rollback");
    exchange.end_rollback();
    let found = Mismatch { frame: 5, local: digest(2), peer: digest(1) };
    assert_eq!((exchange.events(), exchange.verified()), (&[found][..], None));
    // Other rollbacks compare it again, which changes nothing.
    exchange.begin_rollback(6);
    exchange.end_rollback();
    assert_eq!(exchange.events(), [found]);
}

#[test]
fn the_verified_frame_falls_and_rises_with_the_lowest_difference() {
    let mut exchange = lasting();
    for frame in [10, 20, 30, 40] {
        exchange.confirm(frame, digest(1));
    }
    // A lower frame that was not compared does not hold it up.
    for (frame, byte, verified) in [
        (30, 1, Some(30)),
        (40, 2, Some(30)),
        (10, 2, None),
        (20, 1, None),
        (10, 1, Some(30)),
        (20, 3, Some(10)),
        (40, 1, Some(10)),
        (20, 1, Some(40)),
    ] {
        receive(&mut exchange, frame, byte);
        assert_eq!(exchange.verified(), verified, "{frame} {byte}");
    }
    for (target, verified) in [(41, Some(40)), (40, Some(30)), (15, Some(10)), (11, Some(10))] {
        exchange.begin_rollback(target);
        assert_eq!(exchange.verified(), verified, "to {target}");
    }
    exchange.begin_rollback(0);
    assert_eq!(exchange.verified(), None);
}

#[test]
fn comparisons_outlive_the_bounds_of_history_and_map() {
    let mut exchange = lasting();
    for frame in 0..5000 {
        exchange.confirm(frame, digest(1));
        receive(&mut exchange, frame, if frame == 4990 { 2 } else { 1 });
    }
    assert_eq!(exchange.inbound().len(), Exchange::MAX_INBOUND);
    assert_eq!(exchange.inbound().next(), Some((5000 - 4096, digest(1))), "the first has left");
    assert_eq!(exchange.verified(), Some(4989));
    exchange.begin_rollback(3);
    assert_eq!(exchange.verified(), Some(2));
    exchange.end_rollback();
    // Frame 4000 had left the history long before; its hash is still in the map.
    exchange.confirm(4000, digest(1));
    assert_eq!(exchange.verified(), Some(4000));
    exchange.reset();
    assert_eq!((exchange.verified(), exchange.inbound().len()), (None, 0));
}

#[test]
fn a_frame_that_the_bound_drove_out_is_compared_again_when_it_is_confirmed_again() {
    let mut exchange = lasting();
    receive(&mut exchange, 0, 1);
    for frame in 0..=120 {
        exchange.confirm(frame, digest(1));
    }
    assert_eq!(exchange.verified(), Some(0));
    receive(&mut exchange, 0, 2);
    assert_eq!(exchange.verified(), Some(0), "it has no own hash to be compared with");
    exchange.confirm(0, digest(1));
    assert_eq!((exchange.verified(), exchange.events().len()), (None, 1));
}

#[test]
fn the_same_mismatch_is_told_once_also_if_the_game_has_taken_it() {
    let mut exchange = lasting();
    exchange.confirm(5, digest(1));
    for byte in [2, 2, 3, 2, 3] {
        receive(&mut exchange, 5, byte);
    }
    let event = |peer| Mismatch { frame: 5, local: digest(1), peer: digest(peer) };
    assert_eq!(exchange.take_events(), [event(2), event(3)]);
    // The repeat of a partner, and the end of a rollback, are not news.
    receive(&mut exchange, 5, 3);
    exchange.begin_rollback(6);
    exchange.end_rollback();
    assert_eq!(exchange.events(), []);
    receive(&mut exchange, 5, 2);
    assert_eq!(exchange.take_events(), [event(2)]);
    exchange.reset();
    exchange.confirm(5, digest(1));
    receive(&mut exchange, 5, 2);
    assert_eq!(exchange.events(), [event(2)], "a reset forgets what was told");
}

#[test]
fn a_mismatch_is_news_again_when_its_frame_has_left_the_history() {
    let mut exchange = lasting();
    for frame in 0..=120 {
        exchange.confirm(frame, digest(1));
        receive(&mut exchange, frame, 2);
    }
    exchange.confirm(0, digest(1));
    assert_eq!(exchange.events().len(), 121, "the same event is held");
    exchange.take_events();
    exchange.confirm(1, digest(1));
    receive(&mut exchange, 120, 2);
    assert_eq!(frames(exchange.events().iter().map(|it| (it.frame, it.peer))), [1]);
    assert_eq!(exchange.verified(), None);
}

#[test]
fn events_that_are_not_kept_are_counted() {
    let mut exchange = lasting().with_bounded_events();
    for frame in 0..4100 {
        exchange.confirm(frame, digest(1));
        receive(&mut exchange, frame, 2);
        receive(&mut exchange, frame, 2);
    }
    assert_eq!(exchange.events().len(), Exchange::MAX_EVENTS);
    assert_eq!(exchange.lost_events(), 4);
}

#[test]
fn without_detection_hashes_stay_and_are_sent_often_but_are_not_compared() {
    let mut exchange = Exchange::without_detection().with_lasting_hashes(HashSends::Twice);
    exchange.confirm(5, digest(1));
    receive(&mut exchange, 5, 2);
    exchange.begin_rollback(9);
    exchange.end_rollback();
    assert_eq!((tick(&mut exchange, 9), tick(&mut exchange, 9)), (vec![5], vec![5]));
    exchange.begin_rollback(0);
    assert_eq!(frames(exchange.inbound()), [5]);
    assert_eq!((exchange.verified(), exchange.events()), (None, &[][..]));
}

#[test]
fn the_exchange_of_a_peer_takes_the_option() {
    let parameters = Parameters { lasting_hashes: Some(HashSends::Twice), ..Parameters::default() };
    let chapters = peer::Chapters { episodes: false, ..peer::Chapters::default() };
    let mut peer = Peer::new(Options { chapters, parameters, ..Options::default() }).unwrap();
    let mut channel = Accepting { accept: 9, ..Accepting::default() };
    peer.receive(&state_hash(5, 1), &mut channel).unwrap();
    peer.begin_rollback(0);
    peer.end_rollback();
    peer.confirm(5, digest(1));
    assert_eq!(peer.exchange().verified(), Some(5));
    assert_eq!(
        [peer.tick(&mut channel), peer.tick(&mut channel), peer.tick(&mut channel)],
        [1, 1, 0]
    );
    peer.reset();
    assert_eq!(peer.exchange().lasting_hashes(), Some(HashSends::Twice));
    assert_eq!(Peer::new(Options::default()).unwrap().exchange().lasting_hashes(), None);
}

/// A plain list of comparisons, from which everything follows that DETECT-17 says.
#[derive(Default)]
struct Told {
    newest: BTreeMap<u32, bool>,
    events: Vec<(u32, u8, u8)>,
}

impl Told {
    fn compare(&mut self, frame: u32, own: u8, peer: u8) {
        self.newest.insert(frame, own == peer);
        if own != peer && !self.events.contains(&(frame, own, peer)) {
            self.events.push((frame, own, peer));
        }
    }

    fn verified(&self) -> Option<u32> {
        let equal_so_far = self.newest.iter().take_while(|(_, is_equal)| **is_equal);
        equal_so_far.last().map(|(&frame, _)| frame)
    }
}

/// Random stimuli on few frames: the exchange agrees with a list that is searched from the start.
#[test]
fn it_agrees_with_a_list() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = |below: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        u32::try_from((state >> 33) % u64::from(below)).unwrap()
    };
    let mut exchange = lasting();
    let (mut told, mut own, mut map) = (Told::default(), BTreeMap::new(), BTreeMap::new());
    let mut rolling_back = false;
    for _ in 0..100_000 {
        let (frame, byte) = (random(100), [1, 2][random(2) as usize]);
        match random(40) {
            0 => {
                exchange.begin_rollback(frame);
                rolling_back = true;
                own.retain(|&it, _| it < frame);
                told.newest.retain(|&it, _| it < frame);
            }
            1..=4 => {
                exchange.end_rollback();
                if std::mem::take(&mut rolling_back) {
                    for (&frame, &byte) in &own {
                        if let Some(&peer) = map.get(&frame) {
                            told.compare(frame, byte, peer);
                        }
                    }
                }
            }
            5 if frame < 3 => {
                exchange.reset();
                (told, rolling_back) = (Told::default(), false);
                own.clear();
                map.clear();
            }
            5..=20 => {
                exchange.confirm(frame, digest(byte));
                let is_new = own.insert(frame, own.get(&frame).copied().unwrap_or(byte)).is_none();
                if let (true, false, Some(&peer)) = (is_new, rolling_back, map.get(&frame)) {
                    told.compare(frame, byte, peer);
                }
            }
            _ => {
                receive(&mut exchange, frame, byte);
                map.insert(frame, byte);
                if let (false, Some(&own)) = (rolling_back, own.get(&frame)) {
                    told.compare(frame, own, byte);
                }
            }
        }
        assert_eq!(exchange.verified(), told.verified());
        assert!(exchange.inbound().eq(map.iter().map(|(&frame, &byte)| (frame, digest(byte)))));
        let events = exchange.events().iter().map(|it| (it.frame, it.local, it.peer));
        assert!(events.eq(told.events.iter().map(|it| (it.0, digest(it.1), digest(it.2)))));
    }
}
