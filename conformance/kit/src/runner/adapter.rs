//! What answers the checks of a run: a live adapter, or a file of recorded answers.

use std::rc::Rc;

use super::{
    engine::{Deliver, Engine},
    fault::{Reply, StartupFault, Stop},
    script::{Ask, Script},
    transport::Transport,
};
use crate::protocol::{Body, Hello};

/// Where answers come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Connection {
    /// From a process that the kit starts.
    Started,
    /// From an adapter that was there before, at this address.
    Attached(String),
    /// From this file. Nothing can be asked but what was asked when it was written.
    Recorded(String),
}

/// Answers scripts, as a run needs it.
pub trait Adapter {
    /// Says who answers.
    ///
    /// # Errors
    /// Why nothing can be asked.
    fn start(&mut self) -> Result<Hello, StartupFault>;

    /// Asks everything, and delivers one reply for each, in any order.
    fn ask_all(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>);

    /// Why nothing is asked any more, if that is so.
    fn stopped(&self) -> Option<&Stop>;

    /// The newest lines of standard error since this was last asked, where there is one.
    fn take_stderr(&mut self) -> String;

    /// Ends it when everything has been asked; what is to be said of it then, a sentence each.
    fn finish(&mut self) -> Vec<String>;

    /// Where the answers come from.
    fn connection(&self) -> Connection;

    /// Whether it can be asked what was not planned: again, among others, or something else.
    fn is_live(&self) -> bool {
        !matches!(self.connection(), Connection::Recorded(_))
    }

    /// Asks one thing, alone.
    fn ask(&mut self, body: Body) -> Reply {
        self.play(Rc::new(body.into()))
    }

    /// Asks one script, alone.
    fn play(&mut self, script: Rc<Script>) -> Reply {
        let mut reply = Reply::NotRun;
        self.ask_all(&mut std::iter::once(Ask { place: 0, script }), &mut |_, it, _| reply = it);
        reply
    }
}

impl<T: Transport> Adapter for Engine<T> {
    fn start(&mut self) -> Result<Hello, StartupFault> {
        Self::start(self)
    }

    fn ask_all(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        Self::ask_all(self, asks, deliver);
    }

    fn stopped(&self) -> Option<&Stop> {
        Self::stopped(self)
    }

    fn take_stderr(&mut self) -> String {
        Self::take_stderr(self)
    }

    fn finish(&mut self) -> Vec<String> {
        Self::finish(self).as_farewell().into_iter().collect()
    }

    fn connection(&self) -> Connection {
        self.transport.attached_to().map_or(Connection::Started, Connection::Attached)
    }
}
