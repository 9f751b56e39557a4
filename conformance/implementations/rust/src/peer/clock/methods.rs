//! What a peer does of it.

use super::{AdvanceError, MAX_ADVANCE, Time, Timer};
use crate::peer::{Channel, Line, Peer};

impl Peer {
    /// How many milliseconds may pass in one [`advance`](Self::advance): an hour.
    pub const MAX_ADVANCE: u32 = MAX_ADVANCE;

    /// Call this in each step of the game, with the milliseconds that have passed since the last
    /// call: timers that become due fire in the order of their times (PEER-1, PEER-2).
    ///
    /// Time is virtual: it moves only here, and how it is cut into calls makes no difference. What
    /// is a fraction of a millisecond has to be carried over to the next call by the game.
    ///
    /// # Errors
    ///
    /// When it is more than [`MAX_ADVANCE`](Self::MAX_ADVANCE). Nothing has changed then; a longer
    /// time can be cut into several calls.
    pub fn advance(
        &mut self,
        milliseconds: u32,
        channel: &mut dyn Channel,
    ) -> Result<(), AdvanceError> {
        if milliseconds > Self::MAX_ADVANCE {
            return Err(AdvanceError { found: milliseconds });
        }
        let until = self.now.after(milliseconds);
        let mut line = self.line(channel);
        // A timer may stop another or start it anew, so the next one is looked for each time.
        while let Some((due, timer)) = self.next_timer().filter(|&(due, _)| due <= until) {
            self.now = due;
            self.fire(timer, &mut line);
        }
        self.now = until;
        Ok(())
    }

    /// The timer that fires next, if one is running, and its time.
    fn next_timer(&self) -> Option<(Time, Timer)> {
        [
            (self.validation.fails_at(), Timer::ValidationFails),
            (self.validation.pings_at(), Timer::ValidationPing),
            (self.liveness.pings_at(), Timer::Ping),
            (self.episodes.starts_alone_at(), Timer::EpisodeStartsAlone),
            (self.episodes.repeats_ready_at(), Timer::ReadyRepeats),
            (self.episodes.completes_at(), Timer::EpisodeCompletes),
            (self.episodes.repeats_end_at(), Timer::EndRepeats),
            (self.catch_up.gives_up_at(), Timer::RequestIsGivenUp),
            (self.catch_up.repeats_at(), Timer::RequestRepeats),
        ]
        .into_iter()
        .filter_map(|(due, timer)| Some((due?, timer)))
        .min()
    }

    fn fire(&mut self, timer: Timer, line: &mut Line<'_>) {
        match timer {
            Timer::ValidationFails => self.validation.fail(),
            Timer::ValidationPing => self.validation.ping(self.now, line),
            Timer::Ping => self.liveness.ping(self.now, line),
            Timer::EpisodeStartsAlone => self.episodes.start_alone(),
            Timer::ReadyRepeats => self.episodes.repeat_ready(self.now, line),
            Timer::EpisodeCompletes => self.complete_episode(),
            Timer::EndRepeats => self.episodes.repeat_end(self.now, line),
            Timer::RequestIsGivenUp => self.catch_up.end_request(),
            Timer::RequestRepeats => self.catch_up.repeat(self.now, line),
        }
    }
}
