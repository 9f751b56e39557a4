//! The engine: keeps many requests in flight, and finds the request that caused a fault.
//!
//! The engine is the only owner of the state: it runs on one thread and receives input through its
//! [`Transport`]. Ids are never reused during a run, so an answer from a process that has ended
//! cannot be mistaken for the answer to a later request.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use super::{
    fault::{Reply, StartupFault, Stop},
    kinds::Kinds,
    pace::{Limits, Pace},
    script::{Ask, ScriptInProgress},
    transcript::Transcript,
    transport::{Ended, Incoming, Transport},
};
use crate::protocol::{Answer, Body, Hello, Line, LineFault, Lines, Malformed, parse_line};

/// How many pieces may be read after the deadline: they may have waited in the pipe since before it.
const MAX_LATE_PIECES: u32 = 32;

/// A wait that ends later than this after its deadline was delayed by a busy machine.
const SCHEDULING_SLACK: Duration = Duration::from_millis(100);

/// The requests in flight have at most this many bytes together; a single one may have more.
const MAX_BYTES_IN_FLIGHT: usize = 256 * 1024;

/// The answers to scripts that are not yet complete have at most this many bytes: 32 MiB. The
/// answers to the longest published scenario have a tenth of that.
const MAX_BYTES_WAITING: usize = 32 * 1024 * 1024;

/// Takes the reply to the script at a place, and a function that returns the newest standard error.
pub type Deliver<'a> = dyn FnMut(usize, Reply, &mut dyn FnMut() -> String) + 'a;

/// A request that was sent: line `line` of the script at `place`.
#[derive(Debug)]
pub(super) struct SentRequest {
    id: u64,
    place: usize,
    line: usize,
    length: usize,
    answered: bool,
}

/// Why the engine cannot continue with this process.
pub(super) enum StreamFault {
    Line(LineFault),
    Duplicate(u64),
    /// An answer with an id that was never sent, and its line.
    Foreign(u64, String),
    Closed,
    /// After this time.
    TimedOut(Duration),
    Stopped(Stop),
}

impl From<LineFault> for StreamFault {
    fn from(fault: LineFault) -> Self {
        Self::Line(fault)
    }
}

/// Asks an adapter, through any [`Transport`].
#[derive(Debug)]
pub struct Engine<T> {
    pub(super) transport: T,
    pub(super) limits: Limits,
    transcript: Transcript,
    pub(super) hello: Option<Hello>,
    pub(super) lines: Lines,
    next_id: u64,
    pub(super) in_flight: VecDeque<SentRequest>,
    pub(super) bytes_in_flight: usize,
    /// How many bytes the answers to incomplete scripts have.
    pub(super) bytes_waiting: usize,
    /// The scripts that are not yet complete, by their places.
    pub(super) running: BTreeMap<usize, ScriptInProgress>,
    /// The place of the script of which some requests are not yet sent.
    pub(super) unsent: Option<usize>,
    /// The newest reply. It is held back until the adapter sends another line, because an invalid
    /// line after an answer belongs to that answer.
    pub(super) held: Option<(Ask, Reply)>,
    last_answer: Duration,
    /// How many pieces in a row arrived after their deadline.
    late: u32,
    pub(super) restarts_left: u32,
    pub(super) stopped: Option<Stop>,
    pub(super) pace: Pace,
    pub(super) kinds: Kinds,
}

impl<T: Transport> Engine<T> {
    /// An engine whose adapter is not started yet.
    pub fn new(transport: T, limits: Limits, transcript: Transcript) -> Self {
        Self {
            transport,
            limits,
            transcript,
            hello: None,
            lines: Lines::default(),
            next_id: 0,
            in_flight: VecDeque::new(),
            bytes_in_flight: 0,
            bytes_waiting: 0,
            running: BTreeMap::new(),
            unsent: None,
            held: None,
            last_answer: Duration::ZERO,
            late: 0,
            restarts_left: limits.restarts,
            stopped: None,
            pace: Pace::new(limits),
            kinds: Kinds::new(limits.restarts),
        }
    }

    /// The transport, after everything has been asked.
    pub fn into_transport(self) -> T {
        self.transport
    }

    /// Starts the adapter and performs the handshake.
    ///
    /// # Errors
    /// Why the adapter cannot be asked anything.
    pub fn start(&mut self) -> Result<Hello, StartupFault> {
        let hello = self.shake_hands()?;
        self.pace.allow(hello.window);
        self.hello = Some(hello.clone());
        Ok(hello)
    }

    /// Why the engine has stopped asking, if it has.
    pub fn stopped(&self) -> Option<&Stop> {
        self.stopped.as_ref()
    }

    /// The newest lines of standard error since the last call.
    pub fn take_stderr(&mut self) -> String {
        let text = self.transport.take_stderr();
        self.transcript.stderr(&text);
        text
    }

    /// What the report says about the machine, and about what was left out.
    pub fn notes(&self) -> Vec<String> {
        let notes = self.pace.note().into_iter().chain(self.kinds.notes());
        notes.chain(self.transcript.note()).collect()
    }

