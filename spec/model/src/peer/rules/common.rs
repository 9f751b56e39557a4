//! PEER: what holds for every message of a peer.

use crate::{
    Model,
    exchange::{Datagram, How},
    peer::{
        message::Message,
        state::State,
        timers::{self, Timer},
    },
};

/// The rules of PEER.
#[derive(Clone, Copy, Debug)]
pub struct CommonRules {
    /// PEER-1, PEER-2: the next timer that is due up to a time, and when.
    pub next_timer: fn(&State, u64) -> Option<(u64, Timer)>,
    /// PEER-1: the clock after an advance by so much; the first is the time before it.
    pub clock_after: fn(&mut State, u64, u64) -> u64,
    /// PEER-3: whether a message is handed to the channel.
    pub hands: fn(&State, &Message) -> bool,
    /// PEER-3: what follows from a refused send.
    pub refused: fn(&mut State, &Message, How),
    /// PEER-3: what is handed over before anything else at the next stimulus.
    pub tries_again: fn(&mut State) -> Option<Message>,
    /// PEER-4: what a datagram means.
    pub reads: fn(&Model, &mut State, &Datagram) -> Option<Message>,
}

impl CommonRules {
    /// The rules as the specification has them.
    pub const SPECIFIED: Self = Self {
        next_timer: timers::next,
        clock_after: |_, before, milliseconds| before + milliseconds,
        hands: |state, _| state.opened.is_some(),
        refused: |_, _, _| {},
        tries_again: |_| None,
        reads: |model, _, datagram| Message::read(model, datagram),
    };
}
