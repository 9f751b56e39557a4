//! What has happened to an exchange, as far as it explains what goes wrong later.
//!
//! What is wrong is often seen long after the rule was broken: a hash that a rollback failed to withdraw is
//! sent by a later tick. So the life of each frame is followed: when it was queued, confirmed again,
//! withdrawn, sent, and what came between.

use std::collections::BTreeMap;

use rollwire_model::exchange::{Datagram, HISTORY, How, Rollback, State, Stimulus};

/// The lives of this many frames are followed, the highest ones, so that the memory stays bounded.
const FRAMES: usize = 65_536;

/// The number of a stimulus, counted from 1; 0 stands for never.
pub(super) type When = u64;

/// Why a frame left the local history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    Rollback,
    Bound,
    Reset,
}

/// What has happened to one frame.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Life {
    /// When it was confirmed as a new frame, whether in a rollback or while the channel was closed, and
    /// why it was not in the history any more if it had been there before.
    pub(super) queued: When,
    pub(super) in_rollback: bool,
    pub(super) while_closed: bool,
    pub(super) anew: Option<Left>,
    /// When it was confirmed although it was in the history, and how many frames were newer.
    pub(super) again: When,
    pub(super) newer: usize,
    /// Why it is not in the history, and since when.
    left: Option<Left>,
    pub(super) left_at: When,
    /// When a rollback took it out of the queue, the target of the last rollback that withdrew it from
    /// anything, and whether another one was in progress.
    pub(super) withdrawn: When,
    pub(super) target: u32,
    pub(super) by_inner: bool,
    /// When a reset took it out of the queue, and when it was sent.
    pub(super) reset: When,
    pub(super) sent: When,
    /// The same for the peer's hash: when it came and how often, and what took it out of the map.
    pub(super) received: When,
    pub(super) times_received: u32,
    pub(super) received_while_closed: bool,
    pub(super) received_in_rollback: bool,
    pub(super) map_withdrawn: When,
    pub(super) map_reset: When,
    pub(super) compared: When,
}

/// When something happened last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Last {
    /// A tick that sent something.
    pub(super) sending: When,
    pub(super) tick_in_rollback: When,
    pub(super) tick_while_closed: When,
    /// A refused send, and one that ended with an error.
    pub(super) refusal: When,
    pub(super) error: When,
    pub(super) begin: When,
    pub(super) end: When,
    /// The end of a rollback that was begun more than once, and an end that ended nothing.
    pub(super) nested_end: When,
    pub(super) stray_end: When,
    pub(super) reset: When,
    pub(super) reset_in_rollback: When,
    pub(super) reset_while_closed: When,
    pub(super) channel: When,
    /// A datagram that is not a STATE_HASH.
    pub(super) other_datagram: When,
    pub(super) mismatch: When,
}

/// The past of an exchange.
#[derive(Clone, Debug, Default)]
pub struct Past {
    now: When,
    lives: BTreeMap<u32, Life>,
    pub(super) last: Last,
    /// Whether the rollback in progress was begun more than once.
    pub(super) nested: bool,
    /// Whether a send that is refused ends with an error.
    pub(super) throws: bool,
    events: usize,
}

impl Past {
    /// Takes in a stimulus and the state before it.
    pub fn before(&mut self, state: &State, stimulus: &Stimulus) {
        self.now += 1;
        self.events = state.events.len();
        let (now, rolling_back) = (self.now, state.rollbacks > 0);
        match stimulus {
            Stimulus::Confirm { frame, .. } => self.confirm(state, *frame),
            Stimulus::Tick {} if rolling_back => self.last.tick_in_rollback = now,
            Stimulus::Tick {} if state.closed => self.last.tick_while_closed = now,
            Stimulus::Recv(datagram) => match datagram.entry() {
                Some((frame, _)) => {
                    let life = self.life_mut(frame);
                    life.received = now;
                    life.times_received = life.times_received.saturating_add(1);
                    (life.received_while_closed, life.received_in_rollback) =
                        (state.closed, rolling_back);
                }
                None => self.last.other_datagram = now,
            },
            Stimulus::Rollback(Rollback::Begin(target)) => self.begin(state, *target),
            Stimulus::Rollback(Rollback::End) => {
                let last = match (rolling_back, self.nested) {
                    (false, _) => &mut self.last.stray_end,
                    (true, true) => &mut self.last.nested_end,
                    (true, false) => &mut self.last.end,
                };
                *last = now;
                self.nested = false;
            }
            Stimulus::Reset {} => self.reset(state),
            Stimulus::Channel(_) => self.last.channel = now,
            Stimulus::Sends(sends) => self.throws = sends.how == How::Throw,
            // A tick changes nothing; those of a peer change nothing in its exchange.
            _ => {}
        }
        while self.lives.len() > FRAMES {
            self.lives.pop_first();
        }
    }

