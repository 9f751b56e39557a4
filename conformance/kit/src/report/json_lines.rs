//! JSON Lines: the event stream itself, one event per line, flushed while the run goes on.

use std::io::{self, Write};

use super::reporter::{Reporter, TRUNCATED};
use crate::{event::Event, text::json};

/// Writes every event as one line of JSON.
#[derive(Debug)]
pub struct JsonLines<W> {
    sink: W,
    /// Whether the footer was written, or the note that there is none.
    ended: bool,
}

impl<W: Write> JsonLines<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, ended: false }
    }
}

impl<W: Write> Reporter for JsonLines<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.ended = match event {
            Event::Footer(_) => true,
            Event::Note { text } => text == TRUNCATED,
            Event::Header(_) | Event::Check(_) | Event::Cause(_) => false,
        };
        json::write_line(&mut self.sink, event)?;
        match event {
            // Thousands of passes need not be flushed one by one; everything else may be read live.
            Event::Check(check) if check.detail.is_none() => Ok(()),
            _ => self.sink.flush(),
        }
    }

    /// Adds a note to a truncated stream, unless it has one already.
    fn end(&mut self) -> io::Result<()> {
        if self.ended { Ok(()) } else { self.event(&Event::Note { text: TRUNCATED.to_owned() }) }
    }
}
