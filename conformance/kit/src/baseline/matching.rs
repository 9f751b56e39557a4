//! Finds the entry that names a check, and changes the verdict accordingly.

use super::{file::Entry, set::Baseline};
use crate::{
    event::{BaselineMatch, CheckEvent},
    verdict::Verdict,
};

/// How many of the checks that an entry names had which result in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryCounts {
    /// Failed as the entry expects.
    pub as_expected: u64,
    /// Failed in another way.
    pub different: u64,
    /// Passed.
    pub passed: u64,
    /// Not applicable or not run.
    pub undecided: u64,
}

/// Applies a baseline to the events of a run, and counts how often each entry matched.
#[derive(Debug)]
pub struct Matcher<'a> {
    pub(super) baseline: &'a Baseline,
    pub(super) revision: u8,
    pub(super) counts: Vec<EntryCounts>,
}

impl<'a> Matcher<'a> {
    /// A matcher for a run at this revision.
    #[must_use]
    pub fn new(baseline: &'a Baseline, revision: u8) -> Self {
        Self { baseline, revision, counts: vec![EntryCounts::default(); baseline.entries.len()] }
    }

    /// Whether an entry applies in this run. An expired entry does not.
    pub(super) fn applies(&self, entry: &Entry) -> bool {
        entry.holds_on(self.baseline.today) && entry.holds_at(self.revision)
    }

    /// Changes the verdict of an event according to the entries that name its check.
    pub fn judge(&mut self, event: &mut CheckEvent) {
        let mut chosen: Option<&Entry> = None;
        let mut fits = false;
        for (at, entry) in self.baseline.entries.iter().enumerate() {
            // The id last, because matching a glob is slow.
            let named = entry.names_check(event.check)
                && self.applies(entry)
                && entry.names_case(&event.case);
            if !named {
                continue;
            }
            let expects = entry.expects(event.verdict, event.code, &event.rule);
            let counts = &mut self.counts[at];
            match event.verdict {
                Verdict::Pass => counts.passed += 1,
                Verdict::NotApplicable | Verdict::NotRun => counts.undecided += 1,
                _ if expects => counts.as_expected += 1,
                _ => counts.different += 1,
            }
            if chosen.is_none() || (expects && !fits) {
                chosen = Some(entry);
                fits = expects;
            }
        }
        let Some(entry) = chosen else { return };
        let Some(verdict) = verdict(event, fits) else { return };
        event.verdict = verdict;
        event.baseline_match = Some(BaselineMatch {
            line: entry.line,
            verdict: entry.verdict,
            code: entry.code,
            rule: entry.rule.clone(),
            reason: entry.reason.clone(),
            link: entry.link.clone(),
        });
    }
}

/// The verdict on a check that an entry names; `None` if the entry changes nothing.
fn verdict(event: &CheckEvent, fits: bool) -> Option<Verdict> {
    // A fresh case asks something else with every seed, so it may fail as expected but need not.
    let fresh = event.origin.is_fresh();
    match event.verdict {
        Verdict::NotApplicable | Verdict::NotRun => None,
        Verdict::Pass | Verdict::Weak if fresh && !fits => None,
        Verdict::Pass => Some(Verdict::UnexpectedPass),
        _ if fits => Some(Verdict::ExpectedFailure),
        // The entry expects another failure, so it does not excuse this one.
        Verdict::Weak => Some(Verdict::Fail),
        other => Some(other),
    }
}
