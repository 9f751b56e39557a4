//! The committed vectors are those of the generator, agree with the model, and cover every rule.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::LazyLock,
};

use rollwire_model::{
    Grade, Layout, Level, Model, Outcome, Value, rule,
    vectors::{
        Case, CaseFile, CheckKind, DigestCase, DigestFile, LongValue, Scenario, ScenarioFile,
        Source, VectorSet, coverage, large_cases, long_scenarios, pretty,
    },
};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors")
}

fn committed() -> VectorSet {
    VectorSet::read(&directory()).unwrap_or_else(|error| panic!("{error}"))
}

fn codec() -> BTreeMap<String, CaseFile> {
    committed().codec().unwrap_or_else(|error| panic!("{error}"))
}

/// Every stored codec case.
fn stored() -> Vec<Case> {
    codec().into_values().flat_map(|file| file.cases).collect()
}

/// Every stored scenario.
fn scenarios() -> Vec<Scenario> {
    let files = committed().scenarios().unwrap_or_else(|error| panic!("{error}"));
    files.into_values().flat_map(|file| file.cases).collect()
}

/// Every stored digest case.
fn digests() -> Vec<DigestCase> {
    let files = committed().digests().unwrap_or_else(|error| panic!("{error}"));
    files.into_values().flat_map(|file| file.cases).collect()
}

/// The cases that are generated at run time.
fn large() -> &'static [Case] {
    static LARGE: LazyLock<Vec<Case>> = LazyLock::new(large_cases);
    &LARGE
}

/// Every codec case.
fn all() -> Vec<Case> {
    stored().into_iter().chain(large().iter().cloned()).collect()
}

fn outcomes(model: &Model, case: &Case, check: CheckKind) -> Vec<(Grade, Outcome)> {
    match (check, case.bytes(), case.whole_value()) {
        (CheckKind::Decode, Some(bytes), _) => model.decode_outcomes(bytes),
        (CheckKind::Reencode, Some(bytes), _) => model.reencode_outcomes(bytes),
        (CheckKind::Encode, _, Some(value)) => model.encode_outcomes(&value),
        _ => panic!("{}: {check} has no input", case.id),
    }
}

#[test]
fn the_generator_makes_what_is_committed() {
    let committed = committed();
    let made = committed.regenerated().unwrap_or_else(|error| panic!("{error}"));
    let differences = committed.differences(&made);
    assert!(differences.is_empty(), "run the binary generate-vectors: {differences:?}");
}

#[test]
fn every_case_agrees_with_the_model_in_all_its_revisions() {
    let layout = Layout::builtin();
    for case in all() {
        for revision in (1..=layout.revision).filter(|&revision| case.applies_to(revision)) {
            let model = Model::specified(revision);
            for &check in &case.checks {
                let expected = outcomes(&model, &case, check);
                assert_eq!(
                    case.outcomes(check),
                    expected,
                    "{} {check} in revision {revision}",
                    case.id
                );
            }
        }
    }
}

#[test]
fn a_case_is_well_formed() {
    let layout = Layout::builtin();
    for case in all() {
        let id = &case.id;
        // One that is too long is only decoded.
        let is_whole = case.checks == case.shape() || id.ends_with("/large-trailing-65536");
        assert!(!case.checks.is_empty() && is_whole, "{id}: checks");
        assert!((1..=3).contains(&case.rules.len()), "{id}: rules");
        assert!(case.rules.iter().all(|id| rule(id).is_some()), "{id}: unknown rule");
        assert!(
            case.since >= 1
                && case.until.is_none_or(|last| case.since <= last && last < layout.revision),
            "{id}"
        );
        assert!(!case.comment.is_empty() && !case.comment.ends_with('.'), "{id}: comment");
        assert!(!case.flags.is_empty(), "{id}: flags");
        let answers =
            [case.reject.is_some(), case.one_of.is_some()].iter().filter(|&&there| there).count();
        assert!(
            answers == 1 || (answers == 0 && case.hex.is_some() && case.whole_value().is_some()),
            "{id}: shape"
        );
        let capability = rule(&case.rules[0]).and_then(|rule| rule.capability);
        assert_eq!(
            case.requires,
            Vec::from_iter(capability.map(|it| it.to_string())),
            "{id}: requires"
        );
    }
}

#[test]
fn a_level_below_must_means_a_choice() {
    for case in all() {
        let grades: Vec<Grade> = case.one_of.iter().flatten().map(|answer| answer.grade).collect();
        let level = match grades[..] {
            [] => Level::Must,
            [Grade::Pass, .., Grade::Weak] => Level::Should,
            _ => Level::May,
        };
        assert_eq!(case.level, level, "{}", case.id);
    }
}

