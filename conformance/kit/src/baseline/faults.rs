//! Faults of the entries of a baseline: those that the ids alone show, and those that a run shows.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use jiff::civil::Date;
use rollwire_model::vectors::CheckKind;

use super::{
    file::{Entry, TODO},
    known::Known,
    matching::{EntryCounts, Matcher},
    scope::Scope,
    set::Baseline,
};
use crate::text::plural;

/// How many checks an entry may name. More are too many to review one by one.
pub const MAX_CHECKS: usize = 20;

/// A fault of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryFault {
    /// The line on which the entry begins.
    pub line: usize,
    /// The checks that the entry names, as text.
    pub title: String,
    /// Which fault.
    pub kind: EntryFaultKind,
}

/// The faults of entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryFaultKind {
    /// No case has a matching id.
    Unmatched,
    /// The matching cases do not have this check.
    NoSuchCheck(CheckKind),
    /// The date in `expires` has passed.
    Expired(Date),
    /// It names this many checks, which is too many.
    OverWide(usize),
    /// It names fresh cases of this many topics instead of one.
    OverWideFresh(usize),
    /// An earlier entry names one of its checks too.
    Duplicate {
        /// The line on which the earlier entry begins.
        line: usize,
        /// The first check that both entries name.
        check: String,
    },
    /// The reason is still a placeholder.
    Unexplained,
    /// This many of its checks passed, and none failed.
    Stale(u64),
    /// None of its checks applies at this revision.
    StaleAtRevision(u8),
    /// This many of its fresh checks were asked, and all of them passed.
    StaleFresh(u64),
}

impl EntryFault {
    fn new(entry: &Entry, kind: EntryFaultKind) -> Self {
        Self { line: entry.line, title: entry.title(), kind }
    }
}

impl fmt::Display for EntryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "baseline, line {}: `{}` ", self.line, self.title)?;
        match &self.kind {
            EntryFaultKind::Unmatched => {
                write!(f, "matches no case; `rollwire list` shows the ids")
            }
            EntryFaultKind::NoSuchCheck(kind) => {
                write!(
                    f,
                    "matches cases that have no check `{kind}`; `rollwire show ID` shows the checks of a case"
                )
            }
            EntryFaultKind::Expired(date) => {
                write!(
                    f,
                    "expired after {date}; fix the cause, or review the entry and set a later date"
                )
            }
            EntryFaultKind::OverWide(count) => write!(
                f,
                "names {count} checks, more than {MAX_CHECKS}; split it into entries that can be reviewed"
            ),
            EntryFaultKind::OverWideFresh(count) => write!(
                f,
                "matches fresh cases of {count} topics; write one entry per topic, such as `fresh/input/*`"
            ),
            EntryFaultKind::Duplicate { line, check } => {
                write!(f, "names {check}, and so does the entry on line {line}; remove one of them")
            }
            EntryFaultKind::Unexplained => {
                write!(f, "has {TODO} as its reason; say why it is expected to fail")
            }
            EntryFaultKind::Stale(count) => {
                let passed = plural(*count, "check that it names", "checks that it names");
                write!(f, "is stale: {passed} passed and none failed; remove it")
            }
            EntryFaultKind::StaleAtRevision(revision) => {
                write!(f, "is stale: none of its checks applies at revision {revision}; remove it")
            }
            EntryFaultKind::StaleFresh(count) => {
                let passed = plural(*count, "fresh check", "fresh checks");
                write!(
                    f,
                    "is stale: {passed} passed and none failed; remove it, or ask more with `--fresh`"
                )
            }
        }
    }
}

