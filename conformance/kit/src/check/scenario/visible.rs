//! Which members of an observation an adapter shows.

use rollwire_model::{
    exchange::{Entry, Member},
    peer::{Areas, Message},
};

use super::plan::SessionPlan;
use crate::protocol::{Capability, Hello};

/// Which members an adapter shows: it follows from what it declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible {
    /// Queue, map and history.
    pub inspect: bool,
    /// Verified frame and events.
    pub detect: bool,
    /// The chapters of a peer; none in the session of an exchange.
    pub peer: Option<Areas>,
}

impl Visible {
    /// Everything that an exchange has.
    pub const ALL: Self = Self { inspect: true, detect: true, peer: None };

    /// What this hello declares, in the session of an exchange.
    #[must_use]
    pub fn by(hello: &Hello) -> Self {
        Self {
            inspect: hello.declares(Capability::Inspect),
            detect: hello.declares(Capability::Detect),
            peer: None,
        }
    }

    /// The same in the session of a scenario, which may be that of a peer.
    #[must_use]
    pub fn of(self, part: &SessionPlan) -> Self {
        Self { peer: part.peer.map(|peer| peer.areas), ..self }
    }

    /// Whether a member is shown.
    #[must_use]
    pub fn shows(self, member: Member) -> bool {
        let has = |capability| match self.peer {
            Some(areas) => areas.has(capability),
            None => !capability.is_of_peer(),
        };
        let is_there = member.capability().is_none_or(has);
        is_there
            && match member {
                Member::Sent => true,
                Member::Verified | Member::Events => self.detect,
                _ => self.inspect,
            }
    }

    /// Whether a datagram that was sent is judged. Of a peer everything is, also what cannot be decoded and
    /// what belongs to a chapter that is not declared: neither may be sent (PEER-4). An exchange is part
    /// of a peer that is not asked about, so only what begins like a STATE_HASH is its own.
    #[must_use]
    pub fn judges(self, datagram: &[u8]) -> bool {
        self.peer.is_some() || chapter(datagram) == Some(Capability::Exchange)
    }

    /// The same for a datagram in the log of a game (`spec/trace.md`). A game may have more chapters than
    /// its log is about, and those that are in doubt are left out; what belongs to no chapter is judged.
    #[must_use]
    pub fn judges_in_a_log(self, datagram: &[u8]) -> bool {
        match self.peer {
            Some(areas) => chapter(datagram).is_none_or(|it| areas.has(it)),
            None => self.judges(datagram),
        }
    }
}

/// The capability of the chapter that a datagram belongs to, by its first byte. A KEEPALIVE, which no
/// rule sends, an empty datagram and an unknown type belong to none.
fn chapter(datagram: &[u8]) -> Option<Capability> {
    datagram.first().and_then(|byte| Message::capability(*byte))
}

pub(super) fn by_frame(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.0);
    entries
}
