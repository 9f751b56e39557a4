//! The matrix as a table in Markdown.

use std::fmt::Write;

use rollwire_conformance::text::sanitize;

use super::{Report, text::broken};
use crate::matrix::Cell;

/// The report as Markdown: what was played, the matrix, and a line for each pair that failed.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut out = String::from("| A \\ B |");
    for peer in &report.peers {
        let _ = write!(out, " {} |", plain(&peer.name));
    }
    let _ = writeln!(out, "\n|---|{}", "---|".repeat(report.peers.len()));
    for row in report.cells.chunks(report.peers.len().max(1)) {
        let _ = write!(out, "| {} |", name(report, row[0].first));
        for cell in row {
            let _ = write!(out, " {} |", shown(cell));
        }
        out.push('\n');
    }
    let _ = writeln!(out, "\n{} games on each link, seed {:016x}:\n", report.games, report.seed);
    for link in &report.links {
        let _ = writeln!(out, "- {}: `{}`", plain(&link.name), link.line);
    }
    let failed = report.cells.iter().filter(|cell| cell.verdict.failure.is_some());
    for (at, cell) in failed.enumerate() {
        if at == 0 {
            out.push('\n');
        }
        let properties = broken(cell);
        let names: Vec<String> =
            properties.iter().map(|(it, count)| format!("`{}` in {count}", it.name())).collect();
        let (a, b) = (name(report, cell.first), name(report, cell.second));
        let _ = writeln!(out, "- {a} with {b}: {}", names.join(", "));
    }
    out
}

/// The matrix says how many games failed of how many.
fn shown(cell: &Cell) -> String {
    let sum = |of: fn(&crate::pair::Played) -> u64| cell.verdict.played.iter().map(of).sum::<u64>();
    match (&cell.verdict.fault, sum(|it| it.failed)) {
        (Some(_), _) => "could not go on".to_owned(),
        (None, 0) => "ok".to_owned(),
        (None, failed) => format!("{failed} of {} failed", sum(|it| it.games)),
    }
}

fn name(report: &Report, at: usize) -> String {
    report.peers.get(at).map_or(String::new(), |peer| plain(&peer.name))
}

/// Text that means nothing to Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for character in sanitize(text).chars() {
        if character.is_ascii_punctuation() && !"-_.,±%@".contains(character) {
            plain.push('\\');
        }
        plain.push(character);
    }
    plain
}
