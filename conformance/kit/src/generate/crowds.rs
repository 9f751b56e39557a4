//! Random scenarios in which hundreds or thousands of entries are waiting: more than a fixed array, a ring
//! or a small integer holds.

use rollwire_model::exchange::{
    ChannelState, How, LEAST_MAP_BOUND, Refusals, Sends, StateHash, Stimulus, Types,
};

use super::random::Choose;

/// How many entries there are, one more than something that often has a bound.
const SIZES: [u32; 8] = [70, 130, 260, 520, 1030, 1030, 2050, 4097];

/// The most stimuli of a scenario.
const MOST: usize = 8000;

/// As many hashes of the peer as every implementation has to keep, of those that it does not compare and
/// of the events, too (EXCH-19, DETECT-14).
const HASHES: u32 = 4096;

const _: () = assert!(HASHES as usize == LEAST_MAP_BOUND, "EXCH-19");

/// The stimuli of a scenario.
pub fn stimuli(choose: &mut Choose<'_>) -> Vec<Stimulus> {
    let size = one_of(&SIZES, choose);
    let stride = one_of(&[1, 5, 5, 64, 1000], choose);
    let mut crowd = Crowd { stimuli: Vec::new(), size, stride, next: 0, hashes: HASHES };
    for _ in 0..2 + choose(4) {
        crowd.something_happens(choose);
    }
    crowd.stimuli.push(Stimulus::TICK);
    crowd.stimuli.truncate(MOST);
    crowd.stimuli
}

fn one_of(numbers: &[u32], choose: &mut Choose<'_>) -> u32 {
    let count = u32::try_from(numbers.len()).unwrap_or(1);
    numbers[choose(count) as usize % numbers.len()]
}

struct Crowd {
    stimuli: Vec<Stimulus>,
    size: u32,
    stride: u32,
    /// The number of the next frame.
    next: u32,
    /// How many hashes of the peer may still come.
    hashes: u32,
}

impl Crowd {
    fn something_happens(&mut self, choose: &mut Choose<'_>) {
        match choose(9) {
            0..=2 => self.waits(choose),
            3 => self.sends_in_turn(),
            4 | 5 => self.receives(choose),
            6 => self.differs(choose),
            7 => self.pairs(choose),
            _ => self.goes_back(choose),
        }
    }

    /// The frame with this number.
    fn frame(&self, number: u32) -> u32 {
        number.wrapping_mul(self.stride)
    }

    /// The numbers of the next frames, in one of some orders.
    fn numbers(&mut self, count: u32, choose: &mut Choose<'_>) -> Vec<u32> {
        let (from, half) = (self.next, count / 2);
        self.next += count;
        let mut numbers: Vec<u32> = match choose(4) {
            0 => (0..count).rev().collect(),
            // From both halves in turn, so that a rollback removes every other one.
            1 => (0..count)
                .map(|at| if at % 2 == 0 { at / 2 } else { count - half + at / 2 })
                .collect(),
            _ => (0..count).collect(),
        };
        numbers.iter_mut().for_each(|number| *number += from);
        numbers
    }

    fn confirm(&mut self, number: u32) {
        let frame = self.frame(number);
        self.stimuli.push(Stimulus::Confirm { frame, hash: hash(frame, 0) });
    }

    /// A hash of the peer, if there is room for it.
    fn receive(&mut self, number: u32, other: u32) {
        if self.hashes > 0 {
            self.hashes -= 1;
            let frame = self.frame(number);
            self.stimuli.push(Stimulus::peer(frame, hash(frame, other)));
        }
    }

