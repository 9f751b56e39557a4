//! What has happened of late, so that it can be played again with calls that left no trace.
//!
//! Nearly every call of a game sends something at once. Two kinds do not: a `reset`, and what is called while
//! the channel is closed. They only show later, when the model and the capture part. Then the last rounds are
//! played again with one such call more, and the model goes on from the first that explains the capture.

use rollwire_conformance::check::scenario::rule::rule_of_sent;
use rollwire_model::exchange::{ChannelState, Stimulus};

use super::{
    batch::Batch,
    guesses,
    parting::{Difference, Parting},
    play::Play,
};

/// After this many rounds the history begins anew with the next act of the own player.
const ROUNDS: usize = 64;
/// The most rounds that are played again.
const MOST_ROUNDS: usize = 1024;
/// The most memory of the rounds that are played again, in bytes.
const MOST_BYTES: usize = 2 * 1024 * 1024;
/// How many calls without a trace are looked for at once.
const MOST_CALLS: usize = 6;
/// What a round takes besides its bytes.
const OF_EACH: usize = 128;
/// How long after an opening the repeats of what was called before it may come, in milliseconds.
const REPEATS: u64 = 1_100;

/// One thing that has happened, and what followed until the next one.
#[derive(Clone, Debug)]
pub(super) struct Round {
    pub(super) happened: Option<Stimulus>,
    /// What was handed to the channel since.
    pub(super) handed: Batch,
    /// When the next thing happened.
    pub(super) until: u64,
}

impl Round {
    fn bytes(&self) -> usize {
        let happened = match &self.happened {
            Some(Stimulus::Recv(datagram)) => datagram.bytes().len(),
            _ => 0,
        };
        OF_EACH + happened + self.handed.bytes()
    }
}

/// A call of the game that left no trace.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    /// In which round.
    pub(super) round: usize,
    /// After how many of its datagrams.
    pub(super) after: usize,
    /// When at the earliest, in milliseconds.
    pub(super) at: u64,
    /// What was called.
    pub(super) call: Stimulus,
}

/// The last rounds, and the model before them.
#[derive(Clone, Debug)]
pub(super) struct History {
    before: Play,
    pub(super) rounds: Vec<Round>,
    /// The calls without a trace in them.
    hidden: Vec<Hidden>,
    /// The round that began with the first act of the own player is behind all calls that a `reset` undoes.
    pub(super) acted_at: usize,
    /// The round with the newest closing, and the time of it, until nothing more can follow from it.
    pub(super) closed_at: Option<(usize, u64)>,
    pub(super) opened_at: Option<(usize, u64)>,
    /// About how much memory the rounds take.
    bytes: usize,
    /// Whether the history is too long for all of it to be known.
    is_uncertain: bool,
}

impl History {
    pub(super) fn new(before: Play) -> Self {
        Self {
            before,
            rounds: Vec::new(),
            hidden: Vec::new(),
            acted_at: 0,
            closed_at: None,
            opened_at: None,
            bytes: 0,
            is_uncertain: false,
        }
    }

    /// Plays a round, with calls that left no trace if it cannot be explained without.
    pub(super) fn round(&mut self, play: &mut Play, round: Round) -> Result<(), Parting> {
        let number = self.rounds.len();
        match round.happened {
            Some(Stimulus::Channel(ChannelState::Closed)) => {
                self.closed_at = Some((number, play.clock()));
                self.opened_at = None;
            }
            Some(Stimulus::Channel(ChannelState::Open)) if self.closed_at.is_some() => {
                self.opened_at = Some((number, play.clock()));
            }
            _ => {}
        }
        let next = play.next_frame();
        self.bytes += round.bytes();
        self.rounds.push(round);
        let round = self.rounds.last().expect("it was pushed");
        if let Err(parting) = play.round(round, &[]) {
            *play = self.explain(parting)?;
        }
        if play.next_frame() != next {
            self.acted_at = number;
        }
        self.stay_short(play, next);
        Ok(())
    }

    /// The model as it is after all rounds, with calls that left no trace.
    fn explain(&mut self, parting: Parting) -> Result<Play, Parting> {
        let (mut newest, mut hidden) = (parting.clone(), self.hidden.clone());
        let mut best = self.again(&hidden).map_or_else(|(reached, _)| reached, |_| (usize::MAX, 0));
        for _ in 0..MOST_CALLS {
            let before = self.before_last(&hidden);
            let more = guesses::of(self, &newest, &before);
            let more = more.into_iter().map(|guess| [&hidden[..], &guess[..]].concat());
            let mut found = None;
            for calls in more.chain(guesses::moved(self, &hidden)) {
                match self.again(&calls) {
                    Ok(play) => {
                        self.hidden = calls;
                        return Ok(play);
                    }
                    Err((reached, parting)) if reached > best => {
                        best = reached;
                        found = Some((calls, parting));
                    }
                    Err(_) => {}
                }
            }
            let Some((calls, parting)) = found else { break };
            (hidden, newest) = (calls, parting);
        }
        let is_unknown =
            self.is_uncertain || self.closed_at.is_some() && parting.depends_on_calls();
        Err(if is_unknown { Parting::Unknown } else { parting })
    }

    /// Plays all rounds with these calls. Otherwise, how far that went: the round, and how many of its datagrams
    /// are explained.
    fn again(&self, hidden: &[Hidden]) -> Result<Play, ((usize, usize), Parting)> {
        let mut play = self.before.clone();
        for (number, round) in self.rounds.iter().enumerate() {
            let calls: Vec<&Hidden> = hidden.iter().filter(|call| call.round == number).collect();
            if let Err(parting) = play.round(round, &calls) {
                let explained = round.handed.len().saturating_sub(play.left());
                return Err(((number, explained), parting));
            }
        }
        Ok(play)
    }

    /// The rule that is broken, by what the model held before.
    pub(super) fn rule_of(&self, difference: &Difference) -> &'static str {
        let mut play = self.before.until_step(difference.steps);
        for (number, round) in self.rounds.iter().enumerate() {
            let calls = self.hidden.iter().filter(|call| call.round == number);
            if play.round(round, &calls.collect::<Vec<_>>()).is_err() {
                break;
            }
        }
        let sent = difference.sent.clone();
        rule_of_sent((play.state(), &difference.stimulus), sent, play.has_refused())
            .unwrap_or("PEER-4")
    }

    /// The model before the newest round.
    fn before_last(&self, hidden: &[Hidden]) -> Play {
        let mut shorter = self.clone();
        shorter.rounds.pop();
        shorter.again(hidden).unwrap_or_else(|_| self.before.clone())
    }

    fn stay_short(&mut self, play: &Play, next: Option<u32>) {
        let is_settled = match (self.closed_at, self.opened_at) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(_), Some((_, at))) => {
                play.next_frame() != next && play.clock().saturating_sub(at) >= REPEATS
            }
        };
        let acts = play.next_frame() != next;
        if self.rounds.len() >= ROUNDS && is_settled && acts {
            *self = Self::new(play.clone());
        } else if self.rounds.len() >= MOST_ROUNDS || self.bytes > MOST_BYTES {
            *self = Self { is_uncertain: true, ..Self::new(play.clone()) };
        }
    }
}
