//! One way to misbehave, and what `rollwire check` must report about it.

use std::{io, time::Duration};

use super::adapter_process::{AdapterProcess, Request};

/// The time limits of the run: to start, to answer, and to answer when asked again alone. A right answer
/// may come as late as the last one, and a start is not repeated, so these two are long. Adapters that
/// hang have to wait for them.
pub(crate) const STARTUP: Duration = Duration::from_secs(5);
pub(crate) const TIMEOUT: Duration = Duration::from_secs(1);
pub(crate) const PATIENCE: Duration = Duration::from_secs(5);

/// How long a run may take on an idle machine whose only delays are its timeouts.
const RUN: Duration = Duration::from_secs(9);

/// The name of a file in the folder of the run, which contains its name and must not be changed.
pub(crate) const PRECIOUS: &str = "precious";

/// One way to misbehave, and what `rollwire check` must report about it.
#[derive(Clone, Copy)]
pub(crate) struct Misbehaviour {
    /// A slug: what the adapter does, in a few words.
    pub(crate) name: &'static str,
    /// What the adapter does, in a sentence without a period.
    pub(crate) does: &'static str,
    /// How long the run may take.
    pub(crate) limit: Duration,
    /// Further arguments of `check`.
    pub(crate) arguments: &'static [&'static str],
    /// The expected exit code of `check`.
    pub(crate) exit: u8,
    /// The texts that the report must contain, in this order.
    pub(crate) says: &'static [&'static str],
    /// Whether the run needs a terminal.
    pub(crate) on_a_terminal: bool,
    /// Which requests the action is done at. All others are answered rightly.
    pub(super) when: fn(&Request) -> bool,
    pub(super) action: Action,
}

/// What the adapter does instead of answering a request.
pub(super) type Action = fn(&mut AdapterProcess, &Request) -> io::Result<()>;

impl Misbehaviour {
    /// An action at every request for which the condition holds. The run is expected to conform.
    pub(super) fn new(
        name: &'static str,
        does: &'static str,
        when: fn(&Request) -> bool,
        action: Action,
    ) -> Self {
        let (limit, on_a_terminal) = (RUN, false);
        Self { name, does, limit, arguments: &[], exit: 0, says: &[], on_a_terminal, when, action }
    }

    /// The exit code of `check`, and the texts that its report must contain.
    pub(super) fn expect(self, exit: u8, says: &'static [&'static str]) -> Self {
        Self { exit, says, ..self }
    }

    /// How long the run may take, if the default is not right.
    pub(super) fn with_limit(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// Runs `check` on a terminal, which it does not use itself.
    pub(super) fn on_a_terminal(self) -> Self {
        Self { on_a_terminal: true, ..self }
    }

    /// Further arguments of `check`.
    pub(super) fn with_arguments(self, arguments: &'static [&'static str]) -> Self {
        Self { arguments, ..self }
    }
}
