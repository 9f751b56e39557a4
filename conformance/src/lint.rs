//! Checks vectors against the rules and the model: what a case says must be what the specification says.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_model::{
    Layout, Model, rule,
    vectors::{Case, CheckKind, DigestCase, Scenario},
};

use crate::{
    describe::outcomes,
    protocol::Capability,
    vectors::{Flag, Titled, flags},
};

/// Something wrong with a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The case's id.
    pub id: String,
    /// What is wrong, in one sentence without a period.
    pub text: String,
}

/// The longest datagram that a stored case may hold, in bytes.
const MAX_DATAGRAM: usize = 1500;

/// Everything that is wrong with these scenarios; that they are what the model does, and that their
/// preconditions hold, was checked when they were read.
#[must_use]
pub fn scenario_defects(scenarios: &[Scenario]) -> Vec<Defect> {
    let layout = Layout::builtin();
    let known_flags = flags();
    let mut defects = Vec::new();
    for scenario in scenarios {
        let mut defect = |text: String| defects.push(Defect { id: scenario.id.clone(), text });
        for text in titles(scenario, &scenario.requires, &known_flags) {
            defect(text);
        }
        if let Some(text) = revisions(scenario.since, scenario.until, layout.revision) {
            defect(text);
        }
        if let Some(text) = scenario.disagreement(&Model::latest()) {
            defect(text);
        }
    }
    defects
}

/// Everything that is wrong with these digest cases.
#[must_use]
pub fn digest_defects(digests: &[DigestCase]) -> Vec<Defect> {
    let layout = Layout::builtin();
    let known_flags = flags();
    let mut defects = Vec::new();
    for case in digests {
        let mut defect = |text: String| defects.push(Defect { id: case.id.clone(), text });
        for text in titles(case, &[], &known_flags) {
            defect(text);
        }
        if let Some(text) = revisions(case.since, case.until, layout.revision) {
            defect(text);
        }
        let (since, form) = (case.form.since(), case.form);
        if case.since < since {
            defect(format!("`since` is {}; the form `{form}` exists from {since}", case.since));
        }
        if let Some(text) = case.disagreement() {
            defect(text);
        }
    }
    defects
}

/// What is wrong with the members that all kinds of cases share.
fn titles(
    case: &dyn Titled,
    requires: &[String],
    known_flags: &BTreeMap<String, Flag>,
) -> Vec<String> {
    let mut texts = Vec::new();
    for id in case.rules().iter().filter(|id| rule(id).is_none()) {
        texts.push(format!("`{id}` is no rule of the specification"));
    }
    for flag in case.flags().iter().filter(|flag| !known_flags.contains_key(*flag)) {
        texts.push(format!("the flag `{flag}` is explained nowhere"));
    }
    for name in requires.iter().filter(|name| Capability::named(name).is_none()) {
        texts.push(format!("`{name}` is no capability"));
    }
    if case.comment().trim().is_empty() {
        texts.push("`comment` does not say which bug the case catches".to_owned());
    }
    texts
}

/// Why a case applies to no revision, if it does not.
fn revisions(since: u8, until: Option<u8>, latest: u8) -> Option<String> {
    let none = since == 0 || since > latest || until.is_some_and(|last| last < since);
    none.then(|| format!("it applies to no revision from 1 to {latest}"))
}

/// Everything that is wrong with these cases.
#[must_use]
pub fn defects(cases: &[Case]) -> Vec<Defect> {
    let layout = Layout::builtin();
    let known_flags = flags();
    let mut seen = BTreeSet::new();
    let mut defects = Vec::new();
    for case in cases {
        let mut defect = |text: String| defects.push(Defect { id: case.id.clone(), text });
        if !seen.insert(&case.id) {
            defect("the id stands for more than one case".to_owned());
        }
        for text in titles(case, &case.requires, &known_flags) {
            defect(text);
        }
        if case.bytes().is_some_and(|bytes| bytes.len() > MAX_DATAGRAM) {
            defect(format!("the datagram is longer than {MAX_DATAGRAM} bytes"));
        }
        if let Some(text) = revisions(case.since, case.until, layout.revision) {
            defect(text);
            continue;
        }
        for kind in &case.checks {
            let revisions = case.since..=case.until.unwrap_or(layout.revision);
            let wrong = revisions.into_iter().find_map(|revision| {
                let text = disagreement(case, *kind, &Model::specified(revision))?;
                Some(format!("{kind} at revision {revision}: {text}"))
            });
            if let Some(text) = wrong {
                defect(text);
            }
        }
    }
    defects
}

/// Where a case and the model allow different answers.
fn disagreement(case: &Case, kind: CheckKind, model: &Model) -> Option<String> {
    let right = match kind {
        CheckKind::Decode => model.decode_outcomes(case.bytes()?),
        CheckKind::Encode => model.encode_outcomes(case.value.as_ref()?),
        CheckKind::Reencode => model.reencode_outcomes(case.bytes()?),
        CheckKind::Run | CheckKind::Digest => return None,
    };
    let said = case.outcomes(kind);
    (said != right).then(|| {
        format!("the case allows {}, the specification {}", outcomes(&said), outcomes(&right))
    })
}
