//! The operations `open`, `step`, `advance` and `close`: sessions of one exchange each, in virtual time.

use std::collections::BTreeMap;

use rollwire_codec::StateHash;
use rollwire_reference::exchange::{Channel, Exchange, Refused};
use serde_json::{Value, json};

use crate::{
    answer::{Failure, Outcome, Success},
    observation::Observation,
    stimulus::Stimulus,
};

/// The open sessions, by the number that the kit chose for each.
#[derive(Debug, Default)]
pub struct Sessions(BTreeMap<u64, Session>);

impl Sessions {
    /// How many sessions may be open at once.
    pub const MAX: usize = 16;

    /// Answers `open`.
    pub(crate) fn open(&mut self, request: &Value) -> Outcome {
        let number = number_of(request)?;
        if self.0.contains_key(&number) {
            return Err(Failure::error(format!("session {number} is already open")));
        }
        if self.0.len() >= Self::MAX {
            return Err(Failure::error(format!("{} sessions are already open", Self::MAX)));
        }
        self.0.insert(number, Session::default());
        Ok(Success::Json(json!({})))
    }

    /// Answers `step`: applies a list of stimuli and observes after each of them.
    pub(crate) fn step(&mut self, request: &Value) -> Outcome {
        let number = number_of(request)?;
        let session = self.0.get_mut(&number).ok_or_else(|| not_open(number))?;
        // All are read before the first is applied: a malformed request changes nothing.
        let stimuli = stimuli_of(request)?;
        let step = |stimulus| {
            session.apply(stimulus);
            session.observe()
        };
        Ok(Success::Observations { observations: stimuli.iter().map(step).collect() })
    }

    /// Answers `advance`: applies a list of stimuli and observes once, after the last.
    pub(crate) fn advance(&mut self, request: &Value) -> Outcome {
        let number = number_of(request)?;
        let session = self.0.get_mut(&number).ok_or_else(|| not_open(number))?;
        for stimulus in stimuli_of(request)? {
            session.apply(&stimulus);
        }
        Ok(Success::Observations { observations: vec![session.observe()] })
    }

    /// Answers `close`.
    pub(crate) fn close(&mut self, request: &Value) -> Outcome {
        let number = number_of(request)?;
        self.0.remove(&number).ok_or_else(|| not_open(number))?;
        Ok(Success::Json(json!({})))
    }
}

fn number_of(request: &Value) -> Result<u64, Failure> {
    request["session"].as_u64().ok_or_else(|| Failure::error("`session` is not a number"))
}

fn not_open(number: u64) -> Failure {
    Failure::error(format!("session {number} is not open"))
}

fn stimuli_of(request: &Value) -> Result<Vec<Stimulus>, Failure> {
    let list = request["do"].as_array().map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        return Err(Failure::error("`do` is not a list of stimuli, or it is empty"));
    }
    let read = |stimulus| {
        Stimulus::read(stimulus)
            .ok_or_else(|| Failure::error(format!("malformed stimulus: {stimulus}")))
    };
    list.iter().map(read).collect()
}

#[derive(Debug, Default)]
struct Session {
    exchange: Exchange,
    channel: ScriptedChannel,
}

impl Session {
    /// Applies one stimulus.
    fn apply(&mut self, stimulus: &Stimulus) {
        match stimulus {
            Stimulus::Confirm { frame, hash } => self.exchange.confirm(*frame, *hash),
            Stimulus::Tick => {
                self.exchange.tick(&mut self.channel);
            }
            Stimulus::Receive(datagram) => {
                // A datagram that is refused is observed like any other: it has changed nothing.
                let _ = self.exchange.receive(datagram);
            }
            Stimulus::BeginRollback { target } => self.exchange.begin_rollback(*target),
            Stimulus::EndRollback => self.exchange.end_rollback(),
            Stimulus::Reset => self.exchange.reset(),
            Stimulus::Channel { is_open } => self.channel.is_closed = !is_open,
            Stimulus::Sends { accept, refuse } => {
                self.channel.accept = *accept;
                self.channel.refuse = *refuse;
            }
        }
    }

    /// Observes what has become of the exchange, and what was sent since the last observation.
    fn observe(&mut self) -> Observation {
        let sent = std::mem::take(&mut self.channel.sent);
        Observation::of(&self.exchange, &sent)
    }
}

/// A channel that accepts and refuses as the kit told it to.
///
/// It does so while it is closed as well. A real channel would refuse, but here the attempt has to
/// be seen, because sending on a closed channel is what EXCH-10 forbids.
#[derive(Debug, Default)]
struct ScriptedChannel {
    is_closed: bool,
    /// How many datagrams it will accept before it refuses.
    accept: u64,
    /// How many datagrams it will refuse after that. It accepts all later ones.
    refuse: u64,
    /// The datagrams that it accepted since the last observation.
    sent: Vec<[u8; StateHash::LEN]>,
}

/// Only STATE_HASH uses up the two counts; the exchange sends nothing else.
impl Channel for ScriptedChannel {
    fn is_open(&self) -> bool {
        !self.is_closed
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        if self.accept > 0 {
            self.accept -= 1;
        } else if self.refuse > 0 {
            self.refuse -= 1;
            return Err(Refused);
        }
        self.sent.push(*datagram);
        Ok(())
    }
}
