//! An exchange and a peer that log their session, for `rollwire trace check` (`spec/trace.md`).

mod handed;
mod header;
mod lines;
mod peer;
mod state;

use std::{
    cell::Cell,
    io::{self, Write},
    ops::Deref,
};

use rollwire_codec::{DecodeError, Digest, Message, StateHash};

pub use self::peer::PeerRecorder;
use crate::exchange::{Channel, Exchange, HashSends, Mismatch, Refused};

/// An [`Exchange`] that writes a line of JSON for each call.
///
/// It is used like an exchange, and dereferences to one for reading.
/// A line that cannot be written does not disturb the game: nothing more is written, and
/// [`finish`](Self::finish) returns the error.
///
/// ```
/// use rollwire_codec::Digest;
/// use rollwire_reference::{exchange::Exchange, recorder::Recorder};
///
/// let log = Vec::new(); // in a game, a BufWriter of a File
/// let mut exchange = Recorder::new(Exchange::new(), log);
///
/// exchange.confirm(5, Digest::from_bytes([0xaa; 8]));
/// exchange.receive(b"\x07\0\0\0\x05\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa")?;
/// assert_eq!(exchange.verified(), Some(5));
///
/// let log = String::from_utf8(exchange.finish()?)?;
/// let lines: Vec<&str> = log.lines().collect();
/// assert_eq!(lines, [
///     r#"{"trace":1,"revision":7,"capabilities":["exchange","detect"]}"#,
///     r#"{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"}}"#,
///     r#"{"recv":"0700000005aaaaaaaaaaaaaaaa","verified":5}"#,
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Recorder<W> {
    exchange: Exchange,
    log: W,
    /// The first error of the log, after which nothing is written.
    written: io::Result<()>,
    /// Whether the channel was open in the last tick.
    was_open: bool,
    /// The verified frame that the log has shown last.
    logged_verified: Option<u32>,
}

