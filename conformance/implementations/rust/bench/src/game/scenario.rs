//! The games that are played: all of half an hour, at 60 frames a second.

use rollwire_reference::exchange::HashSends;

/// A game of two peers over a bad link.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    pub name: &'static str,
    pub episodes: u32,
    /// The frames of each episode.
    pub frames: u32,
    pub lasting_hashes: Option<HashSends>,
    /// Whether the hashes of the two games differ from the first frame on.
    pub is_desync: bool,
    /// Whether each peer is also flooded, as by a hostile partner.
    pub is_flooded: bool,
    /// Whether each game takes its mismatches in each step.
    pub takes_events: bool,
    /// Whether each game goes back when inputs have come, which empties a part of the exchange.
    pub rolls_back: bool,
}

/// The frames of half an hour.
pub const FRAMES: u32 = 30 * 60 * 60;

const SHORT: Scenario = Scenario {
    name: "episodes of 5 minutes",
    episodes: 6,
    frames: FRAMES / 6,
    lasting_hashes: None,
    is_desync: false,
    is_flooded: false,
    takes_events: true,
    rolls_back: true,
};

const LONG: Scenario = Scenario { name: "one episode", episodes: 1, frames: FRAMES, ..SHORT };

const WORST: Scenario =
    Scenario { is_desync: true, is_flooded: true, takes_events: false, rolls_back: false, ..LONG };

/// The harmless games, then those with a hostile partner; the last one is the worst.
pub const SCENARIOS: [Scenario; 7] = [
    SHORT,
    LONG,
    Scenario {
        name: "one episode, lasting hashes",
        lasting_hashes: Some(HashSends::Twice),
        ..LONG
    },
    Scenario {
        name: "one episode, lasting hashes, desync",
        lasting_hashes: Some(HashSends::Twice),
        is_desync: true,
        ..LONG
    },
    Scenario { name: "episodes of 5 minutes, flooded", is_flooded: true, ..SHORT },
    Scenario { name: "one episode, flooded, desync, events are left", ..WORST },
    Scenario {
        name: "the same with lasting hashes",
        lasting_hashes: Some(HashSends::ThreeTimes),
        ..WORST
    },
];
