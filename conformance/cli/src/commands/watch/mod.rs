//! `rollwire watch`: checks again whenever a file changes.
//!
//! | file | story |
//! |---|---|
//! | `mod` | rounds, from one change to the next |
//! | `round` | one round: what failed last, then the rest |
//! | `ignored` | what the ignore files of the project say |
//! | `files` | which files are watched, and which of them are others now |
//! | `changes` | the thread that waits for changes and signals, and ends a run that is out of date |

mod changes;
mod files;
mod ignored;
mod round;

use std::sync::{Arc, atomic::Ordering};

use rollwire_conformance::{
    text::{plural, sanitize},
    verdict::Exit,
};

use self::{
    changes::{Changes, News},
    files::Files,
    round::{Failed, Outcome},
};
use crate::{
    args::Watch,
    failure::Failure,
    settings_file::SettingsFile,
    setup::new_seed,
    signals::interrupts,
    terminal::{clear, complain, say},
};

pub(crate) fn run(arguments: &Watch) -> Result<Exit, Failure> {
    // One seed for all rounds: a fresh case that failed is the same case in the next one.
    let check = arguments.check(arguments.seed.unwrap_or_else(new_seed));
    let settings = SettingsFile::of(&check.settings)?;
    let (paths, ignore) = settings.watched(&arguments.path, &arguments.ignore);
    // Before the first look, which takes its time in a large folder.
    let signal = interrupts();
    let files = Files::new(&paths, &ignore, Arc::clone(&signal))?;
    let changes = Changes::begin(files, signal)?;
    let mut failed = Failed::default();
    let mut is_first = true;
    loop {
        changes.ends_run.store(0, Ordering::SeqCst);
        // The settings and the baseline may be what has changed.
        let outcome = SettingsFile::of(&check.settings)
            .map(|settings| settings.check(&check))
            .and_then(|check| round::run(&check, &mut failed, &Arc::clone(&changes.ends_run)));
        let state = match outcome {
            Ok(Outcome::Ended(exit)) => Some(described(exit, &failed)),
            Ok(Outcome::OutOfDate) => None,
            Ok(Outcome::Unwritable(failure)) => return Err(failure),
            // What is wrong from the beginning is wrong with the command line.
            Err(failure) if is_first => return Err(failure),
            Err(failure) => {
                failure.report();
                Some("nothing was run".to_owned())
            }
        };
        is_first = false;
        match state {
            Some(state) => say!("\nwatching {}: {state}; Ctrl-C ends it", changes.described)?,
            None => say!("stopped")?,
        }
        match changes.next() {
            News::Signal(signal) => return Ok(Exit::Signal(signal)),
            News::Broken(text) => return Err(Failure::new(Exit::Incomplete, text)),
            News::Changed(what) => {
                clear();
                complain!("changed: {}", sanitize(&what));
            }
        }
    }
}

/// How a round ended, in a few words.
fn described(exit: Exit, failed: &Failed) -> String {
    let count = failed.count();
    match exit {
        _ if count > 0 => plural(count, "case failed", "cases failed"),
        Exit::Conforms => "nothing failed".to_owned(),
        Exit::Nothing => "nothing was checked".to_owned(),
        Exit::Failed => "failed".to_owned(),
        Exit::Usage | Exit::Incomplete | Exit::Broken | Exit::Signal(_) => "incomplete".to_owned(),
    }
}
