//! JSON Lines: the event stream itself, one event a line, flushed as it happens.

use std::io::{self, Write};

use super::{Reporter, TRUNCATED};
use crate::event::Event;

/// Writes every event as one line of JSON.
#[derive(Debug)]
pub struct JsonLines<W> {
    sink: W,
    /// Whether nothing is left to say: the footer was written, or that there is none.
    ended: bool,
}

impl<W: Write> JsonLines<W> {
    /// A report that goes to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, ended: false }
    }
}

impl<W: Write> Reporter for JsonLines<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.ended = match event {
            Event::Footer(_) => true,
            Event::Note { text } => text == TRUNCATED,
            Event::Header(_) | Event::Check(_) => false,
        };
        serde_json::to_writer(&mut self.sink, event)?;
        self.sink.write_all(b"\n")?;
        match event {
            // Thousands of passes need no flush each; everything else is read live.
            Event::Check(check) if check.detail.is_none() => Ok(()),
            _ => self.sink.flush(),
        }
    }

    /// A truncated stream stays one, with a note that says so; it is not said twice.
    fn end(&mut self) -> io::Result<()> {
        if self.ended { Ok(()) } else { self.event(&Event::Note { text: TRUNCATED.to_owned() }) }
    }
}
