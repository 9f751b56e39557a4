//! The adapter: a process that is started, or an adapter that is already running.

use std::{
    path::Path,
    sync::{Arc, atomic::AtomicUsize},
    time::Duration,
};

use rollwire_conformance::{
    runner::{Adapter, Engine, Limits, Process, Tcp, Transcript, adopt_descendants},
    verdict::Exit,
};

use crate::{
    args::{LimitArgs, Target},
    failure::Failure,
    terminal_settings,
};

/// An adapter, and the command that starts it, which is empty if nothing is started.
pub(crate) fn adapter(
    target: &Target,
    limits: Limits,
    transcript: Transcript,
    interrupted: Arc<AtomicUsize>,
) -> Result<(Vec<String>, Box<dyn Adapter>), Failure> {
    terminal_settings::keep();
    if let Some(address) = &target.adapter {
        let tcp = Tcp::new(address.clone(), target.allow_remote, limits, interrupted);
        return Ok((Vec::new(), Box::new(Engine::new(tcp, limits, transcript))));
    }
    let command = if target.builtin { builtin()? } else { given(&target.command)? };
    // The adapter is the only process that these subcommands start.
    adopt_descendants();
    let folder = target.folder.as_deref().filter(|_| !target.builtin);
    let process = Process::new(command.clone(), interrupted).in_folder(folder);
    let again = match folder {
        None => command,
        Some(folder) => from_folder(folder, command),
    };
    Ok((again, Box::new(Engine::new(process, limits, transcript))))
}

/// The command line for a shell that starts a command in another folder: `env -C` is not everywhere.
fn from_folder(folder: &Path, command: Vec<String>) -> Vec<String> {
    let mut words = ["sh", "-c", "cd \"$0\" && exec \"$@\""].map(str::to_owned).to_vec();
    words.push(folder.display().to_string());
    words.extend(command);
    words
}

/// The arguments besides its address that are needed to reach the same adapter again, with the same settings.
pub(crate) fn reaching(target: &Target) -> Vec<String> {
    let remote = target.allow_remote.then(|| "--allow-remote".to_owned());
    target.settings_words.iter().cloned().chain(remote).collect()
}

/// The command line as it was given. An empty one is most often a variable that is not set, and must
/// never be a run of something else.
fn given(command: &[String]) -> Result<Vec<String>, Failure> {
    let advice = "give the command that starts it after `--`, as in `-- node my_adapter.mjs`, or its address with --adapter, or write `command` into rollwire.toml; --builtin checks the built-in implementation";
    match command.first() {
        None => Err(Failure::usage(format!("no adapter was given; {advice}"))),
        Some(program) if program.trim().is_empty() => {
            let text = "the command of the adapter is empty; is a variable not set?";
            Err(Failure::usage(format!("{text} {}{}", advice[..1].to_uppercase(), &advice[1..])))
        }
        Some(_) => Ok(command.to_vec()),
    }
}

/// The command line of the adapter of this program.
pub(crate) fn builtin() -> Result<Vec<String>, Failure> {
    let program = std::env::current_exe().map_err(|error| {
        Failure::new(Exit::Broken, format!("cannot find its own executable: {error}"))
    })?;
    Ok(vec![program.display().to_string(), "adapter".to_owned()])
}

/// How long a run may take, unless something else is said.
const DEADLINE: Duration = Duration::from_secs(300);

/// The limits of a run: what is said, or else the defaults that `--help` names.
pub(crate) fn limits(arguments: LimitArgs) -> Limits {
    let timeout = arguments.timeout.unwrap_or(Duration::from_secs(1));
    Limits {
        window: arguments.window.unwrap_or(256),
        timeout: (!timeout.is_zero()).then_some(timeout),
        patience: arguments.patience.unwrap_or(Duration::from_secs(20)),
        startup: arguments.startup_timeout.unwrap_or(Duration::from_secs(30)),
        deadline: arguments.deadline.unwrap_or(DEADLINE),
        restarts: arguments.restarts.unwrap_or(100),
    }
}
