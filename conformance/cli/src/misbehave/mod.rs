//! Adapters that misbehave on purpose: what the kit has to survive, and what it has to say.
//!
//! Each is the built-in adapter with one misdeed, as a mode of the hidden `rollwire adapter
//! --misbehave NAME`, so that a shipped binary can be set upon itself. `rollwire selftest` runs them.

mod harmless;
mod hello;
mod honesty;
mod process;
mod stage;
mod stream;

use std::{io, time::Duration};

use self::stage::{Asked, Stage};

/// What the run has been told about time: to start, and to answer. Long enough for a machine that does
/// other things as well, since a right answer that comes late would be a fault.
pub(super) const STARTUP: Duration = Duration::from_secs(2);
pub(super) const TIMEOUT: Duration = Duration::from_secs(1);

/// How long a run takes at most that has nothing to wait for but its timeouts.
const RUN: Duration = Duration::from_secs(5);

/// The mode of a process that reads nothing, writes nothing and holds its pipes: what is no adapter.
pub(super) const SLEEPER: &str = "sleeper";

/// The datagram of `ping/infinity`: the one case at which many misdeeds happen.
const ONE: &str = "027ff0000000000000";

/// One way to misbehave, and what `rollwire check` has to make of it.
#[derive(Clone, Copy)]
pub(super) struct Misbehaviour {
    /// A slug: what it does, in a few words.
    pub(super) name: &'static str,
    /// What it does, in a sentence without a period.
    pub(super) does: &'static str,
    /// How long the run may take.
    pub(super) limit: Duration,
    /// More arguments of `check`.
    pub(super) arguments: &'static [&'static str],
    /// The exit code of `check`.
    pub(super) exit: u8,
    /// What the report has to say, in this order.
    pub(super) says: &'static [&'static str],
    when: fn(&Asked) -> bool,
    deed: Deed,
}

/// What is done to a request instead of answering it.
type Deed = fn(&mut Stage, &Asked) -> io::Result<()>;

impl Misbehaviour {
    /// A misdeed whenever the condition holds; the run is expected to conform.
    fn new(name: &'static str, does: &'static str, when: fn(&Asked) -> bool, deed: Deed) -> Self {
        Self { name, does, limit: RUN, arguments: &[], exit: 0, says: &[], when, deed }
    }

    /// The exit code, and what has to be said.
    fn is(self, exit: u8, says: &'static [&'static str]) -> Self {
        Self { exit, says, ..self }
    }

    /// How long the run may take, where that is not its deadline.
    fn within(self, limit: Duration) -> Self {
        Self { limit, ..self }
    }

    /// More arguments of `check`.
    fn with(self, arguments: &'static [&'static str]) -> Self {
        Self { arguments, ..self }
    }
}

/// All of them, by what they set upon.
pub(super) fn all() -> Vec<Misbehaviour> {
    let rows = [hello::rows(), process::rows(), stream::rows(), honesty::rows(), harmless::rows()];
    rows.concat()
}

/// Serves standard input as the one of this name does.
///
/// # Errors
/// Where a pipe breaks, which is what the kit does to many of them.
pub(super) fn serve(misbehaviour: &Misbehaviour) -> io::Result<()> {
    let mut stage = Stage::default();
    while let Some(asked) = stage.next()? {
        if (misbehaviour.when)(&asked) {
            (misbehaviour.deed)(&mut stage, &asked)?;
        } else {
            stage.answer(&asked.right)?;
        }
    }
    Ok(())
}

/// What the sleeper does.
pub(super) fn sleep() {
    std::thread::sleep(Duration::from_secs(3600));
}

fn always(_: &Asked) -> bool {
    true
}

fn at_hello(asked: &Asked) -> bool {
    asked.is("hello")
}

fn behind_hello(asked: &Asked) -> bool {
    !asked.is("hello")
}

/// At the one request to decode `ping/infinity`.
fn at_one(asked: &Asked) -> bool {
    asked.is("decode") && asked.request["hex"] == ONE
}
