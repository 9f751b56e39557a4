//! What can go wrong with an adapter, and the texts that report it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    run_end::EndReason,
    transport::{Ended, StartFault},
};
use crate::{
    protocol::{Answer, Body, HelloFaults, MAX_LINE, Malformed},
    text::grouped,
};

/// How an adapter failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// The process ended.
    Crash,
    /// No answer in time.
    Timeout,
    /// Standard output held something that is not an answer.
    Garbage,
}

/// A fault of the adapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdapterFault {
    /// Which kind.
    pub kind: FaultKind,
    /// What happened, as one sentence without a final period.
    pub text: String,
    /// What came on standard error, shortened in the middle.
    pub stderr: String,
}

/// A request of at least this many bytes is named in the text of a fault: 64 KiB, where the readers
/// of some languages stop by default.
const LONG_REQUEST: usize = 64 * 1024;

impl AdapterFault {
    /// The fault of an adapter that was sent these requests and nothing else. If it ended or did not
    /// answer after a long request, the text says so.
    pub(super) fn after_requests(mut self, bodies: &[Body]) -> Self {
        let longest = bodies.iter().map(Body::len).max().unwrap_or_default();
        if self.kind != FaultKind::Garbage && longest >= LONG_REQUEST {
            let length = grouped(longest as u64);
            let limit = MAX_LINE / 1024 / 1024;
            self.text += &format!(
                "; the request has {length} bytes: does the adapter read lines up to {limit} MiB?"
            );
        }
        self
    }
}

/// The reply to one script.
#[derive(Clone, Debug, PartialEq)]
pub enum Reply {
    /// One of the four answers to each of its requests.
    Answered(Vec<Answer>),
    /// What is wrong with the first malformed answer.
    Malformed(Malformed),
    /// The script broke the adapter, also when it was asked alone.
    Fault(AdapterFault),
    /// The adapter crashed or wrote garbage while this script was in flight, but answered it when it was
    /// asked alone.
    Unstable(AdapterFault),
    /// The script was not asked, for this reason: enough of its like were.
    LeftOut(String),
    /// The script was not asked, or the run ended before its answer.
    NotRun,
}

impl Reply {
    /// What the adapter wrote to standard error before a fault.
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
    /// The first handshake failed.
    #[error(transparent)]
    Startup(#[from] StartupFault),
    /// The handshake after a restart failed, or its answer differs from the first one.
    #[error("the adapter did not come back after a fault: {0}")]
    Restart(StartupFault),
    /// Too many requests broke the adapter.
    #[error("the restart budget of {0} is spent; `--restarts` raises it")]
    Budget(u32),
    /// This many scripts were left out of a run that would pass otherwise.
    #[error(
        "{0} of the questions were not asked, because the like of them breaks the adapter; `--restarts` raises how many are asked"
    )]
    LeftOut(u64),
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

/// Why a handshake failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartupFault {
    /// The process or the connection could not be started.
    #[error(transparent)]
    Start(#[from] StartFault),
    /// The adapter did not answer in time.
    #[error("the adapter did not answer hello within {}: does it flush its answers? `--startup-timeout` raises the limit", seconds(*.0))]
    Silent(Duration),
    /// The adapter ended.
    #[error("the adapter {0} before it answered hello")]
    Ended(Ended),
    /// The first line is not an answer.
    #[error("before it answered hello: {0}")]
    Line(String),
    /// The first line answers another request.
    #[error("the first answer has id {found}; expected {expected}, the id of hello")]
    WrongId {
        /// The id of hello.
        expected: u64,
        /// The id of the line.
        found: u64,
    },
    /// The answer to hello is malformed.
    #[error("in the answer to hello: {0}")]
    Malformed(Malformed),
    /// The answer is not `ok`.
    #[error("the adapter answered hello with `{0}`; it must answer `ok`")]
    NotOk(String),
    /// Members of the answer are missing or wrong.
    #[error(transparent)]
    Hello(#[from] HelloFaults),
    /// The answer differs from the one before the restart.
    #[error("after a restart the answer to hello differs from the first one")]
    Changed,
}

/// `1s`, `200ms`.
pub(super) fn seconds(duration: Duration) -> String {
    let millis = duration.as_millis();
    if millis.is_multiple_of(1000) { format!("{}s", millis / 1000) } else { format!("{millis}ms") }
}

impl From<EndReason> for Stop {
    fn from(reason: EndReason) -> Self {
        match reason {
            EndReason::Signal(signal) => Self::Interrupted(signal),
            EndReason::Deadline(time) => Self::Deadline(time),
        }
    }
}
