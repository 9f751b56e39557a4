//! `rollwire adapter`, hidden: what `check` and `selftest` start as a process of its own.

use std::io;

use rollwire_conformance::{text::shorten, verdict::Exit};
use rollwire_mutants::adapter::Mutant;

use crate::{args::Adapter, failure::Failure, misbehave};

/// Serves standard input: as the built-in implementation, as a mutant, or with a misdeed.
pub(crate) fn run(arguments: &Adapter) -> Result<Exit, Failure> {
    if let Some(name) = &arguments.misbehave {
        return misbehave(name);
    }
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let served = if let Some(name) = &arguments.mutant {
        let mutant = Mutant::named(name).ok_or_else(|| unknown("mutant", name))?;
        mutant.serve(input, output)
    } else {
        if arguments.verbose {
            rollwire_reference_adapter::log_to_stderr();
        }
        rollwire_reference_adapter::serve(input, output)
    };
    served
        .map(|()| Exit::Conforms)
        .map_err(|error| Failure::new(Exit::Incomplete, format!("the pipe broke: {error}")))
}

fn misbehave(name: &str) -> Result<Exit, Failure> {
    if name == misbehave::SLEEPER {
        misbehave::sleep();
        return Ok(Exit::Conforms);
    }
    let all = misbehave::all();
    let it = all.iter().find(|it| it.name == name).ok_or_else(|| unknown("misdeed", name))?;
    // A broken pipe is what most of them come to.
    let _ = misbehave::serve(it);
    Ok(Exit::Conforms)
}

fn unknown(kind: &str, name: &str) -> Failure {
    let text = format!("no {kind} has this name; `rollwire selftest --json` lists them");
    Failure::usage(format!("{text}: {}", shorten(name)))
}
