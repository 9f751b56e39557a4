//! The transcript: every line in both directions, for `--trace FILE`.

use std::{
    fmt,
    io::{self, Write},
};

/// Writes `> request`, `< answer` and `! standard error` lines, or nothing without a sink.
#[derive(Default)]
pub struct Transcript {
    sink: Option<Box<dyn Write>>,
    /// Why the sink failed.
    fault: Option<io::Error>,
}

impl Transcript {
    /// A transcript that is written to this sink. If the sink fails, the run goes on without a
    /// transcript, and a note says so.
    #[must_use]
    pub fn to(sink: Box<dyn Write>) -> Self {
        Self { sink: Some(sink), fault: None }
    }

    /// Writes what has not been written yet.
    pub(super) fn flush(&mut self) {
        self.attempt(|sink| sink.flush());
    }

    /// What the report says if the transcript is incomplete.
    pub(super) fn note(&self) -> Option<String> {
        let fault = self.fault.as_ref()?;
        Some(format!("the file of --trace is incomplete, it cannot be written: {fault}"))
    }

    pub(super) fn request(&mut self, line: &str) {
        self.write(b"> ", line.as_bytes());
    }

    pub(super) fn answer(&mut self, line: &[u8]) {
        self.write(b"< ", line);
    }

    pub(super) fn stderr(&mut self, text: &str) {
        for line in text.lines() {
            self.write(b"! ", line.as_bytes());
        }
    }

    fn write(&mut self, mark: &[u8], line: &[u8]) {
        self.attempt(|sink| sink.write_all(&[mark, line, b"\n"].concat()));
    }

    fn attempt(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if let Some(sink) = &mut self.sink
            && let Err(fault) = write(sink)
        {
            (self.sink, self.fault) = (None, Some(fault));
        }
    }
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Transcript").field(&self.sink.is_some()).finish()
    }
}
