//! The one way from this process to a terminal: standard output and standard error.
//!
//! Whatever is written here goes through the escapes of the kit's `Terminal`. A test checks that no other
//! file writes to either stream.

use std::{
    fmt,
    io::{self, Write},
    sync::atomic::{AtomicBool, Ordering},
};

use anstream::AutoStream;
use rollwire_conformance::text::Terminal;

/// Whether a line to standard output could not be written.
static BROKEN: AtomicBool = AtomicBool::new(false);

/// Standard output for text. The caller flushes it, to learn whether everything was written.
pub(crate) fn stdout() -> Terminal<AutoStream<io::Stdout>> {
    Terminal::new(AutoStream::auto(io::stdout()))
}

/// Writes a line to standard output.
pub(crate) fn write_out(line: fmt::Arguments<'_>) {
    let mut out = stdout();
    if writeln!(out, "{line}").and_then(|()| out.flush()).is_err() {
        BROKEN.store(true, Ordering::Relaxed);
    }
}

/// Writes a line to standard error. If that cannot be written, there is no other place for it.
pub(crate) fn write_err(line: fmt::Arguments<'_>) {
    let mut out = Terminal::new(AutoStream::auto(io::stderr()));
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// Whether everything that was said could be written.
pub(crate) fn is_broken() -> bool {
    BROKEN.load(Ordering::Relaxed)
}

/// `say!("{} cases", count)` writes a line to standard output.
macro_rules! say {
    ($($text:tt)*) => { $crate::terminal::write_out(format_args!($($text)*)) };
}

/// `complain!("note: {}", note)` writes a line to standard error.
macro_rules! complain {
    ($($text:tt)*) => { $crate::terminal::write_err(format_args!($($text)*)) };
}

pub(crate) use {complain, say};
