//! Real processes through the command: what they are blamed for, and every way of checking nothing.

#[path = "../adapter/mod.rs"]
mod adapter;
#[path = "../command/mod.rs"]
mod command;
mod faults;
mod nothing;

use std::{
    collections::BTreeMap,
    process::{ExitCode, Termination},
};

use libtest_mimic::{Arguments, Trial};
use rollwire_conformance::{plan::body, vectors::VectorSet};
use serde_json::Value;

fn main() -> ExitCode {
    if let Some(mode) = adapter::mode() {
        return match &*mode {
            faults::MODE => faults::serve().report(),
            mode => nothing::serve(mode).report(),
        };
    }
    let test = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok(())
        })
    };
    let trials = faults::TESTS.into_iter().chain(nothing::TESTS).map(test).collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Runs `rollwire check` with these arguments against this adapter; what it prints.
#[track_caller]
fn check(arguments: &[&str], adapter: &[String], code: i32) -> String {
    let command: Vec<&str> = adapter.iter().map(String::as_str).collect();
    command::run(&[&["check"], arguments, &["--"], &command].concat(), code).0
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
    for case in VectorSet::builtin().expect("the published vectors").cases {
        for kind in &case.checks {
            let Some(body) = body(&case, *kind) else { continue };
            let request = serde_json::from_str(&body.with_id(0)).expect("a request");
            let check = (case.id.clone(), kind.to_string());
            requests.entry(without_id(&request)).or_default().push(check);
        }
    }
    requests
}
