//! `rollwire`: the command line.
//!
//! | file | story |
//! |---|---|
//! | `args` | the arguments of all subcommands |
//! | `commands` | the subcommands, one file for each |
//! | `completion` | what a shell is offered that completes a command line |
//! | `selection` | which cases the command line selects |
//! | `settings_file` | `rollwire.toml`, which completes a command line |
//! | `rerun` | the cases that `--failed` selects from the event file of an earlier run |
//! | `input_files`, `baseline_file` | reading vectors, event files and baselines |
//! | `names` | the names of messages, rules and flags as users write them, and similar ones |
//! | `connect` | starting an adapter or connecting to one, and the limits of the run |
//! | `signals` | the signals that end a run |
//! | `setup` | a run that is ready to start |
//! | `say` | lines on standard output and on standard error |
//! | `output`, `progress`, `style` | writing reports, progress and colours |
//! | `terminal` | standard output and standard error, which nothing but text gets through |
//! | `terminal_settings` | restores the settings of the terminal that an adapter has changed |
//! | `shrunk_file` | writing the shortened random scenarios that failed |
//! | `skeletons` | the skeletons of adapters that `init` writes |
//! | `misbehave` | adapters that misbehave on purpose, for `rollwire selftest adapters` |
//! | `tips` | errors of the command line, without advice that misleads |
//! | `last_net` | a panic, which ends with exit code 5 |
//! | `files` | writing files |
//! | `failure` | why a subcommand failed, and its exit code |

mod args;
mod baseline_file;
mod captures_folder;
mod commands;
mod completion;
mod connect;
mod failure;
mod files;
mod input_files;
mod last_net;
mod misbehave;
mod names;
mod output;
mod progress;
mod rerun;
mod selection;
mod settings_file;
mod setup;
mod shrunk_file;
mod signals;
mod skeletons;
mod style;
mod terminal;
mod terminal_settings;
mod tips;

use std::process::ExitCode;

use clap::{Parser, error::ErrorKind};
use rollwire_conformance::verdict::Exit;

use crate::{
    args::{Arguments, Command},
    commands::{
        adapter, baseline, capture, check, completions, coverage, digest, explain, fuzz, init,
        inspect, interop, list, man, report, selftest, simulate, smoke, tools, trace, vectors,
        watch,
    },
    failure::Failure,
    terminal::{complain, say},
};

fn main() -> ExitCode {
    signals::keep_exit_statuses();
    signals::outlive_file_size_limits();
    let exit = last_net::below(command_line);
    terminal_settings::restore();
    ExitCode::from(exit.code())
}

/// Runs the command line of this process.
fn command_line() -> Exit {
    if let Some(answered) = completions::answer() {
        return answered.unwrap_or_else(Failure::report);
    }
    match Arguments::try_parse() {
        Ok(arguments) => {
            terminal::decide_colours(arguments.color.decided());
            run(arguments.command)
        }
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                let said = say!("{}", error.render().ansi().to_string().trim_end());
                said.map_or_else(|error| Failure::from(error).report(), |()| Exit::Conforms)
            }
            _ => {
                complain!("{}", tips::shown(&error).render().ansi().to_string().trim_end());
                Exit::Usage
            }
        },
    }
}

fn run(command: Command) -> Exit {
    if only_prints(&command) {
        end_with_the_pipe();
    }
    let result = match command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Watch(arguments) => watch::run(&arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Smoke(arguments) => smoke::run(&arguments),
        Command::Fuzz(arguments) => fuzz::run(&arguments),
        Command::Interop(arguments) => interop::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Show(arguments) => list::show(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Inspect(arguments) => inspect::run(&arguments),
        Command::Digest(arguments) => digest::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Report { command } => report::run(&command),
        Command::Capture { command } => capture::run(&command),
        #[cfg(feature = "live")]
        Command::Live(arguments) => commands::live::run(&arguments),
        Command::Trace { command } => trace::run(&command),
        Command::Tools { command } => tools::run(&command),
        Command::Selftest(arguments) => selftest::run(&arguments),
        Command::Baseline { command } => baseline::run(command),
        Command::Vectors { command } => vectors::run(&command),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
        Command::Adapter(arguments) => adapter::run(&arguments),
    };
    result.unwrap_or_else(Failure::report)
}

/// Whether a subcommand prints, and does nothing else that has to be ended well.
fn only_prints(command: &Command) -> bool {
    #[cfg(feature = "live")]
    if matches!(command, Command::Live(_)) {
        return false;
    }
    !matches!(
        command,
        Command::Check(_)
            | Command::Baseline { command: args::Baseline::Update { .. } }
            | Command::Watch(_)
            | Command::Smoke(_)
            | Command::Fuzz(_)
            | Command::Interop(_)
            | Command::Adapter(_)
    )
}

/// Makes a closed pipe end the process silently, as it does with other tools: `rollwire list | head`.
/// Only for subcommands that print and do nothing else.
fn end_with_the_pipe() {
    #[cfg(unix)]
    {
        use std::sync::{Arc, atomic::AtomicBool};
        let always = Arc::new(AtomicBool::new(true));
        // If this fails, a closed pipe is reported as an error.
        let _ =
            signal_hook::flag::register_conditional_default(signal_hook::consts::SIGPIPE, always);
    }
}
