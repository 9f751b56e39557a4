//! `rollwire check`: the main job.

use std::{
    fs::File,
    io::BufWriter,
    path::PathBuf,
    sync::{Arc, atomic::AtomicUsize},
};

use super::{
    Failure,
    args::{Check, LimitArgs},
    output::Outputs,
};
use crate::{
    run::{Options, run as run_checks},
    runner::{Engine, Limits, Process, Trace},
    select::Filter,
    vectors::VectorSet,
    verdict::Exit,
};

pub(super) fn run(arguments: &Check) -> Result<Exit, Failure> {
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
    let options = Options {
        command: command.clone(),
        filter,
        seed: arguments.seed.unwrap_or_else(new_seed),
        fresh: if arguments.vectors.is_empty() { arguments.fresh } else { 0 },
        repeat: arguments.repeat,
        revision: arguments.revision,
        strict: arguments.strict,
    };
    let mut outputs = Outputs::open(&arguments.format, &arguments.output, arguments.verbose)?;
    let mut engine =
        Engine::new(Process::new(command, interrupts()), limits(arguments.limits), trace);
    let exit = run_checks(&mut engine, (vectors.id, vectors.cases), &options, &mut |event| {
        outputs.event(&event);
    })?;
    outputs.close(exit)
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
        // Without it the signal ends the process at once, which loses the report and nothing else.
        if let Ok(number) = usize::try_from(signal) {
            let _ = flag::register_usize(signal, Arc::clone(&interrupted), number);
        }
    }
    interrupted
}

/// A seed that differs from run to run.
pub(super) fn new_seed() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one("seed")
}
