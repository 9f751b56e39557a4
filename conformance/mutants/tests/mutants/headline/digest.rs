//! Headlines of wrong digests.

use rollwire_conformance::{
    check::digest::{explain::Explainer, judge::judge, plan::Planned},
    protocol::Answer,
    runner::Reply,
    vectors::{Origin, VectorSet},
    verdict::Verdict,
};
use rollwire_model::vectors::{DigestCase, large_digests};
use rollwire_mutants::digest::{Mutant, find_fault, mutants};
use serde_json::json;

use super::{by_frequency, hello, is_named};

/// Mutants of which the headline names another rule, and why.
const LISTED: &[(&str, &str)] = &[
    ("objects-only", "it refuses nearly every state, and a refusal does not say why"),
    ("state-up-to-4096-bytes", "it refuses every long state, and a refusal does not say why"),
    ("key-order-for-readers", "most keys that it puts elsewhere have a lone surrogate"),
];

fn answered(mutant: &Mutant, planned: &Planned) -> Reply {
    Reply::Answered(vec![match mutant.rules().digest(&planned.case.state, planned.case.form) {
        Ok(digest) => {
            let ok = json!({"hash": digest.hash, "text": digest.text});
            Answer::Ok(ok.as_object().unwrap().clone().into())
        }
        Err(refused) => {
            Answer::Reject { class: Some(refused.class.as_str().to_owned()), message: None }
        }
    }])
}

#[test]
fn the_headline_names_the_rule_of_a_wrong_digest() {
    let set = VectorSet::builtin().unwrap();
    let planned: Vec<Planned> =
        set.digests().map(|case| Planned::new(case.clone(), Origin::Published, &hello())).collect();
    let large: Vec<DigestCase> = large_digests().collect();
    let explainer = Explainer::new(find_fault);
    let mut faults = Vec::new();
    for mutant in mutants() {
        let named = by_frequency(planned.iter().filter_map(|planned| {
            let (judgement, made) = judge(&planned.answers, answered(&mutant, planned));
            (judgement.verdict == Verdict::Fail)
                .then(|| explainer.rule(planned, &judgement, made.as_ref()))
        }));
        // What only states of a game's size show takes minutes to explain; `digest` tests that they show it.
        if named.is_empty() && large.iter().any(|case| mutant.is_caught_by(case)) {
            continue;
        }
        let is_listed = LISTED.iter().any(|(name, _)| *name == mutant.name);
        if named.is_empty() || is_named(&named, mutant.rule) == is_listed {
            faults.push(format!("{} ({}): {named:?}", mutant.name, mutant.rule));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
