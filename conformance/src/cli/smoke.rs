//! `rollwire smoke`: is the adapter itself right, before anybody looks at the implementation?

use std::collections::BTreeSet;

use super::{
    Failure,
    args::Smoke,
    check::{interrupts, limits},
    output::Outputs,
    target::{adapter, reaching},
};
use crate::{
    baseline::Baseline,
    run::{Options, run as run_checks},
    runner::Trace,
    select::Filter,
    vectors::VectorSet,
    verdict::Exit,
};

pub(super) fn run(arguments: &Smoke) -> Result<Exit, Failure> {
    let mut vectors = VectorSet::builtin()?;
    // The first plain case of each message: what no implementation gets wrong and an adapter may.
    let mut seen = BTreeSet::new();
    vectors.cases.retain(|case| {
        let plain = case.checks.len() == 3 && case.until.is_none() && case.requires.is_empty();
        plain && case.value.as_ref().is_some_and(|value| seen.insert(value.message.clone()))
    });
    // And the shortest scenario of each topic.
    let mut topics = BTreeSet::new();
    vectors.scenarios.sort_by_key(|scenario| scenario.steps.len());
    vectors.scenarios.retain(|scenario| {
        topics.insert(scenario.id.split('/').next().unwrap_or_default().to_owned())
    });
    // And the shortest state of each form.
    let mut forms = BTreeSet::new();
    vectors.digests.sort_by_key(|case| case.state.len());
    vectors.digests.retain(|case| case.hash.is_some() && forms.insert(case.form));
    let limits = limits(arguments.limits);
    let (command, mut adapter) =
        adapter(&arguments.target, limits, Trace::default(), interrupts())?;
    let options = Options {
        command,
        arguments: reaching(&arguments.target),
        filter: Filter::default(),
        seed: super::check::new_seed(),
        fresh: 0,
        repeat: 1,
        revision: None,
        strict: false,
        baseline: Baseline::default(),
    };
    let mut outputs = Outputs::open(&[], &[], true)?;
    let exit = run_checks(&mut *adapter, &vectors, &options, &mut |event| {
        outputs.event(&event);
    })?;
    match exit {
        Exit::Conforms => anstream::println!("the adapter works; now try `rollwire check`"),
        Exit::Failed => anstream::println!(
            "the adapter talks, but some plain cases fail: look at the glue first, then at the implementation"
        ),
        _ => {}
    }
    outputs.close(exit)
}
