//! What can go wrong with an adapter, in words that say what to do.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::transport::{Ended, StartFault};
use crate::protocol::{Answer, HelloFault, Malformed};

/// How an adapter failed one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The process ended.
    Crash,
    /// No answer in time.
    Timeout,
    /// Standard output held something that is no answer.
    Garbage,
}

/// A fault of the adapter, and what was seen of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which kind.
    pub kind: FaultKind,
    /// What happened, in one sentence without a period.
    pub text: String,
    /// The newest lines of standard error.
    pub stderr: String,
}

/// What became of one script.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// One of the four answers to each of its requests.
    Answered(Vec<Answer>),
    /// An answer that is malformed.
    Malformed(Malformed),
    /// The script brought the adapter down, also when it was asked alone.
    Fault(Fault),
    /// The adapter failed while this was its oldest unanswered request; alone, every one was answered.
    Unstable(Fault),
    /// It was not asked, or its answer never came because the run ended.
    NotRun,
}

impl Reply {
    /// What came on standard error before a fault.
    #[must_use]
    pub fn stderr(&self) -> String {
        match self {
            Self::Fault(fault) | Self::Unstable(fault) => fault.stderr.clone(),
            _ => String::new(),
        }
    }
}

/// Why a run ended before everything was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// The adapter never got through its first handshake.
    #[error(transparent)]
    Startup(#[from] StartupFault),
    /// The adapter was started again, and did not get through its handshake or was another one.
    #[error("the adapter did not come back after a fault: {0}")]
    Restart(StartupFault),
    /// Too many faults.
    #[error("the restart budget of {0} is spent; `--restarts` raises it")]
    Budget(u32),
    /// The run took too long.
    #[error("the run's deadline of {} is spent; `--deadline` raises it", seconds(*.0))]
    Deadline(Duration),
    /// The user ended the run.
    #[error("interrupted by signal {0}")]
    Interrupted(i32),
    /// An honesty probe or a canary got a wrong answer.
    #[error("{0}")]
    Probe(String),
}

/// Why an adapter did not get through the handshake.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartupFault {
    /// There is no process, or no connection.
    #[error(transparent)]
    Start(#[from] StartFault),
    /// It said nothing.
    #[error("the adapter did not answer hello within {}: does it flush its answers? `--startup-timeout` raises the limit", seconds(*.0))]
    Silent(Duration),
    /// It ended.
    #[error("the adapter {0} before it answered hello")]
    Ended(Ended),
    /// Its first line is no answer.
    #[error("before it answered hello: {0}")]
    Line(String),
    /// Its first line answers something else.
    #[error("the first answer has id {found}; expected {expected}, the id of hello")]
    WrongId {
        /// The id of hello.
        expected: u64,
        /// The id that came.
        found: u64,
    },
    /// Its first line is not one of the four answers.
    #[error("in the answer to hello: {0}")]
    Malformed(Malformed),
    /// It answered, but not `ok`.
    #[error("the adapter answered hello with `{0}`; it must answer `ok`")]
    NotOk(String),
    /// It answered `ok` with something missing or wrong.
    #[error(transparent)]
    Hello(#[from] HelloFault),
    /// It is not who it was before.
    #[error("after a restart the answer to hello differs from the first one")]
    Changed,
}

/// `1s`, `200ms`.
pub(super) fn seconds(duration: Duration) -> String {
    let millis = duration.as_millis();
    if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
}
