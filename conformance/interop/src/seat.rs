//! Where a peer sits: in this process, or behind an adapter.

use std::{collections::BTreeMap, sync::Arc};

use rollwire_conformance::{
    check::{
        judgement::Answered,
        scenario::{
            observe::{Wanted, observations},
            visible::Visible,
        },
    },
    protocol::{Answer, Body, Capability, Hello},
    runner::{Adapter, Ask, Reply, Script},
};
use rollwire_model::{
    Model,
    exchange::{Observation, Stimulus},
    peer::{Areas, Behaviour, Parameters, Session, Setup},
};

/// Why the games of a seat cannot go on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SeatFault(pub String);

/// Why a game cannot go on when the user or a deadline has ended the run.
pub(crate) const ENDED: &str = "the run was ended";

/// Plays the peers of one implementation, one in each game.
pub trait Seat {
    /// How many games can be played at the same time.
    fn games(&self) -> usize;

    /// Opens the peers of these games, with this local index.
    ///
    /// # Errors
    /// Why they cannot be opened.
    fn open(&mut self, games: &[u64], local: u8) -> Result<(), SeatFault>;

    /// Tells the peers of some games what happens, and returns what each of them shows then.
    ///
    /// # Errors
    /// Why an answer is missing.
    fn happens(&mut self, what: &[(u64, Vec<Stimulus>)]) -> Result<Vec<Observation>, SeatFault>;

    /// Closes the peers of these games.
    ///
    /// # Errors
    /// Why they cannot be closed.
    fn close(&mut self, games: &[u64]) -> Result<(), SeatFault>;

    /// Ends the implementation, and returns what there is to say about it then.
    fn finish(self: Box<Self>) -> Vec<String> {
        Vec::new()
    }
}

/// Peers of the model, right ones or wrong ones.
#[derive(Debug)]
pub struct ModelSeat {
    model: Model,
    rules: Behaviour,
    parameters: Parameters,
    areas: Areas,
    peers: BTreeMap<u64, Session>,
}

impl ModelSeat {
    /// Peers that behave like this, with the default parameters and hashes that are used up.
    #[must_use]
    pub fn new(rules: Behaviour) -> Self {
        let model = Model::latest();
        let parameters = Parameters::of(model.revision());
        Self { model, rules, parameters, areas: Areas::ALL, peers: BTreeMap::new() }
    }

    /// Right peers.
    #[must_use]
    pub fn right() -> Self {
        Self::new(Behaviour::SPECIFIED)
    }

    /// Right peers with these parameters, whose hashes last or are used up.
    #[must_use]
    pub fn tuned(parameters: Parameters, lasting_hashes: bool) -> Self {
        let areas = Areas { lasting_hashes, ..Areas::ALL };
        Self { parameters, areas, ..Self::right() }
    }
}

impl Seat for ModelSeat {
    fn games(&self) -> usize {
        usize::MAX
    }

    fn open(&mut self, games: &[u64], local: u8) -> Result<(), SeatFault> {
        let setup = Setup { local, first_frame: 0 };
        for game in games {
            let peer = Session::new(&self.model, self.rules, setup, self.parameters, self.areas);
            self.peers.insert(*game, peer);
        }
        Ok(())
    }

    fn happens(&mut self, what: &[(u64, Vec<Stimulus>)]) -> Result<Vec<Observation>, SeatFault> {
        let happens = |(game, stimuli): &(u64, Vec<Stimulus>)| {
            let peer = self.peers.get_mut(game);
            let peer = peer.ok_or_else(|| SeatFault(format!("game {game} is not open")))?;
            Ok(peer.advance(stimuli))
        };
        what.iter().map(happens).collect()
    }

    fn close(&mut self, games: &[u64]) -> Result<(), SeatFault> {
        self.peers.retain(|game, _| !games.contains(game));
        Ok(())
    }
}

/// What a peer needs to take part.
const NEEDED: [Capability; 6] = [
    Capability::Inputs,
    Capability::Liveness,
    Capability::Validation,
    Capability::Episodes,
    Capability::CatchUp,
    Capability::Exchange,
];

/// Peers behind an adapter.
#[expect(missing_debug_implementations, reason = "an adapter has none")]
pub struct AdapterSeat {
    adapter: Box<dyn Adapter>,
    hello: Hello,
    visible: Visible,
}

