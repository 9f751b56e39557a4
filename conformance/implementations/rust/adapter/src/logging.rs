//! A logger that writes to standard error, which the kit shows beside a failure.

use std::io::{self, Write};

use log::{Level, LevelFilter, Log, Metadata, Record};

/// Writes every later log record at debug level or above to standard error, one line each.
///
/// A logger that the process has already stays in place, and nothing changes.
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
            // Answers matter more than the log, so a line that cannot be written is dropped.
            let _ = writeln!(io::stderr(), "{}", record.args());
        }
    }

    fn flush(&self) {}
}
