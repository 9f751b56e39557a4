//! What a peer does of it.

use rollwire_codec::{Ping, Pong};

use super::Liveness;
use crate::peer::{Line, Peer};

impl Peer {
    /// How many round trips are kept (LIVE-10).
    pub const MAX_ROUND_TRIPS: usize = Liveness::MAX_ROUND_TRIPS;

    /// The newest round trips in milliseconds, in the order in which the PONGs arrived (LIVE-10).
    pub fn round_trips(&self) -> impl ExactSizeIterator<Item = f64> {
        self.liveness.round_trips.iter().copied()
    }

    /// Answers a PING with the same bits, whatever number they are (LIVE-5, LIVE-6).
    pub(crate) fn receive_ping(ping: Ping, line: &mut Line<'_>) {
        line.send(Pong { timestamp: ping.timestamp });
    }
}
