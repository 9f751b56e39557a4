//! The handshake: once in the beginning, and again after every fault.

use serde_json::{Map, Value};

use super::{
    engine::{Break, Engine},
    fault::{StartupFault, Stop},
    transport::{StartFault, Transport},
};
use crate::protocol::{Answer, Body, Hello, HelloLimits};

impl<T: Transport> Engine<T> {
    /// Starts the adapter again, within the budget; it must be the same one.
    pub(super) fn restart(&mut self) {
        if self.restarts_left == 0 {
            self.stopped = Some(Stop::Budget(self.limits.restarts));
            return;
        }
        self.restarts_left -= 1;
        let fault = match self.shake_hands() {
            Ok(hello) if Some(&hello) == self.hello.as_ref() => return,
            Ok(_) => StartupFault::Changed,
            Err(fault) => fault,
        };
        // A deadline or a signal during the handshake is the better reason.
        self.stopped.get_or_insert(Stop::Restart(fault));
    }

    /// Starts the adapter and shakes hands; after a fault nothing is left of it.
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

    fn failed_handshake(&mut self, id: u64, broken: Break) -> StartupFault {
        let ended = self.transport.stop();
        match broken {
            Break::Line(fault) => StartupFault::Line(fault.about(self.a_line())),
            Break::Duplicate(found) | Break::Foreign(found, _) => {
                StartupFault::WrongId { expected: id, found }
            }
            Break::Closed => StartupFault::Ended(ended),
            Break::TimedOut if !ended.was_forced() => StartupFault::Ended(ended),
            Break::TimedOut => StartupFault::Silent(self.limits.startup),
            Break::Stopped(stop) => {
                self.stopped = Some(stop);
                StartupFault::Silent(self.limits.startup)
            }
        }
    }
}

/// What the adapter says of itself, if it answered `ok`.
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

/// Sixteen hex digits that no adapter can know beforehand.
fn nonce() -> String {
    use std::hash::{BuildHasher, RandomState};
    format!("{:016x}", RandomState::new().hash_one(std::process::id()))
}
