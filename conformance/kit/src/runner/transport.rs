//! The interface between the engine and an adapter.
//!
//! The engine never reads a clock and never touches a pipe: it uses a [`Transport`]. The real
//! transports start a process or open a connection. A test uses a scripted one that has its own
//! clock.

use std::time::Duration;

use super::run_end::RunEnd;

/// What the engine received while it waited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incoming {
    /// Some bytes of standard output, at most 64 KiB at a time.
    Bytes(Vec<u8>),
    /// Standard output ended.
    Closed,
    /// Nothing arrived before the deadline.
    TimedOut,
    /// The user ended the run with this signal.
    Interrupted(i32),
}

/// Why an adapter cannot be started.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartFault {
    /// The program cannot be started.
    #[error("cannot start `{command}`: {reason}")]
    Command {
        /// The command line.
        command: String,
        /// The reason that the system gives.
        reason: String,
    },
    /// Nothing listens at the address, or connecting to it is not allowed.
    #[error("cannot connect to `{address}`: {reason}")]
    Connection {
        /// The address, as it was given.
        address: String,
        /// The reason, and what to do.
        reason: String,
    },
    /// The user ended the run with this signal during the start.
    #[error("interrupted by signal {0}")]
    Interrupted(i32),
}

/// How a process or a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It exited with this code.
    Code(i32),
    /// This signal killed it.
    Signal(i32),
    /// It was still running, and the kit killed it.
    Killed,
    /// It is still running, although the kit killed it: it may belong to another user.
    Lingers,
    /// It ended in an unknown way.
    Unknown,
    /// The adapter closed the connection.
    Disconnected,
    /// The connection was still open, and the kit closed it.
    HungUp,
}

impl Ended {
    /// Whether the adapter was still there, so that the kit had to end it.
    #[must_use]
    pub const fn was_forced(self) -> bool {
        matches!(self, Self::Killed | Self::Lingers | Self::HungUp)
    }

    /// Whether the adapter ended by itself, but not with code 0, as the adapter protocol demands.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        match self {
            Self::Code(code) => code != 0,
            Self::Signal(_) => true,
            Self::Killed | Self::Lingers | Self::Unknown | Self::Disconnected | Self::HungUp => {
                false
            }
        }
    }

    /// What is wrong with this end after the last request; `None` if nothing is.
    #[must_use]
    pub fn fault_at_end(self) -> Option<String> {
        match self {
            Self::Code(0) | Self::Unknown | Self::Disconnected => None,
            Self::HungUp => Some(
                "at the end of the run the adapter did not close the connection; it should when its input ends"
                    .to_owned(),
            ),
            Self::Code(_) | Self::Signal(_) | Self::Killed | Self::Lingers => Some(format!(
                "at the end of its standard input the adapter {self}; it should exit with code 0"
            )),
        }
    }
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
            Self::Lingers => f.write_str("was still running and could not be killed"),
            Self::Unknown => f.write_str("ended"),
            Self::Disconnected => f.write_str("closed the connection"),
            Self::HungUp => f.write_str("was still connected and has been disconnected"),
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

/// An adapter that is started and stopped as often as needed. Every wait has a deadline.
pub trait Transport {
    /// Starts the adapter. Only called when it is not running.
    ///
    /// # Errors
    /// When the adapter cannot be started.
    fn start(&mut self) -> Result<(), StartFault>;

    /// Queues bytes for the adapter. Never blocks; a dead adapter shows as [`Incoming::Closed`].
    fn send(&mut self, bytes: Vec<u8>);

    /// Waits for input until this moment of [`Transport::now`].
    fn receive(&mut self, deadline: Duration) -> Incoming;

    /// Ends the adapter and all its children, and returns how it ended.
    fn stop(&mut self) -> Ended;

    /// Closes standard input and gives the adapter a few seconds to exit.
    fn finish(&mut self) -> Ended;

    /// The address of an adapter that was already running; `None` for one that the kit starts.
    fn attached_to(&self) -> Option<String> {
        None
    }

    /// The time since the run began.
    fn now(&self) -> Duration;

    /// When a run with this deadline has to end.
    fn run_end(&self, _deadline: Duration) -> RunEnd {
        RunEnd::never()
    }

    /// The text on standard error since the last call; of a long one its beginning and its end.
    fn take_stderr(&mut self) -> String;

    /// The first line of a sanitizer's report on standard error, if any process wrote one.
    fn sanitizer_report(&self) -> Option<String> {
        None
    }
}
