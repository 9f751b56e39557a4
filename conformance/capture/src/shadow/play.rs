//! The model of the own side, and what it was told.

use rollwire_model::{
    exchange::{ChannelState, Datagram, Stimulus},
    peer::{Session, State},
};

use super::{
    batch::{Batch, Handed},
    effort::Effort,
    parting::{Difference, Parting},
    round::{Hidden, Round},
};
use crate::messages::Messages;

/// The longest time between two records of a capture that is followed, in milliseconds: a day.
pub(super) const LONGEST_PAUSE: u64 = 86_400_000;
/// The model's clock moves by at most this many milliseconds before what it sent is compared.
const STEP: u64 = 10_000;

/// The model of the own side, and what it was told.
#[derive(Clone, Debug)]
pub(super) struct Play {
    session: Session,
    pub(super) messages: Messages,
    /// What was handed to the channel in this round, and is not explained yet.
    pub(super) batch: Batch,
    /// How many stimuli the model was given, and how many it may be given.
    steps: u64,
    most_steps: u64,
    /// The number of the stimulus with which the round began, and the time.
    began: (u64, u64),
    has_refused: bool,
    effort: Effort,
}

impl Play {
    pub(super) fn new(session: Session, messages: Messages, effort: Effort) -> Self {
        Self {
            session,
            messages,
            batch: Batch::default(),
            steps: 0,
            most_steps: u64::MAX,
            began: (0, 0),
            has_refused: false,
            effort,
        }
    }

    /// The same, which stops before a stimulus.
    pub(super) fn until_step(&self, steps: u64) -> Self {
        Self { most_steps: steps, ..self.clone() }
    }

    pub(super) fn state(&self) -> &State {
        self.session.state()
    }

    pub(super) fn has_refused(&self) -> bool {
        self.has_refused
    }

    pub(super) fn clock(&self) -> u64 {
        self.session.state().clock
    }

    /// The frame of the next act.
    pub(super) fn next_frame(&self) -> Option<u32> {
        self.session.state().inputs.next
    }

    /// How many datagrams of the round are not explained yet.
    pub(super) fn left(&self) -> usize {
        self.batch.len()
    }

    /// The channel opens at this time, for the first time.
    pub(super) fn begins_closed(&mut self, until: u64) -> Result<(), Parting> {
        self.session.apply(&Stimulus::Channel(ChannelState::Closed));
        self.passes(until)
    }

    /// Plays what has happened, with these calls, and then what the timers and the game have sent.
    pub(super) fn round(&mut self, round: &Round, hidden: &[&Hidden]) -> Result<(), Parting> {
        self.batch = round.handed.clone();
        self.began = (self.steps, self.clock());
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
            let until = next
                .as_ref()
                .map_or(round.until, |next| next.here.at.milliseconds().min(round.until));
            let due = hidden.peek().filter(|it| it.after <= explained && it.at <= until);
            if let Some(at) = due.map(|it| it.at) {
                self.passes(at)?;
                continue;
            }
            let left = self.left();
            self.passes(until)?;
            match next {
                Some(next) if self.left() == left => self.calls(&next, round)?,
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
    pub(super) fn plays(&mut self, stimulus: &Stimulus) -> Result<(), Parting> {
        if self.steps == self.most_steps || !self.effort.spend(1 + self.batch.refused()) {
            return Err(Parting::Unknown);
        }
        let steps = self.steps;
        self.steps += 1;
        let handed = self.batch.apply(&mut self.session, stimulus);
        self.has_refused |= handed.iter().any(|(_, accepted)| !accepted);
        for (number, (datagram, _)) in handed.iter().enumerate() {
            match self.batch.pop() {
                Some(found) if found.datagram == *datagram => {}
                found => {
                    let clock = self.clock();
                    let datagrams = || handed.iter().map(|(datagram, _)| datagram.clone());
                    let rest = found.iter().chain(self.batch.iter());
                    let rest = rest.filter(|it| it.here.at.milliseconds() <= clock);
                    let rest = rest.map(|it| it.datagram.clone());
                    let sent =
                        [datagrams().collect(), datagrams().take(number).chain(rest).collect()];
                    let stimulus = stimulus.clone();
                    let expected = Some(datagram.clone());
                    let difference = Difference { stimulus, steps, clock, sent, expected, found };
                    return Err(Parting::Differs(Box::new(difference)));
                }
            }
        }
        Ok(())
    }

    /// No call sends this.
    pub(super) fn unexplained(&self, handed: &Handed, round: &Round) -> Parting {
        let (began, at) = self.began;
        let clock = self.clock();
        // What is sent in the same millisecond may be meant as an answer.
        let (stimulus, steps) = match &round.happened {
            Some(happened) if at == clock && self.may_answer(handed, happened) => {
                (happened.clone(), began)
            }
            _ => (Stimulus::Advance(0), self.steps),
        };
        let found = handed.datagram.clone();
        Parting::Differs(Box::new(Difference {
            stimulus,
            steps,
            clock,
            sent: [Vec::new(), vec![found]],
            expected: None,
            found: Some(handed.clone()),
        }))
    }

    /// Whether a peer that is wrong may have sent this because of what has happened: an answer of the right type,
    /// an echo, or anything at all where nothing is to be sent.
    fn may_answer(&self, handed: &Handed, happened: &Stimulus) -> bool {
        let Stimulus::Recv(question) = happened else { return true };
        let kind = |datagram: &Datagram| datagram.bytes().first().copied();
        match (kind(question), kind(&handed.datagram)) {
            (Some(0x04), _) => true,
            _ if self.messages.read(question.bytes()).is_none() => true,
            (Some(0x02), Some(0x03)) | (Some(0x10), Some(0x11)) | (Some(0x12), Some(0x13)) => true,
            (question, answer) => question == answer,
        }
    }
}
