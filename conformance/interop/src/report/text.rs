//! The matrix for a terminal.

use std::{collections::BTreeMap, fmt::Write};

use rollwire_conformance::text::{grouped, plural, shorten};

use super::{Link, Report, timeline};
use crate::{
    matrix::Cell,
    pair::{Blame, Failure, Played},
    property::Property,
};

/// The widest column of a name.
const WIDEST: usize = 16;

/// The report as text of at most 80 columns, but for names and reasons that are longer.
#[must_use]
pub fn text(report: &Report) -> String {
    let mut out = format!("rollwire interop · seed {:016x}\n", report.seed);
    for link in &report.links {
        let _ = writeln!(out, "link     {} · {}", link.name, link.line);
    }
    for peer in &report.peers {
        let command = peer.command.as_deref().unwrap_or("the model of the specification");
        let _ = writeln!(out, "peer     {} · {}", peer.name, shorten(command));
    }
    out.push('\n');
    table(report, &mut out);
    write_costs(report, &mut out);
    for cell in &report.cells {
        explain(report, cell, &mut out);
    }
    let games: u64 = report.cells.iter().flat_map(|it| &it.verdict.played).map(|it| it.games).sum();
    let failed: u64 =
        report.cells.iter().flat_map(|it| &it.verdict.played).map(|it| it.failed).sum();
    let incomplete = report.cells.iter().filter(|it| it.verdict.fault.is_some()).count();
    let pairs = plural(report.cells.len() as u64, "pair", "pairs");
    let _ = write!(out, "\n{} of {pairs}, ", plural(games, "game", "games"));
    let _ = match (failed, incomplete) {
        (0, 0) => writeln!(out, "all as they must be"),
        (_, 0) => writeln!(out, "{} failed", grouped(failed)),
        _ => writeln!(
            out,
            "{} failed; {} could not be played to the end",
            grouped(failed),
            plural(incomplete as u64, "pair", "pairs")
        ),
    };
    out
}

fn name(report: &Report, at: usize) -> String {
    let name = report.peers.get(at).map_or("", |peer| &peer.name);
    name.chars().take(WIDEST).collect()
}

