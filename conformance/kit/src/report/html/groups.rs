//! The failures of a page, in groups: the causes, the worst first, then what is not a failure.

use std::collections::{HashMap, HashSet};

use super::{
    assets::class,
    cards::{CauseCard, cause_cards},
    failure::Failure,
};
use crate::{
    event::{Cause, CheckEvent, CheckName},
    report::{causes::cause_line, collect::Collected, details::expectation},
    text::{grouped, plural, sanitize},
    verdict::Verdict,
};

/// How many failures of a group are shown at once; the others are folded.
const AT_ONCE: usize = 10;

/// How many checks are named of which there is no room for the details.
const NAMED: usize = 5000;

/// A section of the page.
#[derive(Debug)]
pub(in crate::report) struct Section {
    /// What a link to it ends with.
    pub(in crate::report) id: &'static str,
    pub(in crate::report) title: String,
    pub(in crate::report) groups: Vec<Group>,
}

impl Section {
    /// Its failures in their order.
    pub(super) fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.groups.iter().flat_map(|group| group.first.iter().chain(&group.more))
    }
}

/// Failures that have something in common.
#[derive(Debug)]
pub(in crate::report) struct Group {
    /// The number of its cause, or the name of the section.
    pub(in crate::report) id: String,
    /// The number of its cause.
    pub(in crate::report) cause: Option<usize>,
    pub(in crate::report) class: &'static str,
    pub(in crate::report) title: String,
    /// How many checks it has, and how many of these are shown.
    pub(in crate::report) count: String,
    pub(in crate::report) first: Vec<Failure>,
    pub(in crate::report) more: Vec<Failure>,
    /// Those that are not shown, by name.
    pub(in crate::report) names: String,
    pub(in crate::report) is_open: bool,
}

/// Chooses the failures that are shown in full, and groups them.
#[derive(Debug)]
pub(super) struct Groups<'a> {
    all: &'a Collected,
    prefix: &'a str,
    /// The places of the failures that are shown, by their names.
    chosen: HashSet<CheckName>,
}

