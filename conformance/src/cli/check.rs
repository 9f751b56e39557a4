//! `rollwire check`: the main job.

use std::{
    fs::File,
    io::BufWriter,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize},
    },
};

use super::{
    Failure,
    args::{Check, LimitArgs},
    output::Outputs,
    shrunk::Shrunk,
};
use crate::{
    baseline::{Baseline, Scope},
    event::Event,
    fresh,
    run::{Options, run_in_scope},
    runner::{Engine, Limits, Process, Trace},
    select::Filter,
    vectors::VectorSet,
    verdict::Exit,
};

pub(super) fn run(arguments: &Check) -> Result<Exit, Failure> {
    let baseline = match &arguments.baseline {
        None => Baseline::default(),
        Some(path) => super::baseline::open(path, arguments.today)?,
    };
    let run = start(arguments, baseline)?;
    let mut outputs = Outputs::open(&arguments.format, &arguments.output, arguments.verbose)?;
    let mut shrunk = Shrunk::new(arguments.write.clone(), run.options.seed);
    let (exit, _) = run.go(&mut |event| {
        if let Some(note) = shrunk.event(&event) {
            outputs.event(&note);
        }
        outputs.event(&event);
    })?;
    outputs.close(exit)
}

/// A run that is ready to begin.
pub(super) struct Run {
    engine: Engine<Process>,
    vectors: VectorSet,
    options: Options,
}

impl Run {
    /// Runs everything; what an entry could name comes with the exit code.
    pub(super) fn go(mut self, sink: &mut dyn FnMut(Event)) -> Result<(Exit, Scope), Failure> {
        let mut scope = Scope::default();
        let exit = run_in_scope(&mut self.engine, &self.vectors, &self.options, &mut scope, sink)?;
        Ok((exit, scope))
    }
}

/// Everything that the command line says about a run but where its reports go.
pub(super) fn start(arguments: &Check, mut baseline: Baseline) -> Result<Run, Failure> {
    baseline.seeded = arguments.seed.is_some();
    let filter = Filter::new(&arguments.filter)?;
    let vectors = load(&arguments.vectors)?;
    let command = command_or_builtin(&arguments.command)?;
    let trace = match &arguments.trace {
        None => Trace::default(),
        Some(path) => {
            let file = File::create(path).map_err(|error| {
                Failure::usage(format!("{}: cannot be written: {error}", path.display()))
            })?;
            Trace::to(Box::new(BufWriter::new(file)))
        }
    };
    let fresh = if arguments.vectors.is_empty() { fresh::DEFAULT } else { 0 };
    let options = Options {
        command: command.clone(),
        arguments: choosing(arguments),
        filter,
        seed: arguments.seed.unwrap_or_else(new_seed),
        fresh: arguments.fresh.unwrap_or(fresh),
        repeat: arguments.repeat,
        revision: arguments.revision,
        strict: arguments.strict,
        baseline,
    };
    let engine = Engine::new(Process::new(command, interrupts()), limits(arguments.limits), trace);
    Ok(Run { engine, vectors, options })
}

/// The reports that were asked for by name; none where only the file matters.
pub(super) fn reports(arguments: &Check) -> Result<Option<Outputs>, Failure> {
    if arguments.format.is_empty() && arguments.output.is_empty() {
        return Ok(None);
    }
    Outputs::open(&arguments.format, &arguments.output, arguments.verbose).map(Some)
}

/// The arguments without which another run would have other cases.
fn choosing(arguments: &Check) -> Vec<String> {
    let paths = arguments.vectors.iter().map(|path| ("--vectors", path.display().to_string()));
    let fresh = arguments.fresh.map(|count| ("--fresh", count.to_string()));
    let revision = arguments.revision.map(|revision| ("--revision", revision.to_string()));
    let pairs = paths.chain(fresh).chain(revision);
    pairs.flat_map(|(name, value)| [name.to_owned(), value]).collect()
}

/// The published vectors, or somebody's own.
pub(super) fn load(paths: &[PathBuf]) -> Result<VectorSet, Failure> {
    Ok(if paths.is_empty() { VectorSet::builtin()? } else { VectorSet::load(paths)? })
}

/// The adapter's command line; this very program's own adapter if there is none.
pub(super) fn command_or_builtin(command: &[String]) -> Result<Vec<String>, Failure> {
    if !command.is_empty() {
        return Ok(command.to_vec());
    }
    let program = std::env::current_exe().map_err(|error| {
        Failure::new(Exit::Broken, format!("cannot find its own executable: {error}"))
    })?;
    Ok(vec![program.display().to_string(), "adapter".to_owned()])
}

pub(super) fn limits(arguments: LimitArgs) -> Limits {
    Limits {
        window: arguments.window,
        timeout: (!arguments.timeout.is_zero()).then_some(arguments.timeout),
        startup: arguments.startup_timeout,
        deadline: arguments.deadline,
        restarts: arguments.restarts,
    }
}

/// A flag that holds the number of the signal that asked this process to end.
pub(super) fn interrupts() -> Arc<AtomicUsize> {
    use signal_hook::{consts, flag};
    let interrupted = Arc::new(AtomicUsize::new(0));
    for signal in [consts::SIGINT, consts::SIGTERM] {
        let Ok(number) = usize::try_from(signal) else { continue };
        // A second signal ends the process at once, wherever it hangs. Should any of this fail, the
        // first one does, which loses the report and nothing else.
        let second = Arc::new(AtomicBool::new(false));
        let _ = flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&second));
        let _ = flag::register(signal, second);
        let _ = flag::register_usize(signal, Arc::clone(&interrupted), number);
    }
    interrupted
}

/// A seed that differs from run to run.
pub(super) fn new_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one("seed")
}
