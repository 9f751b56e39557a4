//! Hostile vector, scenario and baseline files: each is refused with a text, or can be planned,
//! judged, shown, and written so that it is read as the same again. The input is the file.

use std::{path::Path, rc::Rc, sync::LazyLock};

use rollwire_conformance::{baseline, check::scenario::plan::{interleaved, stepwise, whole}, protocol::{Capability, Hello, Implementation}, run::plan::Plan, runner::Reply, text::sanitize, vectors::VectorSet, verdict::Verdict};
use rollwire_model::{
    Model,
    vectors::{
        CaseFile, CheckKind, DigestFile, DigestKind, ScenarioFile, ScenarioKind, case::FORMAT,
    },
};

static HELLO: LazyLock<Hello> = LazyLock::new(|| Hello {
    implementation: Implementation {
        name: "everything".to_owned(),
        version: "1".to_owned(),
        language: "Rust".to_owned(),
    },
    revision: 7,
    capabilities: Capability::ALL.into(),
    window: 64,
    sessions: 2,
});

thread_local! {
    static MODEL: Rc<Model> = Rc::new(Model::latest());
}

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match VectorSet::from_text(Path::new("hostile.json"), text) {
        // Quotes what is in the file; the command makes it safe where it prints.
        Err(fault) => assert!(!fault.to_string().is_empty()),
        Ok(set) => {
            written_and_read_again(&set);
            planned(set);
        }
    }
    match baseline::parse(text) {
        Err(fault) => {
            assert!(fault.line <= 1 + text.matches('\n').count(), "{fault}");
            assert!(!sanitize(&fault.text).is_empty());
        }
        Ok(entries) => entries.iter().for_each(listed),
    }
}

/// What was read is written as a file that is read as the same.
fn written_and_read_again(set: &VectorSet) {
    let path = Path::new("again.json");
    let (vectors, topic) = (FORMAT, "again".to_owned());
    let cases = CaseFile { vectors, topic: topic.clone(), cases: set.cases.clone() };
    let text = serde_json::to_string(&cases).expect("a file is JSON");
    let again = VectorSet::from_text(path, &text).unwrap_or_else(|it| panic!("{it}: {text}"));
    assert_eq!(again.cases, set.cases, "the cases of {text}");
    let kind = ScenarioKind::Scenario;
    let scenarios =
        ScenarioFile { vectors, kind, topic: topic.clone(), cases: set.scenarios.clone() };
    let text = serde_json::to_string(&scenarios).expect("a file is JSON");
    let again = VectorSet::from_text(path, &text).unwrap_or_else(|it| panic!("{it}: {text}"));
    assert_eq!(again.scenarios, set.scenarios, "the scenarios of {text}");
    let kind = DigestKind::Digest;
    let digests = DigestFile { vectors, kind, topic, cases: set.digests.clone() };
    let text = serde_json::to_string(&digests).expect("a file is JSON");
    let again = VectorSet::from_text(path, &text).unwrap_or_else(|it| panic!("{it}: {text}"));
    assert_eq!(again.digests, set.digests, "the digests of {text}");
}

/// Every check has a request, and its preferred answer passes; every scenario can be cut into steps.
fn planned(set: VectorSet) {
    let model = MODEL.with(Rc::clone);
    for titled in set.all() {
        titled.json().expect("a case is JSON");
    }
    let plan = Plan::new(set.cases, set.scenarios, &HELLO, &model);
    for check in &plan.checks {
        let id = &plan.cases[check.case].id;
        assert!(check.script(&plan).is_some(), "{id} asks nothing");
        assert_ne!(check.kind, CheckKind::Run, "{id} is no scenario");
        assert!(!check.outcomes.is_empty(), "{id} has no right answer");
        assert_eq!(check.judge(Reply::NotRun).verdict, Verdict::NotRun, "{id}");
    }
    let parts: Vec<_> = plan.scenarios.iter().map(|planned| &planned.part).collect();
    for part in &parts {
        assert_eq!(part.expected().count(), part.stimuli.len());
        // Cut in two ways, and among others: every stimulus is asked once.
        assert_eq!(stepwise(part, 1).bodies().len(), part.stimuli.len() + 2);
        assert!(whole(part, 1).bodies().len() <= part.stimuli.len() + 2);
    }
    if let [first, second, ..] = parts[..] {
        let (script, owners) = interleaved(&[first, second], &[1, 2], 3);
        assert_eq!(script.bodies().len(), owners.len());
    }
}

/// An entry of a baseline can be shown and asked.
fn listed(entry: &baseline::Entry) {
    assert!(entry.title().chars().all(|it| !it.is_control()), "{entry:?}");
    assert!(!entry.failure().is_empty());
    // An id names itself, and a glob is asked without a panic.
    assert!(entry.names_case(&entry.case) || entry.is_glob(), "{entry:?}");
}
