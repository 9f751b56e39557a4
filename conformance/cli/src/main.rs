//! `rollwire`: the command line.
//!
//! | file | story |
//! |---|---|
//! | `args` | what can be asked |
//! | `commands` | the subcommands, a file each |
//! | `choice`, `failed`, `load`, `baseline_file` | which cases and which expectations a command line chooses |
//! | `target` | how an adapter is reached, and within which limits |
//! | `setup` | a run that is ready to begin |
//! | `output`, `shrunk` | where reports and files go |
//! | `misbehave` | adapters that misbehave on purpose, for `rollwire selftest adapters` |
//! | `failure` | why a subcommand cannot do what was asked, and its exit code |

mod args;
mod baseline_file;
mod choice;
mod commands;
mod failed;
mod failure;
mod load;
mod misbehave;
mod output;
mod setup;
mod shrunk;
mod target;

use std::process::ExitCode;

use clap::{Parser, error::ErrorKind};
use rollwire_conformance::verdict::Exit;

use crate::{
    args::{Arguments, Command},
    commands::{
        adapter, baseline, check, coverage, digest, explain, fuzz, inspect, list, report, selftest,
        smoke, trace, vectors,
    },
    failure::Failure,
};

fn main() -> ExitCode {
    ExitCode::from(command_line().code())
}

/// Runs the command line of this process.
fn command_line() -> Exit {
    match Arguments::try_parse() {
        Ok(arguments) => run(arguments.command),
        Err(error) => {
            // Where it goes, standard output or standard error, is clap's to know.
            let _ = error.print();
            match error.kind() {
                ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Conforms,
                _ => Exit::Usage,
            }
        }
    }
}

fn run(command: Command) -> Exit {
    if !matches!(
        command,
        Command::Check(_)
            | Command::Baseline { command: args::Baseline::Update { .. } }
            | Command::Smoke(_)
            | Command::Fuzz(_)
            | Command::Adapter(_)
    ) {
        end_with_the_pipe();
    }
    let result = match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Smoke(arguments) => smoke::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Show(arguments) => list::show(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Digest(arguments) => digest::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Report { command } => report::run(&command),
        Command::Trace { command } => trace::run(&command),
        Command::Selftest(arguments) => selftest::run(&arguments),
        Command::Baseline { command } => baseline::run(command),
        Command::Vectors { command } => vectors::run(&command),
        Command::Adapter(arguments) => adapter::run(&arguments),
    };
    result.unwrap_or_else(Failure::report)
}

/// A closed pipe ends what only prints, silently, as other tools do: `rollwire list | head`.
fn end_with_the_pipe() {
    #[cfg(unix)]
    {
        use std::sync::{Arc, atomic::AtomicBool};
        let always = Arc::new(AtomicBool::new(true));
        // Should it fail, the pipe is reported as an error.
        let _ =
            signal_hook::flag::register_conditional_default(signal_hook::consts::SIGPIPE, always);
    }
}
