//! The whole stream in memory, for reports that say at the top what came at the end.
//!
//! A passing check costs a few bytes, however often it is repeated; the detail of a failure is kept
//! once for each check, without what no report shows.

use std::collections::BTreeMap;

use rollwire_model::vectors::CheckKind;

use crate::{
    event::{CheckEvent, Event, Footer, Header, Listed},
    vectors::Origin,
    verdict::{Code, Counts, Exit, Verdict},
};

/// What came of a stream so far.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) header: Option<Header>,
    /// In the order in which they came first.
    pub(super) cases: Vec<CaseRow>,
    places: BTreeMap<String, usize>,
    /// How many details may still be kept.
    room: usize,
    /// How many checks have a detail that was not kept.
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

/// A check, with the worst that came of it in all repetitions.
#[derive(Debug)]
pub(super) struct CheckRow {
    pub(super) kind: CheckKind,
    pub(super) verdict: Verdict,
    pub(super) code: Option<Code>,
    pub(super) reason: Option<String>,
    /// What the baseline says of it, where that made a difference.
    pub(super) listed: Option<Listed>,
    /// The event with its detail, for whatever is neither passed nor left out.
    pub(super) failure: Option<Box<CheckEvent>>,
}

/// Which of several verdicts a reader has to know of: the greatest. A case of which nothing that was
/// asked is wrong has passed; what was not asked is said beside it.
pub(super) const fn gravity(verdict: Verdict) -> u8 {
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
    /// Nothing yet; the details of at most so many checks will be kept.
    pub(super) fn keeping(details: usize) -> Self {
        Self { room: details, ..Self::default() }
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
        let place = *self.places.entry(event.case.clone()).or_insert_with(|| {
            let (id, rule) = (event.case.clone(), event.rule.clone());
            let checks = Vec::with_capacity(1);
            self.cases.push(CaseRow { id, origin: event.origin, rule, checks });
            self.cases.len() - 1
        });
        let checks = &mut self.cases[place].checks;
        let known = checks.iter().position(|row| row.kind == event.check);
        if known.is_some_and(|at| gravity(checks[at].verdict) >= gravity(event.verdict)) {
            return;
        }
        let mut row = CheckRow {
            kind: event.check,
            verdict: event.verdict,
            code: event.code,
            reason: event.reason.clone(),
            listed: event.listed.clone(),
            failure: None,
        };
        if event.detail.is_some() {
            if self.room == 0 {
                self.without_detail += 1;
            } else {
                self.room -= 1;
                let mut event = Box::new(event.clone());
                if let Some(detail) = &mut event.detail {
                    detail.shrunk = None;
                }
                row.failure = Some(event);
            }
        }
        match known {
            Some(at) => checks[at] = row,
            None => checks.push(row),
        }
    }

    /// The counts of the footer, or what was counted where there is none.
    pub(super) fn counts(&self) -> Counts {
        self.footer.as_ref().map_or(self.counted, |footer| footer.counts)
    }

    /// How many cases the run had.
    pub(super) fn case_count(&self) -> u64 {
        self.footer.as_ref().map_or(self.cases.len() as u64, |footer| footer.cases)
    }

    /// How the run ended; a truncated one is incomplete.
    pub(super) fn exit(&self) -> Exit {
        self.footer.as_ref().map_or(Exit::Incomplete, |footer| footer.exit)
    }

    /// Every kept failure in the order of the checks.
    pub(super) fn failures(&self) -> impl Iterator<Item = &CheckEvent> {
        let checks = self.cases.iter().flat_map(|case| &case.checks);
        checks.filter_map(|check| check.failure.as_deref())
    }

    /// The cases of each rule, in the order in which the rules came first.
    pub(super) fn rules(&self) -> Vec<RuleRow<'_>> {
        let mut places = BTreeMap::new();
        let mut rules: Vec<RuleRow<'_>> = Vec::new();
        for case in &self.cases {
            let place = *places.entry(&*case.rule).or_insert_with(|| {
                rules.push(RuleRow {
                    id: &case.rule,
                    cases: Vec::new(),
                    counts: Counts::default(),
                });
                rules.len() - 1
            });
            rules[place].cases.push(case);
            case.checks.iter().for_each(|check| rules[place].counts.add(check.verdict));
        }
        rules
    }

    /// Who was checked, in its own words.
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
    /// Every check once, however often it was repeated.
    pub(super) counts: Counts,
}

impl CaseRow {
    /// The worst of its checks.
    pub(super) fn verdict(&self) -> Verdict {
        let verdicts = self.checks.iter().map(|check| check.verdict);
        verdicts.max_by_key(|verdict| gravity(*verdict)).unwrap_or(Verdict::NotRun)
    }
}
