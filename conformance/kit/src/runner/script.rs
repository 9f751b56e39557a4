//! Requests that belong together: sent in order, judged as one.

use std::rc::Rc;

use crate::protocol::{Answer, Body, Malformed};

/// One request, or all requests of some sessions from `open` to `close`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    bodies: Vec<Body>,
    sessions: usize,
}

impl Script {
    /// Requests that need so many open sessions at once. At least one request.
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

/// A script to be asked.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Its place in the run: the reply comes back with it.
    pub place: usize,
    /// What to ask.
    pub script: Rc<Script>,
}

/// A script of which at least one request was sent, and the answers so far.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) ask: Ask,
    pub(super) sent: usize,
    answers: Vec<Option<Result<Answer, Malformed>>>,
    missing: usize,
}

impl Running {
    pub(super) fn new(ask: Ask) -> Self {
        let requests = ask.script.bodies.len();
        Self { ask, sent: 0, answers: vec![None; requests], missing: requests }
    }

    /// Takes in the answer to one of its requests; true when it was the last that was missing.
    pub(super) fn answered(&mut self, line: usize, answer: Result<Answer, Malformed>) -> bool {
        if let Some(place) = self.answers.get_mut(line)
            && place.replace(answer).is_none()
        {
            self.missing -= 1;
        }
        self.missing == 0
    }

    /// The request that is to be sent next, if there is one left.
    pub(super) fn next(&self) -> Option<&Body> {
        self.ask.script.bodies.get(self.sent)
    }

    /// How many bytes its answers keep so far.
    pub(super) fn bytes(&self) -> usize {
        self.answers.iter().flatten().flatten().map(Answer::len).sum()
    }

    /// All answers, in the order of the requests; the first defect of one of them otherwise.
    pub(super) fn answers(&mut self) -> Result<Vec<Answer>, Malformed> {
        let answers = std::mem::take(&mut self.answers);
        answers.into_iter().flatten().collect()
    }
}
