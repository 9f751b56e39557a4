//! The transcript: every line in both directions, for `--trace FILE`.

use std::{fmt, io::Write};

/// Writes `> request`, `< answer` and `! standard error` lines, or nothing without a sink.
#[derive(Default)]
pub struct Transcript(Option<Box<dyn Write>>);

impl Transcript {
    /// A transcript that is written to this sink. If the sink fails, the run goes on without a
    /// transcript.
    #[must_use]
    pub fn to(sink: Box<dyn Write>) -> Self {
        Self(Some(sink))
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
        if let Some(sink) = &mut self.0
            && sink.write_all(&[mark, line, b"\n"].concat()).is_err()
        {
            self.0 = None;
        }
    }
}

impl fmt::Debug for Transcript {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Transcript").field(&self.0.is_some()).finish()
    }
}
