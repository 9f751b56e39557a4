//! What the specification demands of each rule. The doc comments of [`Behaviour`] name the rules.
//!
//! [`Behaviour`]: super::Behaviour

use super::{
    behaviour::Refused,
    state::{Entry, Mismatch, State},
    stimulus::{Datagram, StateHash, Stimulus},
};
use crate::Model;

/// EXCH-3: how many entries the local history keeps.
pub const HISTORY: usize = 120;

/// EXCH-19: the least bound that an implementation may put on its inbound map.
pub const LEAST_MAP_BOUND: usize = 4096;

/// EXCH-1
pub(super) fn remembers(state: &mut State, entry: Entry) {
    state.history.push(entry);
}

/// EXCH-1
pub(super) fn queues(state: &mut State, entry: Entry) {
    state.queue.push(entry);
}

/// EXCH-2, EXCH-5: a frame is known if it is in the history.
pub(super) fn knows(state: &State, frame: u32) -> bool {
    state.local(frame).is_some()
}

/// EXCH-2: nothing.
pub(super) fn confirmed_again(_: &mut State, _: Entry) {}

/// EXCH-3; EXCH-4: the queue has no bound.
pub(super) fn bounds(state: &mut State) {
    let surplus = state.history.len().saturating_sub(HISTORY);
    state.history.drain(..surplus);
}

/// EXCH-6: never.
pub(super) fn sends_before(_: &Stimulus) -> bool {
    false
}

/// EXCH-6
pub(super) fn sends_on(stimulus: &Stimulus) -> bool {
    *stimulus == Stimulus::TICK
}

/// Nothing: each entry leaves the queue before it is sent.
pub(super) fn begins_sending(_: &mut State) {}

/// EXCH-7
pub(super) fn takes(state: &mut State) -> Option<Entry> {
    (!state.queue.is_empty()).then(|| state.queue.remove(0))
}

/// EXCH-8: it goes on; EXCH-14: the entry is gone.
pub(super) fn accepted(_: &mut State, _: Entry) -> bool {
    true
}

/// EXCH-9
pub(super) fn waits_for_rollback(state: &mut State) -> bool {
    state.rollbacks > 0
}

/// EXCH-10
pub(super) fn waits_for_channel(state: &mut State) -> bool {
    state.closed
}

/// EXCH-10
pub(super) fn hears_of_channel(state: &mut State, open: bool) {
    state.closed = !open;
}

/// EXCH-11: it does not go on; EXCH-12: back to the front; EXCH-13: the way of the refusal does not
/// matter.
pub(super) fn refused(state: &mut State, refused: Refused<'_>) -> bool {
    state.queue.insert(0, refused.entry);
    false
}

/// EXCH-15, EXCH-17: always.
pub(super) fn listens(_: &State, _: Entry) -> bool {
    true
}

/// EXCH-16
pub(super) fn stores(state: &mut State, entry: Entry) {
    match state.map.iter_mut().find(|stored| stored.0 == entry.0) {
        Some(stored) => *stored = entry,
        None => state.map.push(entry),
    }
}

/// EXCH-19: a bound is allowed, and the entry that was inserted first leaves first.
pub(super) fn bounds_map(state: &mut State) {
    let surplus = state.map_bound.map_or(0, |bound| state.map.len().saturating_sub(bound));
    state.map.drain(..surplus);
}

/// EXCH-18: what the model decodes as a STATE_HASH, and nothing else.
pub(super) fn reads(model: &Model, _: &mut State, datagram: &Datagram) -> Option<Entry> {
    let value = model.decode(datagram.bytes()).ok()?;
    if value.message != "state_hash" {
        return None;
    }
    let frame = value.fields.get("frame")?.as_u64()?;
    let hash = value.fields.get("hash")?.as_str()?;
    Some((u32::try_from(frame).ok()?, hash.parse().ok()?))
}

/// EXCH-20, EXCH-23
pub(super) fn withdraws_queue(state: &mut State, target: u32) {
    state.queue.retain(|entry| entry.0 < target);
}

/// EXCH-21, EXCH-23
pub(super) fn withdraws_map(state: &mut State, target: u32) {
    state.map.retain(|entry| entry.0 < target);
}

/// EXCH-22, EXCH-23
pub(super) fn withdraws_history(state: &mut State, target: u32) {
    state.history.retain(|entry| entry.0 < target);
}

/// EXCH-24
pub(super) fn begins(state: &mut State) -> bool {
    state.rollbacks = 1;
    true
}

/// EXCH-24, EXCH-25
pub(super) fn ends(state: &mut State) -> bool {
    std::mem::take(&mut state.rollbacks) > 0
}

/// EXCH-26: nothing.
pub(super) fn after_end(_: &mut State) {}

/// EXCH-27
pub(super) fn empties(state: &mut State) {
    state.queue.clear();
    state.map.clear();
    state.history.clear();
}

/// EXCH-28
pub(super) fn reset_rollback(state: &mut State) {
    state.rollbacks = 0;
}

/// EXCH-29: nothing.
pub(super) fn reset_channel(_: &mut State) {}

/// DETECT-1: always.
pub(super) fn compares_confirmed(_: &State, _: u32) -> bool {
    true
}

/// DETECT-2: always.
pub(super) fn compares_received(_: &State, _: u32) -> bool {
    true
}

/// DETECT-3
pub(super) fn equal(local: StateHash, peer: StateHash) -> bool {
    local == peer
}

/// DETECT-4
pub(super) fn consumes(state: &mut State, frame: u32, _: bool) {
    state.map.retain(|entry| entry.0 != frame);
}

/// DETECT-5
pub(super) fn verifies(state: &mut State, frame: u32) {
    state.verified = state.verified.max(Some(frame));
}

/// DETECT-6
pub(super) fn reports(state: &mut State, mismatch: Mismatch) {
    state.events.push(mismatch);
}

/// DETECT-7: nothing.
pub(super) fn after_mismatch(_: &mut State, _: u32) {}

/// DETECT-8
pub(super) fn pauses(state: &State) -> bool {
    state.rollbacks > 0
}

/// DETECT-9
pub(super) fn catches_up(state: &State) -> Vec<u32> {
    let received = state.map.iter().map(|entry| entry.0);
    let mut frames: Vec<u32> = received.filter(|frame| state.local(*frame).is_some()).collect();
    frames.sort_unstable();
    frames
}

/// DETECT-10
pub(super) fn lowers(state: &mut State, target: u32) {
    state.verified = state.verified.min(target.checked_sub(1));
}

/// DETECT-11: nothing.
pub(super) fn rolls_back_events(_: &mut State, _: u32) {}

/// DETECT-12
pub(super) fn forgets(state: &mut State) {
    state.verified = None;
    state.events.clear();
}