impl AdapterSeat {
    /// Starts the adapter.
    ///
    /// # Errors
    /// Why it cannot take part.
    pub fn start(mut adapter: Box<dyn Adapter>) -> Result<Self, SeatFault> {
        let hello = adapter.start().map_err(|fault| match adapter.stopped() {
            Some(_) => SeatFault(ENDED.to_owned()),
            None => SeatFault(fault.to_string()),
        })?;
        if let Some(missing) = NEEDED.into_iter().find(|it| !hello.declares(*it)) {
            let text = format!(
                "the adapter does not declare `{}`; a peer needs inputs, liveness, validation, episodes, catch-up and exchange to play",
                missing.as_str()
            );
            return Err(SeatFault(text));
        }
        let latest = Model::latest().revision();
        if hello.revision != latest {
            let text = format!(
                "the adapter speaks revision {}; peers play at revision {latest}",
                hello.revision
            );
            return Err(SeatFault(text));
        }
        let areas = Areas::declared(|capability| hello.declares(capability));
        let visible = Visible { peer: Some(areas), ..Visible::by(&hello) };
        Ok(Self { adapter, hello, visible })
    }

    /// What the adapter says about itself.
    #[must_use]
    pub fn hello(&self) -> &Hello {
        &self.hello
    }

    fn ask(&mut self, bodies: Vec<Body>) -> Result<Vec<Answer>, SeatFault> {
        let mut answers: Vec<Option<Result<Answer, SeatFault>>> = vec![None; bodies.len()];
        let ask = |(place, body): (usize, Body)| Ask::new(place, Arc::new(Script::from(body)));
        let mut asks = bodies.into_iter().enumerate().map(ask);
        self.adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
            let answer = match reply {
                Reply::Answered(mut answers) => match answers.pop() {
                    Some(answer @ Answer::Ok(_)) => Ok(answer),
                    Some(Answer::Error { message }) => {
                        Err(format!("it answered `error`: {message}"))
                    }
                    Some(other) => {
                        Err(format!("it answered `{}` to a request of a session", other.kind()))
                    }
                    None => Err("it gave no answer".to_owned()),
                },
                Reply::Malformed(malformed) => Err(malformed.to_string()),
                Reply::Fault(fault) | Reply::Unstable(fault) => Err(fault.text),
                Reply::LeftOut(why) => Err(why),
                Reply::NotRun => Err(ENDED.to_owned()),
            };
            let answer = answer.map_err(|text| {
                let noise = stderr();
                let last = noise.lines().rev().find(|line| !line.trim().is_empty());
                let text = rollwire_conformance::text::shorten(&text);
                SeatFault(match last {
                    Some(line) => format!("{text} · {}", rollwire_conformance::text::shorten(line)),
                    None => text,
                })
            });
            if let Some(slot) = answers.get_mut(place) {
                *slot = Some(answer);
            }
        });
        let missing = || Err(SeatFault(ENDED.to_owned()));
        answers.into_iter().map(|answer| answer.unwrap_or_else(missing)).collect()
    }
}

impl Seat for AdapterSeat {
    fn games(&self) -> usize {
        self.hello.sessions.max(1)
    }

    fn open(&mut self, games: &[u64], local: u8) -> Result<(), SeatFault> {
        let setup = Setup { local, first_frame: 0 };
        self.ask(games.iter().map(|game| Body::open_peer(*game, setup)).collect()).map(drop)
    }

    fn happens(&mut self, what: &[(u64, Vec<Stimulus>)]) -> Result<Vec<Observation>, SeatFault> {
        let advances = self.hello.declares(Capability::Advance);
        let body = |(game, stimuli): &(u64, Vec<Stimulus>)| match advances {
            true => Body::advance(*game, stimuli),
            false => Body::step(*game, stimuli),
        };
        let answers = self.ask(what.iter().map(body).collect())?;
        let observation = |(answer, (_, stimuli)): (&Answer, &(u64, Vec<Stimulus>))| {
            let count = if advances { 1 } else { stimuli.len() };
            // The state of a peer grows with all that has happened before.
            let wanted = Wanted { observations: count, stimuli: stimuli.len().max(1024) };
            let seen = observations(&[answer], wanted, self.visible);
            let seen = seen.map_err(|judgement| {
                SeatFault(match judgement.got {
                    Answered::Nothing(text) => text,
                    _ => "its answer cannot be read".to_owned(),
                })
            })?;
            Ok(joined(seen))
        };
        answers.iter().zip(what).map(observation).collect()
    }

    fn close(&mut self, games: &[u64]) -> Result<(), SeatFault> {
        self.ask(games.iter().map(|game| Body::close(*game)).collect()).map(drop)
    }

    fn finish(mut self: Box<Self>) -> Vec<String> {
        self.adapter.finish().into_iter().map(|remark| remark.text).collect()
    }
}

/// What was sent during all of them, and the state after the last.
fn joined(seen: Vec<Observation>) -> Observation {
    let mut sent = Vec::new();
    let mut last = Observation::default();
    for observation in seen {
        last = observation;
        sent.append(&mut last.sent);
    }
    Observation { sent, ..last }
}
