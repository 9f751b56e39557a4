//! Scenarios of a whole peer from a seed.
//!
//! The generator plays the model beside what it makes: so it knows which PING can be answered, which
//! episode is on, which inputs lack, and when the next timers are due. Most of what comes next is near
//! these things, or just beside them.

use rollwire_model::{
    Model,
    exchange::{
        ChannelState, Datagram, How, ReadyHash, Refusals, Sends, StateHash, Stimulus, Types,
    },
    peer::{
        self, InputEntry, Message, Phase, Setup, State, Timer, bits_of,
        notation::{started, validated},
    },
    vectors::Scenario,
};

use super::{
    random::Choose,
    scenarios::{numbers_of_stream, scenario},
};

/// The stream of the first scenario: no scenario of an exchange has it.
const STREAM: u64 = 1 << 40;

/// First frames near the ends of the range.
const FIRST_FRAMES: [u32; 6] = [0, 0, 0, 5, u32::MAX - 12, u32::MAX];

/// Times at which deployed timers fire, and those around them.
const TIMES: [u32; 12] = [0, 1, 100, 250, 499, 500, 501, 1000, 2000, 3000, 5000, 15_000];

/// Hashes of READYs.
const HASHES: [ReadyHash; 2] = [ReadyHash(*b"aaaaaaaa"), ReadyHash(*b"0123abcd")];

/// First bytes of the datagrams that a peer sends.
const SENT: [u8; 11] = [1, 2, 3, 5, 6, 7, 0x10, 0x11, 0x12, 0x13, 0x14];

/// How often each kind of stimulus comes: time, act, input, other messages, READY, END, ready, ended,
/// catch_up, request, response, focus, FOCUS_STATE, channel, sends, exchange, malformed, reset.
type Weights = [u32; 18];

/// Different games: an even mixture, a handshake, a game with holes, short episodes, and a bad channel.
const GAMES: [Weights; 5] = [
    [20, 20, 16, 8, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 4, 8, 2, 1],
    [30, 4, 4, 30, 2, 1, 2, 1, 1, 1, 1, 3, 3, 8, 8, 1, 2, 0],
    [10, 24, 24, 2, 1, 1, 1, 1, 10, 6, 8, 1, 1, 3, 4, 1, 1, 1],
    [20, 10, 10, 2, 14, 14, 10, 10, 3, 1, 2, 1, 1, 3, 3, 8, 1, 0],
    [24, 20, 10, 6, 4, 4, 4, 3, 4, 4, 2, 4, 3, 16, 18, 2, 1, 1],
];

/// A generator, with the peer that it plays.
struct Generator {
    weights: Weights,
    peer: peer::Session,
    /// Timestamps of the last PINGs and VALIDATION_PINGs that were sent.
    pinged: Vec<u64>,
}

impl Generator {
    fn state(&self) -> &State {
        self.peer.state()
    }

    fn take(&mut self, stimulus: &Stimulus, model: &Model) {
        for datagram in self.peer.apply(stimulus) {
            if let Some(Message::Ping { timestamp } | Message::ValidationPing { timestamp }) =
                Message::read(model, &datagram)
            {
                self.pinged.push(timestamp);
            }
        }
        let surplus = self.pinged.len().saturating_sub(40);
        self.pinged.drain(..surplus);
    }

