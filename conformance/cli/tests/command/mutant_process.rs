//! The matrix is what a run finds that asks the mutant as a process.

use std::{collections::BTreeSet, sync::LazyLock};

use rollwire_conformance::vectors::VectorSet;
use rollwire_conformance::{
    event::{Detail, Event},
    verdict::{Code, Verdict},
};
use rollwire_model::Layout;
use rollwire_model::vectors::Case;
use rollwire_mutants::{
    bytes::{self, Mutant, mutants},
    digest, exchange,
    matrix::Matrix,
    peer,
};

use crate::run::run;

/// The published cases about bytes.
static CASES: LazyLock<Vec<Case>> =
    LazyLock::new(|| VectorSet::builtin().unwrap().bytes().cloned().collect());

/// What catches the mutants of the sample.
static MATRIX: LazyLock<bytes::Matrix> = LazyLock::new(|| {
    let mut sample: Vec<Mutant> = mutants();
    sample.retain(|mutant| SAMPLE.contains(&&*mutant.name));
    bytes::Matrix::new(sample, &CASES)
});

/// One of each file of operators. The canaries of a run ask about PING, so none of these is of PING.
const SAMPLE: [&str; 19] = [
    "keepalive/type/first-bit-set/encoder",
    "wire/names-trimmed/encoder",
    "focus-state/surplus-zeros-ignored/decoder",
    "input-request/start/changes-places/both",
    "input-response/player/signed/decoder",
    "input/entries-action/wraps-above/encoder",
    "pong/timestamp/through-f32/encoder",
    "validation-ping/timestamp/nan-is-one/decoder",
    "validation-pong/timestamp/null-is-zero/encoder",
    "state-hash/hash/halves-exchanged/both",
    "episode-ready/hash/edges-accepted/decoder",
    "state-hash/hash/end-cut/encoder",
    "focus-state/focused/any-is-true/decoder",
    "input/count/bad-count-repaired/decoder",
    "input/count/clamped/decoder",
    "input/reserved/written-what-was-read/encoder",
    "input-response/entries/sorted/encoder",
    "input-request/inverted-is-turned-around/both",
    "episode-end/frame/left-over-when-read/decoder",
];

/// The cases and checks that catch a mutant in a run of its own.
fn caught_in_a_run(mutant: &str) -> BTreeSet<(String, String)> {
    let rollwire = env!("CARGO_BIN_EXE_rollwire");
    let check = ["check", "--fresh", "0", "--seed", "1", "--format", "jsonl"];
    let adapter = ["--", rollwire, "adapter", "--mutant", mutant];
    // A weak answer is not a failure, so the exit code says nothing here.
    let (stdout, stderr) = command_output(&[&check[..], &adapter].concat());
    assert!(stdout.lines().count() > 100, "{mutant}: {stderr}");
    let events = stdout.lines().map(|line| serde_json::from_str::<Event>(line).unwrap());
    let checks = events.filter_map(|event| match event {
        Event::Check(check) => Some(check),
        _ => None,
    });
    let catches = |verdict, code| match verdict {
        Verdict::Weak => code == Some(Code::Alternative),
        verdict => verdict != Verdict::Pass && verdict != Verdict::NotApplicable,
    };
    let caught = checks.filter(|check| catches(check.verdict, check.code));
    caught.map(|check| (check.case, check.check.to_string())).collect()
}

fn command_output(arguments: &[&str]) -> (String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_rollwire"))
        .args(arguments)
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr))
}

#[test]
fn a_run_catches_a_wrong_codec_by_exactly_the_checks_of_the_matrix() {
    let latest = Layout::builtin().revision;
    for name in SAMPLE {
        let row = MATRIX.results().find(|row| row.mutant.name == name);
        let row = row.unwrap_or_else(|| panic!("no mutant is named {name}"));
        let kills = row.catches.iter().filter(|catch| catch.revision == latest);
        let expected: BTreeSet<_> = kills
            .map(|catch| (MATRIX.cases[catch.case].id.clone(), catch.check.to_string()))
            .collect();
        assert!(!expected.is_empty(), "{name}");
        assert_eq!(caught_in_a_run(name), expected, "{name}");
    }
}

#[test]
fn a_run_catches_a_wrong_exchange_by_exactly_the_scenarios_of_the_matrix() {
    let published = VectorSet::builtin().unwrap();
    let of_exchanges = published.scenarios().filter(|it| it.peer.is_none() && !it.lasts());
    let scenarios: Vec<_> = of_exchanges.cloned().collect();
    for name in ["sorts-the-history", "keeps-the-queue", "compares-the-first-half"] {
        let mutants = exchange::mutants().into_iter().filter(|mutant| mutant.name == name);
        let matrix = Matrix::new(mutants.collect(), &scenarios);
        let cells = scenarios.iter().zip(&matrix.caught[0]);
        let expected: BTreeSet<_> = cells
            .filter(|(_, cell)| cell.is_some())
            .map(|(scenario, _)| (scenario.id.clone(), "run".to_owned()))
            .collect();
        assert_eq!(caught_in_a_run(name), expected, "{name}");
    }
}

