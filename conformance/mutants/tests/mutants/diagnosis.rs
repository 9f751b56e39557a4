//! Implementations with two or three faults that hide each other: the diagnosis names these and no others.

use rollwire_conformance::{
    event::Event,
    run::{Options, run},
    vectors::VectorSet,
};
use rollwire_mutants::{adapter::Faulty, draw::kinds, in_process::InProcess, suspects};

/// The causes of an implementation with these faults, made in this order.
fn causes(faults: &[&str]) -> Vec<String> {
    let kinds = kinds();
    let mut faulty = Faulty::default();
    for fault in faults {
        let kind = &kinds[*fault];
        faulty.bytes.extend(kind.bytes.iter().cloned());
        faulty.exchange.extend(&kind.exchange);
        faulty.digest.extend(&kind.digest);
        faulty.others.extend(&kind.others);
    }
    let options = Options { find_suspects: suspects, seed: 1, ..Options::default() };
    let mut causes = Vec::new();
    let set = VectorSet::builtin().unwrap();
    let ran = run(&mut InProcess::new(&faulty), set, &options, &mut |event| {
        if let Event::Cause(cause) = event {
            causes.push(cause.id.clone());
        }
    });
    assert!(ran.is_ok());
    causes.sort();
    causes
}

/// Asserts that the causes are these faults.
fn assert_named(faults: &[&str]) {
    let mut expected: Vec<&str> = faults.to_vec();
    expected.sort_unstable();
    assert_eq!(causes(faults), expected);
}

#[test]
fn the_causes_are_two_faults_of_which_none_gives_the_answers_alone() {
    let causes = causes(&["exchange/last-in-first-out", "exchange/leaves-the-last"]);
    let explained: Vec<&String> =
        causes.iter().filter(|cause| !cause.starts_with("unexplained/")).collect();
    assert_eq!(explained, ["exchange/last-in-first-out", "exchange/leaves-the-last"]);
}

#[test]
fn no_fault_is_dropped_because_others_explain_more_than_was_counted() {
    assert_named(&[
        "bytes/beyond-a-byte-not-checked",
        "bytes/upper-case-kept",
        "bytes/blanks-of-unicode-cut",
    ]);
}
