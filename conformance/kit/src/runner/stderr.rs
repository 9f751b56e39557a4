//! What is kept of standard error: its beginning, its end, and what names a cause in between.

use std::collections::VecDeque;

use crate::text::cause::names_a_cause;

/// How many bytes are kept of the beginning, and of the end.
const HEAD: usize = 16 * 1024;
const TAIL: usize = 48 * 1024;

/// How many lines that name a cause are kept of what lies between, and how many bytes of each.
const CAUSES: usize = 4;
const LINE: usize = 1024;

/// The text on standard error since it was last taken.
#[derive(Debug, Default)]
pub(super) struct Stderr {
    head: Vec<u8>,
    tail: Vec<u8>,
    /// How many bytes between the two are not kept.
    left_out: u64,
    /// The newest lines that name a cause, of those that are not kept.
    causes: VecDeque<String>,
    /// The beginning of the line that is being left out.
    line: Vec<u8>,
}

impl Stderr {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let (first, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
        self.head.extend_from_slice(first);
        self.tail.extend_from_slice(rest);
        // Not for every small piece, because what stays has to move.
        if self.tail.len() > 2 * TAIL {
            self.shorten();
        }
    }

    /// Leaves out what lies before the end.
    fn shorten(&mut self) {
        let surplus = self.tail.len().saturating_sub(TAIL);
        let left_out: Vec<u8> = self.tail.drain(..surplus).collect();
        self.left_out += left_out.len() as u64;
        self.look_at(&left_out);
    }

    /// Keeps the lines that name a cause.
    fn look_at(&mut self, left_out: &[u8]) {
        for piece in left_out.split_inclusive(|byte| *byte == b'\n') {
            let room = LINE - self.line.len();
            self.line.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.ends_with(b"\n") {
                let line = String::from_utf8_lossy(&self.line);
                if names_a_cause(&line) {
                    if self.causes.len() == CAUSES {
                        self.causes.pop_front();
                    }
                    self.causes.push_back(line.trim_end().to_owned());
                }
                self.line.clear();
            }
        }
    }

    /// The text, which begins anew.
    pub(super) fn take(&mut self) -> String {
        self.shorten();
        let Self { head, tail, left_out, causes, .. } = std::mem::take(self);
        if left_out == 0 {
            // A character may begin in one part and end in the other.
            return String::from_utf8_lossy(&[head, tail].concat()).into_owned();
        }
        let mut text = String::from_utf8_lossy(&head).into_owned();
        text += &format!("\n[{left_out} bytes of standard error are left out here]\n");
        for line in causes {
            text += &line;
            text.push('\n');
        }
        text + &String::from_utf8_lossy(&tail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_keeps_its_beginning_its_end_and_what_names_a_cause() {
        let mut kept = Stderr::default();
        kept.push(b"panic: at the head\n");
        for number in 0..100_000 {
            if number == 50_000 {
                kept.push(b"Value");
                kept.push(b"Error: in the middle\n");
            }
            kept.push(b"noise noise noise\n");
        }
        kept.push(b"the end");
        let text = kept.take();
        assert!(text.len() < HEAD + TAIL + 2 * LINE, "{} bytes", text.len());
        assert!(text.starts_with("panic: at the head\n"));
        assert!(text.ends_with("the end"));
        assert!(
            text.contains(
                "bytes of standard error are left out here]\nValueError: in the middle\n"
            )
        );
        assert!(kept.take().is_empty());
    }

    #[test]
    fn a_line_without_an_end_is_bounded_and_short_text_is_kept_whole() {
        let mut kept = Stderr::default();
        for _ in 0..100 {
            kept.push(&[b'x'; 10_000]);
        }
        assert!(kept.line.len() <= LINE);
        kept.take();
        kept.push("é".repeat(HEAD).as_bytes());
        assert_eq!(kept.take(), "é".repeat(HEAD));
    }
}
