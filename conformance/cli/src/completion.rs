//! The names that a shell is offered when it completes an argument.

use std::collections::BTreeSet;

use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use rollwire_conformance::{
    text::shorten,
    vectors::{AnyCase, VectorSet, flags},
    verdict::{Code, RUN_VERDICTS, Verdict},
};
use rollwire_model::{Capability, Layout, RefusalClass, chapters, rules};

use crate::skeletons::{SKELETONS, Skeleton};

/// The ids of the published cases.
pub(crate) fn cases() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(case_ids()))
}

/// The messages.
pub(crate) fn messages() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(message_names()))
}

/// The rules, each with its text.
pub(crate) fn rule_ids() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let rules = rules().iter();
        rules
            .map(|rule| CompletionCandidate::new(&*rule.id).help(Some(shorten(&rule.text).into())))
            .collect()
    })
}

/// The flags of cases.
pub(crate) fn flag_names() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(flags().keys().map(String::as_str)))
}

/// The codes of failures.
pub(crate) fn codes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| candidates(Code::ALL.map(Code::as_str)))
}

/// The languages of `rollwire init`.
pub(crate) fn languages() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let candidate =
            |it: &Skeleton| CompletionCandidate::new(it.name).help(Some(it.title.into()));
        SKELETONS.iter().map(candidate).collect()
    })
}

/// Everything that `rollwire explain` knows.
pub(crate) fn names() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let names = (rules().iter().map(|rule| &*rule.id))
            .chain(message_names())
            .chain(chapters().iter().map(|chapter| chapter.name))
            .chain(flags().keys().map(String::as_str))
            .chain(Code::ALL.map(Code::as_str))
            .chain(Verdict::ALL.map(Verdict::as_str))
            .chain(RUN_VERDICTS.map(|verdict| verdict.0))
            .chain(RefusalClass::ALL.map(RefusalClass::as_str))
            .chain(Capability::ALL.map(Capability::as_str))
            .chain(case_ids());
        candidates(names)
    })
}

fn case_ids() -> impl Iterator<Item = &'static str> {
    let cases = VectorSet::builtin().map(VectorSet::cases).unwrap_or_default();
    cases.iter().map(AnyCase::id)
}

fn message_names() -> impl Iterator<Item = &'static str> {
    Layout::builtin().messages.iter().map(|message| &*message.name)
}

/// Each name once: a message and its chapter may share one.
fn candidates<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<CompletionCandidate> {
    let mut seen = BTreeSet::new();
    names.into_iter().filter(|name| seen.insert(*name)).map(CompletionCandidate::new).collect()
}
