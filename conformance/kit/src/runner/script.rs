//! Requests that belong together: they are sent in order and judged together.

use std::sync::Arc;

use crate::protocol::{Answer, Body, Malformed};

/// One request, or all requests of some sessions from `open` to `close`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    bodies: Vec<Body>,
    sessions: usize,
}

impl Script {
    /// At least one request; together they need this many open sessions at once.
    #[must_use]
    pub fn of_sessions(bodies: Vec<Body>, sessions: usize) -> Self {
        Self { bodies, sessions }
    }

    /// The requests, in the order in which they are sent.
    #[must_use]
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// How many sessions are open at once.
    #[must_use]
    pub fn sessions(&self) -> usize {
        self.sessions
    }
}

impl From<Body> for Script {
    fn from(body: Body) -> Self {
        Self { bodies: vec![body], sessions: 0 }
    }
}

/// A script to ask.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Its place in the run; the reply is delivered with it.
    pub place: usize,
    /// What to ask.
    pub script: Arc<Script>,
}

/// A script whose requests are being sent, and the answers so far.
#[derive(Debug)]
pub(super) struct ScriptInProgress {
    pub(super) ask: Ask,
    pub(super) sent: usize,
    answers: Vec<Option<Result<Answer, Malformed>>>,
    missing: usize,
}

impl ScriptInProgress {
    pub(super) fn new(ask: Ask) -> Self {
        let requests = ask.script.bodies.len();
        Self { ask, sent: 0, answers: vec![None; requests], missing: requests }
    }

    /// Stores the answer to one of its requests. Returns whether the script is complete.
    pub(super) fn answered(&mut self, line: usize, answer: Result<Answer, Malformed>) -> bool {
        if let Some(place) = self.answers.get_mut(line)
            && place.replace(answer).is_none()
        {
            self.missing -= 1;
        }
        self.missing == 0
    }

    /// The next request to send, if there is one left.
    pub(super) fn next(&self) -> Option<&Body> {
        self.ask.script.bodies.get(self.sent)
    }

    /// How many bytes its answers have so far.
    pub(super) fn bytes(&self) -> usize {
        self.answers.iter().flatten().flatten().map(Answer::len).sum()
    }

    /// All answers in the order of the requests, or what is wrong with the first malformed one.
    pub(super) fn answers(&mut self) -> Result<Vec<Answer>, Malformed> {
        let answers = std::mem::take(&mut self.answers);
        answers.into_iter().flatten().collect()
    }
}
