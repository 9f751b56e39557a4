//! The protocol as an experiment: right peers against each other, on worse and worse lines.

use rollwire_conformance::cores::on_all_cores;
use rollwire_model::{Model, peer::Parameters};
use serde::{Deserialize, Serialize};

use crate::{
    game::FRAMES,
    link::{Line, Weather},
    play::Outcome,
    property::Violation,
    seat::ModelSeat,
    table::{Fixture, Table},
    tally::Tally,
};

/// How many games are played in one piece of work.
const PIECE: u64 = 25;

/// Peers with certain parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Their parameters.
    pub parameters: Parameters,
    /// Whether their hashes last.
    pub lasting_hashes: bool,
}

impl Variant {
    /// The default parameters, and hashes that are used up.
    #[must_use]
    pub fn plain() -> Self {
        let parameters = Parameters::of(Model::latest().revision());
        Self { parameters, lasting_hashes: false }
    }

    /// A name that says how it differs from the plain one.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = format!("redundancy {}", self.parameters.redundancy);
        if self.lasting_hashes {
            name += &format!(", hashes last, sent {}x", self.parameters.hash_sends);
        }
        name
    }
}

/// What peers of a variant did on a line. Counts are of both peers together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The name of the variant.
    pub variant: String,
    /// What the line does.
    pub link: Line,
    /// How many games were played.
    pub games: u64,
    /// In how many of them a property did not hold.
    pub failed: u64,
    /// How long they took together, in milliseconds of virtual time.
    pub lasted_ms: u64,
    /// How many datagrams were sent.
    pub datagrams: u64,
    /// How many bytes they had.
    pub bytes: u64,
    /// What the peers had at the ends of their episodes.
    pub tally: Tally,
    /// The first property that did not hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<Found>,
}

/// A game in which a property did not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The seed of the game.
    pub seed: u64,
    /// What did not hold.
    pub violation: Violation,
}

impl Measured {
    /// What a peer sends in a second: datagrams and bytes.
    #[must_use]
    pub fn a_second(&self) -> (u64, u64) {
        let time = (2 * self.lasted_ms).max(1);
        (1000 * self.datagrams / time, 1000 * self.bytes / time)
    }

    /// How many of a thousand episodes end with an agreed end.
    #[must_use]
    pub fn agreed(&self) -> u64 {
        1000 * self.tally.agreed / self.tally.episodes.max(1)
    }

    /// How many inputs of a thousand are missing at the end of an episode.
    #[must_use]
    pub fn lost(&self) -> u64 {
        1000 * self.tally.lost_inputs / (self.tally.episodes * u64::from(FRAMES)).max(1)
    }

    /// How many of a thousand episodes in which the states differ are noticed; none if they differ in no
    /// episode.
    #[must_use]
    pub fn noticed(&self) -> Option<u64> {
        (1000 * self.tally.noticed).checked_div(self.tally.astray)
    }

    /// How many frames of a thousand are verified at the end of an episode in which the states are equal;
    /// none if they differ in every episode.
    #[must_use]
    pub fn verified(&self) -> Option<u64> {
        let equal = self.tally.episodes.saturating_sub(self.tally.astray);
        (1000 * self.tally.verified).checked_div(equal * u64::from(FRAMES))
    }

    fn add(&mut self, outcome: &Outcome, seed: u64) {
        self.games += 1;
        if let Some(violation) = &outcome.violation {
            self.failed += 1;
            self.first.get_or_insert(Found { seed, violation: violation.clone() });
        }
        self.lasted_ms += outcome.lasted;
        self.datagrams += outcome.sent[0].0 + outcome.sent[1].0;
        self.bytes += outcome.sent[0].1 + outcome.sent[1].1;
        self.tally += outcome.tally;
    }
}

/// Plays `games` games of each variant on each line, line by line. The games of one seed are always the
/// same, however many cores there are.
#[must_use]
pub fn measure(lines: &[Line], variants: &[Variant], games: u64, seed: u64) -> Vec<Measured> {
    let mut measured = Vec::new();
    let mut pieces = Vec::new();
    for line in lines {
        for variant in variants {
            for first in (0..games).step_by(usize::try_from(PIECE).unwrap_or(1)) {
                let seeds = first..games.min(first + PIECE);
                pieces.push((measured.len(), line, *variant, seeds));
            }
            measured.push(Measured {
                variant: variant.name(),
                link: line.clone(),
                games: 0,
                failed: 0,
                lasted_ms: 0,
                datagrams: 0,
                bytes: 0,
                tally: Tally::default(),
                first: None,
            });
        }
    }
    let outcomes = on_all_cores(&pieces, |(_, line, variant, seeds)| {
        let fixture = |game: u64| {
            let seed = seed.wrapping_add(game);
            let weather = Weather::Seeded { line: (*line).clone(), seed };
            Fixture { seed, weather, is_recorded: false }
        };
        let fixtures: Vec<Fixture> = seeds.clone().map(fixture).collect();
        let seat = || ModelSeat::tuned(variant.parameters, variant.lasting_hashes);
        // The model always goes on.
        Table::new(&|| false).play(&fixtures, &mut [&mut seat(), &mut seat()]).unwrap_or_default()
    });
    for ((at, _, _, seeds), outcomes) in pieces.iter().zip(outcomes) {
        for (game, outcome) in seeds.clone().zip(&outcomes) {
            measured[*at].add(outcome, seed.wrapping_add(game));
        }
    }
    measured
}
