//! SYNC: inputs are sent, repeated, received and confirmed (`spec/peer-sync.md`).

mod entries;

use alloc::vec::Vec;

use rollwire_codec::{Entries, Input, InputEntry};

pub(super) use self::entries::Inputs;
use super::{Channel, Line, Peer};

impl Peer {
    /// Call this in each step of the game, with the own player's action for the next frame: it is
    /// kept, and sent with those before it in an INPUT (SYNC-1, SYNC-3).
    ///
    /// Returns whether it counted. It does not, and changes nothing, for any other frame than the
    /// next one, which is the first frame and then one more each time (SYNC-2); or when no episode
    /// is in progress (EPISODE-12). What the channel does not accept is in the next INPUTs (SYNC-4,
    /// SYNC-5), or is sent before one of them (CATCHUP-12).
    pub fn act(&mut self, frame: u32, action: u8, channel: &mut dyn Channel) -> bool {
        if !self.chapters.inputs || !self.is_in_progress() || !self.inputs.act(frame, action) {
            return false;
        }
        let mut line = self.line(channel);
        let newest = self.inputs.newest(self.parameters.redundancy);
        if self.chapters.catch_up {
            self.untold.add(frame, self.inputs.oldest_own());
            self.tell_before(newest.start, &mut line);
        }
        if self.send_input(self.inputs.own_entries(newest.clone()), &mut line) {
            self.untold.remove_from(newest.start);
        }
        self.settle();
        true
    }

    /// The confirmed frame: the actions of both players are known for it and for every frame before
    /// it, so that no late input can change it (SYNC-11). None at first.
    #[must_use]
    pub fn confirmed(&self) -> Option<u32> {
        self.inputs.confirmed()
    }

    /// The partner's actions beyond the confirmed frame, by ascending frame. There may be holes.
    pub fn held(&self) -> impl Iterator<Item = InputEntry> {
        self.inputs.held()
    }

    /// The own action of a frame, as long as it is kept: see [`Parameters::kept`].
    ///
    /// [`Parameters::kept`]: super::Parameters::kept
    #[must_use]
    pub fn own_action(&self, frame: u32) -> Option<u8> {
        Some(self.inputs.own_entry(frame.into())?.action)
    }

    /// The partner's action of a frame if it is known: one beyond the confirmed frame, or one of
    /// the newest confirmed frames, as many as [`Parameters::ahead`] says.
    ///
    /// Look at it after each datagram. A game that had guessed another action goes back to that
    /// frame.
    ///
    /// [`Parameters::ahead`]: super::Parameters::ahead
    #[must_use]
    pub fn partner_action(&self, frame: u32) -> Option<u8> {
        self.inputs.partner_action(frame.into())
    }

    /// Stores the entries of an INPUT or an INPUT_RESPONSE if they are the partner's (SYNC-6,
    /// CATCHUP-11).
    pub(super) fn receive_entries(&mut self, player: u16, entries: Entries<'_>) {
        if player == self.partner_index() {
            self.inputs.receive(entries, self.entry_limit());
            self.settle();
        }
    }

    /// Sends own entries in an INPUT, of which the last is the newest, and returns whether it was
    /// accepted.
    pub(super) fn send_input(
        &self,
        entries: impl Iterator<Item = InputEntry>,
        line: &mut Line<'_>,
    ) -> bool {
        let wire: Vec<_> = entries.map(InputEntry::to_wire).collect();
        let newest = wire.last().copied().map(InputEntry::from_wire);
        let input = newest.and_then(|newest| {
            Input::new(self.local, newest.frame, Entries::new(&wire).ok()?).ok()
        });
        input.is_some_and(|input| line.send(input))
    }
}
