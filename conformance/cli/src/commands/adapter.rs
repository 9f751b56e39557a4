//! `rollwire adapter`, a hidden subcommand: the process that `check` and `selftest` start.

use std::io;

use rollwire_conformance::{
    text::{shorten, shown},
    verdict::Exit,
};
use rollwire_mutants::{adapter::Faulty, draw};
use rollwire_reference_adapter::{Options, Sessions};

use crate::{
    args::Adapter,
    failure::Failure,
    misbehave::{self, Companion, OnTheTerminal, RUNNER},
};

/// Serves standard input: as the built-in implementation, as a mutant, or as an adapter that misbehaves.
pub(crate) fn run(arguments: &Adapter) -> Result<Exit, Failure> {
    if let Some(name) = &arguments.misbehave {
        return misbehave(name, &arguments.command);
    }
    let (input, output) = (io::stdin().lock(), io::stdout().lock());
    let served = if arguments.mutant.is_empty() {
        if arguments.verbose {
            rollwire_reference_adapter::log_to_stderr();
        }
        rollwire_reference_adapter::serve_within(sessions(arguments)?, input, output)
    } else {
        faulty(&arguments.mutant)?.serve(input, output)
    };
    served
        .map(|()| Exit::Conforms)
        .map_err(|error| Failure::new(Exit::Incomplete, format!("the pipe broke: {error}")))
}

/// The sessions of the built-in implementation, as it is started.
fn sessions(arguments: &Adapter) -> Result<Sessions, Failure> {
    let mut options = Options::default();
    if let Some(sends) = arguments.lasting_hashes {
        let argument = format!("--lasting-hashes={sends}");
        options.read(&argument).map_err(Failure::usage)?;
    }
    let sessions = Sessions::new(options);
    match &arguments.log_peers {
        None => Ok(sessions),
        Some(folder) => sessions.with_peer_logs(folder).map_err(|error| {
            Failure::usage(format!("cannot create the folder {}: {error}", shown(folder)))
        }),
    }
}

/// The implementation that is wrong in all of these ways.
fn faulty(names: &[String]) -> Result<Faulty, Failure> {
    let named = |name: &String| draw::named(name).ok_or_else(|| unknown("mutant", name));
    names.iter().map(named).try_fold(Faulty::default(), |all, one| Ok(all.and(&one?)))
}

fn misbehave(name: &str, command: &[String]) -> Result<Exit, Failure> {
    if let Some(companion) = Companion::named(name) {
        companion.run();
        return Ok(Exit::Conforms);
    }
    if let Some(act) = OnTheTerminal::named(name) {
        // This fails if the adapter cannot reach a terminal, which is what the kit ensures.
        let _ = act.run();
        return Ok(Exit::Conforms);
    }
    if name == RUNNER {
        misbehave::become_on_a_terminal(command)?;
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
