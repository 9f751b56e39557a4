//! A peer that logs its session.

use std::{
    io::{self, Write},
    ops::Deref,
};

use rollwire_codec::{DecodeError, Digest, HashText, Message};

use super::{
    found_member,
    handed::Handed,
    header::header,
    lines::Lines,
    state::{State, or_null},
};
use crate::{
    exchange::Mismatch,
    peer::{AdvanceError, Channel, Peer},
};

/// A [`Peer`] that writes a line of JSON for each call.
///
/// It is used like a peer, and dereferences to one for reading.
/// Calls of [`advance`](Self::advance) one after another, in which nothing happens, become one line.
/// A line that cannot be written does not disturb the game: nothing more is written, and
/// [`finish`](Self::finish) returns the error.
///
/// While `send` of the channel runs, the recorder is borrowed. So a call that `send` leads to is
/// made after it, and its line is after that of the stimulus that called `send`.
///
/// ```
/// use rollwire_reference::{
///     peer::{Channel, Options, Peer, Refused},
///     recorder::PeerRecorder,
/// };
///
/// /// A channel that accepts everything.
/// struct Open;
///
/// impl Channel for Open {
///     fn send(&mut self, _: &[u8]) -> Result<(), Refused> {
///         Ok(())
///     }
/// }
///
/// let log = Vec::new(); // in a game, a BufWriter of a File
/// let mut peer = PeerRecorder::new(Peer::new(Options::default())?, log);
///
/// peer.advance(50, &mut Open)?;
/// peer.advance(49, &mut Open)?;
/// peer.advance(1, &mut Open)?; // A VALIDATION_PING is due.
/// peer.focus(false, 7, &mut Open);
///
/// let log = String::from_utf8(peer.finish()?)?;
/// let lines: Vec<&str> = log.lines().skip(1).collect();
/// assert_eq!(lines, [
///     r#"{"advance":99}"#,
///     r#"{"advance":1,"sent":["104059000000000000"]}"#,
///     r#"{"focus":{"shown":false,"frame":7},"sent":["140000000007"]}"#,
/// ]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct PeerRecorder<W> {
    peer: Peer,
    lines: Lines<W>,
    handed: Handed,
    /// The verified frame that the log has shown last.
    logged_verified: Option<u32>,
    /// What the log has shown last, if it shows what the peer holds.
    logged_state: Option<State>,
}

impl<W: Write> PeerRecorder<W> {
    /// Begins a log with its header, which says what the peer was created with.
    ///
    /// The peer has to be a new one: what happened to it before is not in the log.
    pub fn new(peer: Peer, log: W) -> Self {
        let lines = Lines::new(log, &header(peer.options(), false));
        Self { peer, lines, handed: Handed::default(), logged_verified: None, logged_state: None }
    }

    /// Does what [`new`](Self::new) does, for a log that also shows what the peer holds: the
    /// capability `inspect`.
    ///
    /// A wrong state is then noticed at once. In return each call takes time in proportion to what
    /// the peer holds, and the log is larger.
    pub fn showing_state(peer: Peer, log: W) -> Self {
        let lines = Lines::new(log, &header(peer.options(), true));
        let logged_state = Some(State::of(&peer));
        Self { peer, lines, handed: Handed::default(), logged_verified: None, logged_state }
    }

    /// Does what [`Peer::advance`] does.
    ///
    /// # Errors
    ///
    /// When it is more than [`Peer::MAX_ADVANCE`]. Nothing has changed then, and it is not logged.
    pub fn advance(
        &mut self,
        milliseconds: u32,
        channel: &mut dyn Channel,
    ) -> Result<(), AdvanceError> {
        let (result, seen) =
            self.observe(|peer, handed| peer.advance(milliseconds, &mut handed.tap(channel)));
        if result.is_ok() {
            self.lines.write_advance(milliseconds, &seen);
        }
        result
    }

