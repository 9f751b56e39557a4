//! Checks vectors against the rules and the model: what a case says must be what the specification says.

use std::collections::BTreeSet;

use rollwire_model::{
    Layout, Model, rule,
    vectors::{Case, CheckKind},
};

use crate::{describe::outcomes, protocol::Capability, vectors::flags};

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
        for id in case.rules.iter().filter(|id| rule(id).is_none()) {
            defect(format!("`{id}` is no rule of the specification"));
        }
        for flag in case.flags.iter().filter(|flag| !known_flags.contains_key(*flag)) {
            defect(format!("the flag `{flag}` is explained nowhere"));
        }
        for name in case.requires.iter().filter(|name| Capability::named(name).is_none()) {
            defect(format!("`{name}` is no capability"));
        }
        if case.comment.trim().is_empty() {
            defect("`comment` does not say which bug the case catches".to_owned());
        }
        if case.bytes().is_some_and(|bytes| bytes.len() > MAX_DATAGRAM) {
            defect(format!("the datagram is longer than {MAX_DATAGRAM} bytes"));
        }
        if case.since == 0
            || case.since > layout.revision
            || case.until.is_some_and(|last| last < case.since)
        {
            defect(format!("it applies to no revision from 1 to {}", layout.revision));
            continue;
        }
        for kind in &case.checks {
            let revisions = case.since..=case.until.unwrap_or(layout.revision);
            let wrong = revisions.into_iter().find_map(|revision| {
                let text = disagreement(case, *kind, &Model::new(&layout, revision))?;
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
    };
    let said = case.outcomes(kind);
    (said != right).then(|| {
        format!("the case allows {}, the specification {}", outcomes(&said), outcomes(&right))
    })
}
