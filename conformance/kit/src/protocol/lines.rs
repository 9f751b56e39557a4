//! Pieces of a stream in, lines out, with bounded memory.

use super::{LineFault, MAX_LINE};

/// Splits a stream at line ends. A line end may be `\n` or `\r\n`.
#[derive(Debug, Default)]
pub struct Lines {
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
}

impl Lines {
    /// Calls `each` for every line that this piece completes; empty lines are passed over.
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
        if self.begun.len() > MAX_LINE { Err(LineFault::TooLong.into()) } else { Ok(()) }
    }

    /// Forgets the beginning of a line: its process is gone.
    pub fn clear(&mut self) {
        self.begun = Vec::new();
    }

    /// The beginning of a line whose end has not come.
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
    if line.len() > MAX_LINE {
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
        let mut seen = Vec::new();
        for piece in pieces {
            lines.push(piece, |line| {
                seen.push(String::from_utf8_lossy(line).into_owned());
                Ok::<(), LineFault>(())
            })?;
        }
        Ok(seen)
    }

    #[test]
    fn lines_end_where_they_end_and_not_where_pieces_do() {
        assert_eq!(split(&[b"ab", b"c\nde\r", b"\n\nf\ng"]).unwrap(), ["abc", "de", "f"]);
        let bytes: Vec<&[u8]> = b"one\ntwo\n".iter().map(std::slice::from_ref).collect();
        assert_eq!(split(&bytes).unwrap(), ["one", "two"]);
    }

    #[test]
    fn an_endless_line_is_a_fault_and_not_a_memory_leak() {
        let piece = vec![b'x'; 64 * 1024];
        let pieces: Vec<&[u8]> = std::iter::repeat_n(&piece[..], 100).collect();
        assert_eq!(split(&pieces), Err(LineFault::TooLong));
    }
}