    /// Takes in what a stimulus rightly did: what it sent, and the state after it.
    pub fn after(&mut self, stimulus: &Stimulus, sent: &[Datagram], state: &State) {
        let now = self.now;
        for (frame, _) in sent.iter().filter_map(Datagram::entry) {
            self.last.sending = now;
            self.life_mut(frame).sent = now;
        }
        let can_send = state.rollbacks == 0 && !state.closed;
        if *stimulus == Stimulus::TICK && can_send && !state.queue.is_empty() {
            self.last.refusal = now;
            if self.throws {
                self.last.error = now;
            }
        }
        if state.events.len() > self.events {
            self.last.mismatch = now;
        }
    }

    /// A send of the tick at hand was refused; `with_error` if it is known that it threw.
    pub fn refusals_throw(&mut self, with_error: bool) {
        self.throws = with_error;
    }

    /// What has happened to a frame.
    pub(super) fn life(&self, frame: u32) -> Life {
        self.lives.get(&frame).copied().unwrap_or_default()
    }

    fn life_mut(&mut self, frame: u32) -> &mut Life {
        self.lives.entry(frame).or_default()
    }

    fn confirm(&mut self, state: &State, frame: u32) {
        let now = self.now;
        let place = state.history.iter().position(|entry| entry.0 == frame);
        let has_peer = state.peer(frame).is_some() && state.rollbacks == 0;
        let life = self.life_mut(frame);
        if let Some(place) = place {
            (life.again, life.newer) = (now, state.history.len() - 1 - place);
            return;
        }
        life.queued = now;
        (life.in_rollback, life.while_closed) = (state.rollbacks > 0, state.closed);
        life.anew = life.left.take();
        if has_peer {
            life.compared = now;
        }
        if let Some((oldest, _)) = state.history.first().filter(|_| state.history.len() >= HISTORY)
        {
            self.leaves(*oldest, Left::Bound);
        }
    }

    fn leaves(&mut self, frame: u32, why: Left) {
        let now = self.now;
        let life = self.life_mut(frame);
        (life.left, life.left_at) = (Some(why), now);
    }

    fn begin(&mut self, state: &State, target: u32) {
        let now = self.now;
        self.last.begin = now;
        self.nested = state.rollbacks > 0;
        let by_inner = self.nested;
        for (frame, _) in state.queue.iter().filter(|entry| entry.0 >= target) {
            let life = self.life_mut(*frame);
            (life.withdrawn, life.target, life.by_inner) = (now, target, by_inner);
        }
        for (frame, _) in state.map.iter().filter(|entry| entry.0 >= target) {
            self.life_mut(*frame).map_withdrawn = now;
        }
        for (frame, _) in state.history.iter().filter(|entry| entry.0 >= target) {
            self.leaves(*frame, Left::Rollback);
            self.life_mut(*frame).target = target;
        }
    }

    fn reset(&mut self, state: &State) {
        let now = self.now;
        self.last.reset = now;
        if state.rollbacks > 0 {
            self.last.reset_in_rollback = now;
        }
        if state.closed {
            self.last.reset_while_closed = now;
        }
        self.nested = false;
        for (frame, _) in &state.queue {
            self.life_mut(*frame).reset = now;
        }
        for (frame, _) in &state.map {
            self.life_mut(*frame).map_reset = now;
        }
        for (frame, _) in &state.history {
            self.leaves(*frame, Left::Reset);
        }
    }
}
