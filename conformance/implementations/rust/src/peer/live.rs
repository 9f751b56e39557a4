//! LIVE: round trips are measured, and pings are answered (`spec/peer-live.md`).

mod methods;

use alloc::collections::VecDeque;

use rollwire_codec::{Ping, Timestamp};

use crate::peer::channel::Line;
use crate::peer::clock::Time;

/// The PINGs of this peer, and how long their answers took.
#[derive(Clone, Debug, Default)]
pub(super) struct Liveness {
    pings_at: Option<Time>,
    /// When the PINGs were sent that no PONG has answered, the oldest first.
    unanswered: VecDeque<Time>,
    /// Milliseconds, the oldest first.
    round_trips: VecDeque<f64>,
}

impl Liveness {
    /// How many round trips are kept (LIVE-10).
    const MAX_ROUND_TRIPS: usize = 10;

    /// The milliseconds between two PINGs, and before the first (LIVE-1).
    const INTERVAL: u32 = 500;

    /// How many unanswered PINGs are remembered (LIVE-11).
    const MAX_UNANSWERED: usize = 32;

    pub(super) const fn pings_at(&self) -> Option<Time> {
        self.pings_at
    }

    /// The channel is open, and validated if it has to be: PINGs begin (LIVE-1, LIVE-3).
    pub(super) fn begin(&mut self, now: Time) {
        self.pings_at = Some(now.after(Self::INTERVAL));
    }

    /// The channel has closed: nothing sent over it will be answered (LIVE-3, LIVE-12).
    pub(super) fn close(&mut self) {
        self.pings_at = None;
        self.unanswered.clear();
    }

    /// Sends a PING, and remembers it if the channel has accepted it (LIVE-2, LIVE-4).
    pub(super) fn ping(&mut self, now: Time, line: &mut Line<'_>) {
        self.pings_at = Some(now.after(Self::INTERVAL));
        if line.send(Ping { timestamp: now.timestamp() }) {
            push_bounded(&mut self.unanswered, now, Self::MAX_UNANSWERED);
        }
    }

    /// Measures a round trip if this PONG answers a PING, by its bits (LIVE-8, LIVE-9).
    pub(super) fn receive_pong(&mut self, timestamp: Timestamp, now: Time) {
        let answered = self.unanswered.iter().position(|sent| sent.timestamp() == timestamp);
        if let Some(sent) = answered.and_then(|index| self.unanswered.remove(index)) {
            push_bounded(&mut self.round_trips, now.since(sent), Self::MAX_ROUND_TRIPS);
        }
    }
}

/// Appends an element. If there are more than `bound` then, the oldest leaves.
fn push_bounded<T>(list: &mut VecDeque<T>, element: T, bound: usize) {
    list.push_back(element);
    if list.len() > bound {
        list.pop_front();
    }
}