    fn stimulus(&self, choose: &mut Choose<'_>) -> Stimulus {
        let mut weights = self.weights;
        match self.phase() {
            None | Some(Phase::Complete) => weights[6] *= 6,
            Some(Phase::Waiting) => weights[4] *= 4,
            Some(Phase::Playing) => {}
            Some(Phase::Ending) => weights[5] *= 4,
        }
        if self.state().opened.is_none() {
            weights[13] *= 3;
        }
        let mut at = choose(weights.iter().sum());
        let kind = weights.iter().position(|weight| {
            let here = at < *weight;
            at = at.wrapping_sub(*weight);
            here
        });
        match kind {
            Some(0) | None => Stimulus::Advance(self.time(choose)),
            Some(1) => self.act(choose),
            Some(2) => received(&Message::Input {
                player: self.player(choose),
                current_frame: self.frame(choose),
                entries: self.entries(1 + choose(15), choose),
            }),
            Some(3) => received(&self.ping_or_pong(choose)),
            Some(4) => received(&Message::EpisodeReady {
                episode: self.ready_number(choose),
                hash: HASHES[choose(2) as usize % 2].0,
            }),
            Some(5) => received(&Message::EpisodeEnd {
                frame: self.frame(choose),
                episode: self.ready_number(choose).saturating_sub(1),
            }),
            Some(6) => Stimulus::Ready { hash: HASHES[choose(2) as usize % 2] },
            Some(7) => Stimulus::Ended { frame: self.frame(choose) },
            Some(8) => Stimulus::CatchUp {},
            Some(9) => received(&self.request(choose)),
            Some(10) => received(&Message::InputResponse {
                player: self.player(choose),
                entries: self.entries(choose(24), choose),
            }),
            Some(11) => Stimulus::Focus { shown: choose(2) == 0, frame: self.frame(choose) },
            Some(12) => received(&Message::FocusState {
                focused: choose(2) == 0,
                frame: self.frame(choose),
            }),
            Some(13) => Stimulus::Channel(match self.state().opened.is_some() == (choose(8) > 0) {
                true => ChannelState::Closed,
                false => ChannelState::Open,
            }),
            Some(14) => Stimulus::Sends(sends(choose)),
            Some(15) => self.of_exchange(choose),
            Some(16) => Stimulus::Recv(self.malformed(choose)),
            Some(_) => Stimulus::RESET,
        }
    }

    /// Seldom, the same again and again, or many acts in a row: some bounds show only then.
    fn burst(&self, last: Option<&Stimulus>, choose: &mut Choose<'_>) -> Vec<Stimulus> {
        let times = 5 + choose(14);
        match (choose(48), last) {
            (0, _) => {
                let next = self.state().inputs.next.unwrap_or(u32::MAX);
                let act = |frame| Stimulus::Act { frame, action: action(frame, choose) };
                (0..times).map(|number| next.saturating_add(number)).map(act).collect()
            }
            (1, Some(last @ (Stimulus::Recv(_) | Stimulus::Act { .. }))) => {
                (0..times).map(|_| last.clone()).collect()
            }
            (2, Some(last @ Stimulus::Recv(_))) => {
                (0..times).flat_map(|_| [Stimulus::Advance(250), last.clone()]).collect()
            }
            (3, _) => vec![Stimulus::Channel(ChannelState::Closed)],
            _ => Vec::new(),
        }
    }

    fn phase(&self) -> Option<Phase> {
        self.state().episodes.current.as_ref().map(|episode| episode.phase)
    }

    /// Often just up to one of the next timers, or a millisecond beside it.
    fn time(&self, choose: &mut Choose<'_>) -> u32 {
        let due = Timer::ALL.into_iter().filter_map(|timer| timer.due(self.state()));
        let mut due: Vec<u64> = due.map(|at| at.saturating_sub(self.state().clock)).collect();
        due.sort_unstable();
        let picked = due.get(choose(3) as usize).and_then(|it| u32::try_from(*it).ok());
        match (picked, choose(6)) {
            (Some(time), 0..=2) => time,
            (Some(time), 3) => time.saturating_sub(1),
            (Some(time), 4) => time.saturating_add(1),
            _ => TIMES[choose(12) as usize % TIMES.len()],
        }
    }

    /// Most often the next own frame.
    fn act(&self, choose: &mut Choose<'_>) -> Stimulus {
        let next = self.state().inputs.next.unwrap_or(u32::MAX);
        let frame = match choose(16) {
            0 => next.wrapping_add(1),
            1 => next.wrapping_sub(1),
            2 => self.frame(choose),
            _ => next,
        };
        Stimulus::Act { frame, action: action(frame, choose) }
    }

