//! Where the lines of a peer's log go.

use std::io::{self, Write};

use crate::peer::Peer;

/// The lines of a log. Advances in which nothing happens become one line.
#[derive(Debug)]
pub(super) struct Lines<W> {
    log: W,
    /// The first error of the log, after which nothing is written.
    written: io::Result<()>,
    /// The milliseconds of the advances since the last line. Nothing happened in any of them.
    quiet: Option<u32>,
}

impl<W: Write> Lines<W> {
    /// Begins a log with its header.
    pub(super) fn new(log: W, header: &str) -> Self {
        let mut lines = Self { log, written: Ok(()), quiet: None };
        lines.write_line(header);
        lines
    }

    /// Writes the line of a stimulus. `seen` are the members of its observation, each after a comma.
    pub(super) fn write_step(&mut self, stimulus: &str, seen: &str) {
        self.write_quiet();
        self.write_line(&format!("{{{stimulus}{seen}}}"));
    }

    /// Writes the line of an advance, or waits for the next one if nothing happened.
    pub(super) fn write_advance(&mut self, milliseconds: u32, seen: &str) {
        if !seen.is_empty() {
            self.write_step(&format!(r#""advance":{milliseconds}"#), seen);
            return;
        }
        let sum = self.quiet.unwrap_or(0).saturating_add(milliseconds);
        if sum > Peer::MAX_ADVANCE {
            self.write_quiet();
            self.quiet = Some(milliseconds);
        } else {
            self.quiet = Some(sum);
        }
    }

    /// Writes what is left, flushes the log, and returns it.
    pub(super) fn finish(mut self) -> io::Result<W> {
        self.write_quiet();
        self.written?;
        self.log.flush()?;
        Ok(self.log)
    }

    fn write_quiet(&mut self) {
        if let Some(milliseconds) = self.quiet.take() {
            self.write_line(&format!(r#"{{"advance":{milliseconds}}}"#));
        }
    }

    fn write_line(&mut self, line: &str) {
        if self.written.is_ok() {
            self.written = writeln!(self.log, "{line}");
        }
    }
}
