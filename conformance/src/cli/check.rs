//! `rollwire check`: the main job.

use std::{
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize},
    },
};

use super::{
    Failure,
    args::{Check, LimitArgs},
    choice::Choice,
    output::Outputs,
    shrunk::Shrunk,
    target::{adapter, reaching},
};
use crate::{
    baseline::{Baseline, Scope},
    event::Event,
    offline::{Recording, Requests},
    run::{Options, run_in_scope},
    runner::{Limits, Respondent, Trace},
    vectors::VectorSet,
    verdict::Exit,
};

pub(super) fn run(arguments: &Check) -> Result<Exit, Failure> {
    if let Some(path) = &arguments.dump {
        return super::dump::run(arguments, path);
    }
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
    adapter: Box<dyn Respondent>,
    vectors: VectorSet,
    options: Options,
    /// What is said behind the header.
    notes: Vec<String>,
}

impl Run {
    /// Runs everything; what an entry could name comes with the exit code.
    pub(super) fn go(self, sink: &mut dyn FnMut(Event)) -> Result<(Exit, Scope), Failure> {
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
pub(super) fn start(arguments: &Check, mut baseline: Baseline) -> Result<Run, Failure> {
    let choice = Choice::of(arguments)?;
    baseline.seeded = choice.seed.is_some();
    let (adapter, options): (Box<dyn Respondent>, _) = match &arguments.answers {
        Some(path) => {
            let mut recording = Recording::open(path, interrupts())?;
            let mut options = options(arguments, &choice, Vec::new(), baseline);
            options.seed = recording.seed();
            let requests = Requests::new(&choice.vectors, &options)?;
            recording.look_up(&requests, choice.revision)?;
            (Box::new(recording), options)
        }
        None => {
            let trace = trace(arguments.trace.as_deref())?;
            let limits = limits(arguments.limits);
            let (command, adapter) = adapter(&arguments.target, limits, trace, interrupts())?;
            (adapter, options(arguments, &choice, command, baseline))
        }
    };
    Ok(Run { adapter, vectors: choice.vectors, options, notes: choice.notes })
}

/// What the command line chooses, as a run has it.
pub(super) fn options(
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
    }
}

fn trace(path: Option<&Path>) -> Result<Trace, Failure> {
    let Some(path) = path else { return Ok(Trace::default()) };
    let file = File::create(path).map_err(|error| {
        Failure::usage(format!("{}: cannot be written: {error}", path.display()))
    })?;
    Ok(Trace::to(Box::new(BufWriter::new(file))))
}

/// The reports that were asked for by name; none where only the file matters.
pub(super) fn reports(arguments: &Check) -> Result<Option<Outputs>, Failure> {
    if arguments.format.is_empty() && arguments.output.is_empty() {
        return Ok(None);
    }
    Outputs::open(&arguments.format, &arguments.output, arguments.verbose).map(Some)
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
