//! What cannot be known for a while.
//!
//! After a violation, or a line that cannot be read, nobody knows all that the exchange holds, and
//! what follows from it must not be blamed on the lines that follow. So the part of the state that may
//! be another one is not judged until the session itself says again what it is.

use rollwire_model::exchange::{HISTORY, Rollback, Stimulus};

use super::line::Seen;

/// The parts of the state that may be other ones than the model's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Doubt {
    /// What waits to be sent, until a tick sends all of it.
    pub(super) queue: bool,
    /// Whether a rollback is in progress, until one begins or ends, or a tick sends.
    rollback: bool,
    /// Whether the channel is open, until it opens or closes, or a tick sends.
    channel: bool,
    /// What a `sends` said, until the next one.
    refusals: bool,
    /// So many frames have to be confirmed until the history is known again.
    confirms: usize,
    /// The verified frame, until it is logged.
    verified: bool,
    /// The inbound map of a log that shows it, until it does.
    pub(super) map: bool,
    /// The local history of a log that shows it, until it does.
    pub(super) history: bool,
    /// So many frames have to be confirmed until it is known again which is the oldest of a history that
    /// is shown: lists are shown by frame, and a full history loses the one inserted first.
    order: usize,
    /// The inbound map has been above its bound, so that anything may have left it, until a reset.
    pub(super) forgotten: bool,
}

impl Doubt {
    /// A line is missing: anything may have happened. A `sends` only if the session has had one.
    pub(super) fn gap(&mut self, sends: bool) {
        *self = Self {
            queue: true,
            rollback: true,
            channel: true,
            refusals: self.refusals || sends,
            confirms: HISTORY,
            verified: true,
            map: true,
            history: true,
            order: HISTORY,
            forgotten: self.forgotten,
        };
    }

    /// Something else was compared than should have been, so map and history may be others too.
    pub(super) fn compared_otherwise(&mut self) {
        self.confirms = HISTORY;
    }

    /// Another verified frame was shown than there should be, or none.
    pub(super) fn verified_is_otherwise(&mut self) {
        self.verified = true;
    }

    /// Whether what a tick sends is anybody's guess.
    pub(super) fn about_sending(self) -> bool {
        self.queue || self.refusals || self.about_gates()
    }

    /// Whether it is unknown what the channel refuses.
    pub(super) fn about_refusals(self) -> bool {
        self.refusals
    }

    /// Whether it is unknown if a tick may send at all.
    pub(super) fn about_gates(self) -> bool {
        self.rollback || self.channel
    }

    /// Whether what is compared is anybody's guess.
    pub(super) fn about_comparing(self) -> bool {
        self.confirms > 0 || self.verified || self.forgotten || self.rollback
    }

    /// Whether it is unknown what a local history of so many frames holds.
    pub(super) fn about_the_history(self, frames: usize) -> bool {
        self.history || self.order > 0 && frames >= HISTORY
    }

    /// Whether it is unknown what the inbound map of a log that shows it holds: what is compared leaves it.
    pub(super) fn about_the_map(self) -> bool {
        self.map || self.history || self.forgotten || self.rollback
    }

    /// What cannot be known of this stimulus: only a frame that is not in the history enters the queue.
    pub(super) fn meets(&mut self, stimulus: &Stimulus) {
        let history_is_unknown = self.history && self.confirms > 0;
        self.queue |= history_is_unknown && matches!(stimulus, Stimulus::Confirm { .. });
    }

    /// A tick has handed something to the channel, so it is open, and no rollback is in progress.
    pub(super) fn has_tried(&mut self) {
        (self.rollback, self.channel) = (false, false);
    }

    /// Another history was shown than there should be.
    pub(super) fn history_is_otherwise(&mut self) {
        self.order = HISTORY;
    }

    /// A rollback has removed so many frames from the history, which may be among those that were counted.
    pub(super) fn withdraws(&mut self, frames: usize) {
        for left in [&mut self.confirms, &mut self.order] {
            if *left > 0 {
                *left = (*left + frames).min(HISTORY);
            }
        }
    }

    /// A tick has sent other datagrams than the model's: the channel, if it counts up to a refusal, is at
    /// another one.
    pub(super) fn has_sent(&mut self, refusing: bool) {
        self.refusals |= refusing;
    }

    /// What a stimulus and what was seen of it say about the state after it.
    pub(super) fn learns(&mut self, stimulus: &Stimulus, seen: &Seen, confirmed: bool) {
        match stimulus {
            Stimulus::Rollback(Rollback::Begin(_) | Rollback::End) => self.rollback = false,
            Stimulus::Channel(_) => self.channel = false,
            Stimulus::Sends(_) => self.refusals = false,
            Stimulus::Reset {} => {
                let (channel, refusals) = (self.channel, self.refusals);
                *self = Self { channel, refusals, ..Self::default() };
            }
            _ => {}
        }
        // While it is unknown whether anything is compared, map and history are not known again.
        self.confirms = self.confirms.saturating_sub(usize::from(confirmed && !self.rollback));
        self.order = self.order.saturating_sub(usize::from(confirmed));
        self.verified &= seen.verified.is_none();
        self.queue &= seen.queue.is_none();
        self.map &= seen.map.is_none();
        self.history &= seen.history.is_none();
        if seen.map.is_some() && seen.history.is_some() {
            self.confirms = 0;
        }
    }
}
