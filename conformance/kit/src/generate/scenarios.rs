//! Scenarios from a seed: stimuli in a random order.
//!
//! What is chosen depends on numbers that come from outside, so that the same generator serves a run
//! (numbers from a seed) and property tests (numbers that a test library can make smaller).

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_model::{
    Level, Model,
    exchange::{
        ChannelState, Datagram, How, Observation, Refusals, Rollback, Sends, StateHash, Stimulus,
        Types,
    },
    vectors::{CheckKind, Expectation, Precondition, Scenario, Source, Step},
};

use super::crowds;

pub use super::random::Choose;

/// Frames at which implementations count wrong: the ends, and the sign of 32 bits.
const EDGES: [u32; 6] = [0, 1, i32::MAX as u32, 1 << 31, u32::MAX - 1, u32::MAX];

/// Hashes that mean something else when they are read as a number: zeros, −0, NaN, −1.
const LOOKALIKES: [u64; 4] = [0, 1 << 63, 0x7ff8 << 48, u64::MAX];

/// How often each kind of stimulus comes: confirm, tick, a hash of the peer, another datagram, begin,
/// end, reset, channel, sends.
type Weights = [u32; 9];

/// Different games: an even mixture, long ones, a bad channel, many rollbacks, much to compare, and a
/// peer that is far ahead.
const GAMES: [Weights; 6] = [
    [30, 18, 18, 5, 7, 8, 2, 5, 7],
    [72, 10, 10, 1, 1, 4, 0, 1, 1],
    [30, 30, 8, 2, 4, 6, 2, 6, 12],
    [28, 14, 22, 4, 14, 12, 1, 2, 3],
    [30, 10, 40, 3, 5, 7, 2, 1, 2],
    [4, 4, 84, 4, 1, 1, 0, 1, 1],
];

/// The game in which the history comes to its bound.
const LONG: usize = 1;

/// The game in which peers often differ.
const COMPARING: usize = 4;

/// The game in which the map fills.
const AHEAD: usize = 5;

/// Sizes of tables that are not powers of two.
const TABLES: [u32; 8] = [60, 100, 120, 121, 300, 600, 1000, 3600];

/// Makes stimuli one after another, with an idea of what they add up to.
#[derive(Clone, Debug, Default)]
pub struct Generator {
    game: usize,
    next: u32,
    /// Frames that have occurred, the newest last.
    seen: Vec<u32>,
    rolling: bool,
    /// Whether most frames differ from one that was there by a number that is a size of tables.
    collides: bool,
}

impl Generator {
    /// A generator of one of the games.
    pub fn new(choose: &mut Choose<'_>) -> Self {
        let game = choose(5) as usize;
        Self { game: game % GAMES.len(), ..Self::default() }
    }

    /// A generator of a game in which the peer is so far ahead that the map fills.
    #[must_use]
    pub fn of_a_peer_far_ahead() -> Self {
        Self { game: AHEAD, ..Self::default() }
    }

    /// A generator of a game with enough confirmed frames to fill the history to its bound.
    #[must_use]
    pub fn of_a_long_game() -> Self {
        Self { game: LONG, ..Self::default() }
    }

    /// A generator of a game whose frames fall into the same places of a table, where the place is the
    /// remainder of a frame or some of its bits.
    #[must_use]
    pub fn of_colliding_frames() -> Self {
        Self { collides: true, ..Self::default() }
    }

    /// A stimulus that could come next.
    pub fn stimulus(&self, choose: &mut Choose<'_>) -> Stimulus {
        let mut weights = GAMES[self.game];
        if self.rolling {
            // What comes during a rollback is compared at its end, and worth a crowd.
            weights[0] *= 2;
            weights[2] *= 2;
        } else {
            // A stray end is worth trying, but seldom.
            weights[5] = weights[5].div_ceil(8);
        }
        let mut at = choose(weights.iter().sum());
        let kind = weights.iter().position(|weight| {
            let here = at < *weight;
            at = at.wrapping_sub(*weight);
            here
        });
        match kind {
            Some(0) => {
                let frame = self.confirmed(choose);
                Stimulus::Confirm { frame, hash: self.hash(frame, choose) }
            }
            Some(1) | None => Stimulus::TICK,
            Some(2) => {
                let frame = self.received(choose);
                Stimulus::peer(frame, self.hash(frame, choose))
            }
            Some(3) => Stimulus::Recv(Datagram::new(self.foreign(choose))),
            Some(4) => Stimulus::begin(self.rollback_frame(choose)),
            Some(5) => Stimulus::END,
            Some(6) => Stimulus::RESET,
            Some(7) => Stimulus::Channel(if choose(3) == 0 {
                ChannelState::Closed
            } else {
                ChannelState::Open
            }),
            Some(_) => Stimulus::Sends(sends(choose)),
        }
    }

