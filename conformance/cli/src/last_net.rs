//! The last net: a panic is a defect of rollwire, and ends with exit code 5 and a plain message.

use std::{
    backtrace::{Backtrace, BacktraceStatus},
    panic::{self, AssertUnwindSafe, PanicHookInfo},
};

use rollwire_conformance::{text::sanitize, verdict::Exit};

use crate::{style::red, terminal::complain};

/// Runs the whole command.
pub(crate) fn below(run: impl FnOnce() -> Exit) -> Exit {
    panic::set_hook(Box::new(tell));
    caught(run).unwrap_or(Exit::Broken)
}

/// What a function returns, or `None` if it panics. The message has been shown then.
pub(crate) fn caught<T>(run: impl FnOnce() -> T) -> Option<T> {
    // What may be left in the middle of a change is only used to say that the run is incomplete.
    panic::catch_unwind(AssertUnwindSafe(run)).ok()
}

fn tell(panic: &PanicHookInfo<'_>) {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("a panic without a message");
    let place = panic.location().map_or(String::new(), |place| format!(" at {place}"));
    complain!(
        "{}: this is a defect of rollwire, please report it with the command line: {}{place}",
        red("error"),
        sanitize(text),
    );
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        complain!("{backtrace}");
    }
}
