//! What is wrong with the entries of a baseline: by the ids alone, and after a run.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use jiff::civil::Date;
use rollwire_model::vectors::CheckKind;

use super::{
    file::{Entry, TODO},
    known::Known,
    matching::{Ledger, Tally},
    scope::Scope,
    set::Baseline,
};
use crate::text::plural;

/// An entry may name at most so many checks: more hide what nobody has looked at.
pub const WIDEST: usize = 20;

/// One thing that is wrong with one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rot {
    /// The line of the file where the entry begins.
    pub line: usize,
    /// What the entry names.
    pub title: String,
    /// What is wrong.
    pub kind: RotKind,
}

/// What can be wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RotKind {
    /// No case has such an id.
    Unmatched,
    /// The cases have no such check.
    NoSuchCheck(CheckKind),
    /// The day of `expires` is over.
    Expired(Date),
    /// It names so many checks.
    OverWide(usize),
    /// It names fresh cases of so many topics.
    OverWideFresh(usize),
    /// An earlier entry, which begins on this line, names a check of it too.
    Duplicate {
        /// The line.
        line: usize,
        /// The first check that both name.
        check: String,
    },
    /// Nobody has said why.
    Unexplained,
    /// So many checks that it names passed, and none failed.
    Stale(u64),
    /// Nothing that it names applies at this revision.
    StaleAtRevision(u8),
    /// So many fresh checks that it names were asked, and none failed as it says.
    StaleFresh(u64),
}

impl Rot {
    fn new(entry: &Entry, kind: RotKind) -> Self {
        Self { line: entry.line, title: entry.title(), kind }
    }
}

impl fmt::Display for Rot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "baseline, line {}: `{}` ", self.line, self.title)?;
        match &self.kind {
            RotKind::Unmatched => {
                write!(f, "names no case; `rollwire list` shows the ids")
            }
            RotKind::NoSuchCheck(kind) => {
                write!(
                    f,
                    "names cases without a check `{kind}`; `rollwire show ID` shows those that they have"
                )
            }
            RotKind::Expired(date) => {
                write!(
                    f,
                    "expired after {date}; repair the cause, or decide anew and move the date"
                )
            }
            RotKind::OverWide(count) => write!(
                f,
                "names {count} checks, more than {WIDEST}; split it, so that each entry has been looked at"
            ),
            RotKind::OverWideFresh(count) => write!(
                f,
                "names fresh cases of {count} topics; write an entry for each, such as `fresh/input/*`"
            ),
            RotKind::Duplicate { line, check } => {
                write!(f, "names {check}, and so does the entry on line {line}; remove one of them")
            }
            RotKind::Unexplained => {
                write!(f, "has no reason but {TODO}; say why it is expected to fail")
            }
            RotKind::Stale(count) => {
                let passed = plural(*count, "check that it names", "checks that it names");
                write!(f, "is stale: {passed} passed, none failed; remove it")
            }
            RotKind::StaleAtRevision(revision) => {
                write!(
                    f,
                    "is stale: nothing that it names applies at revision {revision}; remove it"
                )
            }
            RotKind::StaleFresh(count) => {
                let asked = plural(*count, "fresh check was", "fresh checks were");
                write!(
                    f,
                    "is stale: {asked} asked, none failed so; remove it, or ask more with `--fresh`"
                )
            }
        }
    }
}

/// What is wrong with a baseline whatever a run comes to.
#[must_use]
pub fn lint(baseline: &Baseline, known: &Known) -> Vec<Rot> {
    let mut rot = Vec::new();
    let mut owners: Owners<'_> = BTreeMap::new();
    for entry in &baseline.entries {
        let mut found = |kind| rot.push(Rot::new(entry, kind));
        let (mut ids, mut published, mut checks) = (0, 0, 0);
        let mut topics = BTreeSet::new();
        for (id, case) in known.named_by(entry) {
            ids += 1;
            for kind in case.checks_named_by(entry) {
                checks += 1;
                if case.is_fresh {
                    // The folder of a case is its topic.
                    topics.insert(id.rsplit_once('/').map(|(topic, _)| topic));
                } else {
                    published += 1;
                }
                owners.entry((id, kind.as_str())).or_default().push(entry);
            }
        }
        match entry.check {
            _ if ids == 0 => found(RotKind::Unmatched),
            Some(kind) if checks == 0 => found(RotKind::NoSuchCheck(kind)),
            _ => {}
        }
        if published > WIDEST {
            found(RotKind::OverWide(published));
        }
        if topics.len() > 1 {
            found(RotKind::OverWideFresh(topics.len()));
        }
        if !entry.holds_on(baseline.today)
            && let Some(date) = entry.expires
        {
            found(RotKind::Expired(date));
        }
        if entry.reason.trim_start().starts_with(TODO) {
            found(RotKind::Unexplained);
        }
    }
    rot.extend(duplicates(&owners, known));
    rot.sort_by_key(|rot| rot.line);
    rot
}

/// The entries that name a check, by the id of its case and its name.
type Owners<'a> = BTreeMap<(&'a str, &'a str), Vec<&'a Entry>>;

/// Every pair of entries that name one check, once.
fn duplicates(owners: &Owners<'_>, known: &Known) -> Vec<Rot> {
    let mut pairs = BTreeMap::new();
    for ((id, kind), entries) in owners {
        for (at, later) in entries.iter().enumerate().skip(1) {
            let earlier = entries[..at].iter().find(|it| excludes(it, later, known.is_fresh(id)));
            if let Some(earlier) = earlier {
                pairs.entry((later.line, earlier.line)).or_insert_with(|| {
                    let check = format!("{id} · {kind}");
                    Rot::new(later, RotKind::Duplicate { line: earlier.line, check })
                });
            }
        }
    }
    pairs.into_values().collect()
}

/// Whether two entries cannot both hold for a case that both name.
fn excludes(one: &Entry, other: &Entry, is_fresh: bool) -> bool {
    // Fresh cases of one topic fail in more than one way.
    let together = is_fresh && !one.expects(other.verdict, Some(other.code));
    let never_both = matches!((one.revision, other.revision), (Some(a), Some(b)) if a != b);
    !together && !never_both
}

impl Ledger<'_> {
    /// What is wrong with the baseline after a run, in the order of its lines.
    ///
    /// No entry of a run that ended early is called stale: what was not asked may fail.
    #[must_use]
    pub fn rot(&self, scope: &Scope, complete: bool) -> Vec<Rot> {
        let mut rot = lint(self.baseline, scope.known());
        if complete {
            let each = self.baseline.entries.iter().zip(&self.tallies);
            rot.extend(each.filter_map(|(entry, tally)| self.stale(entry, *tally, scope)));
        }
        rot.sort_by_key(|rot| rot.line);
        rot
    }

    fn stale(&self, entry: &Entry, tally: Tally, scope: &Scope) -> Option<Rot> {
        if !self.holds(entry) || tally.fitting > 0 || tally.undecided > 0 {
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
        let kind = match (tally.passed, tally.different) {
            // Unmatched, which is said already.
            _ if !named => return None,
            _ if fresh && !self.baseline.seeded => return None,
            (passed, different) if fresh && passed + different > 0 => {
                RotKind::StaleFresh(passed + different)
            }
            (0, 0) => RotKind::StaleAtRevision(self.revision),
            (passed, 0) => RotKind::Stale(passed),
            // Those that failed in another way are failures of their own.
            _ => return None,
        };
        Some(Rot::new(entry, kind))
    }
}
