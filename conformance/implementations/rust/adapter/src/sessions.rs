//! The operations `open`, `step`, `advance` and `close`: sessions of one exchange or one peer each, in
//! virtual time.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::{
    answer::{Failure, Outcome, Success},
    members::{frame, members},
    options::Options,
    session::Session,
    stimulus::Stimulus,
};

/// The open sessions, by the number that the kit chose for each.
#[derive(Debug, Default)]
pub struct Sessions {
    options: Options,
    open: BTreeMap<u64, Session>,
}

impl Sessions {
    /// How many sessions may be open at once.
    pub const MAX: usize = 16;

    /// No session is open, and each that is opened has these options.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    pub(crate) const fn options(&self) -> Options {
        self.options
    }

    /// Answers `open`.
    pub(crate) fn open(&mut self, request: &Value) -> Outcome {
        let number = number_of(request)?;
        if self.open.contains_key(&number) {
            return Err(Failure::error(format!("session {number} is already open")));
        }
        if self.open.len() >= Self::MAX {
            return Err(Failure::error(format!("{} sessions are already open", Self::MAX)));
        }
        self.open.insert(number, session_of(self.options, request)?);
        Ok(Success::Json(json!({})))
    }

    /// Answers `step`: applies a list of stimuli and observes after each of them.
    pub(crate) fn step(&mut self, request: &Value) -> Outcome {
        let (session, stimuli) = self.stimuli_of(request)?;
        let step = |stimulus| {
            session.apply(stimulus);
            session.observe()
        };
        Ok(Success::Observations { observations: stimuli.iter().map(step).collect() })
    }

    /// Answers `advance`: applies a list of stimuli and observes once, after the last.
    pub(crate) fn advance(&mut self, request: &Value) -> Outcome {
        let (session, stimuli) = self.stimuli_of(request)?;
        for stimulus in &stimuli {
            session.apply(stimulus);
        }
        Ok(Success::Observations { observations: vec![session.observe()] })
    }

    /// Answers `close`.
    pub(crate) fn close(&mut self, request: &Value) -> Outcome {
        let number = number_of(request)?;
        self.open.remove(&number).ok_or_else(|| not_open(number))?;
        Ok(Success::Json(json!({})))
    }

    /// The session of a request, and its stimuli: all are read before the first is applied, so that
    /// a malformed request changes nothing.
    fn stimuli_of(&mut self, request: &Value) -> Result<(&mut Session, Vec<Stimulus>), Failure> {
        let number = number_of(request)?;
        let session = self.open.get_mut(&number).ok_or_else(|| not_open(number))?;
        let list = request["do"].as_array().map(Vec::as_slice).unwrap_or_default();
        if list.is_empty() {
            return Err(Failure::error("`do` is not a list of stimuli, or it is empty"));
        }
        let read = |stimulus| {
            Stimulus::read(stimulus)
                .filter(|it| session.takes(it))
                .ok_or_else(|| Failure::error(format!("malformed stimulus: {stimulus}")))
        };
        let stimuli = list.iter().map(read).collect::<Result<_, _>>()?;
        Ok((session, stimuli))
    }
}

fn number_of(request: &Value) -> Result<u64, Failure> {
    request["session"].as_u64().ok_or_else(|| Failure::error("`session` is not a number"))
}

fn not_open(number: u64) -> Failure {
    Failure::error(format!("session {number} is not open"))
}

/// A new session: of a peer if the request has a member `peer`, whatever it holds.
fn session_of(options: Options, request: &Value) -> Result<Session, Failure> {
    let Some(peer) = request.get("peer") else {
        return Ok(Session::of_exchange(options));
    };
    let chosen = members(peer, ["local", "first_frame"])
        .and_then(|[local, first]| Some((u16::try_from(local.as_u64()?).ok()?, frame(first)?)));
    let Some((local, first_frame)) = chosen else {
        return Err(Failure::error(format!("malformed `peer`: {peer}")));
    };
    Session::of_peer(options, local, first_frame).map_err(|error| Failure::error(error.to_string()))
}
