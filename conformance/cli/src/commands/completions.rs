//! `rollwire completions`: the script that teaches a shell to complete the command line.
//!
//! The script runs `rollwire` with the variable [`VARIABLE`] and the words that were written so far. So a shell
//! always completes what this version knows.

use std::{
    env,
    ffi::{OsStr, OsString},
};

use clap::CommandFactory;
use clap_complete::{CompleteEnv, env::Shells};
use rollwire_conformance::{text::sanitize, verdict::Exit};

use crate::{
    args::{Arguments, Completions},
    failure::Failure,
    terminal::say,
};

/// Its value is the name of a shell.
const VARIABLE: &str = "ROLLWIRE_COMPLETE";

pub(crate) fn run(arguments: &Completions) -> Result<Exit, Failure> {
    let shells = Shells::builtins();
    let name = arguments.shell.name();
    let shell = shells.completer(name);
    let shell = shell.ok_or_else(|| Failure::usage(format!("no script for {name} is known")))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, "rollwire", "rollwire", "rollwire", &mut script)?;
    say!("{}", String::from_utf8_lossy(&script).trim_end())?;
    Ok(Exit::Conforms)
}

/// Answers a shell that asks for completions; `None` if no shell does.
pub(crate) fn answer() -> Option<Result<Exit, Failure>> {
    let is_set = |shell: &OsString| !shell.is_empty() && shell != OsStr::new("0");
    env::var_os(VARIABLE).filter(is_set)?;
    let folder = env::current_dir().ok();
    let answered = CompleteEnv::with_factory(Arguments::command)
        .var(VARIABLE)
        .try_complete(env::args_os(), folder.as_deref());
    Some(match answered {
        Ok(_) => Ok(Exit::Conforms),
        Err(error) => {
            Err(Failure::usage(format!("{VARIABLE}: {}", sanitize(error.to_string().trim_end()))))
        }
    })
}
