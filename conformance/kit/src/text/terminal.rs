//! The one way to a terminal, and to every file that a person or a workflow reads line by line.
//!
//! A report escapes a text from outside with [`sanitize`](super::sanitize). This writer is the net
//! below: a text that was forgotten cannot move the cursor, hide or reorder characters, or
//! begin a line that a workflow of GitHub executes. It lets through line ends and colours, which only
//! rollwire itself writes.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use super::hidden::is_hidden;

/// The longest line that is held back; of a longer one the beginning is written earlier.
const LONGEST: usize = 64 * 1024;

/// The longest escape sequence of a colour.
const LONGEST_COLOUR: usize = 24;

/// Writes text line by line, and escapes everything that is not text.
#[derive(Debug)]
pub struct Terminal<W: Write> {
    sink: W,
    /// What was not written yet, at most one line.
    held: Vec<u8>,
    /// Whether nothing but blanks of the line has been written.
    is_margin: bool,
    /// Whether a line may begin with `::`, as the commands to a workflow do.
    may_command: bool,
}

impl<W: Write> Terminal<W> {
    /// A writer to this sink.
    pub const fn new(sink: W) -> Self {
        Self { sink, held: Vec::new(), is_margin: true, may_command: false }
    }

    /// The same for a report that consists of commands to a workflow.
    #[must_use]
    pub fn with_commands(mut self) -> Self {
        self.may_command = true;
        self
    }

    /// The sink.
    pub const fn get_mut(&mut self) -> &mut W {
        &mut self.sink
    }

    /// Writes the first bytes that are held back.
    fn release(&mut self, length: usize) -> io::Result<()> {
        let rest = self.held.split_off(length.min(self.held.len()));
        let part = std::mem::replace(&mut self.held, rest);
        let is_margin = self.is_margin && !self.may_command;
        self.is_margin = part.ends_with(b"\n") || self.is_margin && part.trim_ascii().is_empty();
        if is_plain(&part) && !(is_margin && part.trim_ascii_start().starts_with(b"::")) {
            return self.sink.write_all(&part);
        }
        let text = String::from_utf8_lossy(&part);
        self.sink.write_all(escaped(&text, is_margin).as_bytes())
    }

    /// How many of the bytes that are held back are whole characters, colours and marks.
    fn whole(&self) -> usize {
        let mut end = self.held.len();
        while end > 0 && matches!(self.held[end - 1], b':' | b'#') {
            end -= 1;
        }
        if let Err(error) = std::str::from_utf8(&self.held[..end])
            && error.error_len().is_none()
        {
            end = error.valid_up_to();
        }
        let begin = end.saturating_sub(LONGEST_COLOUR);
        let colour = self.held[begin..end].iter().rposition(|byte| *byte == 0x1b);
        match colour.map(|at| begin + at) {
            Some(at) if !self.held[at..end].contains(&b'm') => at,
            _ => end,
        }
    }
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.held.extend_from_slice(line);
            if line.ends_with(b"\n") {
                self.release(usize::MAX)?;
            } else if self.held.len() > LONGEST {
                self.release(self.whole())?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.whole() {
            0 => {}
            length => self.release(length)?,
        }
        self.sink.flush()
    }
}

impl<W: Write> Drop for Terminal<W> {
    /// Writes the rest, as a buffered writer does. A caller that needs the error flushes before.
    fn drop(&mut self) {
        if !self.held.is_empty() {
            let _ = self.release(usize::MAX);
        }
        let _ = self.sink.flush();
    }
}

fn is_plain(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
        && !bytes.windows(3).any(|three| three == b"##[")
}

/// The text with everything escaped that is neither text nor the end of a line nor a colour.
fn escaped(text: &str, mut is_margin: bool) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let colour = colour(rest);
        if colour > 0 {
            shown.push_str(&rest[..colour]);
            rest = &rest[colour..];
            continue;
        }
        if is_margin && rest.starts_with("::") || rest.starts_with("##[") {
            // One character is enough to break the mark.
            let _ = write!(shown, "{}", character.escape_unicode());
        } else if character != '\n' && is_hidden(character) {
            let _ = write!(shown, "{}", character.escape_unicode());
        } else {
            shown.push(character);
        }
        is_margin &= character.is_whitespace();
        rest = &rest[character.len_utf8()..];
    }
    shown
}

/// The length of the colour that a text begins with: `ESC [`, digits and semicolons, `m`.
fn colour(text: &str) -> usize {
    let Some(rest) = text.strip_prefix("\u{1b}[") else { return 0 };
    let length = rest.bytes().position(|byte| !matches!(byte, b'0'..=b'9' | b';' | b':'));
    match length {
        Some(length) if length < LONGEST_COLOUR - 3 && rest.as_bytes()[length] == b'm' => {
            length + 3
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written in these pieces.
    fn written(pieces: &[&[u8]]) -> String {
        let mut terminal = Terminal::new(Vec::new());
        for piece in pieces {
            terminal.write_all(piece).unwrap();
            terminal.flush().unwrap();
        }
        terminal.write_all(b"").unwrap();
        let held = std::mem::take(&mut terminal.held);
        assert!(held.len() < LONGEST_COLOUR, "{held:?}");
        String::from_utf8(std::mem::take(&mut terminal.sink)).unwrap()
    }

    #[test]
    fn text_and_colours_pass_and_everything_else_is_escaped() {
        for plain in ["a é 日本 🙂\n\tb\n", "\u{1b}[1;31mred\u{1b}[0m\n", "a :: b ##\n"] {
            assert_eq!(written(&[plain.as_bytes()]), plain);
        }
        for (hostile, shown) in [
            ("a\u{1b}[2Jb\n", "a\\u{1b}[2Jb\n"),
            ("\u{1b}]0;title\u{7}\n", "\\u{1b}]0;title\\u{7}\n"),
            (
                "a\r\u{9b}2J\u{202e}\u{61c}\u{200b}\u{2028}\u{e0041}\n",
                "a\\u{d}\\u{9b}2J\\u{202e}\\u{61c}\\u{200b}\\u{2028}\\u{e0041}\n",
            ),
            ("  ::error::x\n", "  \\u{3a}:error::x\n"),
            ("\u{1b}[1m::error::x\n", "\u{1b}[1m\\u{3a}:error::x\n"),
            ("x ##[error]y\n", "x \\u{23}#[error]y\n"),
            ("a\n::b::\n", "a\n\\u{3a}:b::\n"),
        ] {
            assert_eq!(written(&[hostile.as_bytes()]), shown, "{hostile}");
        }
    }

    #[test]
    fn it_does_not_matter_in_which_pieces_a_text_arrives() {
        for text in ["é\u{1b}[1mx\u{1b}[0m \u{202e}🙂 ::y\n", "  ::error::x ##[error]y\n"] {
            let whole = written(&[text.as_bytes()]);
            for at in 0..text.len() {
                let (one, other) = text.as_bytes().split_at(at);
                assert_eq!(written(&[one, other]), whole, "{at}");
            }
        }
        let long = "x".repeat(LONGEST - 1) + "\u{1b}[1m\u{202e}";
        let shown = written(&[long.as_bytes(), long.as_bytes()]);
        assert!(shown.contains("xx\u{1b}[1m\\u{202e}xx"), "{}", shown.len());
        let mut commands = Terminal::new(Vec::new()).with_commands();
        commands.write_all(b"::error::x\n").unwrap();
        assert_eq!(std::mem::take(commands.get_mut()), b"::error::x\n");
    }
}
