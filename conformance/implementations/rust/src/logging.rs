//! A logger for the adapter: lines on standard error, which the kit shows beside a failure.

use std::io::{self, Write};

use log::{Level, LevelFilter, Log, Metadata, Record};

/// From now on what is logged at debug level or above goes to standard error, a line each.
///
/// If the process has a logger already, that one stays.
pub fn log_to_stderr() {
    if log::set_logger(&Stderr).is_ok() {
        log::set_max_level(LevelFilter::Debug);
    }
}

struct Stderr;

impl Log for Stderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= Level::Debug
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            // Answers matter more than the log: one that cannot be written is not missed.
            let _ = writeln!(io::stderr(), "{}", record.args());
        }
    }

    fn flush(&self) {}
}