#[test]
fn a_run_catches_a_wrong_peer_by_exactly_the_scenarios_of_the_matrix() {
    let published = VectorSet::builtin().unwrap();
    let of_peers = published.scenarios().filter(|scenario| scenario.peer.is_some());
    let scenarios: Vec<_> = of_peers.cloned().collect();
    for name in
        ["asks-for-the-first-hole-alone", "tells-the-episode-itself", "takes-inputs-of-any-player"]
    {
        let mutants = peer::mutants().into_iter().filter(|mutant| mutant.name == name);
        let matrix = Matrix::new(mutants.collect(), &scenarios);
        let cells = scenarios.iter().zip(&matrix.caught[0]);
        let expected: BTreeSet<_> = cells
            .filter(|(_, cell)| cell.is_some())
            .map(|(scenario, _)| (scenario.id.clone(), "run".to_owned()))
            .collect();
        assert!(!expected.is_empty(), "{name}");
        assert_eq!(caught_in_a_run(name), expected, "{name}");
    }
}

#[test]
fn a_run_catches_a_wrong_digest_by_exactly_the_cases_of_the_matrix() {
    for name in ["takes-nan", "utf-16-key-order", "half-up", "huge-without-plus"] {
        let mutant = digest::mutants().into_iter().find(|mutant| mutant.name == name).unwrap();
        let caught =
            VectorSet::builtin().unwrap().digests().filter(|case| mutant.is_caught_by(case));
        let expected: BTreeSet<_> =
            caught.map(|case| (case.id.clone(), "digest".to_owned())).collect();
        assert!(!expected.is_empty(), "{name}");
        assert_eq!(caught_in_a_run(name), expected, "{name}");
    }
}

/// Fresh states alone: the rule, and the smallest state on which it shows.
#[test]
fn a_wrong_digest_is_found_by_fresh_states_and_made_small() {
    let smallest = [
        ("half-up", "DIGEST-18", "state_hash of [0.81689453125]"),
        ("unsorted", "DIGEST-6", "state_hash of {\"Z\":0,\"\":\"\"}"),
        ("raw-utf-8", "DIGEST-12", "state_hash of {\"\\u00E9\":0}"),
        ("drops-null", "DIGEST-5", "state_hash of [null]"),
        ("zero-with-a-point", "DIGEST-16", "state_hash of [0]"),
        ("exponent-of-one-digit", "DIGEST-21", "state_hash of [1e-5]"),
        ("integers-through-doubles", "DIGEST-22", "episode_ready of [90000000000000090]"),
        ("numeric-keys-first", "DIGEST-6", "episode_ready of {\"\":0,\"9\":0}"),
        ("refuses-carriage-returns", "DIGEST-4", "state_hash of [\\r\\n \"\"]"),
        ("objects-only", "DIGEST-2", "episode_ready of []"),
    ];
    for (name, rule, state) in smallest {
        let small: Vec<_> = fresh_digests(name, "1")
            .into_iter()
            .filter(|(_, detail)| detail.comment.starts_with("the smallest state"))
            .map(|(rule, detail)| (rule, detail.value.unwrap()))
            .collect();
        assert!(small.contains(&(rule.to_owned(), state.to_owned())), "{name}: {small:#?}");
    }
}

/// Texts with one edit are among the fresh ones, and some of them are not JSON.
#[test]
fn a_lenient_reader_is_found_by_fresh_texts_with_an_edit() {
    for name in ["takes-a-byte-order-mark", "reads-the-first-value"] {
        // A run has sixteen such texts, and fourteen kinds of edits to choose from.
        let found = ["1", "2", "3"].into_iter().any(|seed| {
            fresh_digests(name, seed).iter().any(|(rule, detail)| {
                rule == "DIGEST-1" && detail.comment.starts_with("a state with one edit")
            })
        });
        assert!(found, "{name}");
    }
}

/// What a run of fresh digests says of this mutant: the rules, and what is wrong.
fn fresh_digests(mutant: &str, seed: &str) -> Vec<(String, Detail)> {
    let rollwire = env!("CARGO_BIN_EXE_rollwire");
    let check = ["check", "--filter", "fresh/digest/*", "--seed", seed, "--format", "jsonl"];
    let adapter = ["--", rollwire, "adapter", "--mutant", mutant];
    let (stdout, _) = command_output(&[&check[..], &adapter].concat());
    let events = stdout.lines().map(|line| serde_json::from_str::<Event>(line).unwrap());
    let details = events.filter_map(|event| match event {
        Event::Check(check) => Some((check.rule, check.detail?)),
        _ => None,
    });
    details.collect()
}

#[test]
fn an_unknown_mutant_is_a_mistake_of_the_command_line() {
    let (_, stderr) = run(&["adapter", "--mutant", "input/player/middle-endian"], 2);
    assert!(stderr.contains("no mutant has this name"), "{stderr}");
    assert!(stderr.contains("`rollwire selftest --json` lists them"), "{stderr}");
    // One that conforms can be looked at as well, and a pipe that ends at once is not an error.
    run(&["adapter", "--mutant", "state-hash/hash/upper-case-refused/encoder"], 0);
}