    /// The partner, and sometimes another player.
    fn player(&self, choose: &mut Choose<'_>) -> u16 {
        match choose(10) {
            0 => u16::from(self.state().setup.local),
            1 => 2,
            2 => u16::MAX,
            _ => self.state().setup.partner(),
        }
    }

    /// A frame near the confirmed one, or at a bound.
    fn frame(&self, choose: &mut Choose<'_>) -> u32 {
        let base = self.state().base();
        let beyond = match choose(20) {
            0 => -i64::from(choose(5)),
            1 => 128,
            2 => 129,
            3 => 1024 + i64::from(choose(3)),
            4 => 4095 + i64::from(choose(3)),
            5 => i64::from(choose(100_000)),
            6 => return choose(u32::MAX),
            _ => i64::from(choose(14)),
        };
        u32::try_from((base + 1 + beyond).max(0)).unwrap_or(u32::MAX)
    }

    /// Entries in a row from a frame on, with a few that are missing, repeated or out of order.
    fn entries(&self, count: u32, choose: &mut Choose<'_>) -> Vec<InputEntry> {
        let first = self.frame(choose);
        let mut entries = Vec::new();
        for number in 0..count {
            let frame = first.saturating_add(number);
            match choose(16) {
                0 => {}
                1 => {
                    let frame = self.frame(choose);
                    entries.push((frame, action(frame, choose)));
                }
                2 => entries.insert(0, (frame, action(frame, choose))),
                _ => entries.push((frame, action(frame, choose))),
            }
        }
        if entries.is_empty() && count > 0 {
            entries.push((first, action(first, choose)));
        }
        entries.truncate(count as usize);
        entries
    }

    fn ping_or_pong(&self, choose: &mut Choose<'_>) -> Message {
        let last = self.pinged.len().min(36);
        let back = choose(u32::try_from(last.max(1)).unwrap_or(1)) as usize;
        let sent = self.pinged.iter().rev().nth(back).copied();
        let timestamp = match (sent, choose(8)) {
            (Some(sent), 0..=5) => sent,
            (Some(sent), 6) => sent ^ 1,
            _ => [bits_of(0), 1 << 63, 0x7ff8 << 48, bits_of(100)][choose(4) as usize % 4],
        };
        match choose(9) {
            0 | 1 => Message::Ping { timestamp },
            2..=4 => Message::Pong { timestamp },
            5 => Message::ValidationPing { timestamp },
            6 | 7 => Message::ValidationPong { timestamp },
            _ => Message::Keepalive,
        }
    }

    /// The number in the READY of the current episode, or of another one.
    fn ready_number(&self, choose: &mut Choose<'_>) -> u32 {
        let current = self.state().episodes.current.as_ref();
        let number = current.map_or(0, |episode| episode.ends.number + 1);
        match choose(8) {
            0 => number.saturating_sub(1),
            1 | 2 => number + 1,
            3 => number + 2,
            4 if choose(4) == 0 => u32::MAX,
            _ => number,
        }
    }

    fn request(&self, choose: &mut Choose<'_>) -> Message {
        let own = self.state().inputs.own.first().map_or(0, |entry| entry.0);
        let start = if choose(2) == 0 { own } else { self.frame(choose).saturating_sub(8) };
        let end = match choose(5) {
            0 => u32::MAX,
            1 => start,
            _ => start.saturating_add(choose(40)),
        };
        Message::InputRequest { start, end }
    }

    fn of_exchange(&self, choose: &mut Choose<'_>) -> Stimulus {
        let frame = self.state().setup.first_frame.saturating_add(5 * choose(60));
        let other = if choose(4) == 0 { 1 } else { 0 };
        let hash = StateHash((u64::from(frame) << 8 | other).to_be_bytes());
        match choose(8) {
            0..=2 => Stimulus::Confirm { frame, hash },
            3 => Stimulus::TICK,
            4 | 5 => Stimulus::peer(frame, hash),
            6 => Stimulus::begin(frame),
            _ => Stimulus::END,
        }
    }

