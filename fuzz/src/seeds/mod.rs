//! Inputs to begin with, made of the published vectors: a fuzzer that starts from messages does not
//! have to find out what a message is.

mod answers;
mod logs;

use rollwire_conformance::vectors::{Titled, VectorSet};
use rollwire_model::{
    Grade, Model, Outcome, Value,
    exchange::Stimulus,
    vectors::{
        Case, CaseFile, CheckKind, DigestCase, DigestFile, DigestKind, Scenario, ScenarioFile,
        ScenarioKind, case::FORMAT, pretty,
    },
};

use serde::Serialize;

use crate::{drawn::Drawn, targets};

/// The baseline of the deployed browser implementation: every kind of entry in use.
const BASELINE: &str = include_str!("../../../conformance/baselines/browser.toml");

/// A longer seed slows a target down and teaches it nothing.
const LONGEST: usize = 4_096;

/// The seeds of a target, each with a name that is a file name too.
#[must_use]
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    let model = Model::latest();
    let mut seeds = match target {
        "decode" => datagrams(),
        "round_trip" | "mutate" | "encode_buffer" => messages(&model),
        "adapter_line" => answers::lines(),
        "vectors_file" => files(),
        "digest" => numbered(published().digests.into_iter().map(|it| it.state.into_bytes())),
        "trace" => logs::of(&model),
        "exchange" => numbered(scenarios().filter_map(|list| targets::exchange::form(&list))),
        _ => Vec::new(),
    };
    seeds.retain(|(_, bytes)| bytes.len() <= LONGEST);
    seeds
}

/// The published set.
fn published() -> VectorSet {
    VectorSet::builtin().expect("the published set is whole")
}

/// The published cases of this revision.
fn cases(model: &Model) -> impl Iterator<Item = Case> {
    let revision = model.revision();
    published().cases.into_iter().filter(move |case| case.applies_to(revision))
}

/// Every value of a published case.
pub(crate) fn values(model: &Model) -> impl Iterator<Item = Value> {
    cases(model).filter_map(|case| case.whole_value().map(std::borrow::Cow::into_owned))
}

/// What may be answered to each published check.
pub(crate) fn outcomes(model: &Model) -> impl Iterator<Item = Vec<(Grade, Outcome)>> {
    cases(model).flat_map(|case| {
        let checks = case.checks.clone();
        checks.into_iter().map(move |kind: CheckKind| case.outcomes(kind))
    })
}

/// The stimuli of each published scenario.
pub(crate) fn scenarios() -> impl Iterator<Item = Vec<Stimulus>> {
    published().scenarios.into_iter().map(|it| it.stimuli().cloned().collect())
}

fn numbered(seeds: impl Iterator<Item = Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    seeds.enumerate().map(|(number, bytes)| (format!("{number:04}"), bytes)).collect()
}

fn datagrams() -> Vec<(String, Vec<u8>)> {
    let cases = published().cases;
    let bytes = cases.iter().filter_map(|case| Some((file_name(case), case.bytes()?.to_vec())));
    bytes.collect()
}

fn messages(model: &Model) -> Vec<(String, Vec<u8>)> {
    numbered(values(model).filter_map(|value| Drawn::of(&value)?.form()))
}

/// One case in so many is a seed: files of neighbours differ in words that nothing depends on.
const ONE_IN: usize = 16;

/// Cases and scenarios as files of their own, and baselines.
fn files() -> Vec<(String, Vec<u8>)> {
    let set = published();
    let cases = set.cases.into_iter().step_by(ONE_IN).map(|case: Case| {
        let name = file_name(&case);
        let file = CaseFile { vectors: FORMAT, topic: "seed".to_owned(), cases: vec![case] };
        (name, printed(&file))
    });
    let scenarios = set.scenarios.into_iter().step_by(ONE_IN).map(|scenario: Scenario| {
        let name = file_name(&scenario);
        let (kind, topic) = (ScenarioKind::Scenario, "seed".to_owned());
        let cases = vec![scenario];
        (name, printed(&ScenarioFile { vectors: FORMAT, kind, topic, cases }))
    });
    let digests = set.digests.into_iter().step_by(ONE_IN).map(|digest: DigestCase| {
        let name = file_name(&digest);
        let (kind, topic) = (DigestKind::Digest, "seed".to_owned());
        let cases = vec![digest];
        (name, printed(&DigestFile { vectors: FORMAT, kind, topic, cases }))
    });
    let texts = cases.chain(scenarios).chain(digests).map(|(name, text)| (name, text.into_bytes()));
    texts.chain(baselines()).collect()
}

fn printed(file: &impl Serialize) -> String {
    pretty(&serde_json::to_value(file).expect("a file is JSON"))
}

/// The entries of the baseline, two a file.
fn baselines() -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut parts = BASELINE.split("\n[[entry]]\n");
    let head = parts.next().unwrap_or_default();
    let entries: Vec<&str> = parts.collect();
    let files: Vec<String> = entries
        .chunks(2)
        .map(|two| two.iter().fold(head.to_owned(), |file, it| file + "\n[[entry]]\n" + it))
        .collect();
    let named = |(number, text): (usize, String)| (format!("baseline-{number}"), text.into_bytes());
    files.into_iter().enumerate().map(named)
}

fn file_name(titled: &impl Titled) -> String {
    titled.id().replace(['/', '\\'], "_")
}
