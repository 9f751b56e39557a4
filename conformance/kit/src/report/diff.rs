//! The changes from one run to another, check by check.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use rollwire_model::vectors::CheckKind;

use super::{
    collect::{CheckRow, Collected},
    conclusion::word,
};
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

/// How a check changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CheckChange {
    Broken,
    Fixed,
    Added,
    Removed,
    /// Neither better nor worse; without `--strict` also between passed and weak.
    Changed,
}

impl CheckChange {
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

/// Whether a verdict is a good one; `None` if it says nothing about the implementation.
const fn is_good(verdict: Verdict, strict: bool) -> Option<bool> {
    match verdict {
        // An expected failure is still a failure, and an unexpected pass is still a pass.
        Verdict::Pass | Verdict::UnexpectedPass => Some(true),
        Verdict::Weak => Some(!strict),
        Verdict::Fail | Verdict::Error | Verdict::ExpectedFailure => Some(false),
        Verdict::NotApplicable | Verdict::NotRun => None,
    }
}

/// A verdict, with its code if it has one.
type VerdictAndCode = (Verdict, Option<Code>);

fn change(
    old: Option<VerdictAndCode>,
    new: Option<VerdictAndCode>,
    strict: bool,
) -> Option<CheckChange> {
    let good =
        |found: Option<VerdictAndCode>| found.and_then(|(verdict, _)| is_good(verdict, strict));
    match (good(old), good(new)) {
        (None, None) => None,
        (None, Some(_)) => Some(CheckChange::Added),
        (Some(_), None) => Some(CheckChange::Removed),
        (Some(true), Some(false)) => Some(CheckChange::Broken),
        (Some(false), Some(true)) => Some(CheckChange::Fixed),
        _ => (old != new).then_some(CheckChange::Changed),
    }
}

/// Writes the changes, and returns the exit code: a failure if a check broke, incomplete if one of
/// the runs was.
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
    // With another seed, the same id stands for another case.
    let (before, after) = (found(old, other_seed, &mut fresh), found(new, other_seed, &mut fresh));
    if vectors(old) != vectors(new) {
        writeln!(sink, "note: the runs used different vectors")?;
    }
    if fresh > 0 {
        let count = plural(fresh, "fresh check is", "fresh checks are");
        writeln!(sink, "note: {count} left out, because the seeds differ")?;
    }
    let mut changes: BTreeMap<CheckChange, Vec<String>> = BTreeMap::new();
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
    let counts = CheckChange::ALL.map(|change| format!("{} {}", count(change), change.word()));
    let total = plural(after.len() as u64, "check", "checks");
    writeln!(sink, "{total}: {}", counts.join(", "))?;
    let mut incomplete = false;
    for (name, side) in [("old", old), ("new", new)] {
        let word = match &side.footer {
            None => "truncated: its event stream ends without a footer",
            Some(footer) if !footer.complete => "incomplete",
            Some(_) => continue,
        };
        incomplete = true;
        writeln!(sink, "the {name} run is {word}")?;
    }
    Ok(if incomplete {
        Exit::Incomplete
    } else if count(CheckChange::Broken) > 0 {
        Exit::Failed
    } else {
        Exit::Conforms
    })
}

/// Every check by its case and kind; the kinds in the order in which a case lists them.
fn found<'a>(
    side: &'a Collected,
    without_fresh: bool,
    left_out: &mut u64,
) -> BTreeMap<(&'a str, OrderedKind), VerdictAndCode> {
    let mut found = BTreeMap::new();
    for case in &side.cases {
        if without_fresh && case.origin.is_fresh() {
            *left_out += case.checks.len() as u64;
            continue;
        }
        for CheckRow { kind, verdict, code, .. } in &case.checks {
            found.insert((&*case.id, OrderedKind(*kind)), (*verdict, *code));
        }
    }
    found
}

/// A kind of check that can be sorted.
#[derive(Clone, Copy, PartialEq, Eq)]
struct OrderedKind(CheckKind);

impl OrderedKind {
    fn position(self) -> Option<usize> {
        CheckKind::ALL.iter().position(|kind| *kind == self.0)
    }
}

impl PartialOrd for OrderedKind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrderedKind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.position().cmp(&other.position())
    }
}

impl std::fmt::Display for OrderedKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.as_str())
    }
}

fn arrow(was: Option<VerdictAndCode>, is: Option<VerdictAndCode>) -> String {
    match (was, is) {
        (None, None) => String::new(),
        (None, Some(is)) => in_words(is),
        (Some(was), None) => in_words(was),
        (Some(was), Some(is)) => format!("{} → {}", in_words(was), in_words(is)),
    }
}

fn in_words((verdict, code): VerdictAndCode) -> String {
    let code = code.map_or(String::new(), |code| format!(" ({})", code.as_str()));
    format!("{}{code}", word(verdict))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_good_check_can_break() {
        let found = |verdict| Some((verdict, None));
        let (pass, fail, weak) = (found(Verdict::Pass), found(Verdict::Fail), found(Verdict::Weak));
        assert_eq!(change(pass, fail, false), Some(CheckChange::Broken));
        assert_eq!(change(fail, pass, false), Some(CheckChange::Fixed));
        assert_eq!(change(pass, weak, false), Some(CheckChange::Changed));
        assert_eq!(change(pass, weak, true), Some(CheckChange::Broken));
        assert_eq!(change(pass, pass, false), None);
        assert_eq!(change(None, fail, false), Some(CheckChange::Added));
        assert_eq!(change(pass, found(Verdict::NotRun), false), Some(CheckChange::Removed));
        assert_eq!(change(fail, found(Verdict::Error), false), Some(CheckChange::Changed));
    }
}
