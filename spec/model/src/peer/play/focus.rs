//! FOCUS: the order in which its rules are applied.

use crate::peer::{handed::Handed, message::Message, session::Session};

impl Session {
    /// FOCUS-1, FOCUS-2: the own page may have changed.
    pub(in crate::peer) fn focus(&mut self, shown: bool, frame: u32) {
        let focus = self.rules.focus;
        if !(focus.changes)(&self.state, shown) {
            (focus.same)(&mut self.state, frame);
            return;
        }
        (self.state.focus.shown, self.state.focus.frame) = (shown, frame);
        self.tell_focus((focus.tells)(&self.state));
    }

    /// FOCUS-3, FOCUS-5: the channel has opened.
    pub(in crate::peer) fn open_focus(&mut self) {
        (self.rules.focus.opens)(&mut self.state);
        if (self.rules.focus.opening_tells)(&self.state) {
            self.tell_focus((self.rules.focus.opening_states)(&self.state));
        }
    }

    fn tell_focus(&mut self, states: Vec<(bool, u32)>) {
        let focus = self.rules.focus;
        for (focused, frame) in states {
            match self.hand(&Message::FocusState { focused, frame }) {
                Handed::Accepted => (focus.told)(&mut self.state, focused),
                Handed::Refused => (focus.refused)(&mut self.state),
                Handed::NotOpen => {}
            }
        }
    }
}
