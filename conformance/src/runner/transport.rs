//! The seam between the engine and whatever it talks to.
//!
//! The engine never reads a clock and never touches a pipe: it asks a [`Transport`].
//! A real one starts a process; a scripted one, with a clock of its own, plays any adapter in a test.

use std::time::Duration;

/// What came in while the engine waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Some bytes of standard output, at most 64 KiB at a time.
    Bytes(Vec<u8>),
    /// Standard output ended.
    Closed,
    /// Nothing, until the deadline.
    TimedOut,
    /// The user ended the run with this signal.
    Interrupted(i32),
}

/// Why there is no adapter to talk to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot start `{command}`: {reason}")]
pub struct StartFault {
    /// The command line.
    pub command: String,
    /// What the system says.
    pub reason: String,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It exited with this code.
    Code(i32),
    /// This signal killed it.
    Signal(i32),
    /// It was still running and the kit killed it.
    Killed,
    /// It cannot be told.
    Unknown,
}

impl std::fmt::Display for Ended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "exited with code {code}"),
            Self::Signal(signal) => match signal_name(*signal) {
                Some(name) => write!(f, "was killed by signal {signal} ({name})"),
                None => write!(f, "was killed by signal {signal}"),
            },
            Self::Killed => f.write_str("was still running and has been killed"),
            Self::Unknown => f.write_str("ended"),
        }
    }
}

#[cfg(unix)]
fn signal_name(signal: i32) -> Option<&'static str> {
    signal_hook::low_level::signal_name(signal)
}

#[cfg(not(unix))]
fn signal_name(_signal: i32) -> Option<&'static str> {
    None
}

/// One adapter, started and stopped as often as needed. Every wait has a deadline.
pub trait Transport {
    /// Starts the adapter. Only called when it is not running.
    ///
    /// # Errors
    /// When there is nothing to talk to.
    fn start(&mut self) -> Result<(), StartFault>;

    /// Queues bytes for standard input. Never blocks; a dead adapter shows as [`Incoming::Closed`].
    fn send(&mut self, bytes: Vec<u8>);

    /// Waits until something comes in, but not beyond this moment of [`Transport::now`].
    fn receive(&mut self, deadline: Duration) -> Incoming;

    /// Ends the adapter with everything it started, and says how it ended.
    fn stop(&mut self) -> Ended;

    /// Closes standard input and gives the adapter a second to leave by itself.
    fn finish(&mut self) -> Ended;

    /// Time since the run began.
    fn now(&self) -> Duration;

    /// What came on standard error since the last call: the newest part of it, as text.
    fn take_stderr(&mut self) -> String;
}
