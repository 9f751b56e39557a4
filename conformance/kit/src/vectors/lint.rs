//! Checks cases against the rules and the model: a case must agree with the specification.

use std::collections::BTreeSet;

use rollwire_model::{
    Layout, Model, rule,
    vectors::{Case, CheckKind, DigestCase},
};

use super::{
    case::{AnyCase, CaseMeta, Content},
    flags::flags,
};
use crate::{
    protocol::Capability,
    text::{describe::outcomes, shorten},
};

/// A defect of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// The case's id.
    pub id: String,
    /// What is wrong, as one sentence without a final period.
    pub text: String,
}

/// The longest datagram that a stored case may hold, in bytes.
const MAX_DATAGRAM: usize = 1500;

/// All defects of these cases, in their order.
#[must_use]
pub fn defects(cases: &[AnyCase]) -> Vec<Defect> {
    let layout = Layout::builtin();
    let latest = Model::latest();
    // The model of each revision, built once for all cases.
    let models: Vec<Model> = (1..=layout.revision).map(Model::specified).collect();
    let mut ids = BTreeSet::new();
    let mut defects = Vec::new();
    for case in cases {
        let mut texts = common(case.meta());
        if !ids.insert(case.id()) {
            texts.insert(0, "more than one case has this id".to_owned());
        }
        let (since, until) = case.meta().revisions();
        let applies_nowhere =
            since == 0 || since > layout.revision || until.is_some_and(|last| last < since);
        if applies_nowhere {
            texts.push(format!("it applies to no revision from 1 to {}", layout.revision));
        }
        match &case.content {
            Content::Bytes(case) if applies_nowhere => texts.extend(too_long(case)),
            Content::Bytes(case) => {
                texts.extend(too_long(case));
                texts.extend(parts(case, &models));
                texts.extend(disagreements(case, &models));
            }
            Content::Scenario(scenario) => texts.extend(scenario.disagreement(&latest)),
            Content::Digest(case) => texts.extend(digest(case)),
        }
        defects.extend(texts.into_iter().map(|text| Defect { id: case.id().to_owned(), text }));
    }
    defects
}

/// The defects in the members that all kinds of cases have.
fn common(case: &dyn CaseMeta) -> Vec<String> {
    let mut texts = Vec::new();
    for id in case.rules().iter().filter(|id| rule(id).is_none()) {
        texts.push(format!("`{id}` is not a rule of the specification"));
    }
    for flag in case.flags().iter().filter(|flag| !flags().contains_key(*flag)) {
        texts.push(format!("the flag `{flag}` is not explained in flags.json"));
    }
    for name in case.requires().iter().filter(|name| Capability::named(name).is_none()) {
        texts.push(format!("`{name}` is not a capability"));
    }
    if case.comment().trim().is_empty() {
        texts.push("`comment` does not say which bug the case catches".to_owned());
    }
    texts
}

fn too_long(case: &Case) -> Option<String> {
    let is_long = case.bytes().is_some_and(|bytes| bytes.len() > MAX_DATAGRAM);
    is_long.then(|| format!("the datagram is longer than {MAX_DATAGRAM} bytes"))
}

/// How the parts that a case names differ from those of its datagram, if they do.
fn parts(case: &Case, models: &[Model]) -> Option<String> {
    let said = case.parts.as_ref()?;
    let Some(hex) = &case.hex else { return Some("`parts` needs `hex`".to_owned()) };
    // At the last revision that the case applies to, as the published ones are made.
    let model = models.iter().rev().find(|model| case.applies_to(model.revision()))?;
    let right = model.parts(hex.bytes()).into_iter().map(|part| (part.name, part.len));
    let right: Vec<(String, usize)> = right.collect();
    (*said != right).then(|| {
        let list = |parts: &[(String, usize)]| {
            let parts: Vec<String> =
                parts.iter().map(|(name, length)| format!("{name} of {length}")).collect();
            shorten(&parts.join(", "))
        };
        format!("`parts` names {}; the datagram has {}", list(said), list(&right))
    })
}

