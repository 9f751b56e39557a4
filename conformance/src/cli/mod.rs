//! The command line: `rollwire SUBCOMMAND`.
//!
//! `args` says what can be asked; every other module is one subcommand.

mod adapter;
mod args;
mod baseline;
mod check;
mod choice;
mod coverage;
mod digest;
mod dump;
mod explain;
mod failed;
mod fuzz;
mod inspect;
mod list;
mod misbehave;
mod output;
mod report;
mod selftest;
mod shrunk;
mod smoke;
mod target;
mod trace;
mod vectors;

use clap::{CommandFactory, Parser, error::ErrorKind};

use self::args::{Arguments, Command};
use crate::verdict::Exit;

/// Runs the command line of this process.
#[must_use]
pub fn main() -> Exit {
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

/// Why a subcommand cannot do what was asked, and how the process exits then.
#[derive(Debug)]
pub(crate) struct Failure {
    exit: Exit,
    text: String,
}

impl Failure {
    fn new(exit: Exit, text: impl Into<String>) -> Self {
        Self { exit, text: text.into() }
    }

    fn usage(text: impl Into<String>) -> Self {
        Self::new(Exit::Usage, text)
    }

    fn report(self) -> Exit {
        if self.exit == Exit::Usage {
            let _ = Arguments::command().error(ErrorKind::ValueValidation, self.text).print();
        } else {
            anstream::eprintln!("{}: {}", output::red("error"), self.text);
        }
        self.exit
    }
}

impl From<crate::vectors::VectorsFault> for Failure {
    fn from(fault: crate::vectors::VectorsFault) -> Self {
        let exit = match fault {
            crate::vectors::VectorsFault::Damaged(_) => Exit::Broken,
            _ => Exit::Usage,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<crate::select::FilterFault> for Failure {
    fn from(fault: crate::select::FilterFault) -> Self {
        let exit = match fault {
            crate::select::FilterFault::MatchesNothing(_) | crate::select::FilterFault::Gone(_) => {
                Exit::Nothing
            }
            crate::select::FilterFault::Malformed { .. } => Exit::Usage,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<crate::report::read::ReadFault> for Failure {
    fn from(fault: crate::report::read::ReadFault) -> Self {
        use crate::report::read::ReadFault;
        let exit = match fault {
            ReadFault::Unreadable { .. } | ReadFault::Line { .. } => Exit::Usage,
            ReadFault::Empty(_) | ReadFault::Sink(_) => Exit::Incomplete,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<crate::offline::AnswersFault> for Failure {
    fn from(fault: crate::offline::AnswersFault) -> Self {
        use crate::offline::AnswersFault;
        let exit = match fault {
            AnswersFault::Empty(_) | AnswersFault::NoHello(_) | AnswersFault::Hello { .. } => {
                Exit::Incomplete
            }
            AnswersFault::Interrupted(signal) => {
                Exit::Signal(u8::try_from(signal).unwrap_or(u8::MAX))
            }
            AnswersFault::Unreadable { .. }
            | AnswersFault::NoFile(_)
            | AnswersFault::TooLarge(_)
            | AnswersFault::NoSeal { .. }
            | AnswersFault::OtherRequests(_)
            | AnswersFault::OtherRevision { .. } => Exit::Usage,
        };
        Self { exit, text: fault.to_string() }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(Exit::Incomplete, format!("the report cannot be written: {error}"))
    }
}
