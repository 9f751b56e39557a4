//! What changed from one run to another, check by check.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use rollwire_model::vectors::CheckKind;

use super::collect::{CheckRow, Collected};
use crate::{
    event::Event,
    text::{plural, sanitize},
    verdict::{Code, Exit, Verdict},
};

/// One of the two runs.
#[derive(Debug)]
pub struct Side(Collected);

impl Default for Side {
    fn default() -> Self {
        Self(Collected::keeping(0))
    }
}

impl Side {
    /// Takes in the next event.
    pub fn event(&mut self, event: &Event) {
        self.0.event(event);
    }
}

/// What became of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Change {
    Broken,
    Fixed,
    Added,
    Removed,
    /// Neither better nor worse, or a SHOULD that is not demanded.
    Changed,
}

impl Change {
    const ALL: [Self; 5] = [Self::Broken, Self::Fixed, Self::Added, Self::Removed, Self::Changed];

    const fn word(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::Fixed => "fixed",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// Whether a verdict is one on the implementation, and a good one.
const fn is_good(verdict: Verdict, strict: bool) -> Option<bool> {
    match verdict {
        // What is expected to fail fails all the same, and what passes unexpectedly passes.
        Verdict::Pass | Verdict::UnexpectedPass => Some(true),
        Verdict::Weak => Some(!strict),
        Verdict::Fail | Verdict::Error | Verdict::ExpectedFailure => Some(false),
        Verdict::NotApplicable | Verdict::NotRun => None,
    }
}

/// A verdict, with its code where it has one.
type Found = (Verdict, Option<Code>);

fn change(old: Option<Found>, new: Option<Found>, strict: bool) -> Option<Change> {
    let good = |found: Option<Found>| found.and_then(|(verdict, _)| is_good(verdict, strict));
    match (good(old), good(new)) {
        (None, None) => None,
        (None, Some(_)) => Some(Change::Added),
        (Some(_), None) => Some(Change::Removed),
        (Some(true), Some(false)) => Some(Change::Broken),
        (Some(false), Some(true)) => Some(Change::Fixed),
        _ => (old != new).then_some(Change::Changed),
    }
}

/// Writes what changed, and says how the process exits: with a failure if something broke, as
/// incomplete if one of the runs was.
///
/// # Errors
/// When the sink cannot be written.
pub fn diff(old: &Side, new: &Side, sink: &mut dyn Write) -> io::Result<Exit> {
    let (old, new) = (&old.0, &new.0);
    let strict = new.header.as_ref().is_some_and(|header| header.strict);
    let seed = |side: &Collected| side.header.as_ref().map(|header| header.seed.clone());
    let vectors = |side: &Collected| side.header.as_ref().map(|header| header.vectors.clone());
    let other_seed = seed(old) != seed(new);
    let mut fresh = 0;
    // With another seed, the same id is another case.
    let (before, after) = (found(old, other_seed, &mut fresh), found(new, other_seed, &mut fresh));
    if vectors(old) != vectors(new) {
        writeln!(sink, "note: the runs are about different vectors")?;
    }
    if fresh > 0 {
        let count = plural(fresh, "fresh check is", "fresh checks are");
        writeln!(sink, "note: {count} left out, since the seeds differ")?;
    }
    let mut changes: BTreeMap<Change, Vec<String>> = BTreeMap::new();
    let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
    for key in keys {
        let (was, is) = (before.get(key).copied(), after.get(key).copied());
        if let Some(change) = change(was, is, strict) {
            let (case, kind) = key;
            let line = format!("{} · {kind}: {}", sanitize(case), arrow(was, is));
            changes.entry(change).or_default().push(line);
        }
    }
    for (change, lines) in &changes {
        for line in lines {
            writeln!(sink, "{:<9}{line}", change.word())?;
        }
    }
    let count = |change| changes.get(&change).map_or(0, Vec::len) as u64;
    let counts = Change::ALL.map(|change| format!("{} {}", count(change), change.word()));
    let total = plural(after.len() as u64, "check", "checks");
    writeln!(sink, "{total}: {}", counts.join(", "))?;
    let mut incomplete = false;
    for (name, side) in [("old", old), ("new", new)] {
        let word = match &side.footer {
            None => "truncated: its event stream ends without its footer",
            Some(footer) if !footer.complete => "incomplete",
            Some(_) => continue,
        };
        incomplete = true;
        writeln!(sink, "the {name} run is {word}")?;
    }
    Ok(if incomplete {
        Exit::Incomplete
    } else if count(Change::Broken) > 0 {
        Exit::Failed
    } else {
        Exit::Conforms
    })
}

/// Every check by its case and kind; kinds in the order in which a case lists them.
fn found<'a>(
    side: &'a Collected,
    without_fresh: bool,
    left_out: &mut u64,
) -> BTreeMap<(&'a str, Kind), Found> {
    let mut found = BTreeMap::new();
    for case in &side.cases {
        if without_fresh && case.origin.is_fresh() {
            *left_out += case.checks.len() as u64;
            continue;
        }
        for CheckRow { kind, verdict, code, .. } in &case.checks {
            found.insert((&*case.id, Kind(*kind)), (*verdict, *code));
        }
    }
    found
}

/// A kind of check that can be sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind(CheckKind);

impl Kind {
    fn place(self) -> Option<usize> {
        CheckKind::ALL.iter().position(|kind| *kind == self.0)
    }
}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.place().cmp(&other.place())
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str())
    }
}

fn arrow(was: Option<Found>, is: Option<Found>) -> String {
    match (was, is) {
        (None, None) => String::new(),
        (None, Some(is)) => shown(is),
        (Some(was), None) => shown(was),
        (Some(was), Some(is)) => format!("{} → {}", shown(was), shown(is)),
    }
}

fn shown((verdict, code): Found) -> String {
    let code = code.map_or(String::new(), |code| format!(" ({})", code.as_str()));
    format!("{}{code}", super::conclusion::word(verdict))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_good_can_break() {
        let found = |verdict| Some((verdict, None));
        let (pass, fail, weak) = (found(Verdict::Pass), found(Verdict::Fail), found(Verdict::Weak));
        assert_eq!(change(pass, fail, false), Some(Change::Broken));
        assert_eq!(change(fail, pass, false), Some(Change::Fixed));
        assert_eq!(change(pass, weak, false), Some(Change::Changed));
        assert_eq!(change(pass, weak, true), Some(Change::Broken));
        assert_eq!(change(pass, pass, false), None);
        assert_eq!(change(None, fail, false), Some(Change::Added));
        assert_eq!(change(pass, found(Verdict::NotRun), false), Some(Change::Removed));
        assert_eq!(change(fail, found(Verdict::Error), false), Some(Change::Changed));
    }
}
