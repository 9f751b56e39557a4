//! A run that is ready to start.

use std::{
    io::BufWriter,
    path::Path,
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};

use rollwire_conformance::text::shown;
use rollwire_conformance::{
    baseline::{Baseline, Scope},
    event::Event,
    offline::{Recording, Requests},
    run::{Options, run_in_scope},
    runner::{Adapter, Transcript},
    vectors::VectorSet,
    verdict::Exit,
};
use rollwire_mutants::{digest::find_fault, suspects};

use crate::{
    args::Check,
    connect::{adapter, limits, reaching},
    failure::Failure,
    files::create,
    selection::Selection,
    signals::interrupts,
};

/// A run that is ready to start.
pub(crate) struct Run {
    adapter: Box<dyn Adapter>,
    vectors: VectorSet,
    pub(crate) options: Options,
    /// The notes that follow the header.
    notes: Vec<String>,
}

impl Run {
    /// Runs all checks. Returns the exit code, and the scope that entries of a baseline may name.
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

/// Sets up a run from the command line, except for its reports. A signal ends it.
pub(crate) fn start(arguments: &Check, baseline: Baseline) -> Result<Run, Failure> {
    start_until(arguments, baseline, interrupts())
}

/// The same, for a run that ends when this flag is not zero.
pub(crate) fn start_until(
    arguments: &Check,
    mut baseline: Baseline,
    interrupted: Arc<AtomicUsize>,
) -> Result<Run, Failure> {
    let selection = Selection::of(arguments)?;
    baseline.seeded = selection.seed.is_some();
    let (adapter, options): (Box<dyn Adapter>, _) = match &arguments.answers {
        Some(path) => {
            let mut recording = Recording::open(path, interrupted)?;
            let mut options = options(arguments, &selection, Vec::new(), baseline);
            options.seed = recording.seed();
            let requests = Requests::new(&selection.vectors, &options)?;
            recording.look_up(&requests, selection.revision)?;
            (Box::new(recording), options)
        }
        None => {
            let limits = limits(arguments.limits);
            let transcript = transcript(arguments.trace.as_deref(), limits.deadline)?;
            let (command, adapter) = adapter(&arguments.target, limits, transcript, interrupted)?;
            (adapter, options(arguments, &selection, command, baseline))
        }
    };
    let notes = [selection.notes, arguments.notes.clone()].concat();
    Ok(Run { adapter, vectors: selection.vectors, options, notes })
}

/// The options of a run.
pub(crate) fn options(
    arguments: &Check,
    selection: &Selection,
    command: Vec<String>,
    baseline: Baseline,
) -> Options {
    let mut words = selection.arguments.clone();
    words.extend(reaching(&arguments.target));
    Options {
        command,
        arguments: words,
        filter: selection.filter.clone(),
        seed: selection.seed.unwrap_or_else(new_seed),
        fresh: selection.fresh,
        repeat: arguments.repeat,
        revision: selection.revision,
        tolerates_probes: false,
        strict: selection.strict,
        baseline,
        find_fault,
        find_suspects: suspects,
    }
}

fn transcript(path: Option<&Path>, deadline: Duration) -> Result<Transcript, Failure> {
    let Some(path) = path else { return Ok(Transcript::default()) };
    let file = create(path, deadline)
        .map_err(|error| Failure::usage(format!("{}: cannot be written: {error}", shown(path))))?;
    Ok(Transcript::to(Box::new(BufWriter::new(file))))
}

/// A seed that differs from run to run.
pub(crate) fn new_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one("seed")
}
