//! A cause in words.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rollwire_model::{
    digest::Form,
    vectors::{CheckKind, Source},
};

use super::{
    asked::Asked,
    bytes::message_of,
    failure::{Failure, Failures},
    harm,
    suspect::Suspect,
};
use crate::event::{Cause, CheckName};

/// This many places are named in a sentence; of more, some are.
const PLACES: usize = 3;

/// What the failed checks are about.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    messages: HashMap<CheckName, usize>,
    recorded: BTreeSet<String>,
    names: Vec<String>,
}

impl Subjects {
    pub(super) fn of(asked: Asked<'_>, failures: &Failures) -> Self {
        let layout = asked.model.layout();
        let names: Vec<String> = layout.messages.iter().map(|it| it.name.clone()).collect();
        let named = |name: &str| names.iter().position(|it| it == name);
        let mut messages = HashMap::new();
        let mut add = |case: &str, check, message| {
            let name = CheckName { case: case.to_owned(), check };
            if let (Some(_), Some(message)) = (failures.place(&name), message) {
                messages.insert(name, message);
            }
        };
        let mut recorded = BTreeSet::new();
        for planned in asked.bytes {
            add(&planned.case.id, planned.kind, message_of(&planned.case, layout));
            if planned.case.source == Source::Recorded {
                recorded.insert(planned.case.id.clone());
            }
        }
        for planned in asked.scenarios {
            // A whole peer is not about one message.
            let message = planned.scenario.peer.is_none().then(|| named("state_hash")).flatten();
            add(&planned.scenario.id, CheckKind::Run, message);
        }
        for planned in asked.digests {
            let message = match planned.case.form {
                Form::StateHash => "state_hash",
                Form::EpisodeReady => "episode_ready",
            };
            add(&planned.case.id, CheckKind::Digest, named(message));
        }
        Self { messages, recorded, names }
    }

    /// The names of the messages of some checks, in the order of the layout.
    pub(super) fn messages<'a>(&self, checks: impl Iterator<Item = &'a CheckName>) -> Vec<String> {
        let found: BTreeSet<&usize> = checks.filter_map(|name| self.messages.get(name)).collect();
        found.into_iter().map(|at| self.names[*at].clone()).collect()
    }

    /// The failure that is closest to what happens in a game: recorded before generated, published
    /// before fresh, decoded before encoded.
    pub(super) fn example<'a>(&self, failures: &[&'a Failure]) -> Option<&'a Failure> {
        let realism = |failure: &&&Failure| {
            let name = &failure.name;
            (
                !self.recorded.contains(&name.case),
                failure.origin.is_fresh(),
                harm::of(failure),
                name.check as usize,
            )
        };
        failures.iter().min_by_key(realism).copied()
    }
}

/// The failures that known faults explain.
pub(super) struct Explained<'a> {
    failures: &'a Failures,
    subjects: &'a Subjects,
    causes: Vec<Cause>,
    done: BTreeSet<usize>,
}

impl<'a> Explained<'a> {
    pub(super) fn new(failures: &'a Failures, subjects: &'a Subjects) -> Self {
        Self { failures, subjects, causes: Vec::new(), done: BTreeSet::new() }
    }

    /// Files failures under a known fault: those with its very answers, and others that it has too.
    pub(super) fn add(&mut self, suspects: &[&Suspect], exact: &[usize], masked: &[usize]) {
        let list = self.failures.list();
        let (Some(first), Some(example)) = (
            suspects.first(),
            self.subjects.example(&exact.iter().map(|at| &list[*at]).collect::<Vec<_>>()),
        ) else {
            return;
        };
        let mut all: Vec<usize> = exact.iter().chain(masked).copied().collect();
        all.sort_unstable();
        self.done.extend(&all);
        let checks: Vec<CheckName> = all.iter().map(|at| list[*at].name.clone()).collect();
        let rules = rules(suspects);
        self.causes.push(Cause {
            id: first.fault.clone(),
            harm: exact.iter().map(|at| harm::of(&list[*at])).min().unwrap_or(harm::of(example)),
            explained: true,
            sentence: sentence(suspects),
            failures: all.len() as u64,
            messages: self.subjects.messages(checks.iter()),
            chapter: chapter(&rules[0]),
            rules,
            example: example.name.clone(),
            checks,
        });
    }

    /// The causes found so far.
    pub(super) fn causes(&self) -> Vec<Cause> {
        self.causes.clone()
    }

    /// The failures that are left.
    pub(super) fn left(&self) -> Vec<&'a Failure> {
        let list = self.failures.list().iter().enumerate();
        list.filter(|(at, _)| !self.done.contains(at)).map(|(_, failure)| failure).collect()
    }
}

/// The chapter of a rule, as a path.
pub(super) fn chapter(rule: &str) -> String {
    rollwire_model::rule(rule).map_or_else(String::new, |rule| format!("spec/{}", rule.chapter))
}

/// The rules that some suspects break, the most frequent one first.
fn rules(suspects: &[&Suspect]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for suspect in suspects {
        *counts.entry(&suspect.rule).or_default() += 1;
    }
    let mut rules: Vec<(&str, usize)> = counts.into_iter().collect();
    rules.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    rules.into_iter().map(|(rule, _)| rule.to_owned()).collect()
}

/// What the suspects do wrong, in one sentence that begins with a capital letter.
fn sentence(suspects: &[&Suspect]) -> String {
    let Some(first) = suspects.first() else { return String::new() };
    let verb = match (
        suspects.iter().any(|suspect| suspect.reads),
        suspects.iter().any(|suspect| suspect.writes),
    ) {
        (true, false) => "reads",
        (false, true) => "writes",
        _ => "reads and writes",
    };
    let text = first.sentence.replace("{reads}", verb).replace("{it}", &places(suspects));
    let mut letters = text.chars();
    match letters.next() {
        Some(letter) => letter.to_uppercase().chain(letters).collect(),
        None => text,
    }
}

/// The places of some suspects in words.
fn places(suspects: &[&Suspect]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for suspect in suspects {
        if !names.contains(&&*suspect.place) {
            names.push(&suspect.place);
        }
    }
    let messages: BTreeSet<&Option<String>> = suspects.iter().map(|it| &it.message).collect();
    match &names[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] if names.len() <= PLACES => format!("{} and {last}", most.join(", ")),
        // A place that is not in a message is the message itself.
        all if messages.len() == all.len() => format!("{} messages", all.len()),
        all => {
            format!("{} and {} more fields", all[..PLACES - 1].join(", "), all.len() + 1 - PLACES)
        }
    }
}
