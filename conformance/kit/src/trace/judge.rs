//! The judge of a logged session: of an exchange, or of a whole peer.

use super::{
    judged::JudgedStep,
    line::{Header, Step},
    peer_judge::PeerJudge,
    session_judge::SessionJudge,
    story::Story,
};

/// Judges the lines of one session.
#[derive(Debug)]
pub(super) enum Judge {
    Exchange(Box<SessionJudge>),
    Peer(Box<PeerJudge>),
}

impl Judge {
    pub(super) fn new(header: Header) -> Self {
        match header.peer {
            Some(peer) => Self::Peer(Box::new(PeerJudge::new(header, peer))),
            None => Self::Exchange(Box::new(SessionJudge::new(header))),
        }
    }

    pub(super) fn header(&self) -> Header {
        match self {
            Self::Exchange(judge) => judge.header(),
            Self::Peer(judge) => judge.header(),
        }
    }

    /// A line is missing.
    pub(super) fn gap(&mut self) {
        match self {
            Self::Exchange(judge) => judge.gap(),
            Self::Peer(judge) => judge.gap(),
        }
    }

    pub(super) fn step(&mut self, step: &Step) -> JudgedStep {
        match self {
            Self::Exchange(judge) => judge.step(step),
            Self::Peer(judge) => judge.step(step),
        }
    }

    /// What has become of a peer.
    pub(super) fn story(&self) -> Option<&Story> {
        match self {
            Self::Exchange(_) => None,
            Self::Peer(judge) => Some(judge.story()),
        }
    }
}