    /// Takes note of what has come.
    pub fn note(&mut self, stimulus: &Stimulus) {
        match stimulus {
            Stimulus::Confirm { frame, .. } => {
                self.seen.push(*frame);
                if *frame == self.next {
                    // In a long game every frame is confirmed, in the others every fifth.
                    let step = if self.game == LONG { 1 } else { 5 };
                    self.next = self.next.saturating_add(step);
                }
            }
            Stimulus::Recv(datagram) => {
                if let [7, rest @ ..] = datagram.bytes()
                    && let Some((frame, _)) = rest.split_first_chunk()
                {
                    self.seen.push(u32::from_be_bytes(*frame));
                }
            }
            Stimulus::Rollback(Rollback::Begin(target)) => {
                (self.rolling, self.next) = (true, self.next.min(*target));
            }
            Stimulus::Rollback(Rollback::End) => self.rolling = false,
            Stimulus::Reset {} => (self.rolling, self.next) = (false, 0),
            _ => {}
        }
    }

    /// Most often the next frame; sometimes one that was there, or an edge.
    fn confirmed(&self, choose: &mut Choose<'_>) -> u32 {
        if self.collides && choose(3) > 0 {
            return self.colliding(choose);
        }
        match choose(20) {
            0 => EDGES[choose(6) as usize % EDGES.len()],
            1..=4 => self.one_seen(choose),
            _ => self.next,
        }
    }

    /// Most often a frame that was there, or the next one.
    fn received(&self, choose: &mut Choose<'_>) -> u32 {
        if self.collides && choose(3) > 0 {
            return self.colliding(choose);
        }
        match choose(12) {
            0 => EDGES[choose(6) as usize % EDGES.len()],
            1 => self.next.saturating_add(choose(1000)),
            2..=9 if self.game == AHEAD => self.next.saturating_add(choose(100_000)),
            2..=4 => self.next,
            _ => self.one_seen(choose),
        }
    }

    /// A frame that has the place of another one in a table of some size.
    fn colliding(&self, choose: &mut Choose<'_>) -> u32 {
        let size = match choose(3) {
            0 => TABLES[choose(8) as usize % TABLES.len()],
            _ => 1 << choose(32),
        };
        self.one_seen(choose).wrapping_add(size.wrapping_mul(1 + choose(2)))
    }

    fn rollback_frame(&self, choose: &mut Choose<'_>) -> u32 {
        match choose(12) {
            0 => EDGES[choose(6) as usize % EDGES.len()],
            1 => self.one_seen(choose).saturating_add(1),
            2 => self.one_seen(choose).saturating_sub(1),
            _ => self.one_seen(choose),
        }
    }

    /// One of the last frames that have occurred.
    fn one_seen(&self, choose: &mut Choose<'_>) -> u32 {
        let last = self.seen.len().min(8);
        let back = choose(u32::try_from(last.max(1)).unwrap_or(1)) as usize;
        self.seen.iter().rev().nth(back).copied().unwrap_or(self.next)
    }

    /// A malformed STATE_HASH, or another message that no peer answers with a STATE_HASH.
    fn foreign(&self, choose: &mut Choose<'_>) -> Vec<u8> {
        let frame = self.one_seen(choose);
        let mut bytes = Datagram::state_hash(frame, self.hash(frame, choose)).bytes().to_vec();
        let clock = [0; 8];
        match choose(14) {
            0..=2 => bytes.truncate(choose(13) as usize),
            3 | 4 => bytes.extend((0..=choose(3)).map(|byte| byte.to_be_bytes()[3])),
            5 => bytes[0] = 0x06,
            6 => bytes[0] = choose(256).to_be_bytes()[3],
            // Two messages in one datagram are not a message.
            7 => bytes.insert(0, 0x04),
            8 => bytes = [&[0x02][..], &clock, &bytes].concat(),
            9 => bytes = vec![0x04],
            10 => bytes = vec![0x14, 1, 0, 0, 0, 7],
            other => {
                let types = [0x02, 0x03, 0x10, 0x11];
                let message = types[(other + choose(4)) as usize % types.len()];
                bytes = [&[message][..], &clock].concat();
            }
        }
        bytes
    }

