//! What can be observed of an exchange, or of a peer, after a stimulus.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    state::{Entry, Mismatch, State},
    stimulus::Datagram,
};
use crate::{Capability, peer};

/// What a stimulus sent, and the state after it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct Observation {
    /// The datagrams that the channel accepted during the stimulus, in order.
    pub sent: Vec<Datagram>,
    /// The outbound queue, in its order.
    pub queue: Vec<Entry>,
    /// The inbound map, by frame.
    pub map: Vec<Entry>,
    /// The local history, by frame.
    pub history: Vec<Entry>,
    /// The verified frame.
    pub verified: Option<u32>,
    /// The mismatches since the last reset, in the order in which they were found.
    pub events: Vec<Mismatch>,
    /// What else a peer holds; of an exchange, nothing.
    #[serde(default, skip_serializing_if = "peer::View::is_new")]
    pub peer: peer::View,
}

impl Observation {
    pub(super) fn new(sent: Vec<Datagram>, state: &State) -> Self {
        let by_frame = |entries: &[Entry]| {
            let mut sorted = entries.to_vec();
            sorted.sort_by_key(|entry| entry.0);
            sorted
        };
        Self {
            sent,
            queue: state.queue.clone(),
            map: by_frame(&state.map),
            history: by_frame(&state.history),
            verified: state.verified,
            events: state.events.clone(),
            peer: peer::View::default(),
        }
    }

    /// Makes a member what it is in a new session.
    pub fn forget(&mut self, member: Member) {
        let new = Self::default();
        match member {
            Member::Sent => self.sent = new.sent,
            Member::Queue => self.queue = new.queue,
            Member::Map => self.map = new.map,
            Member::History => self.history = new.history,
            Member::Verified => self.verified = new.verified,
            Member::Events => self.events = new.events,
            Member::Confirmed => self.peer.confirmed = new.peer.confirmed,
            Member::Held => self.peer.held = new.peer.held,
            Member::RoundTrips => self.peer.round_trips = new.peer.round_trips,
            Member::Validation => self.peer.validation = new.peer.validation,
            Member::Episode => self.peer.episode = new.peer.episode,
            Member::Request => self.peer.request = new.peer.request,
            Member::Partner => self.peer.partner = new.peer.partner,
        }
    }

    /// The members in which two observations differ.
    pub fn differences<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Member> + 'a {
        Member::ALL.into_iter().filter(|member| match member {
            Member::Sent => self.sent != other.sent,
            Member::Queue => self.queue != other.queue,
            Member::Map => self.map != other.map,
            Member::History => self.history != other.history,
            Member::Verified => self.verified != other.verified,
            Member::Events => self.events != other.events,
            Member::Confirmed => self.peer.confirmed != other.peer.confirmed,
            Member::Held => self.peer.held != other.peer.held,
            Member::RoundTrips => self.peer.round_trips != other.peer.round_trips,
            Member::Validation => self.peer.validation != other.peer.validation,
            Member::Episode => self.peer.episode != other.peer.episode,
            Member::Request => self.peer.request != other.peer.request,
            Member::Partner => self.peer.partner != other.peer.partner,
        })
    }
}

/// A member of an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Member {
    /// What was sent.
    Sent,
    /// The outbound queue.
    Queue,
    /// The inbound map.
    Map,
    /// The local history.
    History,
    /// The verified frame.
    Verified,
    /// The mismatches.
    Events,
    /// A peer's confirmed frame.
    Confirmed,
    /// The partner's entries beyond it.
    Held,
    /// A peer's round trips.
    RoundTrips,
    /// How far a peer's validation is.
    Validation,
    /// A peer's episode.
    Episode,
    /// A peer's request for inputs.
    Request,
    /// Whether the partner's page is shown.
    Partner,
}

impl Member {
    /// All of them, in the order of the adapter protocol.
    pub const ALL: [Self; 13] = [
        Self::Sent,
        Self::Queue,
        Self::Map,
        Self::History,
        Self::Verified,
        Self::Events,
        Self::Confirmed,
        Self::Held,
        Self::RoundTrips,
        Self::Validation,
        Self::Episode,
        Self::Request,
        Self::Partner,
    ];

    /// The capability of the chapter that it belongs to; none for what every session sends.
    #[must_use]
    pub const fn capability(self) -> Option<Capability> {
        match self {
            Self::Sent => None,
            Self::Queue | Self::Map | Self::History => Some(Capability::Exchange),
            Self::Verified | Self::Events => Some(Capability::Detect),
            Self::Confirmed | Self::Held => Some(Capability::Inputs),
            Self::RoundTrips => Some(Capability::Liveness),
            Self::Validation => Some(Capability::Validation),
            Self::Episode => Some(Capability::Episodes),
            Self::Request => Some(Capability::CatchUp),
            Self::Partner => Some(Capability::Focus),
        }
    }

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Queue => "queue",
            Self::Map => "map",
            Self::History => "history",
            Self::Verified => "verified",
            Self::Events => "events",
            Self::Confirmed => "confirmed",
            Self::Held => "held",
            Self::RoundTrips => "round_trips",
            Self::Validation => "validation",
            Self::Episode => "episode",
            Self::Request => "request",
            Self::Partner => "partner",
        }
    }
}

impl fmt::Display for Member {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
