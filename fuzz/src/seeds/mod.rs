//! Inputs to start from, made from the published vectors: a fuzzer that starts from messages does not
//! have to discover what a message is.

mod answers;
mod captures;
mod logs;
mod packets;
mod settings;
mod spellings;

use rollwire_conformance::vectors::{AnyCase, file_text};
use rollwire_model::Model;

use crate::{
    published,
    structured::{message::AnyMessage, stimuli},
};

/// The baseline of the deployed browser implementation: it uses every kind of entry.
const BASELINE: &str = include_str!("../../../conformance/baselines/browser.toml");

/// A longer seed only slows a target down.
const LONGEST: usize = 4_096;

/// The seeds of a target, each with a name that is a valid file name.
#[must_use]
pub fn of(target: &str) -> Vec<(String, Vec<u8>)> {
    let model = Model::latest();
    let mut seeds = match target {
        "decode" => datagrams(),
        "round_trip" | "mutate" | "encode_buffer" => messages(&model),
        "adapter_line" => answers::lines(),
        "vectors_file" => files(),
        "digest" => states(),
        "trace" => numbered(logs::logs(&model)),
        "spelling" => numbered(spellings::texts()),
        "link" => numbered(captures::links()),
        "settings" => numbered(settings::texts()),
        "capture" => numbered(captures::files()),
        "packets" => numbered(packets::files()),
        "exchange" => {
            numbered(published::scenarios().filter_map(|stimuli| stimuli::to_input(&stimuli)))
        }
        _ => Vec::new(),
    };
    seeds.retain(|(_, bytes)| bytes.len() <= LONGEST);
    seeds
}

fn numbered(seeds: impl IntoIterator<Item = Vec<u8>>) -> Vec<(String, Vec<u8>)> {
    let seeds = seeds.into_iter().enumerate();
    seeds.map(|(number, bytes)| (format!("{number:04}"), bytes)).collect()
}

fn datagrams() -> Vec<(String, Vec<u8>)> {
    let cases = published::set().bytes();
    cases.filter_map(|case| Some((file_name(&case.id), case.bytes()?.to_vec()))).collect()
}

fn messages(model: &Model) -> Vec<(String, Vec<u8>)> {
    let values = published::values(model);
    numbered(values.filter_map(|value| AnyMessage::from_value(&value)?.to_input()))
}

fn states() -> Vec<(String, Vec<u8>)> {
    numbered(published::set().digests().map(|case| case.state.clone().into_bytes()))
}

/// One in this many cases becomes a seed: the files of neighbours differ only in words that no code
/// depends on.
const CASES_PER_SEED: usize = 16;

/// Cases of every kind, each as a file of its own, and baselines.
fn files() -> Vec<(String, Vec<u8>)> {
    let cases = published::set().cases().iter().step_by(CASES_PER_SEED);
    cases.map(|case| (file_name(case.id()), file(case))).chain(baselines()).collect()
}

fn file(case: &AnyCase) -> Vec<u8> {
    file_text(case.content.clone(), "seed").expect("a published case is JSON").into_bytes()
}

/// The entries of the baseline, two in each file.
fn baselines() -> impl Iterator<Item = (String, Vec<u8>)> {
    let mut sections = BASELINE.split("\n[[entry]]\n");
    let head = sections.next().unwrap_or_default();
    let entries: Vec<&str> = sections.collect();
    let files: Vec<String> = entries
        .chunks(2)
        .map(|two| two.iter().fold(head.to_owned(), |file, it| file + "\n[[entry]]\n" + it))
        .collect();
    let named = |(number, text): (usize, String)| (format!("baseline-{number}"), text.into_bytes());
    files.into_iter().enumerate().map(named)
}

fn file_name(id: &str) -> String {
    id.replace(['/', '\\'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_every_published_message_can_be_a_seed() {
        let (mut seeds, mut all) = (0, 0);
        for value in published::values(&Model::latest()) {
            let Some(message) = AnyMessage::from_value(&value) else { continue };
            all += 1;
            seeds += usize::from(message.to_input().is_some());
        }
        // The rest are timestamps without sixteen digits, and hashes of another length.
        assert!(all > 250 && seeds * 10 > all * 9, "{seeds} of {all}");
    }
}