    /// How many scripts were left out, because the like of them breaks the adapter.
    pub fn left_out(&self) -> u64 {
        self.kinds.left()
    }

    /// Asks scripts with a full window, and delivers one reply per script that was taken, in any order. Those
    /// whose like breaks the adapter come last, and only a few of them are asked. A stopped engine takes no
    /// more.
    pub fn ask_some(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        let mut again: VecDeque<Ask> = VecDeque::new();
        while self.stopped.is_none() {
            self.fill(&mut again, asks);
            let result = match (self.running.is_empty(), self.held.is_some()) {
                (true, false) if self.ask_postponed(&mut again, deliver) => Ok(()),
                (true, false) => break,
                (true, true) => self.fence().map(|()| self.release(deliver)),
                (false, _) => self.pump(deliver),
            };
            if let Err(broken) = result {
                again.extend(self.recover(broken, deliver));
                // Scripts that were asked before come first.
                again.make_contiguous().sort_by_key(|ask| ask.place);
            }
        }
        self.release(deliver);
        self.transcript.flush();
        let postponed = self.kinds.take_postponed();
        for Ask { place, .. } in again.into_iter().chain(postponed) {
            deliver(place, Reply::NotRun, &mut String::new);
        }
    }

    /// Delivers the reply that was held back.
    fn release(&mut self, deliver: &mut Deliver<'_>) {
        if let Some((Ask { place, .. }, reply)) = self.held.take() {
            deliver(place, reply, &mut || self.transport.take_stderr());
        }
    }

    /// Closes the adapter's standard input and gives it a moment to exit.
    pub fn finish(&mut self) -> Ended {
        self.transport.finish()
    }

    /// Sends as many requests as the window allows, in one piece.
    fn fill(&mut self, again: &mut VecDeque<Ask>, asks: &mut dyn Iterator<Item = Ask>) {
        let window = self.pace.window();
        let mut piece = Vec::new();
        while self.in_flight.len() < window
            && let Some(place) = self.unsent.or_else(|| self.begin_script(again, asks))
        {
            self.unsent = Some(place);
            let Some(body) = self.running.get(&place).and_then(ScriptInProgress::next) else {
                self.unsent = None;
                continue;
            };
            let length = body.len();
            if !self.in_flight.is_empty() && self.bytes_in_flight + length > MAX_BYTES_IN_FLIGHT {
                break;
            }
            let id = self.next_id;
            let line = body.with_id(id);
            self.next_id += 1;
            if self.in_flight.is_empty() {
                self.last_answer = self.transport.now();
            }
            self.transcript.request(&line);
            piece.extend_from_slice(line.as_bytes());
            piece.push(b'\n');
            self.bytes_in_flight += length;
            if let Some(script) = self.running.get_mut(&place) {
                let line = script.sent;
                script.sent += 1;
                self.in_flight.push_back(SentRequest { id, place, line, length, answered: false });
            }
        }
        if !piece.is_empty() {
            self.transport.send(piece);
        }
    }

    /// Starts the next script whose like does not break the adapter, unless it needs more sessions than
    /// may be open. Returns its place.
    fn begin_script(
        &mut self,
        again: &mut VecDeque<Ask>,
        asks: &mut dyn Iterator<Item = Ask>,
    ) -> Option<usize> {
        let ask = loop {
            let next = again.pop_front().or_else(|| asks.next())?;
            if let Some(ask) = self.kinds.postpone(next) {
                break ask;
            }
        };
        let allowed = self.hello.as_ref().map_or(1, |hello| hello.sessions);
        let open: usize = self.running.values().map(|script| script.ask.script.sessions()).sum();
        if ask.script.sessions() > 0 && open > 0 && open + ask.script.sessions() > allowed {
            again.push_front(ask);
            return None;
        }
        let place = ask.place;
        self.running.insert(place, ScriptInProgress::new(ask));
        Some(place)
    }

