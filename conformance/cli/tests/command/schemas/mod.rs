//! The JSON Schemas: they are right, and they describe what is there.

mod adapter;
mod capture;
mod closed;
mod interop;
mod settings;
mod vectors;

use std::{fs, path::Path};

use jsonschema::Validator;
use serde_json::Value;

/// The root of the repository.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

pub(crate) fn json_of(path: &str) -> Value {
    serde_json::from_slice(&fs::read(root().join(path)).unwrap()).unwrap()
}

fn names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

#[track_caller]
pub(crate) fn assert_valid(validator: &Validator, instance: &Value, name: &str) {
    if let Err(error) = validator.validate(instance) {
        let text: String = error.to_string().chars().take(400).collect();
        panic!("{name}: {text} at {}", error.instance_path());
    }
}