impl<'a> Groups<'a> {
    /// The groups of a run, of which this many failures are shown in full. The anchors of the page
    /// begin with `prefix`.
    pub(super) fn new(all: &'a Collected, prefix: &'a str, most: usize) -> Self {
        let mut chosen = HashSet::new();
        let kept = |name: &CheckName| all.failure(name).is_some();
        // The examples first, then one failure of each cause after another.
        for cause in all.causes().iter().take(most) {
            chosen.extend([cause.example.clone()].into_iter().filter(kept));
        }
        let longest = all.causes().iter().map(|cause| cause.checks.len()).max().unwrap_or(0);
        'full: for at in 0..longest {
            for name in all.causes().iter().filter_map(|cause| cause.checks.get(at)) {
                if chosen.len() >= most {
                    break 'full;
                }
                if kept(name) {
                    chosen.insert(name.clone());
                }
            }
        }
        for event in all.failures() {
            if chosen.len() >= most {
                break;
            }
            chosen.insert(name_of(event));
        }
        Self { all, prefix, chosen }
    }

    /// The sections: failures, weak checks, unexpected passes and expected failures.
    pub(super) fn sections(&self) -> Vec<Section> {
        let (weak, failed): (Vec<_>, Vec<_>) = (1..)
            .zip(self.all.causes())
            .map(|(number, cause)| (number, cause, self.verdicts(cause)))
            .partition(|(_, _, verdicts)| verdicts.iter().all(|it| *it == Verdict::Weak));
        let groups = |causes: Vec<(usize, &Cause, Vec<Verdict>)>| {
            causes.iter().map(|(number, cause, _)| self.of_cause(*number, cause)).collect()
        };
        let mut failed: Vec<Group> = groups(failed);
        failed.extend(self.without_cause());
        let weak = groups(weak);
        let expected = self.rest("expected", "as the baseline expects", |verdict| {
            verdict == Verdict::ExpectedFailure
        });
        let mut sections = Vec::new();
        let mut add = |id, title: &str, groups: Vec<Group>| {
            if !groups.is_empty() {
                sections.push(Section { id, title: title.to_owned(), groups });
            }
        };
        add("failures", "Failures", failed);
        add("passes", "Unexpected passes", self.unexpected_passes().into_iter().collect());
        add("weak", "Weak checks", weak);
        add("expected", "Expected failures", expected.into_iter().collect());
        if let Some(first) = sections.first_mut().and_then(|section| section.groups.first_mut()) {
            first.is_open = true;
        }
        sections
    }

    /// The verdicts of a cause's checks, as far as they were kept.
    fn verdicts(&self, cause: &Cause) -> Vec<Verdict> {
        let events = cause.checks.iter().filter_map(|name| self.all.failure(name));
        let verdicts: Vec<Verdict> = events.map(|event| event.verdict).collect();
        if verdicts.is_empty() { vec![Verdict::Fail] } else { verdicts }
    }

    fn of_cause(&self, number: usize, cause: &Cause) -> Group {
        let mut names: Vec<&CheckName> = cause.checks.iter().collect();
        // The example first, and weak checks after failed ones; otherwise the order of the run.
        names.sort_by_key(|name| {
            let weak = self.all.failure(name).is_some_and(|it| it.verdict == Verdict::Weak);
            (**name != cause.example, weak)
        });
        let title = cause_line(number, cause);
        let mut group = self.group(&format!("g{number}"), title, &names, cause.failures);
        group.cause = Some(number);
        group
    }

    /// Failures beyond those that are diagnosed.
    fn without_cause(&self) -> Option<Group> {
        self.rest("others", "checks without a cause", |verdict| {
            !matches!(verdict, Verdict::ExpectedFailure | Verdict::UnexpectedPass)
        })
    }

    /// The failures without a cause that have such a verdict.
    fn rest(&self, id: &str, title: &str, is: impl Fn(Verdict) -> bool) -> Option<Group> {
        let events = self.all.failures().filter(|event| is(event.verdict));
        let events = events.filter(|event| self.all.cause_of(event).is_none());
        let names: Vec<CheckName> = events.map(name_of).collect();
        let names: Vec<&CheckName> = names.iter().collect();
        let count = names.len() as u64;
        (count > 0).then(|| self.group(id, title.to_owned(), &names, count))
    }

    fn group(&self, id: &str, title: String, names: &[&CheckName], count: u64) -> Group {
        let (mut shown, mut named) = (Vec::new(), Vec::new());
        for name in names {
            let event = self.all.failure(name).filter(|_| self.chosen.contains(*name));
            let anchor = format!("{}{id}-{}", self.prefix, shown.len() + 1);
            match event.and_then(|event| Failure::of(anchor, event, self.all)) {
                Some(failure) => shown.push(failure),
                None => named.push(format!("{} · {}", sanitize(&name.case), name.check)),
            }
        }
        let checks = plural(count, "check", "checks");
        let count = match shown.len() as u64 {
            all if all == count => checks,
            some => format!("{} of {checks} in full", grouped(some)),
        };
        if named.len() > NAMED {
            let more = named.len() - NAMED;
            named.truncate(NAMED);
            named.push(format!("and {} more", grouped(more as u64)));
        }
        let more = shown.split_off(shown.len().min(AT_ONCE));
        let class = shown.first().map_or("fail", |failure| failure.class);
        let id = format!("{}{id}", self.prefix);
        let names = named.join(", ");
        Group { id, cause: None, class, title, count, first: shown, more, names, is_open: false }
    }

    fn unexpected_passes(&self) -> Option<Group> {
        let mut names = Vec::new();
        let mut count = 0;
        for case in &self.all.cases {
            for check in &case.checks {
                if check.verdict == Verdict::UnexpectedPass {
                    count += 1;
                    let entry = check.baseline_match.as_ref().map(expectation).unwrap_or_default();
                    names.push(sanitize(&format!(
                        "{} · {} (baseline {entry})",
                        case.id, check.kind
                    )));
                }
            }
        }
        (count > 0).then(|| Group {
            id: format!("{}passed", self.prefix),
            cause: None,
            class: class(Verdict::UnexpectedPass),
            title: "the baseline expects a failure; remove these entries".to_owned(),
            count: plural(count, "check", "checks"),
            first: Vec::new(),
            more: Vec::new(),
            names: names.join(", "),
            is_open: false,
        })
    }
}

fn name_of(event: &CheckEvent) -> CheckName {
    CheckName { case: event.case.clone(), check: event.check }
}

/// The causes and the failures of one run among others on a page.
#[derive(Debug)]
pub(in crate::report) struct Details {
    pub(in crate::report) causes: Vec<CauseCard>,
    pub(in crate::report) sections: Vec<Section>,
    anchors: HashMap<String, String>,
}

impl Details {
    /// The details of a run, of which this many failures are shown in full. The anchors begin with
    /// `prefix`.
    pub(in crate::report) fn of(all: &Collected, prefix: &str, most: usize) -> Self {
        let mut sections = Groups::new(all, prefix, most).sections();
        for group in sections.iter_mut().flat_map(|section| &mut section.groups) {
            group.is_open = false;
        }
        let anchors = anchors(&sections);
        Self { causes: cause_cards(all), sections, anchors }
    }

    /// The anchor of the first failure of a case, if it is shown.
    pub(in crate::report) fn anchor(&self, case: &str) -> Option<String> {
        self.anchors.get(&sanitize(case)).cloned()
    }
}

/// The anchor of the first failure of each case.
pub(super) fn anchors(sections: &[Section]) -> HashMap<String, String> {
    let mut anchors = HashMap::new();
    for failure in sections.iter().flat_map(Section::failures) {
        anchors.entry(failure.case.clone()).or_insert_with(|| failure.anchor.clone());
    }
    anchors
}
