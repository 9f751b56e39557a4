//! What a peer does of it.

use rollwire_codec::FocusState;

use crate::peer::{Channel, Peer};

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
