//! The handshake: at the start of a run, and after every fault.

use serde_json::{Map, Value};

use super::{
    engine::{Engine, StreamFault},
    fault::{StartupFault, Stop},
    transport::{StartFault, Transport},
};
use crate::protocol::{Answer, Body, Hello, HelloLimits};

impl<T: Transport> Engine<T> {
    /// Restarts the adapter, if anything is left of the budget. Its answer to hello must not change.
    pub(super) fn restart(&mut self) {
        if self.restarts_left == 0 {
            self.stopped = Some(Stop::Budget(self.limits.restarts));
            return;
        }
        let fault = match self.shake_hands() {
            Ok(hello) if Some(&hello) == self.hello.as_ref() => return,
            Ok(_) => StartupFault::Changed,
            Err(fault) => fault,
        };
        // A deadline or a signal during the handshake takes precedence.
        self.stopped.get_or_insert(Stop::Restart(fault));
    }

    /// Takes one restart from the budget.
    ///
    /// Only a script that breaks the adapter is charged for. A fault that does not come back costs
    /// nothing: each of them settles at least one script, so they end by themselves.
    pub(super) fn charge(&mut self) {
        self.restarts_left = self.restarts_left.saturating_sub(1);
    }

    /// Starts the adapter and performs the handshake. After a fault the adapter is stopped.
    pub(super) fn shake_hands(&mut self) -> Result<Hello, StartupFault> {
        let hello = self.try_to_shake_hands();
        if hello.is_err() {
            self.transport.stop();
            self.lines.clear();
        }
        hello
    }

    fn try_to_shake_hands(&mut self) -> Result<Hello, StartupFault> {
        if let Err(fault) = self.transport.start() {
            if let StartFault::Interrupted(signal) = fault {
                self.stopped = Some(Stop::Interrupted(signal));
            }
            return Err(fault.into());
        }
        let nonce = nonce();
        let timeout_ms = self.limits.timeout.unwrap_or_default().as_millis();
        let limits = HelloLimits {
            window: self.limits.window,
            timeout_ms: u64::try_from(timeout_ms).unwrap_or(u64::MAX),
        };
        let id = self.send_one(&Body::hello(&nonce, limits));
        let answer = match self.receive_one(id, Some(self.limits.startup)) {
            Ok(answer) => answer.map_err(StartupFault::Malformed)?,
            Err(broken) => return Err(self.failed_handshake(id, broken)),
        };
        Ok(Hello::from_ok(&ok_to_hello(answer)?, &nonce)?)
    }

    fn failed_handshake(&mut self, id: u64, broken: StreamFault) -> StartupFault {
        let ended = self.transport.stop();
        match broken {
            StreamFault::Line(fault) => StartupFault::Line(fault.about(self.a_line())),
            StreamFault::Duplicate(found) | StreamFault::Foreign(found, _) => {
                StartupFault::WrongId { expected: id, found }
            }
            StreamFault::Closed => StartupFault::Ended(ended),
            StreamFault::TimedOut(_) if !ended.was_forced() => StartupFault::Ended(ended),
            StreamFault::TimedOut(_) => StartupFault::Silent(self.limits.startup),
            StreamFault::Stopped(stop) => {
                self.stopped = Some(stop);
                StartupFault::Silent(self.limits.startup)
            }
        }
    }
}

/// The members of the answer to hello, if it is `ok`.
pub(crate) fn ok_to_hello(answer: Answer) -> Result<Map<String, Value>, StartupFault> {
    match answer {
        Answer::Ok(ok) => ok.read().map_err(StartupFault::Malformed),
        Answer::Error { message } => {
            let message = crate::text::shorten(&message);
            Err(StartupFault::NotOk(format!("error: {message}")))
        }
        other => Err(StartupFault::NotOk(other.kind().to_owned())),
    }
}

/// Sixteen hex digits that an adapter cannot predict.
fn nonce() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}", RandomState::new().hash_one(std::process::id()))
}