    /// Receives one piece before the deadline, and delivers the replies that it completes.
    fn pump(&mut self, deliver: &mut Deliver<'_>) -> Result<(), StreamFault> {
        let oldest = self.in_flight.front().map_or(0, |request| request.length);
        let piece = self.receive(for_bytes(self.pace.timeout(), oldest))?;
        let (lines, transcript) = (&mut self.lines, &mut self.transcript);
        let (in_flight, bytes) = (&mut self.in_flight, &mut self.bytes_in_flight);
        let (transport, last_answer) = (&mut self.transport, &mut self.last_answer);
        let (held, running) = (&mut self.held, &mut self.running);
        let (waiting, kinds, pace) = (&mut self.bytes_waiting, &mut self.kinds, &mut self.pace);
        let next_id = self.next_id;
        lines.push(&piece, |line| {
            transcript.answer(line);
            let Line { id, answer } = parse_line(line)?;
            let oldest = in_flight.front().map_or(next_id, |request| request.id);
            let sent =
                usize::try_from(id.wrapping_sub(oldest)).ok().and_then(|at| in_flight.get_mut(at));
            let request = match sent {
                Some(request) if !request.answered => request,
                _ if id < next_id => return Err(StreamFault::Duplicate(id)),
                _ => return Err(LineFault::NoId(crate::text::excerpt(line)).into()),
            };
            request.answered = true;
            *bytes -= request.length;
            let (place, line) = (request.place, request.line);
            while in_flight.front().is_some_and(|request| request.answered) {
                in_flight.pop_front();
            }
            *last_answer = transport.now();
            pace.answered_in_time();
            // Any valid answer shows that the adapter went on after the reply that was held back.
            if let Some((Ask { place, .. }, reply)) = held.take() {
                deliver(place, reply, &mut || transport.take_stderr());
            }
            let answer = bounded(answer, waiting);
            if running.get_mut(&place).is_some_and(|script| script.answered(line, answer))
                && let Some(mut script) = running.remove(&place)
            {
                *waiting = waiting.saturating_sub(script.bytes());
                kinds.answered(&script.ask.traits);
                let reply = script.answers().map_or_else(Reply::Malformed, Reply::Answered);
                *held = Some((script.ask, reply));
            }
            Ok(())
        })
    }

    /// Waits for a piece of output, but no longer than `timeout` since the last answer.
    fn receive(&mut self, timeout: Option<Duration>) -> Result<Vec<u8>, StreamFault> {
        let end = self.limits.deadline;
        let deadline = timeout.map_or(end, |it| self.last_answer.saturating_add(it).min(end));
        let timed_out = || StreamFault::TimedOut(timeout.unwrap_or(end));
        let now = self.transport.now();
        if now >= end {
            return Err(StreamFault::Stopped(Stop::Deadline(end)));
        }
        let mut incoming = self.transport.receive(deadline);
        // If this wait ended late, the thread that reads may be late too, and input that arrived in
        // time may not have been read yet.
        if incoming == Incoming::TimedOut
            && self.transport.now() > deadline.saturating_add(SCHEDULING_SLACK)
        {
            incoming =
                self.transport.receive(self.transport.now().saturating_add(SCHEDULING_SLACK));
        }
        match incoming {
            Incoming::Bytes(bytes) => {
                // A flood without answers, such as empty lines, must not outlast the deadline.
                self.late = if now >= deadline { self.late + 1 } else { 0 };
                if self.late > MAX_LATE_PIECES { Err(timed_out()) } else { Ok(bytes) }
            }
            Incoming::Closed => Err(StreamFault::Closed),
            Incoming::TimedOut if deadline == end => Err(StreamFault::Stopped(Stop::Deadline(end))),
            Incoming::TimedOut => Err(timed_out()),
            Incoming::Interrupted(signal) => Err(StreamFault::Stopped(Stop::Interrupted(signal))),
        }
    }

    /// The name for a line from the adapter in error texts.
    pub(super) fn a_line(&self) -> &'static str {
        match self.transport.attached_to() {
            None => "a line on standard output",
            Some(_) => "a line on the connection",
        }
    }

    pub(super) fn send_one(&mut self, body: &Body) -> u64 {
        let id = self.take_id();
        let line = body.with_id(id);
        self.transcript.request(&line);
        self.last_answer = self.transport.now();
        self.transport.send((line + "\n").into_bytes());
        id
    }

    /// The answer to the only request in flight; any other line is a fault.
    pub(super) fn receive_one(
        &mut self,
        id: u64,
        timeout: Option<Duration>,
    ) -> Result<Result<Answer, Malformed>, StreamFault> {
        let mut found = None;
        while found.is_none() {
            let piece = self.receive(timeout)?;
            let (transcript, next_id) = (&mut self.transcript, self.next_id);
            self.lines.push(&piece, |text| {
                transcript.answer(text);
                let line = parse_line(text)?;
                if line.id >= next_id {
                    return Err(StreamFault::Foreign(line.id, crate::text::excerpt(text)));
                }
                if line.id != id || found.is_some() {
                    return Err(StreamFault::Duplicate(line.id));
                }
                found = Some(line.answer);
                Ok(())
            })?;
        }
        found.ok_or(StreamFault::Closed)
    }

    fn take_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }
}

/// How long a request of this many bytes may take: the limit, plus the same again per 256 KiB.
pub(super) fn for_bytes(limit: Option<Duration>, bytes: usize) -> Option<Duration> {
    let times = u32::try_from(1 + bytes / MAX_BYTES_IN_FLIGHT).unwrap_or(u32::MAX);
    limit.map(|limit| limit.saturating_mul(times))
}

/// The answer, unless the answers that wait would be too long with it; `waiting` is their length.
pub(crate) fn bounded(
    answer: Result<Answer, Malformed>,
    waiting: &mut usize,
) -> Result<Answer, Malformed> {
    let answer = answer?;
    let length = *waiting + answer.len();
    if length > MAX_BYTES_WAITING {
        return Err(Malformed::TooMuchWaiting { length, limit: MAX_BYTES_WAITING });
    }
    *waiting = length;
    Ok(answer)
}
