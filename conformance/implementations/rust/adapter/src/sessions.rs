//! The operations `open`, `step`, `advance` and `close`: sessions of one exchange or one peer each, in
//! virtual time.

use std::{collections::BTreeMap, io, path::Path};

use serde_json::{Value, json};

use crate::{
    answer::{Failure, Outcome, Success},
    members::{frame, members},
    options::Options,
    recorded::PeerLogs,
    session::Session,
    stimulus::Stimulus,
};

/// The open sessions, by the number that the kit chose for each.
#[derive(Debug, Default)]
pub struct Sessions {
    options: Options,
    open: BTreeMap<u64, Session>,
    peer_logs: Option<PeerLogs>,
}

impl Sessions {
    /// How many sessions may be open at once.
    pub const MAX: usize = 16;

    /// No session is open, and each that is opened has these options.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self { options, ..Self::default() }
    }

    /// The same, but each session of a peer logs itself into the folder as `1.jsonl`, `2.jsonl` and so
    /// on. The answers are the same; this is only for tests of the logs.
    ///
    /// # Errors
    /// When the folder cannot be created.
    pub fn with_peer_logs(self, folder: &Path) -> io::Result<Self> {
        Ok(Self { peer_logs: Some(PeerLogs::new(folder)?), ..self })
    }

    /// Ends all sessions, so that the logs of those that were not closed are complete too.
    ///
    /// # Errors
    /// When a log could not be written; the others are complete all the same.
    pub fn finish(&mut self) -> io::Result<()> {
        let finished = std::mem::take(&mut self.open).into_values().map(Session::finish);
        finished.fold(Ok(()), io::Result::and)
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
        let mut session = session_of(self.options, request)?;
        if let Some(logs) = &mut self.peer_logs {
            session = session.recorded(logs).map_err(|error| log_failed(&error))?;
        }
        self.open.insert(number, session);
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
        let session = self.open.remove(&number).ok_or_else(|| not_open(number))?;
        session.finish().map_err(|error| log_failed(&error))?;
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

fn log_failed(error: &io::Error) -> Failure {
    Failure::error(format!("cannot write the log of the session: {error}"))
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
