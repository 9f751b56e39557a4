//! Which entry a check has, and what that makes of its verdict.

use super::{file::Entry, set::Baseline};
use crate::{
    event::{CheckEvent, Listed},
    verdict::Verdict,
};

/// What the checks that an entry names came to in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Failed as it says.
    pub fitting: u64,
    /// Failed in another way.
    pub different: u64,
    /// Passed.
    pub passed: u64,
    /// Not applicable or not run.
    pub undecided: u64,
}

/// A baseline at work: judges the events of a run and keeps count.
#[derive(Debug)]
pub struct Ledger<'a> {
    pub(super) baseline: &'a Baseline,
    pub(super) revision: u8,
    pub(super) tallies: Vec<Tally>,
}

impl<'a> Ledger<'a> {
    /// For a run at this revision.
    #[must_use]
    pub fn new(baseline: &'a Baseline, revision: u8) -> Self {
        Self { baseline, revision, tallies: vec![Tally::default(); baseline.entries.len()] }
    }

    /// Whether an entry can excuse anything in this run. An expired one excuses nothing.
    pub(super) fn holds(&self, entry: &Entry) -> bool {
        entry.holds_on(self.baseline.today) && entry.holds_at(self.revision)
    }

    /// Judges one event anew, in the light of the entries that name its check.
    pub fn judge(&mut self, event: &mut CheckEvent) {
        let mut chosen: Option<&Entry> = None;
        let mut fits = false;
        for (at, entry) in self.baseline.entries.iter().enumerate() {
            // The id last: a glob is what costs time.
            let named = entry.names_check(event.check)
                && self.holds(entry)
                && entry.names_case(&event.case);
            if !named {
                continue;
            }
            let expects = entry.expects(event.verdict, event.code);
            let tally = &mut self.tallies[at];
            match event.verdict {
                Verdict::Pass => tally.passed += 1,
                Verdict::NotApplicable | Verdict::NotRun => tally.undecided += 1,
                _ if expects => tally.fitting += 1,
                _ => tally.different += 1,
            }
            if chosen.is_none() || (expects && !fits) {
                chosen = Some(entry);
                fits = expects;
            }
        }
        let Some(entry) = chosen else { return };
        let Some(verdict) = verdict(event, fits) else { return };
        event.verdict = verdict;
        event.listed = Some(Listed {
            line: entry.line,
            verdict: entry.verdict,
            code: entry.code,
            reason: entry.reason.clone(),
            link: entry.link.clone(),
        });
    }
}

/// The verdict on a check that an entry names; none where the entry makes no difference.
fn verdict(event: &CheckEvent, fits: bool) -> Option<Verdict> {
    // What a fresh case asks changes with the seed: it may fail as listed, and need not.
    let fresh = event.origin.is_fresh();
    match event.verdict {
        Verdict::NotApplicable | Verdict::NotRun => None,
        Verdict::Pass | Verdict::Weak if fresh && !fits => None,
        Verdict::Pass => Some(Verdict::UnexpectedPass),
        _ if fits => Some(Verdict::ExpectedFailure),
        // The file says something else than what happens, and nobody may rely on it.
        Verdict::Weak => Some(Verdict::Fail),
        other => Some(other),
    }
}
