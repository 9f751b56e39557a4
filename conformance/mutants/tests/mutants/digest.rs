//! Digests as a run asks, judges and explains them.

use std::collections::BTreeSet;

use rollwire_conformance::{
    check::digest::{explain::Explainer, judge::judge, plan::Planned},
    event::Detail,
    protocol::{Answer, Capability, Hello, Implementation, Missing},
    runner::Reply,
    vectors::{Origin, VectorSet},
    verdict::{Code, Verdict},
};
use rollwire_model::{
    Proof,
    digest::{self, DigestRules},
    rules,
    vectors::{DigestCase, large_digests},
};
use rollwire_mutants::digest::{Mutant, find_fault, mutants};
use serde_json::{Value, json};

/// The published digests, for an adapter with these capabilities.
fn planned(capabilities: &[Capability]) -> Vec<Planned> {
    let hello = Hello {
        parameters: rollwire_model::peer::Parameters::default(),
        implementation: Implementation {
            name: "mine".to_owned(),
            version: "1".to_owned(),
            language: "C".to_owned(),
        },
        revision: 7,
        capabilities: capabilities.iter().copied().collect(),
        messages: None,
        window: 1,
        sessions: 1,
    };
    let digests = VectorSet::builtin().unwrap().digests();
    digests.map(|case| Planned::new(case.clone(), Origin::Published, &hello)).collect()
}

fn case(id: &str) -> Planned {
    let mut all = planned(&[Capability::Digest]).into_iter();
    all.find(|planned| planned.case.id == id).unwrap()
}

fn ok(members: &Value) -> Reply {
    let members = members.as_object().unwrap().clone();
    Reply::Answered(vec![Answer::Ok(members.into())])
}

fn refusal(class: Option<&str>) -> Reply {
    let class = class.map(str::to_owned);
    Reply::Answered(vec![Answer::Reject { class, message: None }])
}

/// What an implementation with these rules answers.
fn answered(rules: &DigestRules, planned: &Planned) -> Reply {
    match rules.digest(&planned.case.state, planned.case.form) {
        Ok(digest) => ok(&json!({"hash": digest.hash, "text": digest.text})),
        Err(refused) => refusal(Some(refused.class.as_str())),
    }
}

fn explained(planned: &Planned, reply: Reply) -> (Option<Code>, Detail) {
    let (judgement, made) = judge(&planned.answers, reply);
    let detail = Explainer::new(find_fault).explain(planned, &judgement, made.as_ref(), "");
    (judgement.code, detail)
}

#[test]
fn the_model_passes_strictly() {
    for planned in planned(&[Capability::Digest]) {
        let (judgement, _) = judge(&planned.answers, answered(&DigestRules::SPECIFIED, &planned));
        assert_eq!(judgement.verdict, Verdict::Pass, "{}: {judgement:?}", planned.case.id);
    }
}

#[test]
fn a_missing_capability_leaves_all_of_them_out() {
    for planned in planned(&[Capability::Decode]) {
        assert_eq!(planned.missing, Some(Missing::Capability(Capability::Digest)));
        assert!(planned.script().is_none(), "{}", planned.case.id);
    }
}

#[test]
fn the_right_answer_is_not_in_the_request() {
    for planned in planned(&[Capability::Digest]) {
        let request = planned.body().with_id(1);
        for (_, answer) in &planned.answers {
            let digest::Answer::Digest(digest) = answer else { continue };
            assert!(!request.contains(&digest.hash), "{request}");
        }
    }
}

#[test]
fn the_first_different_character_is_shown() {
    let planned = case("digest-rounding/tie-down");
    let text = "[0.0004882813]";
    let (code, detail) =
        explained(&planned, ok(&json!({"hash": "0123456789abcdef", "text": text})));
    assert_eq!(code, Some(Code::WrongDigest));
    assert_eq!(detail.got, "0123456789abcdef of [0.0004882813]");
    assert_eq!(detail.expected, ["5e258327aab971be of [0.0004882812]"]);
    assert_eq!(
        detail.hint.as_deref(),
        Some(
            "the canonical texts differ from character 12 on: `2` in [0.0004882812] is right, \
             `3` in [0.0004882813] came"
        )
    );
    assert!(detail.rule_text.contains("rounded to ten decimal places"), "{}", detail.rule_text);
    assert_eq!(detail.chapter, "spec/digest.md");
}

