//! The committed digests are the answers of the model, are well formed, and test the rules they name.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use rollwire_model::{
    Capability, Grade, Level, Proof,
    digest::{Answer, Form},
    rule,
    vectors::{CheckKind, DigestCase, DigestFile, Source, VectorSet},
};

fn files() -> BTreeMap<String, DigestFile> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors");
    let set = VectorSet::read(&directory).unwrap_or_else(|error| panic!("{error}"));
    set.digests().unwrap_or_else(|error| panic!("{error}"))
}

fn cases() -> Vec<DigestCase> {
    files().into_values().flat_map(|file| file.cases).collect()
}

#[test]
fn every_case_is_what_the_model_answers() {
    let faults: Vec<String> = cases()
        .iter()
        .filter_map(|case| case.disagreement().map(|fault| format!("{}: {fault}", case.id)))
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_wrong_expectation_is_noticed() {
    for mut case in cases() {
        if let Some(text) = &mut case.text {
            text.push(' ');
        } else if let Some(alternatives) = &mut case.one_of {
            alternatives.reverse();
        } else {
            case.reject = None;
        }
        assert!(case.disagreement().is_some(), "{}", case.id);
    }
}

#[test]
fn a_case_is_well_formed() {
    let mut ids = BTreeSet::new();
    for (path, file) in files() {
        let name = path.trim_start_matches("digest/").trim_end_matches(".json");
        assert_eq!(file.topic, format!("digest_{name}"));
        for case in file.cases {
            let id = &case.id;
            assert!(ids.insert(id.clone()), "{id} stands twice");
            assert_eq!(id.split('/').next(), Some(&*file.topic.replace('_', "-")), "{id}");
            assert_eq!(case.checks, [CheckKind::Digest], "{id}");
            assert_eq!((case.since, case.until), (case.form.since(), None), "{id}");
            assert!((1..=3).contains(&case.rules.len()), "{id}: rules");
            assert!(case.rules.iter().all(|id| rule(id).is_some()), "{id}: unknown rule");
            let about = rule(&case.rules[0]).unwrap_or_else(|| panic!("{id}: no rule"));
            assert_eq!(about.capability, Some(Capability::Digest), "{id}");
            assert!(matches!(about.proof, Proof::Accept | Proof::Refuse), "{id}");
            assert!(!case.comment.is_empty() && !case.comment.ends_with('.'), "{id}: comment");
            assert!(!case.flags.is_empty(), "{id}: flags");
            let alternatives = case.one_of.as_deref().unwrap_or_default();
            let graded = alternatives.iter().any(|it| it.grade == Grade::Weak);
            assert_eq!(case.level, if graded { Level::Should } else { Level::Must }, "{id}");
            assert_eq!(graded, case.flags.contains(&"graded".to_owned()), "{id}");
            let grades: Vec<Grade> = case.answers().iter().map(|(grade, _)| *grade).collect();
            // Of two right classes neither is worse.
            let second = if graded { Grade::Weak } else { Grade::Pass };
            assert_eq!(grades, &[Grade::Pass, second][..alternatives.len().clamp(1, 2)], "{id}");
            for (_, answer) in case.answers() {
                let Answer::Digest(digest) = answer else { continue };
                assert_eq!(digest.hash.len(), case.form.digits(), "{id}");
                assert!(digest.text.is_ascii(), "{id}");
            }
        }
    }
}

/// A form's own rules have cases in that form.
#[test]
fn a_rule_of_one_form_is_shown_in_that_form() {
    for case in cases() {
        let about = rule(&case.rules[0]).expect("a rule");
        let other = match case.form {
            Form::StateHash => "In the 8-digit form",
            Form::EpisodeReady => "In the 16-digit form",
        };
        assert!(!about.text.starts_with(other), "{}: {}", case.id, about.id);
    }
}

#[test]
fn there_are_enough_cases_and_all_are_recorded() {
    let cases = cases();
    assert!(cases.len() >= 250, "{}", cases.len());
    assert!(cases.iter().all(|case| case.source == Source::Recorded));
    for form in Form::ALL {
        let of_form = cases.iter().filter(|case| case.form == form).count();
        assert!(of_form >= 100, "{form}: {of_form}");
    }
    let surrogates = cases.iter().filter(|case| case.rules[0] == "DIGEST-13").count();
    assert!(surrogates >= 10, "{surrogates}");
}
