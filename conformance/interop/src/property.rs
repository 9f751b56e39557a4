//! What must hold for two right peers, over every link.

use serde::{Deserialize, Serialize};

/// Something that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Property {
    /// Everything that is sent is a message.
    Bytes,
    /// What a player does is sent, if the channel took it then.
    Sends,
    /// Both peers complete every episode.
    Completes,
    /// An episode starts alone only if no READY of the partner came in time.
    Starts,
    /// The ends of an episode agree, unless no END of the partner came in time.
    Agrees,
    /// The inputs that are sent and held are those that the players made.
    Inputs,
    /// A frame is confirmed only if both players have acted, and stays confirmed.
    Confirms,
    /// No hash of a frame differs in a game in which the states are equal.
    Hashes,
    /// A hash that differs is noticed.
    Detects,
    /// How much is sent is bounded.
    Bounded,
    /// Once the link is good, what was lost is made up for.
    Recovers,
}

impl Property {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::Bytes,
        Self::Sends,
        Self::Completes,
        Self::Starts,
        Self::Agrees,
        Self::Inputs,
        Self::Confirms,
        Self::Hashes,
        Self::Detects,
        Self::Bounded,
        Self::Recovers,
    ];

    /// The name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Sends => "sends",
            Self::Completes => "completes",
            Self::Starts => "starts",
            Self::Agrees => "agrees",
            Self::Inputs => "inputs",
            Self::Confirms => "confirms",
            Self::Hashes => "hashes",
            Self::Detects => "detects",
            Self::Bounded => "bounded",
            Self::Recovers => "recovers",
        }
    }

    /// What must hold, as a sentence.
    #[must_use]
    pub const fn says(self) -> &'static str {
        match self {
            Self::Bytes => "everything that is sent is a message of the protocol",
            Self::Sends => "what a player does is sent, if the channel took it then",
            Self::Completes => "both peers complete every episode",
            Self::Starts => {
                "an episode starts alone only if no READY of the partner came within 5 s"
            }
            Self::Agrees => {
                "the ends of an episode agree, unless no END of the partner came within 2 s"
            }
            Self::Inputs => "the inputs that are sent and held are those that the players made",
            Self::Confirms => {
                "a frame is confirmed only if both players have acted, and stays confirmed"
            }
            Self::Hashes => "no hash differs while the states of both games are equal",
            Self::Detects => "a hash that differs is noticed",
            Self::Bounded => "how much is sent is bounded",
            Self::Recovers => "once the link is good, what was lost is made up for",
        }
    }

    /// The chapter whose rules say so.
    #[must_use]
    pub const fn chapter(self) -> &'static str {
        match self {
            Self::Bytes => "PEER-4",
            Self::Sends => "EPISODE-2, SYNC-1, EPISODE-7, EXCH-8",
            Self::Completes => "EPISODE-4, EPISODE-11",
            Self::Starts => "EPISODE-3, EPISODE-4",
            Self::Agrees => "EPISODE-9, EPISODE-14",
            Self::Inputs => "SYNC-3, SYNC-7, EPISODE-13",
            Self::Confirms => "SYNC-11",
            Self::Hashes => "EXCH-1, DETECT-3",
            Self::Detects => "DETECT-7",
            Self::Bounded => "EPISODE-6, EPISODE-14",
            Self::Recovers => "CATCHUP-1, CATCHUP-7",
        }
    }
}

/// A property that does not hold in a game.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The property.
    pub property: Property,
    /// The peer at which it shows, 0 or 1.
    pub at: usize,
    /// When, in milliseconds of virtual time.
    pub time: u64,
    /// What was seen, in words.
    pub what: String,
}
