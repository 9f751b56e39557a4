//! What answers the requests of a run: a live adapter or a file of recorded answers.

use std::sync::Arc;

use super::{
    engine::{Deliver, Engine},
    fault::{Reply, StartupFault, Stop},
    run_end::RunEnd,
    script::{Ask, Script},
    transport::Transport,
};
use crate::protocol::{Body, Hello};

/// Where answers come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// From a process that the kit started.
    Started,
    /// From an adapter that was already running at this address.
    Attached(String),
    /// From this file. Only the requests that were asked when it was written have an answer.
    Recorded(String),
}

/// Something to say about an adapter after everything has been asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// A sentence without a final period.
    pub text: String,
    /// Whether the adapter failed, so that a strict run does not conform.
    pub is_fault: bool,
}

/// Answers the scripts of a run.
pub trait Adapter {
    /// Returns what the adapter says about itself.
    ///
    /// # Errors
    /// Why the adapter cannot be asked anything.
    fn start(&mut self) -> Result<Hello, StartupFault>;

    /// Asks scripts until there are no more, or the run is stopped. Delivers one reply for each script that
    /// was taken, in any order. When the run is stopped, no more are taken: there may be no end of them.
    fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>);

    /// Asks all scripts, and delivers one reply per script, in any order.
    fn ask_all(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        self.ask_some(asks, deliver);
        for Ask { place, .. } in asks {
            deliver(place, Reply::NotRun, &mut String::new);
        }
    }

    /// Why nothing more is asked, if the run was stopped.
    fn stopped(&self) -> Option<&Stop>;

    /// When the run has to end, also while nothing is asked.
    fn run_end(&self) -> RunEnd {
        RunEnd::never()
    }

    /// What came on standard error since the last call; empty if it is not available.
    fn take_stderr(&mut self) -> String;

    /// What there is to say about the answers as a whole, one sentence each: that some came late, or
    /// that questions were left out.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// How many scripts were left out, because the like of them breaks the adapter.
    fn left_out(&self) -> u64 {
        0
    }

    /// Ends the adapter after everything has been asked. Returns remarks about it.
    fn finish(&mut self) -> Vec<Remark>;

    /// Where the answers come from.
    fn connection(&self) -> Connection;

    /// Whether it can answer requests that were not planned, such as a repetition or a smaller case.
    fn is_live(&self) -> bool {
        !matches!(self.connection(), Connection::Recorded(_))
    }

    /// Asks one request, alone.
    fn ask(&mut self, body: Body) -> Reply {
        self.ask_script(Arc::new(body.into()))
    }

    /// Asks one script, alone.
    fn ask_script(&mut self, script: Arc<Script>) -> Reply {
        let mut reply = Reply::NotRun;
        self.ask_all(&mut std::iter::once(Ask::new(0, script)), &mut |_, it, _| reply = it);
        reply
    }
}

impl<T: Transport> Adapter for Engine<T> {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        Self::start(self)
    }

    fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        Self::ask_some(self, asks, deliver);
    }

    fn stopped(&self) -> Option<&Stop> {
        Self::stopped(self)
    }

    fn run_end(&self) -> RunEnd {
        self.transport.run_end(self.limits.deadline)
    }

    fn take_stderr(&mut self) -> String {
        Self::take_stderr(self)
    }

    fn notes(&self) -> Vec<String> {
        Self::notes(self)
    }

    fn left_out(&self) -> u64 {
        Self::left_out(self)
    }

    fn finish(&mut self) -> Vec<Remark> {
        let ended = Self::finish(self);
        let end = ended.fault_at_end().map(|text| Remark { text, is_fault: ended.is_failure() });
        let report = self.transport.sanitizer_report().map(|line| Remark {
            text: format!("the adapter wrote a sanitizer's report to standard error: {line}"),
            is_fault: true,
        });
        end.into_iter().chain(report).collect()
    }

    fn connection(&self) -> Connection {
        self.transport.attached_to().map_or(Connection::Started, Connection::Attached)
    }
}
