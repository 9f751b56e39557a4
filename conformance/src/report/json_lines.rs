//! JSON Lines: the event stream itself, one event a line, flushed as it happens.

use std::io::{self, Write};

use super::Reporter;
use crate::event::Event;

/// Writes every event as one line of JSON.
#[derive(Debug)]
pub struct JsonLines<W>(W);

impl<W: Write> JsonLines<W> {
    /// A report that goes to this sink.
    pub fn new(sink: W) -> Self {
        Self(sink)
    }
}

impl<W: Write> Reporter for JsonLines<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, event)?;
        self.0.write_all(b"\n")?;
        match event {
            // Thousands of passes need no flush each; everything else is read live.
            Event::Check(check) if check.detail.is_none() => Ok(()),
            _ => self.0.flush(),
        }
    }
}
