//! The clock of a peer in virtual time, and the order in which its timers fire.

use core::{error::Error, fmt};

use rollwire_codec::Timestamp;

use super::{Channel, Line, Peer};

/// A time of the peer's clock: whole milliseconds since the peer was created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time(u64);

impl Time {
    /// The time this many milliseconds later.
    pub(super) fn after(self, milliseconds: u32) -> Self {
        Self(self.0.saturating_add(milliseconds.into()))
    }

    /// The milliseconds from an earlier time to this one.
    pub(super) fn since(self, earlier: Self) -> f64 {
        Self(self.0.saturating_sub(earlier.0)).as_millis()
    }

    /// The time as a message carries it.
    pub(super) fn timestamp(self) -> Timestamp {
        Timestamp::from_millis(self.as_millis())
    }

    /// The double of a time is exact for 285,000 years.
    #[expect(clippy::cast_precision_loss, reason = "no clock gets as far as 2^53 milliseconds")]
    const fn as_millis(self) -> f64 {
        self.0 as f64
    }
}

/// The timers of all chapters. Those that are due at the same millisecond fire in this order
/// (PEER-2).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    ValidationFails,
    ValidationPing,
    Ping,
    EpisodeStartsAlone,
    ReadyRepeats,
    EpisodeCompletes,
    EndRepeats,
    RequestIsGivenUp,
    RequestRepeats,
}

impl Peer {
    /// How many milliseconds may pass in one [`advance`](Self::advance): an hour.
    pub const MAX_ADVANCE: u32 = 3_600_000;

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

/// More time than one [`advance`](Peer::advance) takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdvanceError {
    /// How many milliseconds it was to be.
    pub found: u32,
}

impl fmt::Display for AdvanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected at most {} milliseconds, found {}", Peer::MAX_ADVANCE, self.found)
    }
}

impl Error for AdvanceError {}
