//! CATCHUP: the order in which its rules are applied.

use crate::peer::{
    handed::Handed,
    message::{InputEntry, Message},
    session::Session,
    state::Request,
};

impl Session {
    /// CATCHUP-1, CATCHUP-2: the game wants its holes closed.
    pub(in crate::peer) fn catch_up(&mut self) {
        let rules = self.rules.catch_up;
        if !(rules.asks)(&self.state) {
            return;
        }
        let Some((start, end)) = (rules.holes)(&self.state) else { return };
        let repeats = self.state.parameters.request_repeats;
        let repeat_at = (rules.again)(&self.state, self.state.clock, repeats);
        let over_at = (rules.gives_up)(&self.state);
        let repeats = repeats.saturating_sub(1);
        self.state.request = Some(Request { start, end, repeat_at, repeats, over_at });
        self.hand(&Message::InputRequest { start, end });
    }

    /// CATCHUP-3: the request is repeated.
    pub(in crate::peer) fn repeat_request(&mut self, due: u64) {
        let rules = self.rules.catch_up;
        let Some(request) = self.state.request else { return };
        let (start, end) = (rules.repeats)(&self.state, request);
        let repeat_at = (rules.again)(&self.state, due, request.repeats);
        let repeats = request.repeats.saturating_sub(1);
        self.state.request = Some(Request { repeat_at, repeats, ..request });
        self.hand(&Message::InputRequest { start, end });
    }

    /// CATCHUP-5: the request is given up.
    pub(in crate::peer) fn give_up(&mut self) {
        self.state.request = None;
    }

    /// CATCHUP-4
    pub(in crate::peer) fn end_request_without_holes(&mut self) {
        let is_over = |request| (self.rules.catch_up.is_over)(&self.state, request);
        if self.state.request.is_some_and(is_over) {
            self.state.request = None;
        }
    }

    /// CATCHUP-7 to CATCHUP-10: a request has arrived.
    pub(in crate::peer) fn respond(&mut self, start: u32, end: u32) {
        let rules = self.rules.catch_up;
        let entries = (rules.of_range)(&self.state, start, end);
        if (rules.answers)(&self.state, &entries) {
            let player = (rules.player)(&self.state);
            for _ in 0..(rules.copies)(&self.state) {
                self.hand(&Message::InputResponse { player, entries: entries.clone() });
            }
        }
    }

    /// CATCHUP-11: a response has arrived.
    pub(in crate::peer) fn take_response(&mut self, player: u16, entries: &[InputEntry]) {
        let rules = self.rules.catch_up;
        let counts = (self.rules.episode.admits_response)(&self.state);
        if counts && (rules.hears)(&self.state, player) {
            let entries = (rules.looks_at)(&mut self.state, entries);
            self.take_entries(&entries);
            (rules.after_response)(&mut self.state);
        }
    }

    /// CATCHUP-12, CATCHUP-13: tells what was never sent.
    pub(in crate::peer) fn tell_untold(&mut self) {
        let rules = self.rules.catch_up;
        for entries in (rules.untold)(&self.state) {
            let current_frame = (rules.untold_current_frame)(&self.state, &entries);
            let player = (rules.untold_player)(&self.state);
            let handed =
                self.hand(&Message::Input { player, current_frame, entries: entries.clone() });
            if handed == Handed::Accepted {
                (rules.tells)(&mut self.state, &entries);
            } else if !(rules.goes_on)(&self.state) {
                return;
            }
        }
    }
}