    /// The hash that both peers have of a frame; sometimes another one, often in one bit alone, and more
    /// often in the game with much to compare.
    fn hash(&self, frame: u32, choose: &mut Choose<'_>) -> StateHash {
        if choose(16) == 15 {
            return StateHash(LOOKALIKES[choose(4) as usize % LOOKALIKES.len()].to_be_bytes());
        }
        let number = u64::from(frame).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut bytes = number.to_be_bytes();
        let one_in = if self.game == COMPARING { 2 } else { 4 };
        if choose(one_in) == one_in - 1 {
            bytes[choose(8) as usize % 8] ^= 1 << choose(8);
        }
        StateHash(bytes)
    }
}

fn sends(choose: &mut Choose<'_>) -> Sends {
    let accept = u16::from(choose(4).to_be_bytes()[3]);
    let refuse = match choose(6) {
        0 | 1 => Refusals::Count(0),
        2 => Refusals::ALL,
        3 => Refusals::Count(1),
        4 => Refusals::Count(2),
        _ => Refusals::Count(3),
    };
    let how = if choose(2) == 0 { How::False } else { How::Throw };
    Sends { accept, refuse, how, types: Types::STATE_HASH }
}

/// A list of `length` stimuli.
pub fn stimuli(mut generator: Generator, length: usize, choose: &mut Choose<'_>) -> Vec<Stimulus> {
    let mut next = || {
        let stimulus = generator.stimulus(choose);
        generator.note(&stimulus);
        stimulus
    };
    (0..length).map(|_| next()).collect()
}

/// The numbers of a seed; each scenario has a stream of its own, so that `--filter` and `--fresh` leave
/// the others alone.
pub fn numbers(seed: u64, number: u64) -> impl FnMut(u32) -> u32 {
    // Below are the streams of the messages, one for each type byte.
    numbers_of_stream(seed, 256 + number)
}

/// The numbers of a stream of a seed.
pub(super) fn numbers_of_stream(seed: u64, stream: u64) -> impl FnMut(u32) -> u32 {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    rng.set_stream(stream);
    move |below| rng.next_u32() % below.max(1)
}

/// How many random scenarios come with `fresh` fresh cases of each message.
#[must_use]
pub const fn with_fresh(fresh: u32) -> u32 {
    fresh.saturating_mul(8)
}

/// The scenarios of a seed.
#[must_use]
pub fn scenarios(seed: u64, count: u32) -> Vec<Scenario> {
    (0..count)
        .map(|number| {
            let mut choose = numbers(seed, u64::from(number));
            // Few are long enough to reach the bound of the history, or to fill the map: what long ones
            // show takes most of the time of a run.
            let stimuli = match number % 64 {
                15 => stimuli(Generator::of_a_long_game(), 220, &mut choose),
                31 => crowds::stimuli(&mut choose),
                47 => stimuli(Generator::of_a_peer_far_ahead(), 220, &mut choose),
                23 | 63 => stimuli(Generator::of_colliding_frames(), 50, &mut choose),
                _ => {
                    let generator = Generator::new(&mut choose);
                    let length = 20 + choose(40) as usize;
                    stimuli(generator, length, &mut choose)
                }
            };
            let comment = "random stimuli";
            scenario(&format!("fresh/exchange/{number}"), "EXCH-8", comment, stimuli)
        })
        .collect()
}

/// A scenario of these stimuli. It states no expectations: a run works out what is to be observed.
#[must_use]
pub fn scenario(id: &str, rule: &str, comment: &str, stimuli: Vec<Stimulus>) -> Scenario {
    let steps = stimuli
        .into_iter()
        .map(|stimulus| Step { stimulus, expect: Expectation::default() })
        .collect();
    Scenario {
        id: id.to_owned(),
        since: 4,
        until: None,
        source: Source::Model,
        rules: vec![rule.to_owned()],
        level: Level::Must,
        comment: comment.to_owned(),
        flags: Vec::new(),
        requires: Vec::new(),
        peer: None,
        precondition: Precondition { step: 0, state: Expectation::default() },
        steps,
        checks: vec![CheckKind::Run],
    }
}

/// The state before the last step as the precondition: what a shrunk scenario is about.
pub fn about_the_last_step(scenario: &mut Scenario, model: &Model) {
    let last = scenario.steps.len().saturating_sub(1);
    let before = last.checked_sub(1).and_then(|at| scenario.observed(model, true).nth(at));
    let Observation { queue, history, .. } = before.unwrap_or_default();
    let state =
        Expectation { queue: Some(queue), history: Some(history), ..Expectation::default() };
    scenario.precondition = Precondition { step: last, state };
}
