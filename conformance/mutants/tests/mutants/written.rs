//! What rollwire writes to a file, it reads again, and the case fails there in the same way.

use std::path::Path;

use rollwire_conformance::{
    event::{CheckEvent, Event},
    fuzz,
    run::{self, Options},
    runner::Adapter,
    vectors::{Content, VectorSet, file_text, filter::Filter},
    verdict::{Code, Verdict},
};
use rollwire_mutants::{adapter::AnyMutant, bytes, digest, exchange};

/// The failures of a run of these vectors.
fn failures(mutant: &AnyMutant, vectors: &VectorSet, options: &Options) -> Vec<CheckEvent> {
    let mut failures = Vec::new();
    let mut sink = |event: Event| {
        if let Event::Check(check) = event
            && matches!(check.verdict, Verdict::Fail | Verdict::Error)
        {
            failures.push(*check);
        }
    };
    run::run(&mut mutant.in_process(), vectors, options, &mut sink).unwrap();
    failures
}

/// Writes a case to a file and runs it from there: the rule and the code of its failure.
fn again(mutant: &AnyMutant, content: Content, name: &str) -> (String, Option<Code>) {
    let text = file_text(content, "written").unwrap();
    let set = VectorSet::from_text(Path::new("written.json"), &text);
    let set = set.unwrap_or_else(|fault| panic!("{name}: {fault}\n{text:.4000}"));
    let found = failures(mutant, &set, &Options::default());
    let [failure] = &found[..] else { panic!("{name}: {} failures\n{text:.4000}", found.len()) };
    (failure.rule.clone(), failure.code)
}

#[test]
fn a_shrunk_scenario_fails_again_out_of_its_file() {
    let options = |fresh| Options {
        seed: 3,
        fresh,
        filter: Filter::new(&["fresh/exchange/*".to_owned()]).unwrap(),
        ..Options::default()
    };
    let vectors = VectorSet::builtin().unwrap();
    let mut written = 0;
    // Two of each message are sixteen scenarios; of four, one has thousands of entries, which only few
    // mutants are asked for.
    let crowded = exchange::of_capacity().iter().step_by(20).map(|it| (*it, 4));
    let all = exchange::mutants().into_iter().step_by(2).map(|it| (it, 2));
    let mutants: Vec<_> = all.chain(crowded).collect();
    for (mutant, fresh) in &mutants {
        let any = AnyMutant::Exchange(*mutant);
        for failure in failures(&any, &vectors, &options(*fresh)) {
            let Some(shrunk) = failure.detail.and_then(|it| it.shrunk) else { continue };
            let (rule, code) = again(&any, Content::from(*shrunk), mutant.name);
            assert_eq!((rule, code), (failure.rule, failure.code), "{}", mutant.name);
            written += 1;
        }
    }
    assert!(written > mutants.len() / 4, "{written} scenarios");
}

#[test]
fn what_fuzz_finds_fails_again_out_of_its_file() {
    let mutants: Vec<(String, AnyMutant)> = {
        let exchange = exchange::mutants().into_iter().step_by(11);
        let digests = digest::mutants().into_iter().step_by(13);
        let bytes = bytes::mutants().into_iter().step_by(211);
        exchange
            .map(|it| (it.name.to_owned(), AnyMutant::Exchange(it)))
            .chain(digests.map(|it| (it.name.to_owned(), AnyMutant::Digest(it))))
            .chain(bytes.map(|it| (it.name.clone(), AnyMutant::Bytes(Box::new(it)))))
            .collect()
    };
    let mut found = 0;
    for (name, mutant) in &mutants {
        let hello = mutant.in_process().start().unwrap();
        let options = fuzz::Options { seed: 5, cases: Some(2_000), time: None, strict: false };
        let search = fuzz::Search::new(&hello, options);
        let report = search.run(&mut mutant.in_process(), &mut |_| {});
        let Some(finding) = report.finding else { continue };
        assert!(finding.again && finding.lengths.1 > 0, "{name}: {:?}", finding.lengths);
        again(mutant, finding.content, name);
        found += 1;
    }
    assert!(found > mutants.len() / 3, "{found} of {}", mutants.len());
}
