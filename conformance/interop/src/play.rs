//! One game between two peers over a link: what happens next, and what became of it.

use rollwire_model::{
    Model,
    exchange::{ChannelState, How, Observation, Refusals, Sends, Stimulus, Types},
};

use crate::{
    chance::Chance,
    game::{A_FRAME_LATER, EPISODES, FRAME, FRAMES, Player, arrival},
    link::{Event, Interruption, Weather, Wire},
    property::Violation,
    referee::Referee,
    tally::Tally,
    tape::{Tape, Tapes},
};

/// A game that is not over after this many milliseconds never is.
const LONGEST: u64 = 60_000;

/// The number of the question where a state goes astray. Those of the players are 1 and 2.
const ASTRAY: u64 = 3;

/// A game that is being played.
#[derive(Debug)]
pub(crate) struct Game {
    weather: Weather,
    now: u64,
    players: [Player; 2],
    wires: [Wire; 2],
    referee: Referee,
    events: Vec<Event>,
    timeline: Option<Vec<Moment>>,
    tape: Option<Tape>,
}

/// What happens to a datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is sent, and arrives later.
    Sent,
    /// It is sent, and never arrives.
    Lost,
    /// It arrives.
    Arrived,
}

/// A datagram at a time, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// When, in milliseconds.
    pub time: u64,
    /// The peer that sent it, 0 or 1.
    pub from: usize,
    /// What happens to it now.
    pub step: Step,
    /// Its number among those that the peer sent.
    pub number: u64,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What became of a game.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The first thing that does not hold.
    pub violation: Option<Violation>,
    /// How long the game took, in milliseconds of virtual time.
    pub lasted: u64,
    /// How many datagrams and bytes each peer sent.
    pub sent: [(u64, u64); 2],
    /// What the peers had at the ends of their episodes.
    pub tally: Tally,
    /// What happened on the link.
    pub events: Vec<Event>,
    /// All datagrams, if they were asked for.
    pub timeline: Vec<Moment>,
    /// What a tap at each channel would have recorded, if it was asked for.
    pub tapes: Tapes,
}

impl Game {
    /// The game with this seed, over a link.
    pub(crate) fn new(model: &Model, seed: u64, weather: Weather, is_recorded: bool) -> Self {
        let mut chance = Chance::new(seed, ASTRAY);
        let goes_astray = chance.happens(1, 4);
        let astray = goes_astray.then(|| {
            let episode = u32::try_from(chance.below(EPISODES as u64)).unwrap_or(0);
            let frame = u32::try_from(10 + chance.below(u64::from(FRAMES) / 2)).unwrap_or(10);
            (episode, frame)
        });
        let pause = weather.longest() + 100;
        let player = |at: usize| Player::new(seed, at, pause, astray.filter(|_| at == 1));
        let players = [player(0), player(1)];
        let events = weather.interruptions().map(|(kind, span)| Event::Interrupted(kind, span));
        let events = events.collect();
        Self {
            weather,
            now: 0,
            players,
            wires: [0, 1].map(Wire::new),
            referee: Referee::new(model, seed, astray),
            events,
            timeline: is_recorded.then(Vec::new),
            tape: is_recorded.then(Tape::new),
        }
    }

    /// What happens to each peer in the next frame; nothing if the game is over.
    pub(crate) fn next(&mut self) -> Option<[Vec<Stimulus>; 2]> {
        let is_over = self.players.iter().all(Player::is_finished);
        if is_over || self.referee.violation.is_some() {
            return None;
        }
        if self.now >= LONGEST {
            self.referee.times_out(self.now, &self.players);
            return None;
        }
        self.now += u64::from(FRAME);
        Some([0, 1].map(|at| self.happens_to(at)))
    }

    fn happens_to(&mut self, at: usize) -> Vec<Stimulus> {
        let mut stimuli = vec![A_FRAME_LATER];
        let before = self.now - u64::from(FRAME);
        let change = |kind| {
            let [was, is] = [before, self.now].map(|time| self.weather.is_interrupted(kind, time));
            (was != is).then_some(is)
        };
        if let Some(is_closed) = change(Interruption::Close) {
            let state = if is_closed { ChannelState::Closed } else { ChannelState::Open };
            stimuli.push(Stimulus::Channel(state));
        }
        if let Some(is_full) = change(Interruption::Full) {
            let refuse = if is_full { Refusals::ALL } else { Refusals::Count(0) };
            let types = Types::try_from((0..=31).collect::<Vec<u8>>()).unwrap_or_default();
            stimuli.push(Stimulus::Sends(Sends { accept: 0, refuse, how: How::False, types }));
        }
        while let Some(arrived) = self.wires[1 - at].arrived(self.now) {
            let hashed = self.players[at].hashed();
            self.referee.arrives(at, self.now, &arrived, hashed);
            let bytes = arrived.datagram.bytes().to_vec();
            self.records(1 - at, Step::Arrived, arrived.number, bytes);
            stimuli.push(arrival(arrived.datagram));
        }
        stimuli.extend(self.players[at].plays(self.now));
        self.referee.told(at, &stimuli);
        if let Some(tape) = &mut self.tape {
            tape.happens(at, &stimuli);
        }
        stimuli
    }

    /// Takes what both peers show after the frame.
    pub(crate) fn shown(&mut self, seen: [Observation; 2]) {
        for (at, observation) in seen.into_iter().enumerate() {
            if let Some(tape) = &mut self.tape {
                tape.sent(at, self.now, &observation.sent);
            }
            for datagram in &observation.sent {
                let episode = observation.peer.episode.map(|episode| episode.number);
                let (number, copies) =
                    self.wires[at].send(datagram, episode, self.now, &self.weather);
                let step = if copies == 0 { Step::Lost } else { Step::Sent };
                self.records(at, step, number, datagram.bytes().to_vec());
            }
            let last_loss = self.wires.iter().filter_map(Wire::last_loss).max();
            self.referee.sees(at, self.now, &observation, &self.players, last_loss);
            self.players[at].sees(observation, self.now);
        }
    }

    fn records(&mut self, from: usize, step: Step, number: u64, bytes: Vec<u8>) {
        let time = self.now;
        if let Some(timeline) = &mut self.timeline {
            timeline.push(Moment { time, from, step, number, bytes });
        }
    }

    /// What became of it.
    pub(crate) fn outcome(self) -> Outcome {
        let tally = self.referee.tally();
        let mut events = self.events;
        events.extend(self.wires.iter().flat_map(Wire::events));
        Outcome {
            violation: self.referee.violation,
            lasted: self.now,
            sent: [0, 1].map(|at| self.wires[at].sent()),
            tally,
            events,
            timeline: self.timeline.unwrap_or_default(),
            tapes: self.tape.map(Tape::tapes).unwrap_or_default(),
        }
    }
}
