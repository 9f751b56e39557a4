//! `rollwire adapter`, a hidden subcommand: the process that `check` and `selftest` start.

use std::io;

use rollwire_conformance::{text::shorten, verdict::Exit};
use rollwire_mutants::draw;

use crate::{args::Adapter, failure::Failure, misbehave};

/// Serves standard input: as the built-in implementation, as a mutant, or as an adapter that misbehaves.
pub(crate) fn run(arguments: &Adapter) -> Result<Exit, Failure> {
    if let Some(name) = &arguments.misbehave {
        return misbehave(name);
    }
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let served = if let Some(name) = &arguments.mutant {
        let mutant = draw::named(name).ok_or_else(|| unknown("mutant", name))?;
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
    if name == misbehave::sleeper::NAME {
        misbehave::sleeper::sleep();
        return Ok(Exit::Conforms);
    }
    let all = misbehave::all();
    let found = all.iter().find(|it| it.name == name);
    let misbehaviour = found.ok_or_else(|| unknown("misbehaving adapter", name))?;
    // With most of them the pipe breaks, because the kit kills them.
    let _ = misbehave::serve(misbehaviour);
    Ok(Exit::Conforms)
}

fn unknown(kind: &str, name: &str) -> Failure {
    let text = format!("no {kind} has this name; `rollwire selftest --json` lists them");
    Failure::usage(format!("{text}: {}", shorten(name)))
}
