//! The program: answers the requests of standard input on standard output.
//!
//! With `--verbose` it logs to standard error, if it was built with the feature `log`.
//! With `--lasting-hashes` or `--lasting-hashes=N` the hashes of its exchanges last, and each is
//! sent once or N times.
//! With `--log-peers=FOLDER`, which is for tests only, each session of a peer is played by one that
//! logs itself, and its log is written to `FOLDER/N.jsonl`, N counting these sessions from 1.

use std::{env, io, path::PathBuf, process::ExitCode};

use rollwire_reference_adapter::{Options, Sessions};

fn main() -> io::Result<ExitCode> {
    let mut options = Options::default();
    let mut folder = None;
    for argument in env::args_os().skip(1) {
        if argument == "--verbose" {
            #[cfg(feature = "log")]
            rollwire_reference_adapter::log_to_stderr();
            #[cfg(not(feature = "log"))]
            eprintln!("--verbose has no effect: this program was built without the feature `log`");
        }
        let argument = argument.to_string_lossy();
        if let Some(path) = argument.strip_prefix("--log-peers=") {
            folder = Some(PathBuf::from(path));
        }
        if let Err(error) = options.read(&argument) {
            eprintln!("{error}");
            return Ok(ExitCode::from(2));
        }
    }
    let mut sessions = Sessions::new(options);
    if let Some(folder) = folder {
        sessions = match sessions.with_peer_logs(&folder) {
            Ok(sessions) => sessions,
            Err(error) => {
                eprintln!("cannot create the folder {folder:?} for logs: {error}");
                return Ok(ExitCode::from(2));
            }
        };
    }
    rollwire_reference_adapter::serve_within(sessions, io::stdin().lock(), io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}