#[test]
fn a_known_fault_is_named() {
    let planned = case("digest-rounding/tie-down");
    let half_up = mutants().into_iter().find(|mutant| mutant.name == "half-up").unwrap();
    let hint = explained(&planned, answered(&half_up.rules(), &planned)).1.hint.unwrap();
    let fault = "; these digits come from one that rounds a tie away from zero, as toFixed does";
    assert!(hint.ends_with(fault), "{hint}");
}

#[test]
fn what_is_not_in_the_text_is_said_too() {
    let planned = case("digest-games/t-0-x-1");
    let hint = |members: Value| explained(&planned, ok(&members)).1.hint.unwrap();
    let text = r#"{"t":0,"x":1}"#;
    assert_eq!(
        hint(json!({"hash": "508b17bd", "text": text})),
        "the canonical text is right: only its hash is wrong"
    );
    assert_eq!(
        hint(json!({"hash": "CD8696E8A5F91A4D", "text": text})),
        "the digits are right but for their case"
    );
    assert_eq!(
        hint(json!({"hash": "508b17bd"})),
        "the answer has no `text`, which would show where it begins to differ"
    );
    let longer = hint(json!({"hash": "508b17bd", "text": format!("{text} ")}));
    assert!(longer.contains("from character 13 on: the end in {\"t\":0,\"x\":1}"), "{longer}");
}

#[test]
fn a_choice_is_graded_and_a_wrong_class_is_weak() {
    let verdict = |id: &str, reply: Reply| {
        let planned = case(id);
        let (judgement, _) = judge(&planned.answers, reply);
        (judgement.verdict, judgement.code)
    };
    let lone = "digest-surrogates/high";
    assert_eq!(verdict(lone, refusal(None)), (Verdict::Weak, Some(Code::Alternative)));
    let right = answered(&DigestRules::SPECIFIED, &case(lone));
    assert_eq!(verdict(lone, right), (Verdict::Pass, None));
    let deep = "digest-structure/depth-101";
    let lenient = DigestRules { deepest: 1000, ..DigestRules::SPECIFIED };
    let digest = answered(&lenient, &case(deep));
    assert_eq!(verdict(deep, digest), (Verdict::Weak, Some(Code::Alternative)));
    assert_eq!(verdict(deep, refusal(Some("range"))), (Verdict::Pass, None));
    assert_eq!(verdict(deep, refusal(Some("text"))), (Verdict::Weak, Some(Code::WrongClass)));
    let plain = "digest-games/empty";
    assert_eq!(verdict(plain, refusal(None)), (Verdict::Fail, Some(Code::Refused)));
    let bad = "digest-refused/nan";
    let made = json!({"hash": "0123456789abcdef"});
    assert_eq!(verdict(bad, ok(&made)), (Verdict::Fail, Some(Code::Accepted)));
    assert_eq!(verdict(bad, Reply::NotRun), (Verdict::NotRun, None));
}

#[test]
fn every_mutant_is_caught_by_a_case_about_its_rule() {
    let cases: Vec<_> = VectorSet::builtin().unwrap().digests().cloned().collect();
    let survives = |mutant: &Mutant, cases: &[DigestCase]| {
        let mut about = cases.iter().filter(|case| case.rules[0] == mutant.rule);
        !about.any(|case| mutant.is_caught_by(case))
    };
    let mut survivors = mutants();
    survivors.retain(|mutant| survives(mutant, &cases));
    // The large states take long, so only those that need them see them.
    let large: Vec<DigestCase> = large_digests().collect();
    survivors.retain(|mutant| survives(mutant, &large));
    let survivors: Vec<&str> = survivors.iter().map(|mutant| mutant.name).collect();
    assert!(survivors.is_empty(), "{survivors:#?}");
    assert!(mutants().len() >= 150, "{}", mutants().len());
}

#[test]
fn every_rule_has_a_mutant_and_every_name_is_one_mutants() {
    let testable = |rule: &&rollwire_model::Rule| {
        let digest = rule.capability == Some(Capability::Digest);
        digest && !matches!(rule.proof, Proof::NotTestable(_))
    };
    let broken: BTreeSet<&str> = mutants().iter().map(|mutant| mutant.rule).collect();
    let rules: BTreeSet<&str> = rules().iter().filter(testable).map(|rule| &*rule.id).collect();
    assert_eq!(broken, rules);
    let names: BTreeSet<&str> = mutants().iter().map(|mutant| mutant.name).collect();
    assert_eq!(names.len(), mutants().len());
}
