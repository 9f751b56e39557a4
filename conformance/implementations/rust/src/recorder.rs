//! An exchange that logs its session, for `rollwire trace check` (`spec/trace.md`).

use std::{
    cell::Cell,
    io::{self, Write},
    ops::Deref,
};

use rollwire_codec::{DecodeError, Digest, Message, StateHash};
use serde_json::{Value, json};

use crate::exchange::{Channel, Exchange, Mismatch, Refused};

/// The revision that the exchange speaks.
const REVISION: u8 = 7;

/// An [`Exchange`], to be used like one, that writes a line for each call.
///
/// What it holds is read as of an `Exchange`. A line that cannot be written does not end the game:
/// [`finish`](Self::finish) returns the first error.
///
/// ```
/// use rollwire_reference::{exchange::Exchange, recorder::Recorder};
///
/// let log = Vec::new(); // or a BufWriter of a File
/// let mut exchange = Recorder::new(Exchange::new(), log);
///
/// exchange.end_rollback();
/// assert_eq!(exchange.verified(), None);
/// let log = String::from_utf8(exchange.finish()?).expect("text");
/// assert_eq!(log.lines().nth(1), Some(r#"{"rollback":"end"}"#));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Recorder<W> {
    exchange: Exchange,
    out: W,
    written: io::Result<()>,
    was_open: bool,
    verified: Option<u32>,
}

impl<W: Write> Recorder<W> {
    /// Logs everything that happens to a new exchange.
    pub fn new(exchange: Exchange, out: W) -> Self {
        let detects = exchange.detects();
        let capabilities: &[&str] = if detects { &["exchange", "detect"] } else { &["exchange"] };
        let header = json!({"trace": 1, "revision": REVISION, "capabilities": capabilities});
        let mut recorder = Self { exchange, out, written: Ok(()), was_open: true, verified: None };
        recorder.write(&header);
        recorder
    }

    /// As [`Exchange::confirm`].
    pub fn confirm(&mut self, frame: u32, hash: Digest) {
        let line = json!({"confirm": {"frame": frame, "hash": hash.to_string()}});
        self.log(line, |exchange| exchange.confirm(frame, hash));
    }

    /// As [`Exchange::tick`].
    pub fn tick(&mut self, channel: &mut (impl Channel + ?Sized)) -> usize {
        let is_open = channel.is_open();
        if is_open != self.was_open {
            self.was_open = is_open;
            self.write(&json!({"channel": if is_open { "open" } else { "closed" }}));
        }
        let mut tap = Tap {
            channel,
            tries: 0,
            sent: Vec::new(),
            refused: Vec::new(),
            was_open: is_open,
            closed_at: Cell::new(None),
        };
        let events = self.exchange.events().len();
        let sent = self.exchange.tick(&mut tap);
        let mut line = json!({"tick": {}});
        tap.refused.extend(tap.closed_at.get());
        if !tap.sent.is_empty() {
            line["sent"] = tap.sent.iter().map(hex::encode).collect();
        }
        if !tap.refused.is_empty() {
            line["refused"] = json!(tap.refused);
        }
        self.write_step(line, events);
        sent
    }

    /// As [`Exchange::receive`].
    ///
    /// # Errors
    ///
    /// When the datagram is no message; then nothing has changed, and it is logged all the same.
    pub fn receive<'a>(&mut self, datagram: &'a [u8]) -> Result<Message<'a>, DecodeError> {
        let line = json!({"recv": hex::encode(datagram)});
        self.log(line, |exchange| exchange.receive(datagram))
    }

    /// As [`Exchange::begin_rollback`].
    pub fn begin_rollback(&mut self, target: u32) {
        self.log(json!({"rollback": {"begin": target}}), |it| it.begin_rollback(target));
    }

    /// As [`Exchange::end_rollback`].
    pub fn end_rollback(&mut self) {
        self.log(json!({"rollback": "end"}), Exchange::end_rollback);
    }

    /// As [`Exchange::reset`].
    pub fn reset(&mut self) {
        self.log(json!({"reset": {}}), Exchange::reset);
    }

    /// As [`Exchange::take_events`]; they have been logged when they were found.
    pub fn take_events(&mut self) -> Vec<Mismatch> {
        self.exchange.take_events()
    }

    /// Ends the log, and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// The first line that could not be written; those behind it are not there either.
    pub fn finish(mut self) -> io::Result<W> {
        self.written?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn log<T>(&mut self, line: Value, work_off: impl FnOnce(&mut Exchange) -> T) -> T {
        let events = self.exchange.events().len();
        let result = work_off(&mut self.exchange);
        self.write_step(line, events);
        result
    }

    /// Writes a stimulus and what followed from it, when there were so many events before.
    fn write_step(&mut self, mut line: Value, events: usize) {
        let verified = self.exchange.verified();
        if verified != self.verified {
            self.verified = verified;
            line["verified"] = json!(verified);
        }
        let found = self.exchange.events().iter().skip(events).map(|it| {
            json!({"frame": it.frame, "local": it.local.to_string(), "peer": it.peer.to_string()})
        });
        let found: Vec<Value> = found.collect();
        if !found.is_empty() {
            line["found"] = found.into();
        }
        self.write(&line);
    }

    fn write(&mut self, line: &Value) {
        if self.written.is_ok() {
            self.written = writeln!(self.out, "{line}");
        }
    }
}

impl<W> Deref for Recorder<W> {
    type Target = Exchange;

    fn deref(&self) -> &Exchange {
        &self.exchange
    }
}

/// The game's channel, with what it said during a tick.
struct Tap<'c, C: ?Sized> {
    channel: &'c mut C,
    tries: usize,
    sent: Vec<[u8; StateHash::LEN]>,
    refused: Vec<usize>,
    was_open: bool,
    /// The send that it cannot take any more, because it has closed within the tick.
    closed_at: Cell<Option<usize>>,
}

impl<C: Channel + ?Sized> Channel for Tap<'_, C> {
    fn is_open(&self) -> bool {
        let is_open = self.channel.is_open();
        if self.was_open && !is_open {
            self.closed_at.set(Some(self.tries));
        }
        is_open
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        let at = self.tries;
        self.tries = at.saturating_add(1);
        let answer = self.channel.send(datagram);
        match answer {
            Ok(()) => self.sent.push(*datagram),
            Err(Refused) => self.refused.push(at),
        }
        answer
    }
}
