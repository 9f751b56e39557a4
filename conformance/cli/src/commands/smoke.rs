//! `rollwire smoke`: checks that an adapter works, before its implementation is checked.

use std::collections::BTreeSet;

use rollwire_conformance::{
    run::{Options, run as run_checks},
    runner::Transcript,
    vectors::{AnyCase, Content, VectorSet},
    verdict::Exit,
};
use rollwire_mutants::digest::find_fault;

use crate::{
    args::Smoke,
    connect::{adapter, interrupts, limits, reaching},
    failure::Failure,
    output::Outputs,
};

pub(crate) fn run(arguments: &Smoke) -> Result<Exit, Failure> {
    let published = VectorSet::builtin()?;
    let vectors = VectorSet::new(published.id.clone(), plain_cases(published));
    let limits = limits(arguments.limits);
    let (command, mut adapter) =
        adapter(&arguments.target, limits, Transcript::default(), interrupts())?;
    let options = Options {
        command,
        arguments: reaching(&arguments.target),
        seed: crate::setup::new_seed(),
        find_fault,
        ..Options::default()
    };
    let mut outputs = Outputs::open(&[], &[], true)?.timed();
    let exit = run_checks(&mut *adapter, &vectors, &options, &mut |event| {
        outputs.event(&event);
    })?;
    match exit {
        Exit::Conforms => anstream::println!("the adapter works; now try `rollwire check`"),
        Exit::Failed => anstream::println!(
            "the adapter answers, but some plain cases fail: check the adapter's own code first, then the implementation"
        ),
        _ => {}
    }
    outputs.close(exit)
}

/// Cases that implementations rarely fail, so that a failure points to the adapter: the first plain case of
/// each message, the shortest scenario of each topic, and the shortest state of each form.
fn plain_cases(published: &VectorSet) -> Vec<AnyCase> {
    let (mut messages, mut topics, mut forms) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut cases: Vec<&AnyCase> = published.cases().iter().collect();
    cases.sort_by_key(|case| match &case.content {
        Content::Bytes(_) => 0,
        Content::Scenario(scenario) => scenario.steps.len(),
        Content::Digest(case) => case.state.len(),
    });
    cases.retain(|case| match &case.content {
        Content::Bytes(case) => {
            let plain = case.checks.len() == 3 && case.until.is_none() && case.requires.is_empty();
            plain && case.value.as_ref().is_some_and(|value| messages.insert(value.message.clone()))
        }
        Content::Scenario(scenario) => {
            topics.insert(scenario.id.split('/').next().unwrap_or_default().to_owned())
        }
        Content::Digest(case) => case.hash.is_some() && forms.insert(case.form),
    });
    cases.into_iter().cloned().collect()
}
