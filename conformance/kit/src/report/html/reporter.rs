//! The reporter that collects a stream and writes the page.

use std::io::{self, Write};

use askama::Template as _;

use super::page::ReportPage;
use crate::{
    event::Event,
    report::{collect::Collected, reporter::Reporter},
};

/// How many bytes of details are kept, of which the failures to show are chosen.
const ROOM: usize = 64 << 20;

/// Writes the file at the end.
#[derive(Debug)]
pub struct Html<W> {
    sink: W,
    collected: Collected,
}

impl<W: Write> Html<W> {
    /// A report that is written to this sink.
    pub fn new(sink: W) -> Self {
        Self { sink, collected: Collected::keeping(ROOM) }
    }
}

impl<W: Write> Reporter for Html<W> {
    fn event(&mut self, event: &Event) -> io::Result<()> {
        self.collected.event(event);
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.collected.settle();
        ReportPage::of(&self.collected).write_into(&mut self.sink)?;
        self.sink.flush()
    }
}