    /// Does what [`Peer::receive`] does.
    ///
    /// # Errors
    ///
    /// When the datagram is not a message. Nothing has changed then, but it is logged all the same.
    pub fn receive<'d>(
        &mut self,
        datagram: &'d [u8],
        channel: &mut dyn Channel,
    ) -> Result<Message<'d>, DecodeError> {
        let stimulus = format!(r#""recv":"{}""#, hex::encode(datagram));
        self.record(&stimulus, |peer, handed| peer.receive(datagram, &mut handed.tap(channel)))
    }

    /// Does what [`Peer::opened`] does.
    pub fn opened(&mut self, channel: &mut dyn Channel) {
        let stimulus = r#""channel":"open""#;
        self.record(stimulus, |peer, handed| peer.opened(&mut handed.tap(channel)));
    }

    /// Does what [`Peer::closed`] does.
    pub fn closed(&mut self) {
        self.record(r#""channel":"closed""#, |peer, _| peer.closed());
    }

    /// Does what [`Peer::reset`] does.
    pub fn reset(&mut self) {
        self.record(r#""reset":{}"#, |peer, _| peer.reset());
    }

    /// Does what [`Peer::act`] does. One that does not count is logged too.
    pub fn act(&mut self, frame: u32, action: u8, channel: &mut dyn Channel) -> bool {
        let stimulus = format!(r#""act":{{"frame":{frame},"action":{action}}}"#);
        self.record(&stimulus, |peer, handed| peer.act(frame, action, &mut handed.tap(channel)))
    }

    /// Does what [`Peer::ready`] does. One that does not count is logged too.
    pub fn ready(&mut self, hash: HashText<'_>, channel: &mut dyn Channel) -> bool {
        let stimulus = format!(r#""ready":{{"hash":"{hash}"}}"#);
        self.record(&stimulus, |peer, handed| peer.ready(hash, &mut handed.tap(channel)))
    }

    /// Does what [`Peer::ended`] does. One that does not count is logged too.
    pub fn ended(&mut self, frame: u32, channel: &mut dyn Channel) -> bool {
        let stimulus = format!(r#""ended":{{"frame":{frame}}}"#);
        self.record(&stimulus, |peer, handed| peer.ended(frame, &mut handed.tap(channel)))
    }

    /// Does what [`Peer::catch_up`] does. One that asks for nothing is logged too.
    pub fn catch_up(&mut self, channel: &mut dyn Channel) -> bool {
        let stimulus = r#""catch_up":{}"#;
        self.record(stimulus, |peer, handed| peer.catch_up(&mut handed.tap(channel)))
    }

    /// Does what [`Peer::focus`] does.
    pub fn focus(&mut self, is_shown: bool, frame: u32, channel: &mut dyn Channel) {
        let stimulus = format!(r#""focus":{{"shown":{is_shown},"frame":{frame}}}"#);
        self.record(&stimulus, |peer, handed| {
            peer.focus(is_shown, frame, &mut handed.tap(channel));
        });
    }

    /// Does what [`Peer::confirm`] does.
    pub fn confirm(&mut self, frame: u32, hash: Digest) {
        let stimulus = format!(r#""confirm":{{"frame":{frame},"hash":"{hash}"}}"#);
        self.record(&stimulus, |peer, _| peer.confirm(frame, hash));
    }

    /// Does what [`Peer::tick`] does.
    pub fn tick(&mut self, channel: &mut dyn Channel) -> usize {
        let stimulus = r#""tick":{}"#;
        self.record(stimulus, |peer, handed| peer.tick(&mut handed.tap(channel)))
    }

    /// Does what [`Peer::begin_rollback`] does.
    pub fn begin_rollback(&mut self, target: u32) {
        let stimulus = format!(r#""rollback":{{"begin":{target}}}"#);
        self.record(&stimulus, |peer, _| peer.begin_rollback(target));
    }

    /// Does what [`Peer::end_rollback`] does.
    pub fn end_rollback(&mut self) {
        self.record(r#""rollback":"end""#, |peer, _| peer.end_rollback());
    }

    /// Does what [`Peer::take_events`] does. The events were logged when they were found.
    pub fn take_events(&mut self) -> Vec<Mismatch> {
        self.peer.take_events()
    }

    /// Flushes the log, and returns what it was written to.
    ///
    /// # Errors
    ///
    /// The error of the first line that could not be written; the log ends before that line.
    pub fn finish(self) -> io::Result<W> {
        self.lines.finish()
    }

    /// Applies a stimulus and logs it; `stimulus` is the JSON member that describes it.
    fn record<T>(&mut self, stimulus: &str, apply: impl FnOnce(&mut Peer, &mut Handed) -> T) -> T {
        let (result, seen) = self.observe(apply);
        self.lines.write_step(stimulus, &seen);
        result
    }

    /// Applies a stimulus, and returns the members of its observation, each after a comma. They are
    /// empty if nothing happened.
    fn observe<T>(&mut self, apply: impl FnOnce(&mut Peer, &mut Handed) -> T) -> (T, String) {
        let events_before = self.peer.exchange().events().len();
        let result = apply(&mut self.peer, &mut self.handed);
        let mut seen = self.handed.take_members();
        let exchange = self.peer.exchange();
        let verified = exchange.verified();
        if verified != self.logged_verified {
            self.logged_verified = verified;
            seen += &format!(r#","verified":{}"#, or_null(verified));
        }
        let found = exchange.events().get(events_before..).unwrap_or_default();
        if !found.is_empty() {
            seen += &found_member(found);
        }
        if let Some(logged) = &mut self.logged_state {
            let state = State::of(&self.peer);
            seen += &state.members_since(logged);
            *logged = state;
        }
        (result, seen)
    }
}

impl<W> Deref for PeerRecorder<W> {
    type Target = Peer;

    fn deref(&self) -> &Peer {
        &self.peer
    }
}
