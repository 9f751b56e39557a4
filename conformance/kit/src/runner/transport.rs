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
pub enum StartFault {
    /// The program does not start.
    #[error("cannot start `{command}`: {reason}")]
    Command {
        /// The command line.
        command: String,
        /// What the system says.
        reason: String,
    },
    /// Nobody is at the address, or it is one that must not be asked.
    #[error("cannot connect to `{address}`: {reason}")]
    Connection {
        /// The address, as it was given.
        address: String,
        /// What the system says, and what to do.
        reason: String,
    },
    /// The user ended the run meanwhile, with this signal.
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
    /// It was still running and the kit killed it.
    Killed,
    /// It cannot be told.
    Unknown,
    /// The other side closed the connection.
    Disconnected,
    /// The connection was still open and the kit closed it.
    HungUp,
}

impl Ended {
    /// Whether it was still there, so that the kit had to end it.
    #[must_use]
    pub const fn was_forced(self) -> bool {
        matches!(self, Self::Killed | Self::HungUp)
    }

    /// What is wrong with such an end when there is nothing left to ask.
    #[must_use]
    pub fn as_farewell(self) -> Option<String> {
        match self {
            Self::Code(0) | Self::Disconnected => None,
            Self::HungUp => Some(
                "at the end of the run the adapter did not close the connection; it should when its input ends"
                    .to_owned(),
            ),
            Self::Code(_) | Self::Signal(_) | Self::Killed | Self::Unknown => Some(format!(
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

/// One adapter, started and stopped as often as needed. Every wait has a deadline.
pub trait Transport {
    /// Starts the adapter. Only called when it is not running.
    ///
    /// # Errors
    /// When there is nothing to talk to.
    fn start(&mut self) -> Result<(), StartFault>;

    /// Queues bytes for the adapter. Never blocks; a dead adapter shows as [`Incoming::Closed`].
    fn send(&mut self, bytes: Vec<u8>);

    /// Waits until something comes in, but not beyond this moment of [`Transport::now`].
    fn receive(&mut self, deadline: Duration) -> Incoming;

    /// Ends the adapter with everything it started, and says how it ended.
    fn stop(&mut self) -> Ended;

    /// Closes standard input and gives the adapter a second to leave by itself.
    fn finish(&mut self) -> Ended;

    /// The address of an adapter that was there before; none for one that is started.
    fn attached_to(&self) -> Option<String> {
        None
    }

    /// Time since the run began.
    fn now(&self) -> Duration;

    /// What came on standard error since the last call: the newest part of it, as text.
    fn take_stderr(&mut self) -> String;
}
