//! Pieces of a stream in, lines out, with bounded memory.

use crate::text::NotText;

/// The longest line either side may send, in bytes and with its line end: 4 MiB.
pub const MAX_LINE: usize = 4 * 1024 * 1024;

/// Why a line belongs to no request: a defect of the stream.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.about("a line on standard output"))]
pub enum LineFault {
    /// The bytes are not UTF-8 without a byte order mark.
    NotText {
        /// What they are instead.
        fault: NotText,
        /// The line, shortened.
        text: String,
    },
    /// The text is not JSON. Most often it is a log line.
    NotJson {
        /// The line, shortened.
        text: String,
        /// What the parser says.
        reason: String,
    },
    /// The JSON has no `id`, or one that no request has.
    NoId(String),
    /// The JSON has more than one `id`.
    SeveralIds(String),
    /// The line is a request that was sent to the adapter.
    Echo(String),
    /// More than 4 MiB came without a line end.
    TooLong,
}

impl LineFault {
    /// What is wrong with the line. `line` is what to call it, since not every line comes from standard
    /// output.
    #[must_use]
    pub fn about(&self, line: &str) -> String {
        match self {
            Self::NotText { fault, text } => format!("{line} {fault}: {text}"),
            Self::NotJson { text, reason } => {
                format!("{line} is not JSON: {text} ({reason}); logs belong on standard error")
            }
            Self::NoId(text) => {
                format!("{line} answers no request: {text}; its `id` must be that of a request")
            }
            Self::SeveralIds(text) => format!("{line} has more than one `id`: {text}"),
            Self::Echo(text) => {
                format!("the adapter sends its requests back instead of answering them: {text}")
            }
            Self::TooLong => format!("{line} is longer than {MAX_LINE} bytes"),
        }
    }
}

/// Splits a stream at line ends. A line end may be `\n` or `\r\n`.
#[derive(Debug, Default)]
pub struct Lines {
    /// The beginning of a line whose end has not arrived yet.
    begun: Vec<u8>,
}

impl Lines {
    /// Calls `each` for every line that this piece completes, except for empty lines.
    ///
    /// # Errors
    /// What `each` returns, or a line that is too long.
    pub fn push<F, E>(&mut self, piece: &[u8], mut each: F) -> Result<(), E>
    where
        F: FnMut(&[u8]) -> Result<(), E>,
        E: From<LineFault>,
    {
        let mut rest = piece;
        while let Some(end) = memchr::memchr(b'\n', rest) {
            let (line, after) = rest.split_at(end);
            rest = after.get(1..).unwrap_or_default();
            if self.begun.is_empty() {
                take(line, &mut each)?;
            } else {
                self.begun.extend_from_slice(line);
                let line = std::mem::take(&mut self.begun);
                take(&line, &mut each)?;
            }
        }
        self.begun.extend_from_slice(rest);
        // The line end is still to come.
        if self.begun.len() >= MAX_LINE { Err(LineFault::TooLong.into()) } else { Ok(()) }
    }

    /// Forgets the beginning of a line, because its process is gone.
    pub fn clear(&mut self) {
        self.begun = Vec::new();
    }

    /// The beginning of a line whose end has not arrived.
    #[must_use]
    pub fn begun(&self) -> &[u8] {
        &self.begun
    }
}

fn take<F, E>(line: &[u8], each: &mut F) -> Result<(), E>
where
    F: FnMut(&[u8]) -> Result<(), E>,
    E: From<LineFault>,
{
    // The line end counts.
    if line.len() >= MAX_LINE {
        return Err(LineFault::TooLong.into());
    }
    match line.strip_suffix(b"\r").unwrap_or(line) {
        b"" => Ok(()),
        line => each(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(pieces: &[&[u8]]) -> Result<Vec<String>, LineFault> {
        let mut lines = Lines::default();
        let mut found = Vec::new();
        for piece in pieces {
            lines.push(piece, |line| {
                found.push(String::from_utf8_lossy(line).into_owned());
                Ok::<(), LineFault>(())
            })?;
        }
        Ok(found)
    }

    #[test]
    fn a_line_may_be_spread_over_pieces() {
        assert_eq!(split(&[b"ab", b"c\nde\r", b"\n\nf\ng"]).unwrap(), ["abc", "de", "f"]);
        let bytes: Vec<&[u8]> = b"one\ntwo\n".iter().map(std::slice::from_ref).collect();
        assert_eq!(split(&bytes).unwrap(), ["one", "two"]);
    }

    #[test]
    fn the_line_end_counts() {
        for end in ["\n", "\r\n"] {
            let line = |length: usize| "x".repeat(length - end.len()) + end;
            let whole = |line: String| split(&[line.as_bytes()]).map(|lines| lines.len());
            assert_eq!(whole(line(MAX_LINE)), Ok(1));
            assert_eq!(whole(line(MAX_LINE + 1)), Err(LineFault::TooLong));
            let in_two = |line: String| {
                let (first, second) = line.split_at(line.len() - end.len());
                split(&[first.as_bytes(), second.as_bytes()]).map(|lines| lines.len())
            };
            assert_eq!(in_two(line(MAX_LINE)), Ok(1));
            assert_eq!(in_two(line(MAX_LINE + 1)), Err(LineFault::TooLong));
        }
    }

    #[test]
    fn an_endless_line_is_a_fault_and_is_not_kept() {
        let piece = vec![b'x'; 64 * 1024];
        let pieces: Vec<&[u8]> = std::iter::repeat_n(&piece[..], 100).collect();
        assert_eq!(split(&pieces), Err(LineFault::TooLong));
    }
}