    /// A message with a byte too many or too few.
    fn malformed(&self, choose: &mut Choose<'_>) -> Datagram {
        let whole = match choose(3) {
            0 => self.ping_or_pong(choose),
            1 => Message::EpisodeReady { episode: self.ready_number(choose), hash: HASHES[0].0 },
            _ => Message::Input {
                player: self.player(choose),
                current_frame: self.frame(choose),
                entries: self.entries(3, choose),
            },
        };
        let mut bytes = whole.datagram().bytes().to_vec();
        if choose(2) == 0 {
            bytes.pop();
        } else {
            bytes.push(0);
        }
        Datagram::new(bytes)
    }
}

fn received(message: &Message) -> Stimulus {
    Stimulus::Recv(message.datagram())
}

/// The action that a player takes at a frame, and seldom another one.
fn action(frame: u32, choose: &mut Choose<'_>) -> u8 {
    let usual = frame.wrapping_mul(7).to_be_bytes()[3];
    if choose(8) == 0 { choose(256).to_be_bytes()[3] } else { usual }
}

fn sends(choose: &mut Choose<'_>) -> Sends {
    let refuse = match choose(5) {
        0 | 1 => Refusals::Count(0),
        2 => Refusals::ALL,
        3 => Refusals::Count(1),
        _ => Refusals::Count(2),
    };
    let mut bytes = vec![SENT[choose(11) as usize % SENT.len()]];
    if choose(3) == 0 {
        bytes = SENT.to_vec();
    }
    Sends {
        accept: u16::from(choose(3).to_be_bytes()[3]),
        refuse,
        how: if choose(2) == 0 { How::False } else { How::Throw },
        types: Types::of(&bytes).unwrap_or_default(),
    }
}

/// A random scenario of this many stimuli: the peer, and what happens to it.
pub fn stimuli(length: usize, choose: &mut Choose<'_>) -> (Setup, Vec<Stimulus>) {
    let setup = Setup {
        local: choose(2).to_be_bytes()[3],
        first_frame: FIRST_FRAMES[choose(6) as usize % FIRST_FRAMES.len()],
    };
    let model = Model::latest();
    let weights = GAMES[choose(5) as usize % GAMES.len()];
    let peer = peer::Session::specified(&model, setup);
    let mut generator = Generator { weights, peer, pinged: Vec::new() };
    let mut made = Vec::new();
    if choose(4) > 0 {
        made.extend(started());
    }
    if choose(4) > 1 {
        made.extend(validated());
    }
    made.iter().for_each(|stimulus| generator.take(stimulus, &model));
    while made.len() < length {
        for stimulus in generator.burst(made.last(), choose) {
            generator.take(&stimulus, &model);
            made.push(stimulus);
        }
        let stimulus = generator.stimulus(choose);
        generator.take(&stimulus, &model);
        made.push(stimulus);
    }
    (setup, made)
}

/// How many random scenarios of peers come with `fresh` fresh cases of each message.
#[must_use]
pub const fn with_fresh(fresh: u32) -> u32 {
    fresh.saturating_mul(8)
}

/// The scenarios of a seed.
#[must_use]
pub fn scenarios(seed: u64, count: u32) -> Vec<Scenario> {
    let one = |number: u32| {
        let mut choose = numbers_of_stream(seed, STREAM + u64::from(number));
        let length = 20 + choose(40) as usize;
        let (setup, stimuli) = stimuli(length, &mut choose);
        of_peer(&format!("fresh/peer/{number}"), "random stimuli", setup, stimuli)
    };
    (0..count).map(one).collect()
}

/// A scenario of a peer. It requires nothing: an adapter is given the stimuli of what it declares.
#[must_use]
pub fn of_peer(id: &str, comment: &str, setup: Setup, stimuli: Vec<Stimulus>) -> Scenario {
    let mut scenario = scenario(id, "PEER-1", comment, stimuli);
    (scenario.peer, scenario.since) = (Some(setup), 7);
    scenario
}
