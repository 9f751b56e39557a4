//! Implementations with several faults at once, and whether the diagnosis names these faults.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use rollwire_conformance::{
    cores::on_all_cores,
    event::{Cause, CheckEvent, Event},
    run::{Options, run},
    text::plural,
    vectors::VectorSet,
    verdict::Verdict,
};
use rollwire_mutants::{
    adapter::Faulty,
    draw::{Draw, draw, kinds},
    in_process::InProcess,
    suspects,
};
use serde_json::json;

use crate::{
    args::Selftest,
    style::{red, strong},
};

/// How many kinds of fault an implementation has, and how many such implementations are judged.
const DRAWS: [(usize, usize); 4] = [(1, 25), (2, 25), (3, 25), (5, 25)];

/// How many more are drawn for each number of kinds, at most, in place of those that were not judged.
const DRAWN_AGAIN: u64 = 25;

/// In at least this share of the draws, in percent, the diagnosis has to be the planted faults and no others.
const EXACT_PERCENT: usize = 90;

/// In any other draw it may name at most one fault that is not planted.
const MOST_FALSE: usize = 1;

/// Of a thousand failures, fewer than this many may stay unexplained.
const UNEXPLAINED_PER_MILLE: u64 = 30;

/// What became of a draw.
struct Row {
    draw: Draw,
    /// Planted faults that the diagnosis does not name.
    missed: Vec<String>,
    /// Faults that it names and that are not planted.
    false_causes: Vec<String>,
    failures: u64,
    unexplained: u64,
}

impl Row {
    fn is_exact(&self) -> bool {
        self.missed.is_empty() && self.false_causes.is_empty()
    }
}

/// Prints the family. Returns whether the diagnosis is right often enough.
pub(crate) fn run_all(
    arguments: &Selftest,
    vectors: &VectorSet,
    out: &mut dyn Write,
) -> io::Result<bool> {
    let kinds = kinds();
    let (mut rows, mut unjudged) = (Vec::new(), 0);
    for (count, draws) in DRAWS {
        let (judged, others) = judged(&kinds, count, draws, vectors);
        rows.extend(judged);
        unjudged += others;
    }
    let exact = rows.iter().filter(|row| row.is_exact()).count();
    let failures: u64 = rows.iter().map(|row| row.failures).sum();
    let unexplained: u64 = rows.iter().map(|row| row.unexplained).sum();
    let worst = rows.iter().map(|row| row.false_causes.len()).max().unwrap_or_default();
    let is_right = 100 * exact >= EXACT_PERCENT * rows.len()
        && worst <= MOST_FALSE
        && 1000 * unexplained < UNEXPLAINED_PER_MILLE * failures;
    if arguments.json {
        for row in &rows {
            writeln!(out, "{}", object(row))?;
        }
        return Ok(is_right);
    }
    writeln!(out, "{}", strong("implementations with several faults, and their diagnosis"))?;
    for row in rows.iter().filter(|row| !row.is_exact()) {
        writeln!(out, "  planted {}", row.draw.faults.join(", "))?;
        for (word, faults) in [("missed", &row.missed), ("false", &row.false_causes)] {
            if !faults.is_empty() {
                writeln!(out, "    {word} {}", faults.join(", "))?;
            }
        }
    }
    let word = if is_right { "right" } else { "wrong too often" };
    let text = format!(
        "{}: {exact} diagnosed exactly, at most {} in the others; {unexplained} of {} unexplained",
        plural(rows.len() as u64, "draw", "draws"),
        plural(worst as u64, "false cause", "false causes"),
        plural(failures, "failure", "failures"),
    );
    writeln!(out, "{text}: {}", if is_right { word.to_owned() } else { red(word) })?;
    let more = plural(unjudged, "more draw refuses", "more draws refuse");
    writeln!(out, "{more} every datagram or every value, so that a run ends at its canaries")?;
    Ok(is_right)
}

/// Implementations with this many kinds of fault, and how many more were drawn that no run judges.
fn judged(
    kinds: &BTreeMap<String, Faulty>,
    count: usize,
    draws: usize,
    vectors: &VectorSet,
) -> (Vec<Row>, u64) {
    let first = 1000 * count as u64;
    let (mut rows, mut next) = (Vec::new(), first);
    while rows.len() < draws && next < first + draws as u64 + DRAWN_AGAIN {
        let seeds = next..next + (draws - rows.len()) as u64;
        next = seeds.end;
        let drawn: Vec<Draw> = seeds.map(|seed| draw(kinds, seed, count)).collect();
        rows.extend(on_all_cores(&drawn, |draw| row(draw, vectors)).into_iter().flatten());
    }
    let unjudged = next - first - rows.len() as u64;
    (rows, unjudged)
}

fn object(row: &Row) -> serde_json::Value {
    json!({
        "family": "diagnosis", "planted": row.draw.faults, "missed": row.missed,
        "false": row.false_causes, "failures": row.failures, "unexplained": row.unexplained,
    })
}

/// `None` if a run of this implementation ends before anything is checked.
fn row(draw: &Draw, vectors: &VectorSet) -> Option<Row> {
    let (checks, causes) = played(draw, vectors)?;
    let named: Vec<&String> =
        causes.iter().filter(|cause| cause.explained).map(|cause| &cause.id).collect();
    // A fault that changes no answer, because another one hides it, cannot be found.
    let is_missed = |fault: &&String| {
        let without = || played(&draw.without(fault), vectors);
        !named.contains(fault) && without().is_none_or(|(others, _)| others != checks)
    };
    let not_planted = |id: &&&String| !draw.faults.contains(id);
    Some(Row {
        missed: draw.faults.iter().filter(is_missed).cloned().collect(),
        false_causes: named.iter().filter(not_planted).map(|id| (*id).clone()).collect(),
        failures: causes.iter().map(|cause| cause.failures).sum(),
        unexplained: causes.iter().filter(|it| !it.explained).map(|it| it.failures).sum(),
        draw: draw.clone(),
    })
}

/// The checks that an implementation fails, and the diagnosis; `None` if nothing was checked.
fn played(draw: &Draw, vectors: &VectorSet) -> Option<(Vec<CheckEvent>, Vec<Cause>)> {
    let options = Options { find_suspects: suspects, seed: 1, ..Options::default() };
    let (mut checks, mut causes) = (Vec::new(), Vec::new());
    let mut has_checked = false;
    let mut adapter = InProcess::new(&draw.faulty);
    let ran = run(&mut adapter, vectors, &options, &mut |event| match event {
        Event::Check(check) => {
            has_checked |= matches!(check.verdict, Verdict::Pass | Verdict::Weak | Verdict::Fail);
            if check.verdict != Verdict::Pass {
                checks.push(*check);
            }
        }
        Event::Cause(cause) => causes.push(*cause),
        _ => {}
    });
    debug_assert!(ran.is_ok(), "without a filter, every case is selected");
    has_checked.then_some((checks, causes))
}
