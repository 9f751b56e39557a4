//! One run of a comparison.

use crate::{event::Event, report::collect::Collected};

/// How many bytes of details are kept of each run.
const ROOM: usize = 16 << 20;

/// One run and the file it came from.
#[derive(Debug)]
pub struct Column {
    pub(super) file: String,
    pub(super) label: Option<String>,
    pub(super) collected: Collected,
}

impl Column {
    /// An empty column for this file. Its name is the label, or else that of the adapter.
    #[must_use]
    pub fn new(file: &str, label: Option<&str>) -> Self {
        let label = label.map(str::to_owned);
        Self { file: file.to_owned(), label, collected: Collected::keeping(ROOM) }
    }

    /// Takes in the next event.
    pub fn event(&mut self, event: &Event) {
        self.collected.event(event);
    }
}