/// The faults of a baseline that do not depend on a run.
#[must_use]
pub fn lint(baseline: &Baseline, known: &Known) -> Vec<EntryFault> {
    let mut faults = Vec::new();
    let mut entries_by_check: EntriesByCheck<'_> = BTreeMap::new();
    for entry in &baseline.entries {
        let mut found = |kind| faults.push(EntryFault::new(entry, kind));
        let (mut ids, mut published, mut checks) = (0, 0, 0);
        let mut topics = BTreeSet::new();
        for (id, case) in known.named_by(entry) {
            ids += 1;
            for kind in case.checks_named_by(entry) {
                checks += 1;
                if case.is_fresh {
                    // The folder in the id of a case is its topic.
                    topics.insert(id.rsplit_once('/').map(|(topic, _)| topic));
                } else {
                    published += 1;
                }
                entries_by_check.entry((id, kind.as_str())).or_default().push(entry);
            }
        }
        match entry.check {
            _ if ids == 0 => found(EntryFaultKind::Unmatched),
            Some(kind) if checks == 0 => found(EntryFaultKind::NoSuchCheck(kind)),
            _ => {}
        }
        if published > MAX_CHECKS {
            found(EntryFaultKind::OverWide(published));
        }
        if topics.len() > 1 {
            found(EntryFaultKind::OverWideFresh(topics.len()));
        }
        if !entry.holds_on(baseline.today)
            && let Some(date) = entry.expires
        {
            found(EntryFaultKind::Expired(date));
        }
        if entry.reason.trim_start().starts_with(TODO) {
            found(EntryFaultKind::Unexplained);
        }
    }
    faults.extend(duplicates(&entries_by_check, known));
    faults.sort_by_key(|fault| fault.line);
    faults
}

/// The entries that name each check, by the id of the case and the name of the check.
type EntriesByCheck<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Entry>>;

/// Each pair of entries that name the same check, once.
fn duplicates(entries_by_check: &EntriesByCheck<'_>, known: &Known) -> Vec<EntryFault> {
    let mut pairs = BTreeMap::new();
    for ((id, kind), entries) in entries_by_check {
        for (at, later) in entries.iter().enumerate().skip(1) {
            let earlier = entries[..at].iter().find(|it| excludes(it, later, known.is_fresh(id)));
            if let Some(earlier) = earlier {
                pairs.entry((later.line, earlier.line)).or_insert_with(|| {
                    let check = format!("{id} · {kind}");
                    EntryFault::new(later, EntryFaultKind::Duplicate { line: earlier.line, check })
                });
            }
        }
    }
    pairs.into_values().collect()
}

/// Whether two entries contradict each other about a case that both name.
fn excludes(one: &Entry, other: &Entry, is_fresh: bool) -> bool {
    // Fresh cases of one topic may fail in several ways, so both entries may apply.
    let together = is_fresh && !one.overlaps(other);
    let never_both = matches!((one.revision, other.revision), (Some(a), Some(b)) if a != b);
    !together && !never_both
}

/// An entry about fresh cases is stale if at least this many checks passed and none failed.
pub(super) const MIN_FRESH: u64 = 8;

impl Matcher<'_> {
    /// The faults of the baseline after a run, in the order of its lines.
    ///
    /// After a run that ended early no entry is stale: checks that were not asked may fail.
    #[must_use]
    pub fn faults(&self, scope: &Scope, complete: bool) -> Vec<EntryFault> {
        let mut faults = lint(self.baseline, scope.known());
        if complete {
            let each = self.baseline.entries.iter().zip(&self.counts);
            faults.extend(each.filter_map(|(entry, counts)| self.stale(entry, *counts, scope)));
        }
        faults.sort_by_key(|fault| fault.line);
        faults
    }

    fn stale(&self, entry: &Entry, counts: EntryCounts, scope: &Scope) -> Option<EntryFault> {
        if !self.applies(entry) || counts.as_expected > 0 || counts.undecided > 0 {
            return None;
        }
        let (mut named, mut fresh) = (false, true);
        for (id, case) in scope.known().named_by(entry) {
            if scope.is_left_out(id) {
                return None;
            }
            named |= case.checks_named_by(entry).next().is_some();
            fresh &= case.is_fresh;
        }
        let kind = match (counts.passed, counts.different) {
            // Reported as unmatched already.
            _ if !named => return None,
            _ if fresh && !self.baseline.seeded => return None,
            (passed, 0) if fresh && passed >= MIN_FRESH => EntryFaultKind::StaleFresh(passed),
            // Whether a few random cases meet the fault is chance.
            (passed, 0) if fresh && passed > 0 => return None,
            (0, 0) => EntryFaultKind::StaleAtRevision(self.revision),
            (passed, 0) => EntryFaultKind::Stale(passed),
            // A published check that failed in another way is reported as a failure. A fresh one shows
            // nothing: a scenario ends at its first difference, which may hide the one that is expected,
            // and how often a kind of damage is drawn is chance.
            _ => return None,
        };
        Some(EntryFault::new(entry, kind))
    }
}
