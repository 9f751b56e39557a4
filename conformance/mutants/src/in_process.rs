//! A faulty implementation that the kit asks without a process: for tests with hundreds of runs.

use rollwire_conformance::{
    protocol::{Hello, parse_line},
    runner::{Adapter, Ask, Connection, Deliver, Remark, Reply, StartupFault, Stop},
};
use rollwire_model::{Layout, peer::Parameters};

use crate::adapter::{Answering, Faulty, SESSIONS};

/// A faulty implementation in this process. It gets the same lines as an adapter.
#[derive(Debug)]
pub struct InProcess<'a> {
    faulty: &'a Faulty,
    answering: Answering<'a>,
    next_id: u64,
}

impl<'a> InProcess<'a> {
    /// The implementation before its first request.
    #[must_use]
    pub fn new(faulty: &'a Faulty) -> Self {
        Self { faulty, answering: Answering::new(faulty), next_id: 0 }
    }

    fn reply(&mut self, ask: &Ask) -> Reply {
        let mut answers = Vec::new();
        for body in ask.script.bodies() {
            self.next_id += 1;
            let request = body.with_id(self.next_id);
            let Some(line) = self.answering.line(request.as_bytes()) else { return Reply::NotRun };
            // The line was written here: it is JSON, and has an id.
            let Ok(line) = parse_line(line.as_bytes()) else { return Reply::NotRun };
            match line.answer {
                Ok(answer) => answers.push(answer),
                Err(malformed) => return Reply::Malformed(malformed),
            }
        }
        Reply::Answered(answers)
    }
}

impl Adapter for InProcess<'_> {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        Ok(Hello {
            implementation: self.faulty.implementation(),
            revision: Layout::builtin().revision,
            capabilities: self.faulty.capabilities().collect(),
            window: 64,
            sessions: SESSIONS,
            messages: None,
            parameters: Parameters::default(),
        })
    }

    fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        for ask in asks {
            let reply = self.reply(&ask);
            deliver(ask.place, reply, &mut String::new);
        }
    }

    fn stopped(&self) -> Option<&Stop> {
        None
    }

    fn take_stderr(&mut self) -> String {
        String::new()
    }

    fn finish(&mut self) -> Vec<Remark> {
        Vec::new()
    }

    fn connection(&self) -> Connection {
        Connection::Started
    }
}
