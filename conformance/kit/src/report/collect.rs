//! The whole stream in memory, for reports that put the result at the top.
//!
//! A passing check costs a few bytes, no matter how often it is repeated. The details of a failure
//! are kept once per check, without the members that no report shows.

use std::collections::BTreeMap;

use rollwire_model::vectors::CheckKind;

use crate::{
    event::{BaselineMatch, CheckEvent, Event, Footer, Header},
    vectors::Origin,
    verdict::{Code, Counts, Exit, Verdict},
};

/// The part of a stream that has arrived so far.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) header: Option<Header>,
    /// In the order of their first events.
    pub(super) cases: Vec<CaseRow>,
    indices: BTreeMap<String, usize>,
    /// The details of how many more checks may be kept.
    details_left: usize,
    /// How many checks have details that were not kept.
    pub(super) without_detail: u64,
    pub(super) notes: Vec<String>,
    pub(super) footer: Option<Footer>,
    counted: Counts,
}

/// A case and its checks.
#[derive(Debug)]
pub(super) struct CaseRow {
    pub(super) id: String,
    pub(super) origin: Origin,
    pub(super) rule: String,
    pub(super) checks: Vec<CheckRow>,
}

/// A check, with the worst result of all its repetitions.
#[derive(Debug)]
pub(super) struct CheckRow {
    pub(super) kind: CheckKind,
    pub(super) verdict: Verdict,
    pub(super) code: Option<Code>,
    pub(super) reason: Option<String>,
    /// The entry of the baseline that names the check, if it matters.
    pub(super) baseline_match: Option<BaselineMatch>,
    /// The event with its details, for a check that was asked and did not pass.
    pub(super) failure: Option<Box<CheckEvent>>,
}

/// How much a verdict matters to a reader. A group of checks is shown with its most severe verdict: a
/// case has passed if no check that was asked is wrong.
pub(super) const fn severity(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotApplicable => 0,
        Verdict::Pass => 1,
        Verdict::ExpectedFailure => 2,
        Verdict::NotRun => 3,
        Verdict::Weak => 4,
        Verdict::UnexpectedPass => 5,
        Verdict::Error => 6,
        Verdict::Fail => 7,
    }
}

impl Collected {
    /// An empty collection that will keep the details of up to this many checks.
    pub(super) fn keeping(details: usize) -> Self {
        Self { details_left: details, ..Self::default() }
    }

    /// Takes in the next event.
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Header(header) => self.header = Some((**header).clone()),
            Event::Check(check) => self.check(check),
            Event::Note { text } => self.notes.push(text.clone()),
            Event::Footer(footer) => self.footer = Some(footer.clone()),
        }
    }

    fn check(&mut self, event: &CheckEvent) {
        self.counted.add(event.verdict);
        let index = *self.indices.entry(event.case.clone()).or_insert_with(|| {
            let (id, rule) = (event.case.clone(), event.rule.clone());
            let checks = Vec::with_capacity(1);
            self.cases.push(CaseRow { id, origin: event.origin, rule, checks });
            self.cases.len() - 1
        });
        let checks = &mut self.cases[index].checks;
        let earlier = checks.iter().position(|row| row.kind == event.check);
        if earlier.is_some_and(|at| severity(checks[at].verdict) >= severity(event.verdict)) {
            return;
        }
        let mut row = CheckRow {
            kind: event.check,
            verdict: event.verdict,
            code: event.code,
            reason: event.reason.clone(),
            baseline_match: event.baseline_match.clone(),
            failure: None,
        };
        if event.detail.is_some() {
            if self.details_left == 0 {
                self.without_detail += 1;
            } else {
                self.details_left -= 1;
                let mut event = Box::new(event.clone());
                if let Some(detail) = &mut event.detail {
                    detail.shrunk = None;
                }
                row.failure = Some(event);
            }
        }
        match earlier {
            Some(at) => checks[at] = row,
            None => checks.push(row),
        }
    }

    /// The counts of the footer, or of the events so far if there is none.
    pub(super) fn counts(&self) -> Counts {
        self.footer.as_ref().map_or(self.counted, |footer| footer.counts)
    }

    /// How many cases the run had.
    pub(super) fn case_count(&self) -> u64 {
        self.footer.as_ref().map_or(self.cases.len() as u64, |footer| footer.cases)
    }

    /// The exit code of the run; a truncated run is incomplete.
    pub(super) fn exit(&self) -> Exit {
        self.footer.as_ref().map_or(Exit::Incomplete, |footer| footer.exit)
    }

    /// Every failure whose details were kept, in the order of the checks.
    pub(super) fn failures(&self) -> impl Iterator<Item = &CheckEvent> {
        let checks = self.cases.iter().flat_map(|case| &case.checks);
        checks.filter_map(|check| check.failure.as_deref())
    }

    /// The cases of each rule, in the order of their first events.
    pub(super) fn rules(&self) -> Vec<RuleRow<'_>> {
        let mut indices = BTreeMap::new();
        let mut rules: Vec<RuleRow<'_>> = Vec::new();
        for case in &self.cases {
            let index = *indices.entry(&*case.rule).or_insert_with(|| {
                rules.push(RuleRow {
                    id: &case.rule,
                    cases: Vec::new(),
                    counts: Counts::default(),
                });
                rules.len() - 1
            });
            rules[index].cases.push(case);
            case.checks.iter().for_each(|check| rules[index].counts.add(check.verdict));
        }
        rules
    }

    /// The name and version of the adapter, as it declares them.
    pub(super) fn adapter(&self) -> Option<String> {
        let hello = self.header.as_ref()?.hello.as_ref()?;
        let who = &hello.implementation;
        Some(format!("{} {}", who.name, who.version))
    }
}

/// A rule and its cases.
#[derive(Debug)]
pub(super) struct RuleRow<'a> {
    pub(super) id: &'a str,
    pub(super) cases: Vec<&'a CaseRow>,
    /// Every check counts once, no matter how often it was repeated.
    pub(super) counts: Counts,
}

impl CaseRow {
    /// The most severe verdict of its checks.
    pub(super) fn verdict(&self) -> Verdict {
        let verdicts = self.checks.iter().map(|check| check.verdict);
        verdicts.max_by_key(|verdict| severity(*verdict)).unwrap_or(Verdict::NotRun)
    }
}
