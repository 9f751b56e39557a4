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
use rollwire_mutants::{adapter::Faulty, bytes, digest, exchange, in_process::InProcess};

/// The failures of a run of these vectors.
fn failures(mutant: &Faulty, vectors: &VectorSet, options: &Options) -> Vec<CheckEvent> {
    let mut failures = Vec::new();
    let mut sink = |event: Event| {
        if let Event::Check(check) = event
            && matches!(check.verdict, Verdict::Fail | Verdict::Error)
        {
            failures.push(*check);
        }
    };
    run::run(&mut InProcess::new(mutant), vectors, options, &mut sink).unwrap();
    failures
}

/// Writes a case to a file and runs it from there: the rule and the code of its failure.
fn again(mutant: &Faulty, content: Content, name: &str) -> (String, Option<Code>) {
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
    let crowded = exchange::of_capacity().iter().step_by(30).map(|it| (*it, 4));
    let all = exchange::mutants().into_iter().step_by(9).map(|it| (it, 2));
    let mutants: Vec<_> = all.chain(crowded).collect();
    for (mutant, fresh) in &mutants {
        let any = Faulty::mutant(mutant.name).unwrap();
        for failure in failures(&any, vectors, &options(*fresh)) {
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
    let mutants: Vec<Faulty> = {
        let exchange = exchange::mutants().into_iter().step_by(31).map(|it| it.name.to_owned());
        let digests = digest::mutants().into_iter().step_by(29).map(|it| it.name.to_owned());
        let bytes = bytes::mutants().into_iter().step_by(421).map(|it| it.name);
        let names = exchange.chain(digests).chain(bytes);
        names.map(|name| Faulty::mutant(&name).unwrap()).collect()
    };
    let mut found = 0;
    for mutant in &mutants {
        let name = mutant.name();
        let hello = InProcess::new(mutant).start().unwrap();
        let options = fuzz::Options { seed: 5, cases: Some(2_000), time: None, strict: false };
        let search = fuzz::Search::new(&hello, options);
        let report = search.run(&mut InProcess::new(mutant), &mut |_| {});
        let Some(finding) = report.finding else { continue };
        assert!(finding.again && finding.lengths.1 > 0, "{name}: {:?}", finding.lengths);
        again(mutant, finding.content, &name);
        found += 1;
    }
    assert!(found > mutants.len() / 3, "{found} of {}", mutants.len());
}
