//! What must hold in every exchange after every stimulus, even where model and reference agree.

use std::collections::BTreeSet;

use rollwire_codec::{Digest, StateHash};
use rollwire_model::exchange::{ChannelState, Datagram, Entry, Observation, Rollback, Stimulus};
use rollwire_reference::exchange::Exchange;

/// The exchange before the next stimulus.
#[derive(Debug, Default)]
pub(super) struct Invariants {
    before: Observation,
    rolling_back: bool,
    closed: bool,
}

impl Invariants {
    /// Panics if an invariant does not hold after this stimulus.
    pub(super) fn check(&mut self, stimulus: &Stimulus, now: Observation) {
        self.follow(stimulus);
        self.check_sending(stimulus, &now);
        check_lists(&now);
        self.check_detection(stimulus, &now);
        if matches!(stimulus, Stimulus::Reset {}) {
            assert_eq!(now, Observation::default(), "EXCH-27: a reset leaves nothing");
        }
        self.before = now;
    }

    fn follow(&mut self, stimulus: &Stimulus) {
        match stimulus {
            Stimulus::Rollback(Rollback::Begin(_)) => self.rolling_back = true,
            Stimulus::Rollback(Rollback::End) | Stimulus::Reset {} => self.rolling_back = false,
            Stimulus::Channel(state) => self.closed = *state == ChannelState::Closed,
            _ => {}
        }
    }

    /// Only a tick sends (EXCH-6), from the front of the queue and in its order (EXCH-7). What is sent
    /// leaves the queue (EXCH-14), and nothing else does.
    fn check_sending(&self, stimulus: &Stimulus, now: &Observation) {
        let is_tick = matches!(stimulus, Stimulus::Tick {});
        let may_send = is_tick && !self.rolling_back && !self.closed;
        assert!(may_send || now.sent.is_empty(), "{stimulus} sent {:?}", now.sent);
        if is_tick {
            let sent: Vec<Entry> = now.sent.iter().map(entry).collect();
            let queued = [sent, now.queue.clone()].concat();
            assert_eq!(
                queued, self.before.queue,
                "the hashes sent and those left are the ones that were queued"
            );
        }
    }

    /// Hashes known on both sides have been compared and removed (DETECT-1 to DETECT-4), unless a
    /// rollback is in progress (DETECT-8). A rollback leaves no frame verified from its target on
    /// (DETECT-10). Events stay until a reset (DETECT-11).
    fn check_detection(&self, stimulus: &Stimulus, now: &Observation) {
        if !self.rolling_back {
            let own: BTreeSet<u32> = now.history.iter().map(|entry| entry.0).collect();
            let both = now.map.iter().find(|entry| own.contains(&entry.0));
            assert_eq!(both, None, "known on both sides, but not compared");
        }
        if let Stimulus::Rollback(Rollback::Begin(target)) = stimulus {
            assert!(now.verified < Some(*target), "{:?} is verified", now.verified);
            let all = now.history.iter().chain(&now.map).chain(&now.queue);
            let left = all.map(|entry| entry.0).max();
            assert!(left < Some(*target), "frame {left:?} is left");
        }
        if !matches!(stimulus, Stimulus::Reset {}) {
            assert!(now.events.starts_with(&self.before.events), "an event was removed");
        }
    }
}

/// The bounds (EXCH-3, EXCH-19), and one entry for each frame.
fn check_lists(now: &Observation) {
    assert!(now.history.len() <= Exchange::MAX_HISTORY, "{} in the history", now.history.len());
    assert!(now.map.len() <= Exchange::MAX_INBOUND, "{} in the map", now.map.len());
    for list in [&now.history, &now.map] {
        assert!(list.is_sorted_by(|one, other| one.0 < other.0), "a frame twice in {list:?}");
    }
}

/// The frame and hash of a datagram that was sent, decoded by the codec.
fn entry(datagram: &Datagram) -> Entry {
    match rollwire_codec::decode(datagram.bytes()) {
        Ok(rollwire_codec::Message::StateHash(StateHash { frame, hash })) => {
            let hash = Digest::from_bytes(*hash);
            (frame, rollwire_model::exchange::StateHash(hash.to_bytes()))
        }
        other => panic!("sent {datagram}, which is {other:?}"),
    }
}
