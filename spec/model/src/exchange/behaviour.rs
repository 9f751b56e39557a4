//! The exchange as a table of its rules: one function for each.
//!
//! A wrong implementation is this table with an entry replaced, as a wrong codec is a layout with a
//! field changed. `specified` holds the specification's entries, `session` the order in which they are
//! applied.

use super::{
    state::{Entry, Mismatch, State},
    stimulus::{Datagram, How, StateHash, Stimulus},
};
use crate::Model;

/// A send that was refused.
#[derive(Clone, Copy, Debug)]
pub struct Refused<'a> {
    /// The entry that was to be sent. It is no longer in the queue.
    pub entry: Entry,
    /// How it was refused.
    pub how: How,
    /// The entries that the same tick sent before.
    pub sent: &'a [Entry],
}

/// The rules of EXCH and DETECT.
#[derive(Clone, Copy, Debug)]
pub struct Behaviour {
    /// EXCH-1: a confirmed frame enters the history.
    pub remembers: fn(&mut State, Entry),
    /// EXCH-1: a confirmed frame enters the queue.
    pub queues: fn(&mut State, Entry),
    /// EXCH-2 and EXCH-5: whether a confirmed frame is already known.
    pub knows: fn(&State, u32) -> bool,
    /// EXCH-2: what is done with a frame that is known.
    pub confirmed_again: fn(&mut State, Entry),
    /// EXCH-3 and EXCH-4: the history drops the entries above its bound.
    pub bounds: fn(&mut State),
    /// EXCH-6: whether a stimulus sends before it is applied.
    pub sends_before: fn(&Stimulus) -> bool,
    /// EXCH-6: whether a stimulus sends.
    pub sends_on: fn(&Stimulus) -> bool,
    /// EXCH-36: a tick begins to send.
    pub begins_sending: fn(&mut State),
    /// EXCH-7: takes the next entry to send out of the queue. With lasting hashes, EXCH-36: it stays there.
    pub takes: fn(&mut State) -> Option<Entry>,
    /// EXCH-8 and EXCH-14: after an accepted send; whether the tick goes on.
    pub accepted: fn(&mut State, Entry) -> bool,
    /// EXCH-9: whether a tick waits because of a rollback.
    pub waits_for_rollback: fn(&mut State) -> bool,
    /// EXCH-10: whether a tick waits because of the channel.
    pub waits_for_channel: fn(&mut State) -> bool,
    /// EXCH-10: the channel has opened or closed.
    pub hears_of_channel: fn(&mut State, bool),
    /// EXCH-11, EXCH-12 and EXCH-13: after a refused send; whether the tick goes on.
    pub refused: fn(&mut State, Refused<'_>) -> bool,
    /// EXCH-15 and EXCH-17: whether a received hash is stored at all.
    pub listens: fn(&State, Entry) -> bool,
    /// EXCH-16: stores a received hash.
    pub stores: fn(&mut State, Entry),
    /// EXCH-19: the map drops the entries above its bound, if it has one.
    pub bounds_map: fn(&mut State),
    /// EXCH-18: the frame and the hash in a datagram.
    pub reads: fn(&Model, &mut State, &Datagram) -> Option<Entry>,
    /// EXCH-20 and EXCH-23: a rollback withdraws from the queue.
    pub withdraws_queue: fn(&mut State, u32),
    /// EXCH-21 and EXCH-23: a rollback withdraws from the map.
    pub withdraws_map: fn(&mut State, u32),
    /// EXCH-22 and EXCH-23: a rollback withdraws from the history.
    pub withdraws_history: fn(&mut State, u32),
    /// EXCH-24: a rollback begins; whether it withdraws.
    pub begins: fn(&mut State) -> bool,
    /// EXCH-24 and EXCH-25: an end is reported; whether it ends a rollback.
    pub ends: fn(&mut State) -> bool,
    /// EXCH-26: what the end of a rollback does to queue, map and history.
    pub after_end: fn(&mut State),
    /// EXCH-27: a reset empties queue, map and history.
    pub empties: fn(&mut State),
    /// EXCH-28: what a reset does to a rollback.
    pub reset_rollback: fn(&mut State),
    /// EXCH-29: what a reset does to the channel.
    pub reset_channel: fn(&mut State),
    /// DETECT-1: whether a confirm completes a pair.
    pub compares_confirmed: fn(&State, u32) -> bool,
    /// DETECT-2: whether a received hash completes a pair.
    pub compares_received: fn(&State, u32) -> bool,
    /// DETECT-3: whether two hashes are equal.
    pub equal: fn(StateHash, StateHash) -> bool,
    /// DETECT-4: what a comparison removes; the flag says whether the two were equal.
    pub consumes: fn(&mut State, u32, bool),
    /// DETECT-5: a frame is verified.
    pub verifies: fn(&mut State, u32),
    /// DETECT-6: a mismatch is added.
    pub reports: fn(&mut State, Mismatch),
    /// DETECT-7: what else follows from a mismatch.
    pub after_mismatch: fn(&mut State, u32),
    /// DETECT-8: whether comparing waits.
    pub pauses: fn(&State) -> bool,
    /// DETECT-9: the frames that the end of a rollback compares, in order.
    pub catches_up: fn(&State) -> Vec<u32>,
    /// DETECT-10: a rollback lowers the verified frame.
    pub lowers: fn(&mut State, u32),
    /// DETECT-11: what a rollback does to the events.
    pub rolls_back_events: fn(&mut State, u32),
    /// DETECT-12: what a reset does to verified frame and events.
    pub forgets: fn(&mut State),
}
