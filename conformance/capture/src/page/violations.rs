//! Violations: a mark on the axis for each kind, and a section with the datagrams up to it.

use rollwire_conformance::text::{plural, sanitize};

use super::{
    names::who,
    scale::{Axis, Percent, on_axis},
    side::Placed,
};
use crate::{findings::Findings, monitor, side::Violation};

/// The room that a mark needs beside another, as a part of the width of a phone.
const ROOM: i64 = 7_000;
/// The most rows of marks.
const ROWS: usize = 8;
/// How much of the capture around a violation the command shows, in microseconds.
const AROUND: u64 = 1_000_000;

/// A kind of violation.
#[derive(Clone, Debug)]
pub(super) struct Card {
    pub(super) number: usize,
    /// The number of its side.
    pub(super) side: usize,
    pub(super) x: Percent,
    /// Its row among the marks of its side.
    pub(super) row: usize,
    pub(super) is_own: bool,
    pub(super) rule: String,
    /// The text of the rule; empty if it is not known.
    pub(super) text: String,
    pub(super) who: String,
    pub(super) what: String,
    pub(super) place: String,
    pub(super) count: String,
    pub(super) again: String,
    pub(super) lines: Vec<Line>,
    /// A command that shows more.
    pub(super) command: String,
}

/// A line up to a violation.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) is_here: bool,
    pub(super) line: u64,
    pub(super) at: String,
    pub(super) what: &'static str,
    pub(super) text: String,
}

/// All violations, in the order of the sides.
pub(super) fn cards(captures: &[Findings], sides: &[Placed<'_>], axis: &Axis) -> Vec<Card> {
    let found =
        captures.iter().flat_map(|capture| capture.sides.iter().map(move |it| (capture, it)));
    let mut cards = Vec::new();
    for (at, ((capture, side), placed)) in found.zip(sides).enumerate() {
        // The right end of the newest mark of each row.
        let mut ends: Vec<Percent> = Vec::new();
        let mut by_time: Vec<&Violation> = side.violations.iter().collect();
        by_time.sort_by_key(|it| it.time);
        for found in by_time {
            let x = axis.place(on_axis(found.time, placed.shift));
            let free = ends.iter().position(|end| *end <= x);
            let row = free.unwrap_or_else(|| {
                if ends.len() < ROWS {
                    ends.push(x);
                    return ends.len() - 1;
                }
                let least = ends.iter().enumerate().min_by_key(|(_, end)| **end);
                least.map_or(0, |(row, _)| row)
            });
            ends[row] = Percent(x.0.saturating_add(ROOM));
            let who = who(&placed.name, side, found.side);
            cards.push(Card {
                side: at,
                x,
                row,
                ..card(found, &capture.name, who, cards.len() + 1)
            });
        }
    }
    cards
}

fn card(found: &Violation, file: &str, who: String, number: usize) -> Card {
    let Violation { rule, kind, detail, line, count, more, .. } = found;
    let lines = found.around.iter().map(|it| Line {
        is_here: it.line == *line,
        line: it.line,
        at: it.at.to_string(),
        what: it.what,
        text: it.text.clone(),
    });
    let listed: Vec<String> = more.iter().map(ToString::to_string).collect();
    let rest = count - 1 - more.len() as u64;
    let and =
        if rest > 0 { format!(" and {}", plural(rest, "other", "others")) } else { String::new() };
    let again = if *count > 1 { format!("line {}{and}", listed.join(", ")) } else { String::new() };
    Card {
        number,
        side: 0,
        x: Percent(0),
        row: 0,
        is_own: found.side == monitor::Side::Own,
        rule: rule.clone(),
        text: rollwire_model::rule(rule).map(|rule| rule.text.clone()).unwrap_or_default(),
        who,
        what: format!("{kind}: {}", sanitize(detail)),
        place: format!("{}:{line}", sanitize(file)),
        count: if *count > 1 { plural(*count, "time", "times") } else { String::new() },
        again,
        lines: lines.collect(),
        command: command(found, file),
    }
}

fn command(found: &Violation, file: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || ['.', '_', '/', '-'].contains(&it);
    let file = if file.starts_with('-') || !file.chars().all(is_plain) { "FILE" } else { file };
    let seconds = |time: u64| format!("{}.{}", time / 1_000_000, time / 100_000 % 10);
    let (from, to) = (found.at.0.saturating_sub(AROUND), found.at.0.saturating_add(AROUND));
    format!("rollwire capture show {file} --from {} --to {}", seconds(from), seconds(to))
}
