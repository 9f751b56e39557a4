//! FOCUS: each peer knows whether the partner's page is shown (`spec/peer-focus.md`).

mod methods;

use rollwire_codec::FocusState;

use crate::peer::channel::Line;

/// Which of the two pages are shown.
#[derive(Clone, Debug)]
pub(super) struct Focus {
    /// Whether the own page is shown, and the frame of the last change.
    own: FocusState,
    /// What the partner was told last: the state of the last FOCUS_STATE that was accepted.
    told: bool,
    partner: bool,
}

impl Focus {
    /// Both pages are shown, and the partner was told so (FOCUS-3, FOCUS-5).
    pub(super) const fn new() -> Self {
        Self { own: FocusState { focused: true, frame: 0 }, told: true, partner: true }
    }

    /// The channel has opened: the partner is told what it may not know (FOCUS-3), and counts as
    /// shown until it says otherwise (FOCUS-5).
    pub(super) fn open(&mut self, line: &mut Line<'_>) {
        self.partner = true;
        if !self.own.focused || self.own.focused != self.told {
            self.tell(line);
        }
    }

    pub(super) const fn receive(&mut self, state: FocusState) {
        self.partner = state.focused;
    }

    fn tell(&mut self, line: &mut Line<'_>) {
        if line.send(self.own) {
            self.told = self.own.focused;
        }
    }
}
