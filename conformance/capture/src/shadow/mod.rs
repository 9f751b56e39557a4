//! The model plays the own side along with a capture whose clock is that of the peer
//! (`spec/capture.md`, The peer's own clock).
//!
//! Everything that arrives is given to the model too, and its clock shows the times of the records. So a timer
//! and an answer have to appear in the capture to the byte, in their order. What the game calls is not
//! recorded, but nearly every call sends something at once: what the model would not send by itself is taken
//! for the call that would send it, and objected to only if no call does.
//!
//! | file | story |
//! |---|---|
//! | `batch` | what was handed to the channel until the next thing happened |
//! | `calls` | which call of the game sends this datagram |
//! | `history` | the last rounds, which are played again with calls that left no trace |
//! | `guesses` | which calls those may be |
//! | `rules` | which rule is broken, by the message that differs |

mod batch;
mod calls;
mod guesses;
mod history;
mod rules;

use rollwire_model::{
    exchange::{ChannelState, Datagram, Stimulus},
    peer::{Behaviour, Session},
};

use self::{
    batch::{Batch, Handed},
    history::{Hidden, History, Round},
    rules::rule_of,
};
use crate::{
    line::{Moment, Payload, PeerSetup, What},
    messages::Messages,
    monitor::objection::{Here, Objections, Side},
};

const MISSING: &str = "a datagram that the rules demand here is missing";
const UNEXPLAINED: &str = "a datagram that the rules do not explain";

/// The longest time between two records of a capture that is followed, in milliseconds: a day.
const LONGEST_PAUSE: u64 = 86_400_000;
/// The model's clock moves by at most this many milliseconds before what it sent is compared.
const STEP: u64 = 10_000;

/// Where the model and the capture part.
#[derive(Clone, Debug)]
enum Parting {
    /// The model sends this, and the capture does not hold it here.
    Missing { expected: Datagram, instead: Option<Handed>, at: u64 },
    /// The capture holds this, and no call makes the model send it.
    Unexplained(Handed),
    /// What the game did cannot be known.
    Unknown,
}

impl Parting {
    /// Whether calls of the game have to do with it.
    fn depends_on_calls(&self) -> bool {
        let (expected, found) = match self {
            Self::Missing { expected, instead, .. } => {
                (Some(expected), instead.as_ref().map(|handed| &handed.datagram))
            }
            Self::Unexplained(handed) => (None, Some(&handed.datagram)),
            Self::Unknown => return true,
        };
        let is_of_game = |datagram: &Datagram| {
            let first = datagram.bytes().first().copied();
            matches!(first, Some(0x01 | 0x05 | 0x06 | 0x12 | 0x13 | 0x14))
        };
        expected.is_some_and(is_of_game) || found.is_some_and(is_of_game)
    }
}

/// The model of the own side, and what it was told.
#[derive(Clone, Debug)]
struct Play {
    session: Session,
    messages: Messages,
    batch: Batch,
}

/// Follows one side of a channel, from one header to the next.
#[derive(Debug)]
pub(crate) struct Shadow {
    setup: PeerSetup,
    messages: Messages,
    /// None before the first record, and when the capture and the model have parted.
    play: Option<(Play, History)>,
    /// What was handed to the channel since something happened.
    batch: Batch,
    has_begun: bool,
    /// What has happened, and is applied with what was handed to the channel after it.
    happened: Option<Stimulus>,
    newest: Here,
    is_over: bool,
}

impl Shadow {
    pub(crate) fn new(setup: PeerSetup, messages: &Messages) -> Self {
        let (newest, messages) = (Here { line: 0, at: Moment::default() }, messages.clone());
        Self { setup, messages, play: None, batch: Batch::default(), has_begun: false, happened: None, newest, is_over: false }
    }

    /// Records are missing: nothing is known from here on.
    pub(crate) fn gap(&mut self) {
        (self.play, self.has_begun) = (None, true);
    }

    /// Takes the next record.
    pub(crate) fn record(&mut self, here: Here, what: &What, objections: &mut Objections) {
        self.newest = here;
        if !std::mem::replace(&mut self.has_begun, true) {
            self.begin(milliseconds(here.at), what);
        }
        if self.play.is_none() {
            return;
        }
        match what {
            What::Sent(Payload::Datagram(bytes)) => self.hands(here, bytes, true),
            What::Refused(Payload::Datagram(bytes)) => self.hands(here, bytes, false),
            What::Received(Payload::Datagram(bytes)) => {
                self.happens(here, Stimulus::Recv(Datagram::new(bytes.clone())), objections);
            }
            What::Opened => self.happens(here, Stimulus::Channel(ChannelState::Open), objections),
            What::Closed => self.happens(here, Stimulus::Channel(ChannelState::Closed), objections),
            What::Missing(_) => self.gap(),
            What::Sent(_) | What::Refused(_) | What::Received(_) | What::Error(_) => {}
        }
    }

