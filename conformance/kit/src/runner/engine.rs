//! The engine: keeps many requests in flight, and knows after a fault whose fault it was.
//!
//! One owner of all state: the engine runs on one thread and is told what comes in by its
//! [`Transport`]. Ids come from one number space for the whole run, so an answer of a process that is
//! gone can never be taken for the answer to something else.

use std::{
    collections::{BTreeMap, VecDeque},
    time::Duration,
};

use super::{
    fault::{Reply, StartupFault, Stop},
    script::{Ask, Running},
    transcript::Transcript,
    transport::{Ended, Incoming, Transport},
};
use crate::protocol::{Answer, Body, Hello, Line, LineFault, Lines, Malformed, parse_line};

/// A pipe may hold answers that came in time; more pieces than this are none of them.
const LATE_PIECES: u32 = 32;

/// Whoever waits wakes up so much later at most, on a machine that has time for him.
const OVERSLEPT: Duration = Duration::from_millis(100);

/// Requests in flight together hold at most this many bytes; one alone may hold more.
const BYTES_IN_FLIGHT: usize = 256 * 1024;

/// The answers to all scripts that are not answered whole hold at most this many bytes: 32 MiB. Those
/// of the longest published scenario have a tenth of that.
const BYTES_WAITING: usize = 32 * 1024 * 1024;

/// The limits of a run.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How many requests may wait at once; the adapter may allow fewer.
    pub window: usize,
    /// How long a request may wait while nothing else is answered; none for a debugger's patience.
    pub timeout: Option<Duration>,
    /// How long an adapter may take until it has answered `hello`.
    pub startup: Duration,
    /// How long the whole run may take.
    pub deadline: Duration,
    /// How often the adapter may be started again.
    pub restarts: u32,
}

/// Takes in the reply to the script at a place; it may ask for the newest standard error.
pub type Deliver<'a> = dyn FnMut(usize, Reply, &mut dyn FnMut() -> String) + 'a;

/// A request that was sent: which one of the script at which place.
#[derive(Debug)]
pub(super) struct Flight {
    id: u64,
    place: usize,
    line: usize,
    length: usize,
    answered: bool,
}

/// Why the stream cannot go on with this process.
pub(super) enum Break {
    Line(LineFault),
    Duplicate(u64),
    /// An answer with an id that was never sent, and its line.
    Foreign(u64, String),
    Closed,
    TimedOut,
    Stopped(Stop),
}

impl From<LineFault> for Break {
    fn from(fault: LineFault) -> Self {
        Self::Line(fault)
    }
}

/// Asks an adapter, through any [`Transport`].
#[derive(Debug)]
pub struct Engine<T> {
    pub(super) transport: T,
    pub(super) limits: Limits,
    trace: Transcript,
    pub(super) hello: Option<Hello>,
    pub(super) lines: Lines,
    next_id: u64,
    pub(super) in_flight: VecDeque<Flight>,
    pub(super) bytes_in_flight: usize,
    /// How many bytes the answers have that wait for the others of their script.
    pub(super) bytes_waiting: usize,
    /// The scripts that are not answered whole, by their places.
    pub(super) running: BTreeMap<usize, Running>,
    /// The place of the script whose requests are not all sent.
    pub(super) unsent: Option<usize>,
    /// The newest reply, held back until the adapter goes on: what comes wrongly behind it is its own.
    pub(super) held: Option<(Ask, Reply)>,
    progress: Duration,
    /// How many pieces in a row came after their deadline.
    late: u32,
    pub(super) restarts_left: u32,
    pub(super) stopped: Option<Stop>,
}

impl<T: Transport> Engine<T> {
    /// An engine that has not started its adapter.
    pub fn new(transport: T, limits: Limits, trace: Transcript) -> Self {
        Self {
            transport,
            limits,
            trace,
            hello: None,
            lines: Lines::default(),
            next_id: 0,
            in_flight: VecDeque::new(),
            bytes_in_flight: 0,
            bytes_waiting: 0,
            running: BTreeMap::new(),
            unsent: None,
            held: None,
            progress: Duration::ZERO,
            late: 0,
            restarts_left: limits.restarts,
            stopped: None,
        }
    }

    /// The transport, when everything has been asked.
    pub fn into_transport(self) -> T {
        self.transport
    }

    /// Starts the adapter and shakes hands.
    ///
    /// # Errors
    /// Why it cannot be asked anything.
    pub fn start(&mut self) -> Result<Hello, StartupFault> {
        let hello = self.shake_hands()?;
        self.hello = Some(hello.clone());
        Ok(hello)
    }

    /// Why the engine asks no more, if it does not.
    pub fn stopped(&self) -> Option<&Stop> {
        self.stopped.as_ref()
    }

