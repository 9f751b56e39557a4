//! Real processes through the command: what they are blamed for, and every way of checking nothing.

mod faults;
mod nothing;
#[cfg(target_os = "linux")]
mod signals;

use std::{
    collections::BTreeMap,
    process::{ExitCode, Termination},
};

use rollwire_conformance::{check::bytes::plan::body, vectors::VectorSet};
use serde_json::Value;

use crate::support::{Test, trial};

pub(crate) fn tests() -> Vec<Test> {
    let test = |(name, test): (&str, fn())| {
        trial(name, &[], move || {
            test();
            Ok(())
        })
    };
    let tests = faults::TESTS.into_iter().chain(nothing::TESTS).map(test);
    #[cfg(target_os = "linux")]
    let tests = tests.chain(signals::tests());
    tests.collect()
}

/// This program as an adapter in one of the modes of these tests.
pub(crate) fn serve(mode: &str) -> ExitCode {
    match mode {
        faults::MODE => faults::serve().report(),
        mode => nothing::serve(mode).report(),
    }
}

/// Runs `rollwire check` with these arguments against this adapter; what it prints.
#[track_caller]
fn check(arguments: &[&str], adapter: &[String], code: i32) -> String {
    let command: Vec<&str> = adapter.iter().map(String::as_str).collect();
    crate::command::run(&[&["check"], arguments, &["--"], &command].concat(), code).0
}

/// A request without its id, as one text.
fn without_id(request: &Value) -> String {
    let mut request = request.clone();
    request.as_object_mut().expect("a request").remove("id");
    request.to_string()
}

/// How often each request is made by the published cases about bytes, and the checks that make it.
fn published() -> BTreeMap<String, Vec<(String, String)>> {
    let mut requests: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for case in VectorSet::builtin().expect("the published vectors").bytes() {
        for kind in &case.checks {
            let Some(body) = body(case, *kind) else { continue };
            let request = serde_json::from_str(&body.with_id(0)).expect("a request");
            let check = (case.id.clone(), kind.to_string());
            requests.entry(without_id(&request)).or_default().push(check);
        }
    }
    requests
}