#[test]
fn parts_name_every_byte() {
    for case in stored() {
        let Some(bytes) = case.bytes() else { continue };
        let parts = case.parts.as_ref().unwrap_or_else(|| panic!("{}: no parts", case.id));
        let sum: usize = parts.iter().map(|(_, len)| len).sum();
        assert_eq!(sum, bytes.len(), "{}", case.id);
        assert!(bytes.len() <= 1500, "{}: larger cases are made at run time", case.id);
    }
}

#[test]
fn nothing_in_a_value_is_more_than_javascript_can_hold() {
    fn check(json: &Json) -> bool {
        match json {
            Json::Number(number) => {
                number.as_f64().is_some_and(|double| double.abs() <= 9_007_199_254_740_991.0)
            }
            Json::Array(list) => list.iter().all(check),
            Json::Object(members) => members.values().all(check),
            _ => true,
        }
    }
    for case in stored() {
        let whole = case.whole_value();
        let given = whole.as_deref().into_iter();
        let answers = case.one_of.iter().flatten().filter_map(|answer| answer.value.as_ref());
        assert!(given.chain(answers).all(|value| value.fields.values().all(check)), "{}", case.id);
    }
}

#[test]
fn ids_are_unique_slugs_that_begin_with_their_topic() {
    let is_slug = |text: &str| {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        text.split('-').all(|word| !word.is_empty() && word.chars().all(good))
    };
    let mut ids = BTreeSet::new();
    for (path, file) in codec() {
        assert_eq!(path, format!("codec/{}.json", file.topic));
        let begin = format!("{}/", file.topic.replace('_', "-"));
        let made = large().iter().filter(|case| case.id.starts_with(&begin));
        for case in file.cases.iter().chain(made) {
            let (topic, slug) = case.id.split_once('/').unwrap_or_default();
            assert_eq!(topic, file.topic.replace('_', "-"), "{}", case.id);
            assert!(is_slug(topic) && is_slug(slug), "{}", case.id);
            assert!(ids.insert(case.id.clone()), "{} stands twice", case.id);
        }
    }
}

#[test]
fn no_published_id_is_lost() {
    let committed = committed();
    let list: Vec<&str> = committed.files["ids.txt"].lines().collect();
    assert!(list.is_sorted_by(|one, next| one < next), "ids.txt is sorted and holds each id once");
    let published: BTreeSet<&str> = list.into_iter().collect();
    let mut current = BTreeSet::new();
    for (path, text) in committed.files.iter().filter(|(path, _)| path.contains('/')) {
        let json: Json =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let cases = json["cases"].as_array().unwrap_or_else(|| panic!("{path}: no cases"));
        current.extend(cases.iter().filter_map(|case| case["id"].as_str()).map(str::to_owned));
    }
    let current: BTreeSet<&str> = current.iter().map(String::as_str).collect();
    assert_eq!(published.difference(&current).next(), None, "published once, so it stays");
    assert_eq!(current.difference(&published).next(), None, "run the binary generate-vectors");
}

#[test]
fn the_manifest_has_the_digests() {
    let committed = committed();
    let manifest: Json = serde_json::from_str(&committed.files["manifest.json"]).expect("JSON");
    let listed = manifest["files"].as_array().expect("a list of files");
    let paths: Vec<&str> = listed.iter().filter_map(|file| file["path"].as_str()).collect();
    let there: Vec<&str> =
        committed.files.keys().map(String::as_str).filter(|path| path.contains('/')).collect();
    assert_eq!(paths, there);
    for file in listed {
        let path = file["path"].as_str().expect("a path");
        let text = &committed.files[path];
        let digest = rollwire_model::hex::plain(&Sha256::digest(text.as_bytes()));
        assert_eq!(file["sha256"], digest.as_str(), "{path}");
        let json: Json = serde_json::from_str(text).expect("JSON");
        assert_eq!(
            file["cases"].as_u64(),
            json["cases"].as_array().map(|cases| cases.len() as u64),
            "{path}"
        );
    }
}

#[test]
fn files_are_stable_under_reading_and_writing() {
    for (path, text) in committed().files.into_iter().filter(|(path, _)| path.contains('/')) {
        let json = match path.split('/').next() {
            Some("codec") => CaseFile::parse(&text).map(serde_json::to_value),
            Some("digest") => DigestFile::parse(&text).map(serde_json::to_value),
            _ => ScenarioFile::parse(&text).map(serde_json::to_value),
        };
        let json = json.unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!(pretty(&json.expect("JSON")), text, "{path}");
        assert!(text.is_ascii(), "{path}: spell other characters out");
    }
}

