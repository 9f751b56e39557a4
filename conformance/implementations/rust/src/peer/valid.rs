//! VALID: the channel is proved to work in both directions (`spec/peer-valid.md`).

mod methods;

use alloc::vec::Vec;

use rollwire_codec::{Timestamp, ValidationPing};

use crate::peer::channel::Line;
use crate::peer::clock::Time;

/// How far the validation of the channel has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValidationState {
    /// The channel is not open, and was not validated when it was.
    Idle,
    /// The channel is open; an own ping is not answered, or no ping of the partner was seen.
    Validating,
    /// The channel has worked in both directions. This stays so (VALID-6).
    Validated,
    /// The validation took more than 15 seconds. This stays so (VALID-7).
    Failed,
}

/// The validation of this peer.
#[derive(Clone, Debug)]
pub(super) struct Validation {
    repeats: bool,
    state: State,
}

#[derive(Clone, Debug)]
enum State {
    Idle,
    Validating(Handshake),
    Validated,
    Failed,
}

/// What a handshake has seen since the opening of the channel.
#[derive(Clone, Debug)]
struct Handshake {
    fails_at: Time,
    pings_at: Option<Time>,
    /// The own pings that the channel has accepted: at most 30, in 15 seconds.
    accepted: Vec<Time>,
    is_answered: bool,
    has_seen_ping: bool,
}

impl Validation {
    /// The milliseconds from the opening to the first ping (VALID-1).
    const DELAY: u32 = 100;

    /// The milliseconds between two pings (VALID-2).
    const INTERVAL: u32 = 500;

    /// The milliseconds from the opening to the failure (VALID-7).
    const LIMIT: u32 = 15_000;

    /// A validation before the first opening.
    pub(super) const fn new(repeats: bool) -> Self {
        Self { repeats, state: State::Idle }
    }

    /// The channel has opened: the validation begins anew, unless it is over (VALID-8).
    pub(super) fn open(&mut self, now: Time) {
        if let State::Idle = self.state {
            self.state = State::Validating(Handshake {
                fails_at: now.after(Self::LIMIT),
                pings_at: Some(now.after(Self::DELAY)),
                accepted: Vec::new(),
                is_answered: false,
                has_seen_ping: false,
            });
        }
    }

    /// The channel has closed: what a handshake has seen is forgotten (VALID-8).
    pub(super) fn close(&mut self) {
        if let State::Validating(_) = self.state {
            self.state = State::Idle;
        }
    }

    pub(super) const fn is_validated(&self) -> bool {
        matches!(self.state, State::Validated)
    }

    pub(super) const fn fails_at(&self) -> Option<Time> {
        match &self.state {
            State::Validating(handshake) => Some(handshake.fails_at),
            _ => None,
        }
    }

    pub(super) const fn pings_at(&self) -> Option<Time> {
        match &self.state {
            State::Validating(handshake) => handshake.pings_at,
            _ => None,
        }
    }

    pub(super) fn fail(&mut self) {
        self.state = State::Failed;
    }

    /// Sends a VALIDATION_PING, and remembers it if the channel has accepted it (VALID-2, VALID-5).
    pub(super) fn ping(&mut self, now: Time, line: &mut Line<'_>) {
        if let State::Validating(handshake) = &mut self.state {
            handshake.pings_at = self.repeats.then(|| now.after(Self::INTERVAL));
            if line.send(ValidationPing { timestamp: now.timestamp() }) {
                handshake.accepted.push(now);
            }
        }
    }

    /// A ping of the partner was seen (VALID-4). One that is delivered after a closing finds no
    /// handshake.
    fn see_ping(&mut self) {
        if let State::Validating(handshake) = &mut self.state {
            handshake.has_seen_ping = true;
        }
        self.conclude();
    }

    /// A pong has arrived; it counts if it answers an own ping, by its bits (VALID-5).
    fn see_pong(&mut self, timestamp: Timestamp) {
        if let State::Validating(handshake) = &mut self.state {
            let is_answer = handshake.accepted.iter().any(|it| it.timestamp() == timestamp);
            handshake.is_answered |= is_answer;
        }
        self.conclude();
    }

    /// The channel is validated when both directions have worked (VALID-6).
    fn conclude(&mut self) {
        if let State::Validating(Handshake { is_answered: true, has_seen_ping: true, .. }) =
            self.state
        {
            self.state = State::Validated;
        }
    }
}
