//! Rows of the report for a terminal.

use std::io::{self, Write};

/// The column where the text of a row begins.
pub(super) const INDENT: usize = 16;

/// What fits into a line of 80 columns after the title of its row.
pub(super) fn cut(text: &str) -> String {
    const WIDTH: usize = 80 - INDENT;
    if text.chars().count() <= WIDTH {
        return text.to_owned();
    }
    text.chars().take(WIDTH - 1).chain(['…']).collect()
}

/// A time for people.
pub(super) fn milliseconds(microseconds: i64) -> String {
    let sign = if microseconds < 0 { "-" } else { "" };
    let size = microseconds.unsigned_abs();
    format!("{sign}{}.{} ms", size / 1000, size / 100 % 10)
}

/// A row with its title.
pub(super) fn row(sink: &mut dyn Write, name: &str, text: &str) -> io::Result<()> {
    writeln!(sink, "{}", format!("      {name:<10}{text}").trim_end())
}
