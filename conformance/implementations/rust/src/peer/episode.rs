//! EPISODE: how episodes begin and end (`spec/peer-episode.md`).

mod ends;
mod state;

use rollwire_codec::{EpisodeEnd, EpisodeReady, HashText};

pub(super) use self::state::Episodes;
pub use self::state::{End, Episode, Hashes, Phase, Start};
use super::{Channel, Line, Peer};

impl Peer {
    /// How many frames beyond the first one an entry or a hash may be while the peer is waiting
    /// (EPISODE-13).
    pub const AHEAD_WHILE_WAITING: u32 = 128;

    /// Call this when the game has reset itself for the next episode, with the hash of its state:
    /// the partner is told, and the episode starts when the partner is ready too, or after five
    /// seconds without it (EPISODE-2, EPISODE-4).
    ///
    /// Inputs and exchange are emptied. Returns whether it counted: it does before the first
    /// episode and when one is complete (EPISODE-1).
    pub fn ready(&mut self, hash: HashText<'_>, channel: &mut dyn Channel) -> bool {
        let mut line = self.line(channel);
        let counts = self.chapters.episodes && self.episodes.ready(hash, self.now, &mut line);
        if counts {
            self.reset();
        }
        counts
    }

    /// Call this when the local game has ended; `frame` is the first that is not part of the
    /// episode. The partner is told, and both agree on the smaller frame (EPISODE-7, EPISODE-9).
    ///
    /// Go on with [`act`](Self::act) until the episode is complete, because the partner may lack
    /// inputs. Returns whether it counted: it does while the peer is playing.
    pub fn ended(&mut self, frame: u32, channel: &mut dyn Channel) -> bool {
        let mut line = self.line(channel);
        let counts = self.chapters.episodes && self.episodes.ended(frame, self.now, &mut line);
        if counts {
            self.cut_at_end();
        }
        counts
    }

    /// The current episode; none before the first [`ready`](Self::ready).
    #[must_use]
    pub fn episode(&self) -> Option<Episode> {
        self.episodes.current()
    }

    pub(super) fn receive_ready(&mut self, ready: EpisodeReady<'_>, line: &mut Line<'_>) {
        self.episodes.receive_ready(ready, line);
    }

    pub(super) fn receive_end(&mut self, end: EpisodeEnd, line: &mut Line<'_>) {
        self.episodes.receive_end(end, self.now, line);
        self.cut_at_end();
    }

    /// Whether the own game waits for the partner's. It has not asked for inputs of this episode
    /// yet, so a response answers a request of the one before (EPISODE-13).
    pub(super) fn is_waiting(&self) -> bool {
        self.episode().is_some_and(|it| it.phase == Phase::Waiting)
    }

    /// Whether inputs are taken and asked for (EPISODE-12, CATCHUP-2).
    pub(super) fn is_in_progress(&self) -> bool {
        let phase = self.episode().map(|it| it.phase);
        !self.chapters.episodes || matches!(phase, Some(Phase::Playing | Phase::Ending))
    }

    /// The first frame whose hash is dropped, because it may be one of the episode before
    /// (EPISODE-13).
    pub(super) fn hash_limit(&self) -> u64 {
        let waiting = u64::from(self.first_frame).saturating_add(Self::AHEAD_WHILE_WAITING.into());
        match self.episode().map(|it| it.phase) {
            _ if !self.chapters.episodes => u64::MAX,
            None | Some(Phase::Complete) => 0,
            // Low frames tell nothing while the partner may still play the episode before.
            Some(Phase::Waiting) if self.episodes.may_partner_play_previous() => 0,
            Some(Phase::Waiting) => waiting.saturating_add(1),
            Some(Phase::Playing | Phase::Ending) => u64::MAX,
        }
    }

    /// The first frame whose entry is dropped: also one that is at or beyond the agreed end
    /// (EPISODE-9).
    pub(super) fn entry_limit(&self) -> u64 {
        self.hash_limit().min(self.episodes.agreed_end().unwrap_or(u64::MAX))
    }

    /// What both ENDs have agreed on takes effect (EPISODE-9, EPISODE-10).
    fn cut_at_end(&mut self) {
        if let Some(end) = self.episodes.agreed_end() {
            self.inputs.remove_from(end);
        }
        self.settle();
    }

    /// Draws the conclusions from new entries and new ENDs, in this order: a frame is confirmed,
    /// the request is fulfilled, the episode is complete.
    pub(super) fn settle(&mut self) {
        self.inputs.confirm();
        self.end_fulfilled_request();
        let is_ending = self.episode().is_some_and(|it| it.phase == Phase::Ending);
        let agreed_end = self.episodes.agreed_end().filter(|_| is_ending);
        if agreed_end.is_some_and(|end| self.inputs.has_confirmed_up_to(end)) {
            self.complete_episode();
        }
    }

    /// The episode is complete, whether its end is agreed and its frames are confirmed or not. It
    /// ends the request (CATCHUP-6), and leaves the exchange as it is (EPISODE-15).
    pub(super) fn complete_episode(&mut self) {
        self.episodes.complete();
        self.catch_up.end_request();
    }
}
