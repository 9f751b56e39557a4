//! FOCUS: each peer knows whether the partner's page is shown (`spec/peer-focus.md`).

use rollwire_codec::FocusState;

use super::{Channel, Line, Peer};

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

impl Peer {
    /// Call this when the own page is shown or hidden, with the game's frame: the partner is told
    /// each change (FOCUS-1).
    ///
    /// Nothing happens if the page was shown or hidden before as it is now (FOCUS-2). What the
    /// channel did not accept is told at its next opening (FOCUS-3, FOCUS-7).
    pub fn focus(&mut self, is_shown: bool, frame: u32, channel: &mut dyn Channel) {
        if self.chapters.focus && is_shown != self.focus.own.focused {
            let mut line = self.line(channel);
            self.focus.own = FocusState { focused: is_shown, frame };
            self.focus.tell(&mut line);
        }
    }

    /// Whether the partner's page is shown, as far as the partner has told (FOCUS-4, FOCUS-5).
    #[must_use]
    pub const fn is_partner_shown(&self) -> bool {
        self.focus.partner
    }
}
