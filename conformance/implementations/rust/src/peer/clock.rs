//! The clock of a peer in virtual time, and the order in which its timers fire.

mod methods;

use core::{error::Error, fmt};

use rollwire_codec::Timestamp;

/// The longest advance, in milliseconds.
const MAX_ADVANCE: u32 = 3_600_000;

/// A time of the peer's clock: whole milliseconds since the peer was created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Time(u64);

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

/// More time than one [`advance`](super::Peer::advance) takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct AdvanceError {
    /// How many milliseconds it was to be.
    pub found: u32,
}

impl fmt::Display for AdvanceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected at most {} milliseconds, found {}", MAX_ADVANCE, self.found)
    }
}

impl Error for AdvanceError {}
