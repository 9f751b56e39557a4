//! Plays a pair of peers on some lines, and says whose fault it is if a game fails.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    link::{Event, Line, Script, Weather},
    play::{Moment, Outcome},
    property::{Property, Violation},
    seat::{ModelSeat, Seat, SeatFault},
    shrink::shortest,
    table::{Fixture, Table},
    tally::Tally,
    tape::Tapes,
};

/// Whose fault a failed game is: found by playing each side against the model on the same link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Blame {
    /// The peer with index 0: it also fails against the model.
    First,
    /// The peer with index 1.
    Second,
    /// Both fail against the model.
    Both,
    /// Each of them plays with the model: they only fail together.
    OnlyTogether,
}

/// A line with a name, and the seeds of the games on it.
#[derive(Clone, Debug)]
pub struct Round {
    /// Its name, or its text.
    pub name: String,
    /// What the link does.
    pub line: Line,
    /// The seeds.
    pub seeds: Vec<u64>,
}

/// A game of a pair that failed.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The name of the line.
    pub link: String,
    /// The seed of the game.
    pub seed: u64,
    /// What does not hold.
    pub violation: Violation,
    /// Whose fault it is.
    pub blame: Blame,
    /// The fewest events of the link with which it fails; none if it could not be played again.
    pub script: Option<Script>,
    /// The datagrams of that game.
    pub timeline: Vec<Moment>,
    /// What a tap at each channel would have recorded of it.
    pub tapes: Tapes,
}

/// What a pair did on a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Played {
    /// The name of the line.
    pub link: String,
    /// How many games were played.
    pub games: u64,
    /// How many failed.
    pub failed: u64,
    /// In how many games each property was the first that did not hold.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub broken: BTreeMap<Property, u64>,
    /// How long they took together, in milliseconds of virtual time.
    pub lasted_ms: u64,
    /// How many datagrams both peers sent.
    pub datagrams: u64,
    /// How many bytes they had.
    pub bytes: u64,
    /// What the peers had at the ends of their episodes.
    pub tally: Tally,
}

/// What became of a pair.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// What it did on each line.
    pub played: Vec<Played>,
    /// Of the games that failed, the one to which the least had happened.
    pub failure: Option<Failure>,
    /// The seat that could not go on, 0 or 1, and why.
    pub fault: Option<(usize, SeatFault)>,
}

/// A game that failed: its line, its seed, and what became of it.
type Failed<'a> = (&'a Round, u64, Outcome);

/// Whether no more games are to be played, because the user or a deadline ends the run.
pub type IsStopped<'a> = dyn Fn() -> bool + Sync + 'a;

/// Plays a pair, and explains the failed game to which the least had happened.
pub fn play_pair(
    one: &mut dyn Seat,
    other: &mut dyn Seat,
    rounds: &[Round],
    is_stopped: &IsStopped<'_>,
) -> Verdict {
    let mut verdict = Verdict::default();
    let mut table = Table::new(is_stopped);
    let mut simplest: Option<Failed<'_>> = None;
    for round in rounds {
        let fixture = |seed: &u64| {
            let weather = Weather::Seeded { line: round.line.clone(), seed: *seed };
            Fixture { seed: *seed, weather, is_recorded: false }
        };
        let fixtures: Vec<Fixture> = round.seeds.iter().map(fixture).collect();
        match table.play(&fixtures, &mut [&mut *one, &mut *other]) {
            Err(fault) => {
                verdict.fault = Some(fault);
                return verdict;
            }
            Ok(outcomes) => {
                verdict.played.push(played(round, &outcomes));
                for (seed, outcome) in round.seeds.iter().zip(outcomes) {
                    let is_simpler = simplest
                        .as_ref()
                        .is_none_or(|(_, _, it): &Failed<'_>| faults(&outcome) < faults(it));
                    if outcome.violation.is_some() && is_simpler {
                        simplest = Some((round, *seed, outcome));
                    }
                }
            }
        }
    }
    if let Some(failed) = simplest {
        verdict.failure = explained(&mut table, one, other, &failed);
    }
    verdict
}

/// Plays one game, and records it.
///
/// # Errors
/// The seat, 0 or 1, that cannot go on, and why.
pub fn record(
    one: &mut dyn Seat,
    other: &mut dyn Seat,
    seed: u64,
    line: &Line,
) -> Result<Outcome, (usize, SeatFault)> {
    let weather = Weather::Seeded { line: line.clone(), seed };
    let fixture = [Fixture { seed, weather, is_recorded: true }];
    let outcomes = Table::new(&|| false).play(&fixture, &mut [one, other])?;
    Ok(outcomes.into_iter().next().unwrap_or_default())
}

/// How much has happened to a game, besides that datagrams take longer or shorter.
fn faults(outcome: &Outcome) -> usize {
    outcome.events.iter().filter(|event| !matches!(event, Event::Takes { .. })).count()
}

fn played(round: &Round, outcomes: &[Outcome]) -> Played {
    let sum = |of: fn(&Outcome) -> u64| outcomes.iter().map(of).sum();
    let mut tally = Tally::default();
    outcomes.iter().for_each(|outcome| tally += outcome.tally);
    let mut broken = BTreeMap::new();
    for violation in outcomes.iter().filter_map(|outcome| outcome.violation.as_ref()) {
        *broken.entry(violation.property).or_default() += 1;
    }
    Played {
        link: round.name.clone(),
        games: outcomes.len() as u64,
        failed: sum(|it| u64::from(it.violation.is_some())),
        broken,
        lasted_ms: sum(|it| it.lasted),
        datagrams: sum(|it| it.sent[0].0 + it.sent[1].0),
        bytes: sum(|it| it.sent[0].1 + it.sent[1].1),
        tally,
    }
}

fn explained(
    table: &mut Table<'_>,
    one: &mut dyn Seat,
    other: &mut dyn Seat,
    failed: &Failed<'_>,
) -> Option<Failure> {
    let (round, seed, outcome) = failed;
    let seed = *seed;
    let mut violation = outcome.violation.clone()?;
    let mut replay = |fixture: &Fixture| {
        let outcomes = table.play(std::slice::from_ref(fixture), &mut [&mut *one, &mut *other]);
        outcomes.ok()?.pop()
    };
    let shortest = shortest(seed, &round.line, outcome, &mut replay);
    let (script, timeline, tapes) = match shortest {
        Some((script, outcome)) => {
            violation = outcome.violation.unwrap_or(violation);
            (Some(script), outcome.timeline, outcome.tapes)
        }
        None => (None, Vec::new(), Tapes::default()),
    };
    let weather = match &script {
        Some(script) => Weather::Scripted(script.clone()),
        None => Weather::Seeded { line: round.line.clone(), seed },
    };
    let fixture = [Fixture { seed, weather, is_recorded: false }];
    let mut model = ModelSeat::right();
    let mut fails = |seats: &mut [&mut dyn Seat; 2]| match table.play(&fixture, seats) {
        Ok(outcomes) => outcomes.iter().any(|it| it.violation.is_some()),
        Err(_) => true,
    };
    let first = fails(&mut [&mut *one, &mut model]);
    let second = fails(&mut [&mut model, &mut *other]);
    let blame = match (first, second) {
        (true, true) => Blame::Both,
        (true, false) => Blame::First,
        (false, true) => Blame::Second,
        (false, false) => Blame::OnlyTogether,
    };
    let link = round.name.clone();
    Some(Failure { link, seed, violation, blame, script, timeline, tapes })
}
