//! A small game around a peer of the model: it acts sixty times a second, hashes every tenth frame that is
//! confirmed, ends after some seconds, and begins again.

use rollwire_model::{
    Model,
    exchange::{ChannelState, Datagram, ReadyHash, StateHash, Stimulus},
    peer::{Areas, Behaviour, Parameters, Phase, Session, Setup, ValidationPhase},
};

/// A frame takes 16 or 17 milliseconds; here always 16.
const FRAME: u64 = 16;
const HASH_EVERY: u32 = 10;
const MOST_AHEAD: i64 = 40;
const STUCK: u64 = 400;
const PAUSE: u64 = 1200;
/// How long the channel stays closed before the game opens another one.
const CLOSED: u64 = 500;

/// A game.
#[derive(Debug)]
pub(crate) struct Game {
    peer: Session,
    length: u32,
    next: u32,
    hashed: u32,
    due: u64,
    base: i64,
    moved: u64,
    over: Option<u64>,
    closed: Option<u64>,
    local: u8,
}

impl Game {
    pub(crate) fn new(behaviour: Behaviour, local: u8, length: u32) -> Self {
        let model = Model::latest();
        let (setup, parameters) = (Setup { local, first_frame: 0 }, Parameters::of(7));
        let peer = Session::new(&model, behaviour, setup, parameters, Areas::ALL);
        Self {
            peer,
            length,
            next: 0,
            hashed: 0,
            due: 0,
            base: -1,
            moved: 0,
            over: None,
            closed: None,
            local,
        }
    }

    pub(crate) fn receive(&mut self, bytes: Vec<u8>) -> Vec<Datagram> {
        self.peer.apply(&Stimulus::Recv(Datagram::new(bytes)))
    }

    pub(crate) fn close(&mut self, now: u64) -> Vec<Datagram> {
        self.closed = Some(now);
        self.peer.apply(&Stimulus::Channel(ChannelState::Closed))
    }

    /// Whether the channel opens again now.
    pub(crate) fn reopens(&mut self, now: u64) -> Option<Vec<Datagram>> {
        self.closed.filter(|closed| now >= closed + CLOSED)?;
        self.closed = None;
        Some(self.peer.apply(&Stimulus::Channel(ChannelState::Open)))
    }

    /// One millisecond has passed.
    pub(crate) fn passes(&mut self, now: u64) -> Vec<Datagram> {
        let mut sent = self.peer.apply(&Stimulus::Advance(1));
        if now < self.due {
            return sent;
        }
        self.due = now + FRAME;
        let state = self.peer.state();
        let phase = state.episodes.current.as_ref().map(|episode| episode.phase);
        let is_validated = state.validation.phase != ValidationPhase::Validating;
        match phase {
            None if is_validated && now > 900 => sent.extend(self.begin()),
            Some(Phase::Playing | Phase::Ending) => {
                self.over = None;
                sent.extend(self.step(now));
            }
            Some(Phase::Complete) => {
                let over = *self.over.get_or_insert(now);
                sent.extend(self.peer.apply(&Stimulus::TICK));
                if now >= over + PAUSE {
                    sent.extend(self.begin());
                }
            }
            _ => {}
        }
        sent
    }

    fn begin(&mut self) -> Vec<Datagram> {
        (self.next, self.hashed, self.base) = (0, 0, -1);
        self.peer.apply(&Stimulus::Ready { hash: ReadyHash(*b"0badcafe") })
    }

    fn step(&mut self, now: u64) -> Vec<Datagram> {
        let mut sent = Vec::new();
        let base = self.peer.state().base();
        if i64::from(self.next) - base < MOST_AHEAD {
            let action = u8::try_from(self.next / 7 % 5).unwrap() + self.local;
            sent.extend(self.peer.apply(&Stimulus::Act { frame: self.next, action }));
            self.next += 1;
        }
        // The hash of a frame is that of the state before it.
        let base = self.peer.state().base();
        while i64::from(self.hashed) <= base + 1 {
            let hash =
                StateHash(u64::from(self.hashed).wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
            sent.extend(self.peer.apply(&Stimulus::Confirm { frame: self.hashed, hash }));
            self.hashed += HASH_EVERY;
        }
        sent.extend(self.peer.apply(&Stimulus::TICK));
        if self.next >= self.length {
            sent.extend(self.peer.apply(&Stimulus::Ended { frame: self.length }));
        }
        if base > self.base {
            (self.base, self.moved) = (base, now);
        } else if now > self.moved + STUCK {
            sent.extend(self.peer.apply(&Stimulus::CatchUp {}));
        }
        sent
    }
}
