//! A run that is ready to begin.

use std::{fs::File, io::BufWriter, path::Path};

use rollwire_conformance::{
    baseline::{Baseline, Scope},
    event::Event,
    offline::{Recording, Requests},
    run::{Options, run_in_scope},
    runner::{Adapter, Transcript},
    vectors::VectorSet,
    verdict::Exit,
};
use rollwire_mutants::digest::find_fault;

use crate::{
    args::Check,
    choice::Choice,
    failure::Failure,
    target::{adapter, interrupts, limits, reaching},
};

/// A run that is ready to begin.
pub(crate) struct Run {
    adapter: Box<dyn Adapter>,
    vectors: VectorSet,
    pub(crate) options: Options,
    /// What is said behind the header.
    notes: Vec<String>,
}

impl Run {
    /// Runs everything; what an entry could name comes with the exit code.
    pub(crate) fn go(self, sink: &mut dyn FnMut(Event)) -> Result<(Exit, Scope), Failure> {
        let Self { mut adapter, vectors, options, mut notes } = self;
        let mut scope = Scope::default();
        let mut sink = |event: Event| {
            let begins = matches!(event, Event::Header(_));
            sink(event);
            if begins {
                notes.drain(..).for_each(|text| sink(Event::Note { text }));
            }
        };
        let exit = run_in_scope(&mut *adapter, &vectors, &options, &mut scope, &mut sink)?;
        Ok((exit, scope))
    }
}

/// Everything that the command line says about a run but where its reports go.
pub(crate) fn start(arguments: &Check, mut baseline: Baseline) -> Result<Run, Failure> {
    let choice = Choice::of(arguments)?;
    baseline.seeded = choice.seed.is_some();
    let (adapter, options): (Box<dyn Adapter>, _) = match &arguments.answers {
        Some(path) => {
            let mut recording = Recording::open(path, interrupts())?;
            let mut options = options(arguments, &choice, Vec::new(), baseline);
            options.seed = recording.seed();
            let requests = Requests::new(&choice.vectors, &options)?;
            recording.look_up(&requests, choice.revision)?;
            (Box::new(recording), options)
        }
        None => {
            let transcript = transcript(arguments.trace.as_deref())?;
            let limits = limits(arguments.limits);
            let (command, adapter) = adapter(&arguments.target, limits, transcript, interrupts())?;
            (adapter, options(arguments, &choice, command, baseline))
        }
    };
    Ok(Run { adapter, vectors: choice.vectors, options, notes: choice.notes })
}

/// What the command line chooses, as a run has it.
pub(crate) fn options(
    arguments: &Check,
    choice: &Choice,
    command: Vec<String>,
    baseline: Baseline,
) -> Options {
    let mut words = choice.arguments.clone();
    words.extend(reaching(&arguments.target));
    Options {
        command,
        arguments: words,
        filter: choice.filter.clone(),
        seed: choice.seed.unwrap_or_else(new_seed),
        fresh: choice.fresh,
        repeat: arguments.repeat,
        revision: choice.revision,
        strict: choice.strict,
        baseline,
        find_fault,
    }
}

fn transcript(path: Option<&Path>) -> Result<Transcript, Failure> {
    let Some(path) = path else { return Ok(Transcript::default()) };
    let file = File::create(path).map_err(|error| {
        Failure::usage(format!("{}: cannot be written: {error}", path.display()))
    })?;
    Ok(Transcript::to(Box::new(BufWriter::new(file))))
}

/// A seed that differs from run to run.
pub(crate) fn new_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one("seed")
}