fn table(report: &Report, out: &mut String) {
    let width = |at: usize| name(report, at).chars().count().max(5);
    let first = (0..report.peers.len()).map(width).max().unwrap_or(0).max("A \\ B".len());
    let _ = write!(out, "{:<first$}", "A \\ B");
    for at in 0..report.peers.len() {
        let _ = write!(out, "  {:<width$}", name(report, at), width = width(at));
    }
    out.push('\n');
    for row in report.cells.chunks(report.peers.len().max(1)) {
        let _ = write!(out, "{:<first$}", name(report, row[0].first));
        for cell in row {
            let _ = write!(out, "  {:<width$}", shown(cell), width = width(cell.second));
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
}

fn shown(cell: &Cell) -> String {
    let games: u64 = cell.verdict.played.iter().map(|it| it.games).sum();
    let failed: u64 = cell.verdict.played.iter().map(|it| it.failed).sum();
    match (&cell.verdict.fault, failed) {
        (Some(_), _) => "!".to_owned(),
        (None, 0) => "ok".to_owned(),
        (None, _) => format!("{failed}/{games}"),
    }
}

/// What games on a line cost, over all pairs.
pub(super) struct Cost {
    pub(super) link: String,
    pub(super) line: String,
    pub(super) games: String,
    pub(super) datagrams: String,
    pub(super) bytes: String,
    pub(super) agreed: u64,
    pub(super) lost: String,
}

/// What games cost on each line.
pub(super) fn costs(report: &Report) -> Vec<Cost> {
    let cost = |link: &Link| {
        let of_link = report.cells.iter().flat_map(|it| &it.verdict.played);
        let mut sum = Played::default();
        for played in of_link.filter(|it| it.link == link.name) {
            sum.games += played.games;
            sum.lasted_ms += played.lasted_ms;
            sum.datagrams += played.datagrams;
            sum.bytes += played.bytes;
            sum.tally += played.tally;
        }
        // Each game has two peers.
        let a_second = |count: u64| grouped(1000 * count / (2 * sum.lasted_ms).max(1));
        Cost {
            link: link.name.clone(),
            line: link.line.clone(),
            games: grouped(sum.games),
            datagrams: a_second(sum.datagrams),
            bytes: a_second(sum.bytes),
            agreed: 100 * sum.tally.agreed / sum.tally.episodes.max(1),
            lost: grouped(sum.tally.lost_inputs),
        }
    };
    report.links.iter().map(cost).collect()
}

fn write_costs(report: &Report, out: &mut String) {
    let _ = writeln!(
        out,
        "\n{:<10}  {:>6}  {:>11}  {:>7}  {:>11}  {:>11}",
        "link", "games", "datagrams/s", "bytes/s", "agreed ends", "lost inputs"
    );
    for Cost { link, games, datagrams, bytes, agreed, lost, .. } in costs(report) {
        let link = shorten_to(&link, 10);
        let _ = writeln!(
            out,
            "{link:<10}  {games:>6}  {datagrams:>11}  {bytes:>7}  {agreed:>10}%  {lost:>11}"
        );
    }
    out.push_str("(datagrams and bytes are those that one peer sends)\n");
}

fn shorten_to(text: &str, most: usize) -> String {
    match text.chars().count() {
        count if count <= most => text.to_owned(),
        _ => text.chars().take(most - 1).chain(['…']).collect(),
    }
}

fn explain(report: &Report, cell: &Cell, out: &mut String) {
    let names = [name(report, cell.first), name(report, cell.second)];
    if let Some((at, fault)) = &cell.verdict.fault {
        let _ = writeln!(
            out,
            "\nA {} · B {}: {} could not go on: {}",
            names[0],
            names[1],
            names[*at % 2],
            fault.0
        );
    }
    if let Some(failure) = &cell.verdict.failure {
        explain_failure(&names, failure, &broken(cell), out);
    }
}

/// In how many games of a pair each property was the first that did not hold.
pub(super) fn broken(cell: &Cell) -> BTreeMap<Property, u64> {
    let mut broken = BTreeMap::new();
    for (property, count) in cell.verdict.played.iter().flat_map(|it| &it.broken) {
        *broken.entry(*property).or_default() += count;
    }
    broken
}

/// Whose fault a failure is, in words.
pub(super) fn blamed(blame: Blame, names: &[String; 2]) -> String {
    match blame {
        Blame::First => format!("{} also fails with the model on this link", names[0]),
        Blame::Second => format!("{} also fails with the model on this link", names[1]),
        Blame::Both => "both also fail with the model on this link".to_owned(),
        Blame::OnlyTogether => {
            "each of them plays with the model; they fail only together".to_owned()
        }
    }
}

fn explain_failure(
    names: &[String; 2],
    failure: &Failure,
    broken: &BTreeMap<Property, u64>,
    out: &mut String,
) {
    let violation = &failure.violation;
    let _ = writeln!(out, "\nA {} · B {}", names[0], names[1]);
    let _ =
        writeln!(out, "  broken    {}: {}", violation.property.name(), violation.property.says());
    let others = broken.iter().filter(|(property, _)| **property != violation.property);
    let others: Vec<String> = others
        .map(|(property, count)| {
            format!("{} in {}", property.name(), plural(*count, "game", "games"))
        })
        .collect();
    if !others.is_empty() {
        let _ = writeln!(out, "  also      {}", others.join(", "));
    }
    let _ = writeln!(
        out,
        "  seen      {} ms, at {}: {}",
        violation.time,
        names[violation.at % 2],
        violation.what
    );
    let blame = blamed(failure.blame, names);
    let _ = writeln!(out, "  fault     {blame}");
    let _ = writeln!(out, "  rules     {}", violation.property.chapter());
    let _ = writeln!(out, "  game      seed {:016x} on {}", failure.seed, failure.link);
    if let Some(script) = &failure.script {
        let _ = write!(out, "  link      every datagram takes {} ms", script.delay);
        let _ = match script.events.len() {
            0 => writeln!(out, ", and nothing is lost"),
            _ => writeln!(out, ", but"),
        };
        for event in &script.events {
            let _ = writeln!(out, "            {event}");
        }
    }
    let _ = writeln!(
        out,
        "  again     rollwire interop --seed {:x} --games 1 --link '{}' with these two peers",
        failure.seed, failure.link
    );
    for (at, line) in timeline::lines(failure).iter().enumerate() {
        let _ = writeln!(out, "  {} {line}", if at == 0 { "sent " } else { "     " });
    }
}