#[test]
fn every_flag_is_explained_and_used() {
    let notes: Json = serde_json::from_str(&committed().files["flags.json"]).expect("JSON");
    let explained: BTreeSet<String> =
        notes["flags"].as_object().expect("an object").keys().cloned().collect();
    let used = all().into_iter().flat_map(|case| case.flags);
    let used = used.chain(scenarios().into_iter().flat_map(|scenario| scenario.flags));
    let used: BTreeSet<String> =
        used.chain(digests().into_iter().flat_map(|digest| digest.flags)).collect();
    assert_eq!(explained, used);
    for (flag, note) in notes["flags"].as_object().expect("an object") {
        let members: Vec<&String> = note.as_object().expect("an object").keys().collect();
        assert_eq!(members, ["bug_class", "description", "effect"], "{flag}");
    }
}

#[test]
fn there_are_enough_cases_and_enough_refusals() {
    let codec = codec();
    let mut total = 0;
    let mut negative = 0;
    for (path, file) in &codec {
        assert!(file.cases.len() >= 25, "{path}: {}", file.cases.len());
        total += file.cases.len();
        negative += file.cases.iter().filter(|case| case.is_negative()).count();
    }
    let unknown = codec["codec/unknown_type.json"].cases.len();
    assert!(total - unknown >= 600, "{total}");
    assert!(negative * 10 >= total * 4, "{negative} of {total}");
    // The 244 unknown type bytes are cheap: the share must hold without them.
    let cheap =
        codec["codec/unknown_type.json"].cases.iter().filter(|case| case.is_negative()).count();
    assert!(
        (negative - cheap) * 10 >= (total - unknown) * 4,
        "{negative} of {total} without {cheap}"
    );
}

#[test]
fn every_unknown_type_byte_has_a_case() {
    let layout = Layout::builtin();
    let latest =
        stored().into_iter().filter(|case| case.is_negative() && case.applies_to(layout.revision));
    let refused: BTreeSet<u8> = latest
        .filter(|case| case.rules[0] == "WIRE-2")
        .filter_map(|case| case.bytes().and_then(|bytes| bytes.first().copied()))
        .collect();
    let known: BTreeSet<u8> = layout.messages.iter().map(|message| message.type_byte).collect();
    assert_eq!(refused.len() + known.len(), 256);
    assert!(refused.is_disjoint(&known));
}

#[test]
fn every_testable_rule_is_covered() {
    let scenarios: Vec<Scenario> = scenarios().into_iter().chain(long_scenarios()).collect();
    let table = coverage(&all(), &scenarios, &digests());
    let gaps: Vec<String> = table
        .iter()
        .filter_map(|row| row.gap.as_ref().map(|gap| format!("{}: {gap}", row.rule.id)))
        .collect();
    assert!(gaps.is_empty(), "{gaps:#?}");
}

#[test]
fn coverage_notices_a_gap() {
    let about = |id: &str| all().into_iter().filter(|case| case.rules[0] == id).collect::<Vec<_>>();
    let gap = |cases: &[Case], id: &str| {
        let table = coverage(cases, &[], &[]);
        table.into_iter().find(|row| row.rule.id == id).and_then(|row| row.gap)
    };
    let refused: Vec<Case> = about("STATE_HASH-1").into_iter().filter(Case::is_negative).collect();
    assert_eq!(
        gap(&refused, "STATE_HASH-1").as_deref(),
        Some("no accepted case beside the refused ones")
    );
    assert_eq!(gap(&[], "STATE_HASH-1").as_deref(), Some("no refused case"));
    let one = &about("STATE_HASH-3")[..1];
    assert_eq!(gap(one, "STATE_HASH-3").as_deref(), Some("two accepted cases are needed, found 1"));
    let twice = [one[0].clone(), one[0].clone()];
    assert_eq!(
        gap(&twice, "STATE_HASH-3").as_deref(),
        Some("all accepted cases have the same answer")
    );
}

#[test]
fn every_source_occurs_and_large_cases_are_made() {
    let count = |source: Source| stored().iter().filter(|case| case.source == source).count();
    assert!(count(Source::Recorded) >= 30 && count(Source::Hand) >= 40);
    let messages = Layout::builtin().messages.len();
    assert_eq!(large().len(), 6 + messages);
    assert!(large().iter().all(|case| case.id.contains("/large-")));
    let surplus = large().iter().filter(|case| case.id.ends_with("/large-trailing-65536"));
    assert_eq!(surplus.count(), messages);
    let long: Vec<&LongValue> = large().iter().filter_map(|case| case.long.as_ref()).collect();
    assert_eq!(long.len(), 2);
    for value in long {
        let read: Value = serde_json::from_str(&value.to_string()).unwrap();
        assert_eq!(read, value.value(), "as text and as a tree it is the same value");
    }
}