impl<W: Write> Recorder<W> {
    /// Begins a log with its header, which says as in hello whether hashes are compared, and whether
    /// they last.
    ///
    /// The exchange has to be a new one: what happened to it before is not in the log.
    pub fn new(exchange: Exchange, log: W) -> Self {
        let detect = if exchange.detects() { r#","detect""# } else { "" };
        let (lasting, parameters) = match exchange.lasting_hashes() {
            None => ("", String::new()),
            Some(HashSends::Once) => (r#","lasting-hashes""#, String::new()),
            Some(sends) => {
                let count = sends.count();
                (r#","lasting-hashes""#, format!(r#","parameters":{{"hash_sends":{count}}}"#))
            }
        };
        let mut recorder =
            Self { exchange, log, written: Ok(()), was_open: true, logged_verified: None };
        recorder.write_line(&format!(
            r#"{{"trace":1,"revision":7,"capabilities":["exchange"{detect}{lasting}]{parameters}}}"#
        ));
        recorder
    }

    /// Does what [`Exchange::confirm`] does.
    pub fn confirm(&mut self, frame: u32, hash: Digest) {
        let members = format!(r#""confirm":{{"frame":{frame},"hash":"{hash}"}}"#);
        self.record(members, |exchange| exchange.confirm(frame, hash));
    }

    /// Does what [`Exchange::tick`] does.
    pub fn tick(&mut self, channel: &mut (impl Channel + ?Sized)) -> usize {
        let is_open = channel.is_open();
        if is_open != self.was_open {
            self.was_open = is_open;
            let state = if is_open { "open" } else { "closed" };
            self.write_line(&format!(r#"{{"channel":"{state}"}}"#));
        }
        let mut tap = Tap {
            channel,
            attempts: 0,
            sent: Vec::new(),
            refused: Vec::new(),
            was_open: is_open,
            closed_at: Cell::new(None),
        };
        let events_before = self.exchange.events().len();
        let sent = self.exchange.tick(&mut tap);
        tap.refused.extend(tap.closed_at.get());

        let mut members = r#""tick":{}"#.to_owned();
        if !tap.sent.is_empty() {
            let datagrams =
                tap.sent.iter().map(|datagram| format!("\"{}\"", hex::encode(datagram)));
            members += &format!(r#","sent":[{}]"#, comma_separated(datagrams));
        }
        if !tap.refused.is_empty() {
            let attempts = tap.refused.iter().map(usize::to_string);
            members += &format!(r#","refused":[{}]"#, comma_separated(attempts));
        }
        self.write_step(members, events_before);
        sent
    }

    /// Does what [`Exchange::receive`] does.
    ///
    /// # Errors
    ///
    /// When the datagram is not a message. Nothing has changed then, but it is logged all the same.
    pub fn receive<'a>(&mut self, datagram: &'a [u8]) -> Result<Message<'a>, DecodeError> {
        let members = format!(r#""recv":"{}""#, hex::encode(datagram));
        self.record(members, |exchange| exchange.receive(datagram))
    }

    /// Does what [`Exchange::begin_rollback`] does.
    pub fn begin_rollback(&mut self, target: u32) {
        let members = format!(r#""rollback":{{"begin":{target}}}"#);
        self.record(members, |exchange| exchange.begin_rollback(target));
    }

    /// Does what [`Exchange::end_rollback`] does.
    pub fn end_rollback(&mut self) {
        self.record(r#""rollback":"end""#.to_owned(), Exchange::end_rollback);
    }

    /// Does what [`Exchange::reset`] does.
    pub fn reset(&mut self) {
        self.record(r#""reset":{}"#.to_owned(), Exchange::reset);
    }

    /// Does what [`Exchange::take_events`] does. The events were logged when they were found.
    pub fn take_events(&mut self) -> Vec<Mismatch> {
        self.exchange.take_events()
    }

    /// Flushes the log, and returns what it was written to.
    ///
    /// # Errors
    ///
    /// The error of the first line that could not be written; the log ends before that line.
    pub fn finish(mut self) -> io::Result<W> {
        self.written?;
        self.log.flush()?;
        Ok(self.log)
    }

    /// Applies a stimulus and logs it; `members` are the JSON members that describe it.
    fn record<T>(&mut self, members: String, apply: impl FnOnce(&mut Exchange) -> T) -> T {
        let events_before = self.exchange.events().len();
        let result = apply(&mut self.exchange);
        self.write_step(members, events_before);
        result
    }

    /// Writes the line of a stimulus, with what it changed in the verified frame and the events.
    fn write_step(&mut self, mut members: String, events_before: usize) {
        let verified = self.exchange.verified();
        if verified != self.logged_verified {
            self.logged_verified = verified;
            let verified = verified.map_or("null".to_owned(), |frame| frame.to_string());
            members += &format!(r#","verified":{verified}"#);
        }
        let found = self.exchange.events().get(events_before..).unwrap_or_default();
        if !found.is_empty() {
            members += &found_member(found);
        }
        self.write_line(&format!("{{{members}}}"));
    }

    fn write_line(&mut self, line: &str) {
        if self.written.is_ok() {
            self.written = writeln!(self.log, "{line}");
        }
    }
}

/// The member `found`, with these events.
fn found_member(found: &[Mismatch]) -> String {
    let events = found.iter().map(|Mismatch { frame, local, peer }| {
        format!(r#"{{"frame":{frame},"local":"{local}","peer":"{peer}"}}"#)
    });
    format!(r#","found":[{}]"#, comma_separated(events))
}

fn comma_separated(elements: impl Iterator<Item = String>) -> String {
    elements.collect::<Vec<_>>().join(",")
}

impl<W> Deref for Recorder<W> {
    type Target = Exchange;

    fn deref(&self) -> &Exchange {
        &self.exchange
    }
}

/// The game's channel, and a note of what it answered during a tick.
struct Tap<'c, C: ?Sized> {
    channel: &'c mut C,
    attempts: usize,
    sent: Vec<[u8; StateHash::LEN]>,
    /// The attempts that were refused, counted from 0 within the tick.
    refused: Vec<usize>,
    was_open: bool,
    /// The attempt that could not be made because the channel closed during the tick.
    closed_at: Cell<Option<usize>>,
}

impl<C: Channel + ?Sized> Channel for Tap<'_, C> {
    fn is_open(&self) -> bool {
        let is_open = self.channel.is_open();
        if self.was_open && !is_open {
            self.closed_at.set(Some(self.attempts));
        }
        is_open
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        let attempt = self.attempts;
        self.attempts = attempt.saturating_add(1);
        let answer = self.channel.send(datagram);
        match answer {
            Ok(()) => self.sent.push(*datagram),
            Err(Refused) => self.refused.push(attempt),
        }
        answer
    }
}
