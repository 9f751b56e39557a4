//! What happened in a piece of time.

use rollwire_model::peer::Message;

use crate::buckets::Fold;

/// The names of the messages, and of what is not a message.
pub(crate) const MESSAGES: [&str; 13] = [
    "INPUT",
    "PING",
    "PONG",
    "KEEPALIVE",
    "STATE_HASH",
    "EPISODE_READY",
    "EPISODE_END",
    "INPUT_REQUEST",
    "INPUT_RESPONSE",
    "VALIDATION_PING",
    "VALIDATION_PONG",
    "FOCUS_STATE",
    "not a message",
];

/// The place of a message in this list.
pub(crate) fn place(message: Option<&Message>) -> usize {
    match message {
        Some(Message::Input { .. }) => 0,
        Some(Message::Ping { .. }) => 1,
        Some(Message::Pong { .. }) => 2,
        Some(Message::Keepalive) => 3,
        Some(Message::StateHash { .. }) => 4,
        Some(Message::EpisodeReady { .. }) => 5,
        Some(Message::EpisodeEnd { .. }) => 6,
        Some(Message::InputRequest { .. }) => 7,
        Some(Message::InputResponse { .. }) => 8,
        Some(Message::ValidationPing { .. }) => 9,
        Some(Message::ValidationPong { .. }) => 10,
        Some(Message::FocusState { .. }) => 11,
        None => 12,
    }
}

/// Datagrams and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    pub(crate) datagrams: u64,
    pub(crate) bytes: u64,
}

impl Amount {
    pub(crate) fn add(&mut self, other: Self) {
        self.datagrams += other.datagrams;
        self.bytes += other.bytes;
    }
}

/// Times between questions and their answers, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trips {
    pub(crate) least: u64,
    pub(crate) most: u64,
}

/// What happened in a piece of time.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slice {
    /// What was sent and what arrived, by message.
    pub(crate) sent: [Amount; MESSAGES.len()],
    pub(crate) received: [Amount; MESSAGES.len()],
    pub(crate) refused: u64,
    /// Whether anything was recorded.
    pub(crate) is_seen: bool,
    /// The newest frames at its end.
    pub(crate) told: Option<u32>,
    pub(crate) confirmed: Option<u32>,
    pub(crate) verified: Option<u32>,
    /// How many frames were told and not confirmed, and told and not verified, at most.
    pub(crate) unconfirmed: Option<u32>,
    pub(crate) unverified: Option<u32>,
    pub(crate) trips: Option<Trips>,
}

impl Slice {
    /// How many datagrams were sent, refused and received.
    pub(crate) fn datagrams(&self) -> u64 {
        let both = self.sent.iter().chain(&self.received);
        self.refused + both.map(|amount| amount.datagrams).sum::<u64>()
    }

    pub(crate) fn trip(&mut self, time: u64) {
        self.trips = joined(self.trips, Some(Trips { least: time, most: time }));
    }
}

fn joined(first: Option<Trips>, second: Option<Trips>) -> Option<Trips> {
    let (Some(one), Some(other)) = (first, second) else { return first.or(second) };
    Some(Trips { least: one.least.min(other.least), most: one.most.max(other.most) })
}

impl Fold for Slice {
    fn fold(&mut self, later: Self) {
        for (amount, more) in self.sent.iter_mut().zip(later.sent) {
            amount.add(more);
        }
        for (amount, more) in self.received.iter_mut().zip(later.received) {
            amount.add(more);
        }
        self.refused += later.refused;
        self.is_seen |= later.is_seen;
        if later.is_seen {
            (self.told, self.confirmed) = (later.told, later.confirmed);
            self.verified = later.verified;
        }
        self.unconfirmed = self.unconfirmed.max(later.unconfirmed);
        self.unverified = self.unverified.max(later.unverified);
        self.trips = joined(self.trips, later.trips);
    }
}
