//! Hostile vector, scenario and baseline files: each is refused with an error text, or can be planned,
//! printed, and written in such a way that reading it again gives the same. The input is the file.

use std::{path::Path, sync::Arc};

use rollwire_conformance::{
    baseline,
    check::scenario::{
        cuts::{stepwise, whole},
        together::interleaved,
    },
    run::plan::Plan,
    runner::Reply,
    text::sanitize,
    vectors::{VectorSet, file_text},
    verdict::Verdict,
};
use rollwire_model::{Model, vectors::CheckKind};

use crate::hello::FULL_HELLO;

thread_local! {
    static MODEL: Arc<Model> = Arc::new(Model::latest());
}

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    match VectorSet::from_text(Path::new("hostile.json"), text) {
        // The text quotes the file; the command makes it safe when it prints it.
        Err(fault) => assert!(!fault.to_string().is_empty()),
        Ok(set) => {
            assert_round_trip(&set);
            plan(set);
        }
    }
    match baseline::parse(text) {
        Err(fault) => {
            assert!(fault.line <= 1 + text.matches('\n').count(), "{fault}");
            assert!(!sanitize(&fault.text).is_empty());
        }
        Ok(entries) => entries.iter().for_each(print_and_match),
    }
}

/// Every case is written as a file of its own, and reading that gives the case again.
fn assert_round_trip(set: &VectorSet) {
    for case in set.cases() {
        let text = file_text(case.content.clone(), "again").expect("a case is JSON");
        let again = VectorSet::from_text(Path::new("again.json"), &text)
            .unwrap_or_else(|fault| panic!("{fault}: {text}"));
        assert_eq!(again.cases(), std::slice::from_ref(case), "the case of {text}");
    }
}

/// Every check has a request and right answers; every scenario can be divided into steps.
fn plan(set: VectorSet) {
    let plan = Plan::new(set.into_cases(), &FULL_HELLO, &MODEL.with(Arc::clone));
    for check in &plan.bytes {
        let id = &check.case.id;
        assert!(check.script().is_some(), "{id} has no request");
        assert_ne!(check.kind, CheckKind::Run, "{id} is not a scenario");
        assert!(!check.outcomes.is_empty(), "{id} has no right answer");
        assert_eq!(check.judge(Reply::NotRun).verdict, Verdict::NotRun, "{id}");
    }
    for check in &plan.digests {
        let id = &check.case.id;
        assert!(check.script().is_some(), "{id} has no request");
        assert!(!check.answers.is_empty(), "{id} has no right answer");
    }
    let scenarios: Vec<_> = plan.scenarios.iter().map(|planned| &planned.session).collect();
    for scenario in &scenarios {
        let stimuli = scenario.stimuli.len();
        let observed = scenario.expected().count();
        assert!(observed == stimuli || scenario.pace().is_seldom() && observed < stimuli);
        // One request opens the session, and one closes it.
        assert!(stepwise(scenario, 1).bodies().len() <= stimuli + 2);
        assert!(whole(scenario, 1).bodies().len() <= stimuli + 2);
    }
    if let [first, second, ..] = scenarios[..] {
        let [first, second] = [first, second].map(|it| it.in_strides(3));
        let (script, owners) = interleaved(&[&first, &second], &[1, 2]);
        assert_eq!(script.bodies().len(), owners.len());
    }
}

/// An entry of a baseline can be printed and matched.
fn print_and_match(entry: &baseline::Entry) {
    assert!(entry.title().chars().all(|it| !it.is_control()), "{entry:?}");
    assert!(!entry.failure().is_empty());
    // An id matches itself, and matching a glob does not panic.
    assert!(entry.names_case(&entry.case) || entry.is_glob(), "{entry:?}");
}
