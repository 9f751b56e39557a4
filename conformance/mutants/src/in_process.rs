//! A mutant that the kit asks in its own process, without lines that go through pipes.

use std::fmt;

use rollwire_conformance::{
    protocol::{Answer, Body, Hello, HelloLimits, Malformed, parse_line},
    runner::{self, Ask, Connection, Deliver, Reply, StartupFault, Stop},
};
use serde_json::{Map, Value as Json};

use super::adapter::{Adapter, AnyMutant};

/// A mutant as an adapter that never breaks.
pub struct InProcess<'a>(Adapter<'a>);

impl AnyMutant {
    /// This mutant as an adapter in this process.
    #[must_use]
    pub fn in_process(&self) -> InProcess<'_> {
        InProcess(Adapter::new(self))
    }
}

impl fmt::Debug for InProcess<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InProcess")
    }
}

impl InProcess<'_> {
    fn answer(&mut self, body: &Body) -> Result<Answer, Malformed> {
        // Requests and answers are lines of JSON, as they are between processes.
        let request: Json = serde_json::from_str(&body.with_id(1)).unwrap_or_default();
        parse_line(self.0.line(1, &request).as_bytes())
            .map_or(Err(Malformed::NoneOfFour), |it| it.answer)
    }
}

impl runner::Adapter for InProcess<'_> {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        let nonce = "0123456789abcdef";
        let hello = Body::hello(nonce, HelloLimits { window: 1, timeout_ms: 0 });
        let answer = self.answer(&hello).map_err(StartupFault::Malformed)?;
        let Answer::Ok(ok) = &answer else {
            return Err(StartupFault::NotOk(answer.kind().to_owned()));
        };
        let members: Map<String, Json> = serde_json::from_str(ok.text()).unwrap_or_default();
        Ok(Hello::from_ok(&members, nonce)?)
    }

    fn ask_all(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        for Ask { place, script } in asks {
            let answers: Result<Vec<Answer>, Malformed> =
                script.bodies().iter().map(|body| self.answer(body)).collect();
            let reply = answers.map_or_else(Reply::Malformed, Reply::Answered);
            deliver(place, reply, &mut String::new);
        }
    }

    fn stopped(&self) -> Option<&Stop> {
        None
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }

    fn finish(&mut self) -> Vec<String> {
        Vec::new()
    }

    fn connection(&self) -> Connection {
        Connection::Started
    }
}
