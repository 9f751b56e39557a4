//! A session of either kind: an exchange or a whole peer.

use crate::{
    exchange::{self, Datagram, Observation, Stimulus},
    peer,
};

/// An exchange or a peer, played with the same stimuli.
#[derive(Clone, Debug)]
pub enum AnySession {
    /// An exchange.
    Exchange(Box<exchange::Session>),
    /// A whole peer.
    Peer(Box<peer::Session>),
}

impl AnySession {
    /// Applies one stimulus and observes the result.
    pub fn step(&mut self, stimulus: &Stimulus) -> Observation {
        match self {
            Self::Exchange(session) => session.step(stimulus),
            Self::Peer(session) => session.step(stimulus),
        }
    }

    /// Applies several stimuli and observes the result once, at their end.
    pub fn advance(&mut self, stimuli: &[Stimulus]) -> Observation {
        match self {
            Self::Exchange(session) => session.advance(stimuli),
            Self::Peer(session) => session.advance(stimuli),
        }
    }

    /// Applies one stimulus and returns the datagrams that it sent.
    pub fn apply(&mut self, stimulus: &Stimulus) -> Vec<Datagram> {
        match self {
            Self::Exchange(session) => session.apply(stimulus),
            Self::Peer(session) => session.apply(stimulus),
        }
    }

    /// Its exchange.
    #[must_use]
    pub fn exchange(&self) -> &exchange::Session {
        match self {
            Self::Exchange(session) => session,
            Self::Peer(session) => session.exchange(),
        }
    }
}

impl From<exchange::Session> for AnySession {
    fn from(session: exchange::Session) -> Self {
        Self::Exchange(Box::new(session))
    }
}

impl From<peer::Session> for AnySession {
    fn from(session: peer::Session) -> Self {
        Self::Peer(Box::new(session))
    }
}