    /// A capture that begins with an opening shows the peer from its creation on, or from its first opening.
    fn begin(&mut self, now: u64, what: &What) {
        if now > LONGEST_PAUSE || (*what != What::Opened && now > 0) {
            return;
        }
        let PeerSetup { setup, parameters, areas } = self.setup;
        let model = self.messages.model();
        let session = Session::new(model, Behaviour::SPECIFIED, setup, parameters, areas);
        let mut play = Play { session, messages: self.messages.clone(), batch: Batch::default() };
        if now > 0 {
            play.session.apply(&Stimulus::Channel(ChannelState::Closed));
            if play.passes(now).is_err() {
                return;
            }
        }
        self.play = Some((play.clone(), History::new(play)));
    }

    fn hands(&mut self, here: Here, bytes: &[u8], accepted: bool) {
        let handed = Handed { here, datagram: Datagram::new(bytes.to_vec()), accepted };
        if !self.batch.push(handed) {
            self.gap();
        }
    }

    fn happens(&mut self, here: Here, stimulus: Stimulus, objections: &mut Objections) {
        self.settle(milliseconds(here.at), objections);
        self.happened = Some(stimulus);
    }

    /// Nothing follows. What is missing may only not have been recorded any more.
    pub(crate) fn end(&mut self, objections: &mut Objections) {
        self.is_over = true;
        self.settle(milliseconds(self.newest.at), objections);
    }

    /// Plays what has happened last, and what was handed to the channel since, up to this time.
    fn settle(&mut self, until: u64, objections: &mut Objections) {
        let Some((play, history)) = &mut self.play else { return };
        let handed = std::mem::take(&mut self.batch);
        let round = Round { happened: self.happened.take(), handed, until };
        let Err(parting) = history.round(play, round) else { return };
        self.play = None;
        let here = self.newest;
        match parting {
            Parting::Unknown => {}
            Parting::Missing { instead: None, .. } if self.is_over => {}
            Parting::Unexplained(handed) => {
                let rule = rule_of(&handed.datagram, None);
                let detail = handed.datagram.to_string();
                objections.add(handed.here, Side::Own, rule, UNEXPLAINED, detail);
            }
            Parting::Missing { expected, instead, at } => {
                let other = instead.as_ref().map(|handed| &handed.datagram);
                let rule = rule_of(&expected, other);
                let found = other.map_or_else(|| "nothing".to_owned(), ToString::to_string);
                let detail = format!("{expected} at {at} ms; found {found}");
                let here = instead.map_or(here, |handed| handed.here);
                objections.add(here, Side::Own, rule, MISSING, detail);
            }
        }
    }
}

impl Play {
    fn clock(&self) -> u64 {
        self.session.state().clock
    }

    /// The frame of the next act.
    fn next_frame(&self) -> Option<u32> {
        self.session.state().inputs.next
    }

    /// How many datagrams of the round are not explained yet.
    fn left(&self) -> usize {
        self.batch.len()
    }

    /// Plays what has happened, with these calls, and then what the timers and the game have sent.
    fn round(&mut self, round: &Round, hidden: &[&Hidden]) -> Result<(), Parting> {
        self.batch = round.handed.clone();
        if let Some(stimulus) = &round.happened {
            self.plays(stimulus)?;
        }
        let mut hidden = hidden.iter().peekable();
        loop {
            let explained = round.handed.len() - self.left();
            while let Some(hidden) =
                hidden.next_if(|it| it.after <= explained && it.at <= self.clock())
            {
                self.plays(&hidden.call)?;
            }
            let next = self.batch.first().cloned();
            let until = next.as_ref().map_or(round.until, |next| milliseconds(next.here.at).min(round.until));
            let due = hidden.peek().filter(|it| it.after <= explained && it.at <= until);
            if let Some(at) = due.map(|it| it.at) {
                self.passes(at)?;
                continue;
            }
            let left = self.left();
            self.passes(until)?;
            match next {
                Some(next) if self.left() == left => self.calls(&next)?,
                Some(_) => {}
                None => return Ok(()),
            }
        }
    }

    /// Time passes up to this one.
    fn passes(&mut self, until: u64) -> Result<(), Parting> {
        if until.saturating_sub(self.clock()) > LONGEST_PAUSE {
            return Err(Parting::Unknown);
        }
        while self.clock() < until {
            let step = (until - self.clock()).min(STEP);
            self.plays(&Stimulus::Advance(u32::try_from(step).unwrap_or(u32::MAX)))?;
        }
        Ok(())
    }

    /// The model does this too, and what it sends has to be what was handed to the channel.
    fn plays(&mut self, stimulus: &Stimulus) -> Result<(), Parting> {
        for (datagram, _) in self.batch.apply(&mut self.session, stimulus) {
            match self.batch.pop() {
                Some(handed) if handed.datagram == datagram => {}
                instead => {
                    let at = self.clock();
                    return Err(Parting::Missing { expected: datagram, instead, at });
                }
            }
        }
        Ok(())
    }
}

fn milliseconds(at: Moment) -> u64 {
    at.0 / 1000
}