    /// The newest lines of standard error since this was last asked.
    pub fn take_stderr(&mut self) -> String {
        let text = self.transport.take_stderr();
        self.trace.stderr(&text);
        text
    }

    /// Asks everything, keeping the window full, and delivers one reply for each, in any order.
    pub fn ask_all(&mut self, asks: &mut dyn Iterator<Item = Ask>, deliver: &mut Deliver<'_>) {
        let mut again: VecDeque<Ask> = VecDeque::new();
        while self.stopped.is_none() {
            self.fill(&mut again, asks);
            let going_on = match (self.running.is_empty(), &self.held) {
                (true, None) => return,
                (true, Some(_)) => self.fence().map(|()| self.release(deliver)),
                (false, _) => self.pump(deliver),
            };
            if let Err(broken) = going_on {
                again.extend(self.recover(broken, deliver));
                // What was asked before comes before what was not.
                again.make_contiguous().sort_by_key(|ask| ask.place);
            }
        }
        self.release(deliver);
        for Ask { place, .. } in again.into_iter().chain(asks) {
            deliver(place, Reply::NotRun, &mut String::new);
        }
    }

    /// Delivers the reply that was held back.
    fn release(&mut self, deliver: &mut Deliver<'_>) {
        if let Some((Ask { place, .. }, reply)) = self.held.take() {
            deliver(place, reply, &mut || self.transport.take_stderr());
        }
    }

    /// Closes the adapter's standard input and waits a moment for its end.
    pub fn finish(&mut self) -> Ended {
        self.transport.finish()
    }

    /// Sends as much as the window allows, in one piece.
    fn fill(&mut self, again: &mut VecDeque<Ask>, asks: &mut dyn Iterator<Item = Ask>) {
        let declared = self.hello.as_ref().map_or(1, |hello| hello.window);
        let window = self.limits.window.min(declared).max(1);
        let mut piece = Vec::new();
        while self.in_flight.len() < window
            && let Some(place) = self.unsent.or_else(|| self.begin_script(again, asks))
        {
            self.unsent = Some(place);
            let Some(body) = self.running.get(&place).and_then(Running::next) else {
                self.unsent = None;
                continue;
            };
            let length = body.len();
            if !self.in_flight.is_empty() && self.bytes_in_flight + length > BYTES_IN_FLIGHT {
                break;
            }
            let id = self.next_id;
            let line = body.with_id(id);
            self.next_id += 1;
            if self.in_flight.is_empty() {
                self.progress = self.transport.now();
            }
            self.trace.request(&line);
            piece.extend_from_slice(line.as_bytes());
            piece.push(b'\n');
            self.bytes_in_flight += length;
            if let Some(script) = self.running.get_mut(&place) {
                let line = script.sent;
                script.sent += 1;
                self.in_flight.push_back(Flight { id, place, line, length, answered: false });
            }
        }
        if !piece.is_empty() {
            self.transport.send(piece);
        }
    }

    /// Takes the next script, unless it needs more sessions than may be open; its place.
    fn begin_script(
        &mut self,
        again: &mut VecDeque<Ask>,
        asks: &mut dyn Iterator<Item = Ask>,
    ) -> Option<usize> {
        let ask = again.pop_front().or_else(|| asks.next())?;
        let allowed = self.hello.as_ref().map_or(1, |hello| hello.sessions);
        let open: usize = self.running.values().map(|script| script.ask.script.sessions()).sum();
        if ask.script.sessions() > 0 && open > 0 && open + ask.script.sessions() > allowed {
            again.push_front(ask);
            return None;
        }
        let place = ask.place;
        self.running.insert(place, Running::new(ask));
        Some(place)
    }

    /// Takes in what comes until the deadline, and delivers what it answers.
    fn pump(&mut self, deliver: &mut Deliver<'_>) -> Result<(), Break> {
        let oldest = self.in_flight.front().map_or(0, |flight| flight.length);
        let piece = self.receive(self.patience(oldest))?;
        let (lines, trace) = (&mut self.lines, &mut self.trace);
        let (in_flight, bytes) = (&mut self.in_flight, &mut self.bytes_in_flight);
        let (transport, progress) = (&mut self.transport, &mut self.progress);
        let (held, running) = (&mut self.held, &mut self.running);
        let waiting = &mut self.bytes_waiting;
        let next_id = self.next_id;
        lines.push(&piece, |line| {
            trace.answer(line);
            let Line { id, answer } = parse_line(line)?;
            let oldest = in_flight.front().map_or(next_id, |flight| flight.id);
            let flight =
                usize::try_from(id.wrapping_sub(oldest)).ok().and_then(|at| in_flight.get_mut(at));
            let flight = match flight {
                Some(flight) if !flight.answered => flight,
                _ if id < next_id => return Err(Break::Duplicate(id)),
                _ => return Err(LineFault::NoId(crate::text::excerpt(line)).into()),
            };
            flight.answered = true;
            *bytes -= flight.length;
            let (place, line) = (flight.place, flight.line);
            while in_flight.front().is_some_and(|flight| flight.answered) {
                in_flight.pop_front();
            }
            *progress = transport.now();
            // Whatever comes, the adapter has gone on behind the reply that was held back.
            if let Some((Ask { place, .. }, reply)) = held.take() {
                deliver(place, reply, &mut || transport.take_stderr());
            }
            let answer = bounded(answer, waiting);
            if running.get_mut(&place).is_some_and(|script| script.answered(line, answer))
                && let Some(mut script) = running.remove(&place)
            {
                *waiting = waiting.saturating_sub(script.bytes());
                let reply = script.answers().map_or_else(Reply::Malformed, Reply::Answered);
                *held = Some((script.ask, reply));
            }
            Ok(())
        })
    }

