//! The parts of the state that are unknown for a while.
//!
//! After a violation, or a line that cannot be read, the state of the exchange is partly unknown, and later
//! lines must not be reported for its consequences. So a part of the state that may differ from the model's
//! is not judged until the log shows again what it is.

use rollwire_model::exchange::{HISTORY, Rollback, Stimulus};

use super::line::LoggedObservation;

/// The parts of the state that may differ from the model's, and until when.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uncertainty {
    /// The outbound queue, until a tick sends all of it.
    pub(super) queue: bool,
    /// Whether a rollback is in progress, until one begins or ends, or a tick sends.
    rollback: bool,
    /// Whether the channel is open, until it opens or closes, or a tick sends.
    channel: bool,
    /// What the channel refuses, until the next `sends`.
    refusals: bool,
    /// How many frames must be confirmed until the history is known again.
    confirms: usize,
    /// The verified frame, until it is logged.
    verified: bool,
    /// The inbound map of a log that shows it, until it is shown again.
    pub(super) map: bool,
    /// The local history of a log that shows it, until it is shown again.
    pub(super) history: bool,
    /// How many frames must be confirmed until it is known again which entry of a shown history is the
    /// oldest: lists are shown by frame, and a full history loses the entry that was inserted first.
    order: usize,
    /// Whether the inbound map has exceeded its bound, so that any entry may have left it, until a reset.
    pub(super) forgotten: bool,
}

impl Uncertainty {
    /// A line is missing: anything may have happened. A `sends` is assumed only if the session had one
    /// before.
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

    /// The session compared other frames than it should have, so map and history may differ too.
    pub(super) fn compared_other_frames(&mut self) {
        self.confirms = HISTORY;
    }

    /// The log shows another verified frame than the model's.
    pub(super) fn verified_differs(&mut self) {
        self.verified = true;
    }

    /// Whether it is unknown what a tick sends.
    pub(super) fn sending_is_unknown(self) -> bool {
        self.queue || self.refusals || self.sending_may_be_blocked()
    }

    /// Whether it is unknown what the channel refuses.
    pub(super) fn refusals_are_unknown(self) -> bool {
        self.refusals
    }

    /// Whether it is unknown if a tick may send at all.
    pub(super) fn sending_may_be_blocked(self) -> bool {
        self.rollback || self.channel
    }

    /// Whether it is unknown what is compared.
    pub(super) fn comparing_is_unknown(self) -> bool {
        self.confirms > 0 || self.verified || self.forgotten || self.rollback
    }

    /// Whether it is unknown what a local history of this many frames holds.
    pub(super) fn history_is_unknown(self, frames: usize) -> bool {
        self.history || self.order > 0 && frames >= HISTORY
    }

    /// Whether it is unknown what the inbound map of a log that shows it holds: entries that are compared
    /// leave it.
    pub(super) fn map_is_unknown(self) -> bool {
        self.map || self.history || self.forgotten || self.rollback
    }

    /// Marks what this stimulus makes unknown: only a frame that is not in the history enters the queue.
    pub(super) fn before_stimulus(&mut self, stimulus: &Stimulus) {
        let history_is_unknown = self.history && self.confirms > 0;
        self.queue |= history_is_unknown && matches!(stimulus, Stimulus::Confirm { .. });
    }

    /// A tick has given something to the channel, so the channel is open, and no rollback is in progress.
    pub(super) fn tick_has_tried_to_send(&mut self) {
        (self.rollback, self.channel) = (false, false);
    }

    /// The log shows another history than the model's.
    pub(super) fn history_differs(&mut self) {
        self.order = HISTORY;
    }

    /// A rollback has removed this many frames from the history. They may be among those that were counted.
    pub(super) fn frames_were_withdrawn(&mut self, frames: usize) {
        for left in [&mut self.confirms, &mut self.order] {
            if *left > 0 {
                *left = (*left + frames).min(HISTORY);
            }
        }
    }

    /// A tick has sent other datagrams than the model's. A channel that counts sends up to a refusal has
    /// then another count.
    pub(super) fn other_datagrams_were_sent(&mut self, refusing: bool) {
        self.refusals |= refusing;
    }

    /// Marks what a stimulus and its observation make known about the state after it.
    pub(super) fn after_stimulus(
        &mut self,
        stimulus: &Stimulus,
        seen: &LoggedObservation,
        confirmed: bool,
    ) {
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
