//! The matrix of all pairs, for people and for programs.

mod html;
mod markdown;
mod text;
mod timeline;

use serde::Serialize;

pub use self::{html::html, markdown::markdown, text::text};
use crate::{
    matrix::Cell,
    pair::{Blame, Failure, Played},
    property::Violation,
};

/// An implementation that took part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Peer {
    /// The name in the report.
    pub name: String,
    /// The command that starts it; none for the model.
    pub command: Option<String>,
}

/// A line on which games were played.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Its name.
    pub name: String,
    /// What it does.
    pub line: String,
}

/// What was played, and what became of it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The seed of the run.
    pub seed: u64,
    /// How many games each pair played on each line.
    pub games: u64,
    /// The lines.
    pub links: Vec<Link>,
    /// The implementations.
    pub peers: Vec<Peer>,
    /// All pairs, row by row.
    pub cells: Vec<Cell>,
}

impl Report {
    /// Whether every game was played and is as it must be.
    #[must_use]
    pub fn is_green(&self) -> bool {
        self.cells.iter().all(|it| it.verdict.failure.is_none() && it.verdict.fault.is_none())
    }

    /// Whether an implementation could not go on.
    #[must_use]
    pub fn is_incomplete(&self) -> bool {
        self.cells.iter().any(|it| it.verdict.fault.is_some())
    }

    /// The report as JSON, with a line end.
    #[must_use]
    pub fn json(&self) -> String {
        let report = Written {
            report: "rollwire interop",
            version: 1,
            seed: format!("{:016x}", self.seed),
            games: self.games,
            links: &self.links,
            peers: &self.peers,
            pairs: self.cells.iter().map(|cell| self.pair(cell)).collect(),
        };
        // Nothing in it can fail to be written.
        serde_json::to_string_pretty(&report).unwrap_or_default() + "\n"
    }

    fn pair<'a>(&'a self, cell: &'a Cell) -> Pair<'a> {
        let verdict = &cell.verdict;
        let name = |at: usize| self.peers.get(at).map_or("", |peer| &peer.name);
        let places = [cell.first, cell.second];
        Pair {
            first: name(cell.first),
            second: name(cell.second),
            verdict: match (&verdict.fault, &verdict.failure) {
                (Some(_), _) => "incomplete",
                (None, Some(_)) => "failed",
                (None, None) => "passed",
            },
            links: &verdict.played,
            failure: verdict.failure.as_ref().map(WrittenFailure::of),
            fault: verdict
                .fault
                .as_ref()
                .map(|(at, fault)| WrittenFault { peer: name(places[*at % 2]), reason: &fault.0 }),
        }
    }
}

#[derive(Serialize)]
struct Written<'a> {
    report: &'static str,
    version: u32,
    seed: String,
    games: u64,
    links: &'a [Link],
    peers: &'a [Peer],
    pairs: Vec<Pair<'a>>,
}

#[derive(Serialize)]
struct Pair<'a> {
    first: &'a str,
    second: &'a str,
    verdict: &'static str,
    links: &'a [Played],
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<WrittenFailure<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<WrittenFault<'a>>,
}

#[derive(Serialize)]
struct WrittenFault<'a> {
    peer: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct WrittenFailure<'a> {
    link: &'a str,
    seed: String,
    violation: &'a Violation,
    blame: Blame,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay: Option<u64>,
    events: Vec<String>,
    timeline: Vec<String>,
}

impl<'a> WrittenFailure<'a> {
    fn of(failure: &'a Failure) -> Self {
        let events = failure.script.iter().flat_map(|script| &script.events);
        Self {
            link: &failure.link,
            seed: format!("{:016x}", failure.seed),
            violation: &failure.violation,
            blame: failure.blame,
            delay: failure.script.as_ref().map(|script| script.delay),
            events: events.map(ToString::to_string).collect(),
            timeline: timeline::lines(failure),
        }
    }
}