    /// Hashes are confirmed and cannot be sent; then they are, unless a rollback removes some before.
    fn waits(&mut self, choose: &mut Choose<'_>) {
        let way = choose(3);
        self.stimuli.push(match way {
            0 => Stimulus::Channel(ChannelState::Closed),
            1 => sends(Refusals::ALL),
            _ => Stimulus::begin(u32::MAX),
        });
        let from = self.next;
        for number in self.numbers(self.size, choose) {
            self.confirm(number);
        }
        if choose(3) == 0 {
            let target = self.frame(from + self.size / 2);
            self.stimuli.extend([Stimulus::begin(target), Stimulus::END]);
        }
        self.stimuli.push(match way {
            0 => Stimulus::Channel(ChannelState::Open),
            1 => sends(Refusals::Count(0)),
            _ => Stimulus::END,
        });
        self.stimuli.push(Stimulus::TICK);
    }

    /// Few hashes wait at any time, and many are sent together.
    fn sends_in_turn(&mut self) {
        for _ in 0..self.size.div_ceil(4) {
            for _ in 0..4 {
                self.confirm(self.next);
                self.next += 1;
            }
            self.stimuli.push(Stimulus::TICK);
        }
    }

    /// The peer is far ahead, and some of its frames are confirmed later.
    fn receives(&mut self, choose: &mut Choose<'_>) {
        let other = choose(2);
        let numbers = self.numbers(self.size, choose);
        for number in &numbers {
            self.receive(*number, other);
        }
        if choose(2) == 0 {
            let target = self.frame(self.next - self.size / 2);
            self.stimuli.extend([Stimulus::begin(target), Stimulus::END]);
        }
        let some = numbers.len().div_ceil(50);
        for number in numbers.into_iter().step_by(some) {
            self.confirm(number);
        }
    }

    /// The peer repeats a hash that differs.
    fn differs(&mut self, choose: &mut Choose<'_>) {
        let number = self.next;
        self.next += 1;
        self.confirm(number);
        for _ in 0..self.size {
            self.receive(number, 1 + choose(3));
        }
    }

    /// Many pairs are complete at the end of a rollback.
    fn pairs(&mut self, choose: &mut Choose<'_>) {
        self.stimuli.push(Stimulus::begin(u32::MAX));
        let numbers = self.numbers(self.size.min(120), choose);
        for number in &numbers {
            self.confirm(*number);
        }
        for number in numbers {
            self.receive(number, choose(2));
        }
        self.stimuli.push(Stimulus::END);
    }

    /// A rollback over some of what there is.
    fn goes_back(&mut self, choose: &mut Choose<'_>) {
        let target = choose(self.next + 1);
        self.stimuli.extend([Stimulus::begin(self.frame(target)), Stimulus::END]);
    }
}

fn sends(refuse: Refusals) -> Stimulus {
    Stimulus::Sends(Sends { accept: 0, refuse, how: How::False, types: Types::STATE_HASH })
}

/// The hash of a frame, or another one.
fn hash(frame: u32, other: u32) -> StateHash {
    let number = u64::from(frame).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    StateHash((number ^ u64::from(other)).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use rollwire_model::{Model, exchange::Session};

    use super::*;
    use crate::generate::random::Random;

    /// No right implementation may fail for something that it may bound.
    #[test]
    fn nothing_is_asked_for_that_need_not_be_kept() {
        let model = Model::latest();
        let (mut queue, mut map, mut events) = (0, 0, 0);
        for seed in 0..60 {
            let mut random = Random::new(seed, 1);
            let stimuli = stimuli(&mut |limit| random.choose(limit));
            assert!((2..=MOST).contains(&stimuli.len()), "{}", stimuli.len());
            let mut session = Session::specified(&model);
            for stimulus in stimuli {
                session.apply(&stimulus);
                let state = session.state();
                assert!(
                    state.map.len() <= LEAST_MAP_BOUND && state.events.len() <= LEAST_MAP_BOUND
                );
                queue = queue.max(state.queue.len());
                map = map.max(state.map.len());
                events = events.max(state.events.len());
            }
        }
        assert!(queue > 4096 && map > 2048 && events > 1024, "{queue}, {map}, {events}");
    }
}
