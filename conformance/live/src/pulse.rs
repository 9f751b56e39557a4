//! How a channel does, second by second: bytes, round trips, and the frames that were told.

use std::collections::VecDeque;

use rollwire_capture::line::{Moment, Payload, Record, What};
use rollwire_model::peer::Message;
use serde::Serialize;

/// How many seconds are kept.
const SECONDS: usize = 60;
/// How many questions may wait for their answers.
const ASKED: usize = 16;
/// A second, in microseconds.
const SECOND: u64 = 1_000_000;

/// What happened in one second of a tap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Second {
    /// The bytes of datagrams that were sent and accepted.
    sent: u64,
    /// The bytes of datagrams that arrived.
    received: u64,
    /// The longest time from a PING to its PONG, in milliseconds.
    round_trip: Option<f64>,
    /// The newest frame that the own side told in an INPUT.
    own: Option<u32>,
    /// The newest frame that the partner told.
    partner: Option<u32>,
}

/// The newest seconds of a tap.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    /// The number of the newest second.
    now: u64,
    seconds: VecDeque<Second>,
    asked: VecDeque<(u64, Moment)>,
}

impl Pulse {
    /// A record, and what its datagram means.
    pub(crate) fn record(&mut self, record: &Record, message: Option<&Message>) {
        self.reach(record.at.0 / SECOND);
        let Some(second) = self.seconds.back_mut() else { return };
        let size = |bytes: &[u8]| bytes.len() as u64;
        match (&record.what, message) {
            (What::Sent(Payload::Datagram(bytes)), message) => {
                second.sent += size(bytes);
                match message {
                    Some(Message::Ping { timestamp }) => {
                        if self.asked.len() == ASKED {
                            self.asked.pop_front();
                        }
                        self.asked.push_back((*timestamp, record.at));
                    }
                    Some(Message::Input { current_frame, .. }) => {
                        second.own = second.own.max(Some(*current_frame));
                    }
                    _ => {}
                }
            }
            (What::Received(Payload::Datagram(bytes)), message) => {
                second.received += size(bytes);
                match message {
                    Some(Message::Pong { timestamp }) => {
                        let at = self.asked.iter().position(|(asked, _)| asked == timestamp);
                        let Some((_, asked)) = at.and_then(|at| self.asked.remove(at)) else {
                            return;
                        };
                        #[expect(clippy::cast_precision_loss, reason = "it is shown as a picture")]
                        let took = record.at.since(asked) as f64 / 1000.0;
                        second.round_trip = Some(second.round_trip.unwrap_or(0.0).max(took));
                    }
                    Some(Message::Input { current_frame, .. }) => {
                        second.partner = second.partner.max(Some(*current_frame));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }

    /// Makes this second the newest, unless it is an earlier one.
    fn reach(&mut self, second: u64) {
        if self.seconds.is_empty() {
            self.now = second;
            self.seconds.push_back(Second::default());
        }
        // A tap may claim any time: of a long silence no more is made than is shown.
        let passed = second.saturating_sub(self.now).min(SECONDS as u64);
        for _ in 0..passed {
            if self.seconds.len() == SECONDS {
                self.seconds.pop_front();
            }
            self.seconds.push_back(Second::default());
        }
        self.now = self.now.max(second);
    }

    /// The newest seconds, the oldest first.
    pub(crate) fn seconds(&self) -> &VecDeque<Second> {
        &self.seconds
    }

    /// The clock of another part begins again.
    pub(crate) fn begin(&mut self) {
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_what_happened_in_them() {
        let mut pulse = Pulse::default();
        let mut handle = |at: u64, sent: bool, message: &Message| {
            let payload = Payload::Datagram(message.datagram().bytes().to_vec());
            let what = if sent { What::Sent(payload) } else { What::Received(payload) };
            let record = Record { number: None, at: Moment::from_millis(at), what, buffered: None };
            pulse.record(&record, Some(message));
        };
        handle(100, true, &Message::Ping { timestamp: 5 });
        handle(130, false, &Message::Pong { timestamp: 5 });
        handle(140, false, &Message::Pong { timestamp: 5 });
        handle(2000, true, &Message::Input { player: 0, current_frame: 9, entries: vec![(9, 1)] });
        handle(1500, false, &Message::Input { player: 1, current_frame: 7, entries: vec![(7, 1)] });
        let seconds: Vec<Second> = pulse.seconds().iter().copied().collect();
        assert_eq!(seconds.len(), 3);
        assert_eq!((seconds[0].sent, seconds[0].received), (9, 18));
        assert_eq!(seconds[0].round_trip, Some(30.0));
        assert_eq!((seconds[2].own, seconds[2].partner), (Some(9), Some(7)));
        assert_eq!(seconds[1], Second::default());
    }

    #[test]
    fn a_time_that_jumps_costs_nothing() {
        let mut pulse = Pulse::default();
        for at in [0, 1_000_000_000_000, 5, u64::MAX] {
            let what = What::Sent(Payload::Datagram(vec![4]));
            pulse.record(&Record { number: None, at: Moment(at), what, buffered: None }, None);
            assert!(pulse.seconds().len() <= SECONDS);
        }
    }
}
