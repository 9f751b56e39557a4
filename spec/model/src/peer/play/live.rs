//! LIVE: the order in which its rules are applied.

use crate::peer::{handed::Handed, message::Message, session::Session};

impl Session {
    /// LIVE-1 to LIVE-4: a PING is due.
    pub(in crate::peer) fn ping(&mut self, due: u64) {
        let live = self.rules.live;
        self.state.liveness.ping_at = (live.again)(&self.state, due);
        for _ in 0..(live.copies)(&self.state) {
            let timestamp = (live.timestamp)(&self.state);
            match self.hand(&Message::Ping { timestamp }) {
                Handed::Accepted => (live.remembers)(&mut self.state, timestamp),
                Handed::Refused => (live.refused)(&mut self.state, timestamp),
                Handed::NotOpen => {}
            }
        }
    }

    /// LIVE-5, LIVE-6: a PING has arrived.
    pub(in crate::peer) fn pong(&mut self, timestamp: u64) {
        let live = self.rules.live;
        for timestamp in (live.answers)(&self.state, timestamp) {
            if self.hand(&Message::Pong { timestamp }) != Handed::Accepted {
                (live.unanswered)(&mut self.state, timestamp);
            }
        }
    }

    /// LIVE-8 to LIVE-10: a PONG has arrived.
    pub(in crate::peer) fn measure(&mut self, timestamp: u64) {
        let live = self.rules.live;
        if (live.counts)(&mut self.state, timestamp) {
            let round_trip = (live.measures)(&self.state, timestamp);
            (live.keeps)(&mut self.state, round_trip);
        }
    }

    /// LIVE-7: a message that is not answered has arrived.
    pub(in crate::peer) fn ignore(&mut self, message: &Message) {
        if let Some(answer) = (self.rules.live.answers_others)(&self.state, message) {
            self.hand(&answer);
        }
    }
}
