//! The datagrams that are on their way.

use std::collections::BTreeMap;

use rollwire_model::exchange::Datagram;

use super::{Event, Interruption, Weather};

/// A datagram that is on its way.
#[derive(Debug)]
pub(crate) struct OnItsWay {
    /// Its number among those of its sender.
    pub(crate) number: u64,
    /// The episode in which its sender was.
    pub(crate) episode: Option<u32>,
    /// What it is.
    pub(crate) datagram: Datagram,
}

/// One direction of a link.
#[derive(Debug)]
pub(crate) struct Wire {
    from: usize,
    sent: u64,
    bytes: u64,
    /// What is on its way, by the time at which it arrives.
    on_its_way: BTreeMap<(u64, u64), OnItsWay>,
    copies: u64,
    last_loss: Option<u64>,
    events: Vec<Event>,
}

impl Wire {
    /// The direction from this peer to the other one.
    pub(crate) fn new(from: usize) -> Self {
        let (on_its_way, events) = (BTreeMap::new(), Vec::new());
        Self { from, sent: 0, bytes: 0, on_its_way, copies: 0, last_loss: None, events }
    }

    /// Takes a datagram that was sent in this episode. Returns its number, and how often it will arrive.
    pub(crate) fn send(
        &mut self,
        datagram: &Datagram,
        episode: Option<u32>,
        now: u64,
        weather: &Weather,
    ) -> (u64, usize) {
        self.sent += 1;
        self.bytes += datagram.bytes().len() as u64;
        if weather.is_interrupted(Interruption::Part, now) {
            self.last_loss = Some(now);
            return (self.sent, 0);
        }
        let arrivals = weather.arrivals(self.from, self.sent);
        for event in weather.events(self.from, self.sent) {
            match (self.events.last_mut(), event) {
                // A burst is one event.
                (Some(Event::Lost { number, count, .. }), Event::Lost { number: next, .. })
                    if *number + *count == next =>
                {
                    *count += 1;
                }
                (_, event) => self.events.push(event),
            }
        }
        if arrivals.is_empty() {
            self.last_loss = Some(now);
        }
        let copies = arrivals.len();
        for after in arrivals {
            self.copies += 1;
            let datagram = datagram.clone();
            let arrival = OnItsWay { number: self.sent, episode, datagram };
            self.on_its_way.insert((now + after, self.copies), arrival);
        }
        (self.sent, copies)
    }

    /// The next datagram that has arrived by this time.
    pub(crate) fn arrived(&mut self, now: u64) -> Option<OnItsWay> {
        let entry = self.on_its_way.first_entry().filter(|entry| entry.key().0 <= now)?;
        Some(entry.remove())
    }

    /// When a datagram was lost last, in milliseconds.
    pub(crate) fn last_loss(&self) -> Option<u64> {
        self.last_loss
    }

    /// How many datagrams were sent, and how many bytes they had.
    pub(crate) fn sent(&self) -> (u64, u64) {
        (self.sent, self.bytes)
    }

    /// What has happened to datagrams so far.
    pub(crate) fn events(&self) -> &[Event] {
        &self.events
    }
}
