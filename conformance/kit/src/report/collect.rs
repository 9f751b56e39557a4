//! The whole stream in memory, for reports that put the result at the top.
//!
//! A passing check costs a few bytes, no matter how often it is repeated. The details of a failure
//! are kept once per check, without the members that no report shows, and up to a size.

use std::collections::{BTreeMap, HashMap, HashSet};

use rollwire_model::vectors::CheckKind;

use super::commands::MAX_MANUAL;
use crate::{
    diagnosis::{Failures, group},
    event::{BaselineMatch, Cause, CheckEvent, CheckName, Detail, Event, Footer, Header},
    text::plural,
    vectors::Origin,
    verdict::{Code, Counts, Exit, Verdict},
};

/// What the details of one failure need beside their texts, in bytes.
const DETAIL_SIZE: usize = 512;

/// The first failure of each rule and code is kept in any case, up to this many.
const FIRST_FAILURES: usize = 1000;

/// The part of a stream that has arrived so far.
#[derive(Debug, Default)]
pub(super) struct Collected {
    pub(super) header: Option<Header>,
    /// In the order of their first events.
    pub(super) cases: Vec<CaseRow>,
    indices: BTreeMap<String, usize>,
    /// How many more bytes of details may be kept.
    room: usize,
    /// The rules and codes of which a failure was kept.
    kept: HashSet<(String, Option<Code>)>,
    /// How many checks have details that were not kept.
    pub(super) without_detail: u64,
    pub(super) notes: Vec<String>,
    causes: Vec<Cause>,
    /// The index of the cause of each failure.
    cause_of: HashMap<CheckName, usize>,
    /// For a stream that has no causes.
    failures: Failures,
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
    /// An empty collection that will keep up to this many bytes of details.
    pub(super) fn keeping(room: usize) -> Self {
        Self { room, ..Self::default() }
    }

    /// Takes in the next event.
    pub(super) fn event(&mut self, event: &Event) {
        match event {
            Event::Header(header) => self.header = Some((**header).clone()),
            Event::Check(check) => self.check(check),
            Event::Note { text } => self.notes.push(text.clone()),
            Event::Cause(cause) => self.causes.push((**cause).clone()),
            Event::Footer(footer) => self.footer = Some((**footer).clone()),
        }
        if matches!(event, Event::Footer(_)) {
            self.settle();
        }
    }

    /// Finds out which failure has which cause, at the end of the stream. A stream that was cut off,
    /// or that an earlier version wrote, has no causes: then the failures are grouped here.
    pub(super) fn settle(&mut self) {
        let failures = std::mem::take(&mut self.failures);
        if self.causes.is_empty() {
            self.causes = group(&failures);
        }
        if self.cause_of.is_empty() {
            for (at, cause) in self.causes.iter().enumerate() {
                for name in &cause.checks {
                    self.cause_of.entry(name.clone()).or_insert(at);
                }
            }
        }
    }

    fn check(&mut self, event: &CheckEvent) {
        self.counted.add(event.verdict);
        self.failures.add(event);
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
        let wanted = event.detail.as_ref().map(size);
        if let Some(size) = wanted {
            let first = self.kept.len() < FIRST_FAILURES
                && self.kept.insert((event.rule.clone(), event.code));
            if first && self.room > 0 || size <= self.room {
                self.room = self.room.saturating_sub(size).max(1);
                row.failure = Some(Box::new(shown(event)));
            } else {
                self.without_detail += 1;
            }
        }
        match earlier {
            Some(at) => checks[at] = row,
            None => checks.push(row),
        }
    }

    /// How many failures are shown without their details, because these would take too much memory.
    pub(super) fn details_left_out(&self) -> Option<String> {
        (self.without_detail > 0).then(|| {
            let failures = plural(self.without_detail, "failure is", "failures are");
            format!(
                "{failures} shown without details, because the report would be too large; \
                 `rollwire check --failed` with this event file asks fewer checks"
            )
        })
    }

    /// The causes of the failures, the worst first.
    pub(super) fn causes(&self) -> &[Cause] {
        &self.causes
    }

    /// The cause of a failure, and its number from 1.
    pub(super) fn cause_of(&self, event: &CheckEvent) -> Option<(usize, &Cause)> {
        let name = CheckName { case: event.case.clone(), check: event.check };
        let at = *self.cause_of.get(&name)?;
        Some((at + 1, self.causes.get(at)?))
    }

