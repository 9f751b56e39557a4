//! SYNC: the order in which its rules are applied.

use crate::peer::{
    handed::Handed,
    message::{InputEntry, Message},
    session::Session,
};

impl Session {
    /// SYNC-1 to SYNC-5.
    pub(in crate::peer) fn act(&mut self, entry: InputEntry) {
        let (sync, episode) = (self.rules.sync, self.rules.episode);
        if !(episode.acts)(&self.state) {
            return;
        }
        if !(sync.takes)(&self.state, entry) {
            (sync.takes_not)(&mut self.state, entry);
            return;
        }
        (sync.keeps)(&mut self.state, entry);
        if self.state.areas.catch_up {
            self.tell_untold();
        }
        for _ in 0..(sync.copies)(&self.state) {
            self.send_input(entry.0);
        }
        self.confirm_inputs();
    }

    /// The INPUT of an act for this frame.
    pub(in crate::peer) fn send_input(&mut self, frame: u32) {
        let sync = self.rules.sync;
        let entries = (sync.window)(&self.state);
        let current_frame = (sync.current_frame)(&self.state, &entries);
        let player = (sync.player)(&self.state);
        match self.hand(&Message::Input { player, current_frame, entries: entries.clone() }) {
            Handed::Accepted => (self.rules.catch_up.tells)(&mut self.state, &entries),
            Handed::Refused => (sync.refused)(&mut self.state, frame),
            Handed::NotOpen => (sync.unsent)(&mut self.state, frame),
        }
    }

    /// SYNC-6 to SYNC-12, for the entries of an INPUT or an INPUT_RESPONSE.
    pub(in crate::peer) fn take_entries(&mut self, entries: &[InputEntry]) {
        let (sync, episode) = (self.rules.sync, self.rules.episode);
        let base = self.state.base();
        for entry in (sync.reads)(&self.state, entries) {
            if (sync.admits)(&self.state, base, entry.0) && (episode.admits)(&self.state, entry.0) {
                (sync.stores)(&mut self.state, entry);
            }
        }
        self.confirm_inputs();
    }

    /// SYNC-11, SYNC-12, and what follows for the request and the end of the episode.
    pub(in crate::peer) fn confirm_inputs(&mut self) {
        let sync = self.rules.sync;
        self.state.inputs.confirmed = (sync.confirms)(&self.state);
        (sync.drops)(&mut self.state);
        self.end_request_without_holes();
        self.complete_if_confirmed();
    }
}