    /// How long a request of this many bytes may take: the limit, and once more for each 256 KiB.
    pub(super) fn patience(&self, bytes: usize) -> Option<Duration> {
        let times = u32::try_from(1 + bytes / BYTES_IN_FLIGHT).unwrap_or(u32::MAX);
        self.limits.timeout.map(|limit| limit.saturating_mul(times))
    }

    /// Waits for a piece of standard output, no longer than this without any answer.
    fn receive(&mut self, patience: Option<Duration>) -> Result<Vec<u8>, Break> {
        let end = self.limits.deadline;
        let deadline = patience.map_or(end, |it| self.progress.saturating_add(it).min(end));
        let now = self.transport.now();
        if now >= end {
            return Err(Break::Stopped(Stop::Deadline(end)));
        }
        let mut incoming = self.transport.receive(deadline);
        // A machine that let this process oversleep let its threads oversleep too: what came in time may
        // not have been read.
        if incoming == Incoming::TimedOut
            && self.transport.now() > deadline.saturating_add(OVERSLEPT)
        {
            incoming = self.transport.receive(self.transport.now().saturating_add(OVERSLEPT));
        }
        match incoming {
            Incoming::Bytes(bytes) => {
                // A flood of nothing, such as empty lines, must not outlast its deadline.
                self.late = if now >= deadline { self.late + 1 } else { 0 };
                if self.late > LATE_PIECES { Err(Break::TimedOut) } else { Ok(bytes) }
            }
            Incoming::Closed => Err(Break::Closed),
            Incoming::TimedOut if deadline == end => Err(Break::Stopped(Stop::Deadline(end))),
            Incoming::TimedOut => Err(Break::TimedOut),
            Incoming::Interrupted(signal) => Err(Break::Stopped(Stop::Interrupted(signal))),
        }
    }

    /// What a line from the adapter is called.
    pub(super) fn a_line(&self) -> &'static str {
        match self.transport.attached_to() {
            None => "a line on standard output",
            Some(_) => "a line on the connection",
        }
    }

    pub(super) fn send_one(&mut self, body: &Body) -> u64 {
        let id = self.take_id();
        let line = body.with_id(id);
        self.trace.request(&line);
        self.progress = self.transport.now();
        self.transport.send((line + "\n").into_bytes());
        id
    }

    /// The answer to the one request that is in flight, and nothing else.
    pub(super) fn receive_one(
        &mut self,
        id: u64,
        patience: Option<Duration>,
    ) -> Result<Result<Answer, Malformed>, Break> {
        let mut found = None;
        while found.is_none() {
            let piece = self.receive(patience)?;
            let (trace, next_id) = (&mut self.trace, self.next_id);
            self.lines.push(&piece, |text| {
                trace.answer(text);
                let line = parse_line(text)?;
                if line.id >= next_id {
                    return Err(Break::Foreign(line.id, crate::text::excerpt(text)));
                }
                if line.id != id || found.is_some() {
                    return Err(Break::Duplicate(line.id));
                }
                found = Some(line.answer);
                Ok(())
            })?;
        }
        found.ok_or(Break::Closed)
    }

    fn take_id(&mut self) -> u64 {
        let id = self.next_id;
        self.next_id += 1;
        id
    }
}

/// An answer, unless the answers that wait, of which `waiting` counts the bytes, would be too long with it.
pub(crate) fn bounded(
    answer: Result<Answer, Malformed>,
    waiting: &mut usize,
) -> Result<Answer, Malformed> {
    let answer = answer?;
    let length = *waiting + answer.len();
    if length > BYTES_WAITING {
        return Err(Malformed::TooMuchWaiting { length, limit: BYTES_WAITING });
    }
    *waiting = length;
    Ok(answer)
}