fn digest(case: &DigestCase) -> Vec<String> {
    let (since, form) = (case.form.since(), case.form);
    let early = (case.since < since)
        .then(|| format!("`since` is {}; the form `{form}` exists from {since}", case.since));
    early.into_iter().chain(case.disagreement()).collect()
}

/// How a case contradicts the specification at the revision of this model, if it does. A case that
/// contradicts it would fail an implementation that is right.
#[must_use]
pub fn contradiction(case: &AnyCase, model: &Model) -> Option<String> {
    match &case.content {
        Content::Bytes(case) => {
            let of_check = |kind: &CheckKind| {
                disagreement(case, *kind, model).map(|text| format!("{kind}: {text}"))
            };
            case.checks.iter().find_map(of_check)
        }
        Content::Scenario(scenario) => scenario.disagreement(model),
        Content::Digest(case) => case.disagreement(),
    }
}

/// For each check, the first revision at which the case and the model allow different answers.
fn disagreements(case: &Case, models: &[Model]) -> Vec<String> {
    let applies = |model: &&Model| case.applies_to(model.revision());
    let of_check = |kind: &CheckKind| {
        models.iter().filter(applies).find_map(|model| {
            let text = disagreement(case, *kind, model)?;
            Some(format!("{kind} at revision {}: {text}", model.revision()))
        })
    };
    case.checks.iter().filter_map(of_check).collect()
}

/// How the answers that a case and the model allow differ, if they do.
fn disagreement(case: &Case, kind: CheckKind, model: &Model) -> Option<String> {
    let right = match kind {
        CheckKind::Decode => model.decode_outcomes(case.bytes()?),
        CheckKind::Encode => model.encode_outcomes(case.value.as_ref()?),
        CheckKind::Reencode => model.reencode_outcomes(case.bytes()?),
        CheckKind::Run | CheckKind::Digest => return None,
    };
    let allowed = case.outcomes(kind);
    (allowed != right).then(|| {
        format!("the case allows {}, the specification {}", outcomes(&allowed), outcomes(&right))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::*;
    use crate::vectors::VectorSet;

    fn file(id: &str, parts: &Value) -> String {
        json!({"vectors": 1, "topic": "x", "cases": [{
            "id": id, "since": 1, "source": "hand", "rules": ["PING-1"], "level": "must",
            "comment": "x", "flags": [], "hex": "02 0000000000000000", "parts": parts,
            "value": {"type": "ping", "fields": {"timestamp": "0000000000000000"}},
            "checks": ["decode"],
        }]})
        .to_string()
    }

    fn linted(parts: &Value) -> Vec<String> {
        let set = VectorSet::from_text(Path::new("f.json"), &file("x/y", parts)).unwrap();
        defects(set.cases()).into_iter().map(|defect| defect.text).collect()
    }

    #[test]
    fn parts_are_those_of_the_datagram() {
        assert_eq!(linted(&json!([["type", 1], ["timestamp", 8]])), [""; 0]);
        assert_eq!(
            linted(&json!([["type", 1], ["time", 7]])),
            ["`parts` names type of 1, time of 7; the datagram has type of 1, timestamp of 8"]
        );
    }

    #[test]
    fn an_id_is_short() {
        let read = |length: usize| {
            let id = format!("x/{}", "y".repeat(length - 2));
            let parts = json!([["type", 1], ["timestamp", 8]]);
            VectorSet::from_text(Path::new("f.json"), &file(&id, &parts))
                .map_err(|it| it.to_string())
        };
        assert!(read(256).is_ok());
        let fault = read(1_000_000).unwrap_err();
        assert!(fault.contains("`id` has 1000000 bytes; at most 256 are allowed"), "{fault}");
        assert!(fault.len() < 500, "{}", fault.len());
    }
}
