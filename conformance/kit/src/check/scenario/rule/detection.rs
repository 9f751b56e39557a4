//! The rule that a wrong comparison breaks: the verified frame and the events.

use rollwire_model::exchange::{Member, Rollback, Stimulus};

use super::{Broken, frame_of};

impl Broken<'_> {
    pub(super) fn of_detection(&self, member: Member) -> &'static str {
        match (self.stimulus, member) {
            (Stimulus::Rollback(Rollback::Begin(_)), Member::Verified) => "DETECT-10",
            (Stimulus::Rollback(Rollback::Begin(_)), _) => "DETECT-11",
            (Stimulus::Rollback(Rollback::End), _) if !self.before.rolling_back => "EXCH-25",
            (Stimulus::Rollback(Rollback::End), _) => "DETECT-9",
            (Stimulus::Reset {}, _) => "DETECT-12",
            (Stimulus::Channel(_) | Stimulus::Sends(_) | Stimulus::Tick {}, Member::Verified) => {
                "DETECT-5"
            }
            (Stimulus::Channel(_) | Stimulus::Sends(_) | Stimulus::Tick {}, _) => "DETECT-6",
            _ if self.before.rolling_back => "DETECT-8",
            (Stimulus::Confirm { .. } | Stimulus::Recv(_), _) => self.of_pair(),
            // Those of a peer have rules of their own.
            _ => "DETECT-5",
        }
    }

    /// A confirm or a received hash did not verify or report what it should.
    fn of_pair(&self) -> &'static str {
        let (right, got) = (self.right, self.got);
        let reports = right.events.len() > self.before.events;
        let compares = reports || right.verified != self.before.verified || self.is_pair();
        let not_compared = self.shown.inspect || self.before.verified.is_some();
        match () {
            () if !compares => self.of_no_pair(),
            () if reports && got.events == right.events => "DETECT-7",
            () if reports && got.events.len() == right.events.len() => "DETECT-6",
            () if reports && got.verified != right.verified => "DETECT-3",
            () if reports && self.before.events > 0 => "DETECT-6",
            () if reports && self.shown.inspect => "DETECT-3",
            () if got.events.len() > right.events.len() => "DETECT-3",
            () if !reports && not_compared => "DETECT-5",
            () => self.of_unseen_pair(),
        }
    }

    /// Whether the stimulus completes a pair.
    fn is_pair(&self) -> bool {
        match self.stimulus {
            Stimulus::Confirm { .. } => !self.before.is_known && self.before.has_peer,
            _ => self.before.is_known,
        }
    }

    /// Two hashes were not compared, and the observation does not show the lists.
    fn of_unseen_pair(&self) -> &'static str {
        let life = frame_of(self.stimulus).map(|frame| self.past.life(frame)).unwrap_or_default();
        let last = self.last();
        match self.stimulus {
            Stimulus::Confirm { .. } => match () {
                () if life.received_while_closed => "EXCH-17",
                () if life.times_received > 1 => "EXCH-16",
                () if last.begin > life.received => "EXCH-21",
                () if life.received_in_rollback => "EXCH-26",
                () if last.channel > life.received => "EXCH-17",
                () if last.other_datagram > life.received => "EXCH-18",
                () => "DETECT-1",
            },
            _ if self.before.closed => "EXCH-17",
            _ => "DETECT-2",
        }
    }

    /// Something was compared that is not a pair: one of the two hashes should be gone.
    fn of_no_pair(&self) -> &'static str {
        let Some(frame) = frame_of(self.stimulus) else { return "EXCH-18" };
        let life = self.past.life(frame);
        match self.stimulus {
            Stimulus::Confirm { .. } if self.before.is_known => "EXCH-2",
            Stimulus::Confirm { .. } => match () {
                () if life.map_reset > life.map_withdrawn => "EXCH-27",
                () if life.map_withdrawn > life.compared => "EXCH-21",
                () if self.last().other_datagram > 0 && life.received == 0 => "EXCH-18",
                () => "DETECT-4",
            },
            _ => match life.left_at {
                0 => "DETECT-2",
                _ if self.last().reset >= life.left_at => "EXCH-27",
                at if self.last().begin >= at => "EXCH-22",
                _ => "EXCH-3",
            },
        }
    }
}
