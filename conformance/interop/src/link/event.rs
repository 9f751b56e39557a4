//! One thing that a link does to a game, and scripts of them.

use std::fmt;

use super::{Interruption, Span};

/// Something that happens to a datagram, or to the whole link. Datagrams are counted from 1, those of each
/// peer apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Event {
    /// Datagrams of a peer are lost, one after another.
    Lost {
        /// The peer that sent them, 0 or 1.
        from: usize,
        /// The number of the first one.
        number: u64,
        /// How many.
        count: u64,
    },
    /// A datagram of a peer arrives a second time.
    Twice {
        /// The peer that sent it, 0 or 1.
        from: usize,
        /// Its number.
        number: u64,
        /// How many milliseconds later than it was sent.
        after: u64,
    },
    /// A datagram of a peer takes longer or shorter than others.
    Takes {
        /// The peer that sent it, 0 or 1.
        from: usize,
        /// Its number.
        number: u64,
        /// How many milliseconds.
        takes: u64,
    },
    /// The link is interrupted.
    Interrupted(Interruption, Span),
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let peer = |from: &usize| ["A", "B"][*from % 2];
        match self {
            Self::Lost { from, number, count: 1 } => {
                write!(f, "datagram {number} of {} is lost", peer(from))
            }
            Self::Lost { from, number, count } => {
                let last = number.saturating_add(*count).saturating_sub(1);
                write!(f, "datagrams {number} to {last} of {} are lost", peer(from))
            }
            Self::Twice { from, number, after } => {
                write!(f, "datagram {number} of {} comes again after {after} ms", peer(from))
            }
            Self::Takes { from, number, takes } => {
                write!(f, "datagram {number} of {} takes {takes} ms", peer(from))
            }
            Self::Interrupted(kind, span) => write!(f, "{kind} {span}"),
        }
    }
}

/// Everything that a link does to a game, where all other datagrams take the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// How long a datagram takes, in milliseconds.
    pub delay: u64,
    /// What happens besides.
    pub events: Vec<Event>,
}