    /// A failure that was kept with its details.
    pub(super) fn failure(&self, name: &CheckName) -> Option<&CheckEvent> {
        let case = &self.cases[*self.indices.get(&name.case)?];
        case.checks.iter().find(|row| row.kind == name.check)?.failure.as_deref()
    }

    /// The example of a cause, or else the first of its failures that was kept.
    pub(super) fn example(&self, cause: &Cause) -> Option<&CheckEvent> {
        let mut names = [&cause.example].into_iter().chain(&cause.checks);
        names.find_map(|name| self.failure(name))
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
        // Chapters stay in the order of the run; the rules of each are in the order of their numbers.
        let mut chapters: HashMap<&str, usize> = HashMap::new();
        for rule in &rules {
            let next = chapters.len();
            chapters.entry(chapter_and_number(rule.id).0).or_insert(next);
        }
        rules.sort_by_key(|rule| {
            let (chapter, number) = chapter_and_number(rule.id);
            (chapters.get(chapter).copied(), number)
        });
        rules
    }

    /// The rules of which a check did not pass first, otherwise in their order.
    pub(super) fn rules_worst_first(&self) -> Vec<RuleRow<'_>> {
        let mut rules = self.rules();
        rules.sort_by_key(|rule| !rule.is_bad());
        rules
    }

    /// The name and version of the adapter, as it declares them.
    pub(super) fn adapter(&self) -> Option<String> {
        let hello = self.header.as_ref()?.hello.as_ref()?;
        let who = &hello.implementation;
        Some(format!("{} {}", who.name, who.version))
    }
}

/// `STATE_HASH` and 2 of the rule `STATE_HASH-2`.
fn chapter_and_number(rule: &str) -> (&str, u64) {
    let parts = rule.rsplit_once('-');
    let parts = parts.and_then(|(chapter, number)| Some((chapter, number.parse().ok()?)));
    parts.unwrap_or((rule, 0))
}

/// The size of the details of a failure in memory.
fn size(detail: &Detail) -> usize {
    let texts = [&detail.expected, &detail.stderr, &detail.steps].into_iter().flatten();
    let texts = texts.chain([&detail.rule_text, &detail.got, &detail.comment]);
    let texts = texts.chain(&detail.value).chain(&detail.hint).map(String::len);
    let parts = detail.bytes.iter().flat_map(|bytes| &bytes.parts);
    let parts = parts.map(|part| part.name.len() + part.hex.len() + 64);
    DETAIL_SIZE + texts.chain(parts).fold(requests_size(detail), usize::saturating_add)
}

/// The size of the requests that a report shows.
fn requests_size(detail: &Detail) -> usize {
    let size = detail.requests.iter().fold(0_usize, |sum, it| sum.saturating_add(it.len()));
    if size > MAX_MANUAL { 0 } else { size }
}

/// A failure without what no report shows.
fn shown(event: &CheckEvent) -> CheckEvent {
    let mut event = event.clone();
    if let Some(detail) = &mut event.detail {
        detail.shrunk = None;
        if requests_size(detail) == 0 {
            detail.requests = Vec::new();
        }
    }
    event
}

/// A rule and its cases.
#[derive(Debug)]
pub(super) struct RuleRow<'a> {
    pub(super) id: &'a str,
    pub(super) cases: Vec<&'a CaseRow>,
    /// Every check counts once, no matter how often it was repeated.
    pub(super) counts: Counts,
}

impl RuleRow<'_> {
    /// The most severe verdict of its cases.
    pub(super) fn verdict(&self) -> Verdict {
        let verdicts = self.cases.iter().map(|case| case.verdict());
        verdicts.max_by_key(|verdict| severity(*verdict)).unwrap_or(Verdict::NotRun)
    }

    /// Whether a check of the rule did not pass, other than expected.
    pub(super) fn is_bad(&self) -> bool {
        severity(self.verdict()) > severity(Verdict::ExpectedFailure)
    }
}

impl CaseRow {
    /// The most severe verdict of its checks.
    pub(super) fn verdict(&self) -> Verdict {
        let verdicts = self.checks.iter().map(|check| check.verdict);
        verdicts.max_by_key(|verdict| severity(*verdict)).unwrap_or(Verdict::NotRun)
    }
}
