//! `rollwire capture`: what a tap has recorded of a channel.

mod check;
mod export;
mod show;
mod source;

use rollwire_capture::Unreadable;
use rollwire_conformance::verdict::Exit;

use crate::{args::Capture, failure::Failure};

pub(crate) fn run(command: &Capture) -> Result<Exit, Failure> {
    match command {
        Capture::Check(arguments) => check::run(arguments),
        Capture::Show(arguments) => show::run(arguments),
        Capture::Export(arguments) => export::run(arguments),
    }
}

impl From<Unreadable> for Failure {
    fn from(fault: Unreadable) -> Self {
        match fault {
            Unreadable::Empty { .. } | Unreadable::NoDatagram { .. } => {
                Self::new(Exit::Nothing, fault.to_string())
            }
            _ => Self::usage(fault.to_string()),
        }
    }
}
