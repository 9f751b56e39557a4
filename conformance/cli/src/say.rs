//! Lines on standard output and on standard error.
//!
//! The macros of the standard library and of anstream panic if a line cannot be written, for example because a
//! disk is full. `clippy.toml` forbids them.

use std::{
    fmt::Arguments,
    io::{self, Write},
};

/// Writes a line to standard output; an error is returned. It is formatted as by `println!`.
macro_rules! say {
    ($($text:tt)*) => { $crate::say::to_stdout(format_args!($($text)*)) };
}

/// Writes a line to standard error. An error is dropped: there is no other place for it.
macro_rules! remark {
    ($($text:tt)*) => { $crate::say::to_stderr(format_args!($($text)*)) };
}

pub(crate) use {remark, say};

pub(crate) fn to_stdout(text: Arguments<'_>) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

pub(crate) fn to_stderr(text: Arguments<'_>) {
    let _ = writeln!(anstream::stderr(), "{text}");
}
