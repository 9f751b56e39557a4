//! The one way from this process to a terminal: standard output and standard error.
//!
//! Whatever is written here goes through the escapes of the kit's `Terminal`. The macros of the standard
//! library and of anstream do not, and they panic where a line cannot be written. A test checks that no
//! other file writes to either stream.

use std::{
    env, fmt,
    io::{self, IsTerminal, Write},
};

use anstream::{AutoStream, ColorChoice};
use rollwire_conformance::text::Terminal;

/// Decides for both streams whether they get colours. anstream itself knows NO_COLOR, CLICOLOR and
/// CLICOLOR_FORCE, and whether a stream is a terminal.
pub(crate) fn decide_colours(decided: Option<bool>) {
    let value = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let is_forced = value("NO_COLOR").is_none()
        && value("FORCE_COLOR").is_some_and(|value| value != "0" && value != "false");
    let choice = match decided {
        Some(true) => ColorChoice::Always,
        Some(false) => ColorChoice::Never,
        None if is_forced => ColorChoice::Always,
        None => ColorChoice::Auto,
    };
    choice.write_global();
}

/// Standard output for text. The caller flushes it, to learn whether everything was written.
pub(crate) fn stdout() -> Terminal<AutoStream<io::Stdout>> {
    Terminal::new(AutoStream::auto(io::stdout()))
}

/// Writes a line to standard output.
///
/// # Errors
/// It cannot be written, for example because a disk is full.
pub(crate) fn write_out(line: fmt::Arguments<'_>) -> io::Result<()> {
    let mut out = stdout();
    writeln!(out, "{line}")?;
    out.flush()
}

/// Clears the screen, if standard output is one.
pub(crate) fn clear() {
    let mut out = io::stdout();
    if out.is_terminal() {
        // A failure to write is seen at the next line.
        let _ = out.write_all(b"\x1b[2J\x1b[3J\x1b[H").and_then(|()| out.flush());
    }
}

/// Writes a line to standard error. A failure to write is ignored.
pub(crate) fn write_err(line: fmt::Arguments<'_>) {
    let mut out = Terminal::new(AutoStream::auto(io::stderr()));
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// `say!("{} cases", count)?` writes a line to standard output.
macro_rules! say {
    ($($text:tt)*) => { $crate::terminal::write_out(format_args!($($text)*)) };
}

/// `complain!("note: {}", note)` writes a line to standard error.
macro_rules! complain {
    ($($text:tt)*) => { $crate::terminal::write_err(format_args!($($text)*)) };
}

pub(crate) use {complain, say};
