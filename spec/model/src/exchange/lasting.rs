//! Hashes that last: the rules that take the place of others with the capability `lasting-hashes`.

use super::{
    behaviour::{Behaviour, Refused},
    state::{Entry, Mismatch, State},
};

impl Behaviour {
    /// The behaviour that the specification demands of an exchange whose hashes last.
    pub const LASTING: Self = Self {
        queues,
        begins_sending,
        takes,
        accepted,
        refused,
        withdraws_queue,
        withdraws_map: |_, _| {},
        consumes: |_, _, _| {},
        verifies,
        reports,
        after_mismatch,
        lowers,
        empties,
        forgets,
        ..Self::SPECIFIED
    };
}

/// EXCH-1
fn queues(state: &mut State, entry: Entry) {
    state.queue.push(entry);
    state.lasting.accepted.push(0);
}

/// EXCH-36: each tick tries each entry once, the front first.
fn begins_sending(state: &mut State) {
    state.lasting.next = 0;
}

/// EXCH-36: it stays in its place.
fn takes(state: &mut State) -> Option<Entry> {
    state.queue.get(state.lasting.next).copied()
}

/// EXCH-36: it leaves with its last send.
fn accepted(state: &mut State, _: Entry) -> bool {
    let State { queue, lasting, hash_sends, .. } = state;
    let at = lasting.next;
    // Wrong rules may have changed the queue alone.
    lasting.accepted.resize(queue.len(), 0);
    let Some(sends) = lasting.accepted.get_mut(at) else { return false };
    *sends += 1;
    if *sends < *hash_sends {
        lasting.next += 1;
    } else {
        queue.remove(at);
        lasting.accepted.remove(at);
    }
    true
}

/// EXCH-36: the queue stays as it is.
fn refused(_: &mut State, _: Refused<'_>) -> bool {
    false
}

/// EXCH-20, EXCH-36: the remaining sends leave with the entry.
fn withdraws_queue(state: &mut State, target: u32) {
    let frames: Vec<u32> = state.queue.iter().map(|entry| entry.0).collect();
    let mut stays = frames.into_iter().map(|frame| frame < target);
    state.lasting.accepted.retain(|_| stays.next().unwrap_or(true));
    state.queue.retain(|entry| entry.0 < target);
}

/// DETECT-17
fn verifies(state: &mut State, frame: u32) {
    state.lasting.different.remove(&frame);
    state.lasting.equal.insert(frame);
    state.verified = state.lasting.verified();
}

/// DETECT-18
fn reports(state: &mut State, mismatch: Mismatch) {
    if !state.events.contains(&mismatch) {
        state.events.push(mismatch);
    }
}

/// DETECT-17
fn after_mismatch(state: &mut State, frame: u32) {
    state.lasting.equal.remove(&frame);
    state.lasting.different.insert(frame);
    state.verified = state.lasting.verified();
}

/// DETECT-17: the comparisons from the target on are forgotten.
fn lowers(state: &mut State, target: u32) {
    state.lasting.equal.split_off(&target);
    state.lasting.different.split_off(&target);
    state.verified = state.lasting.verified();
}

/// EXCH-27
fn empties(state: &mut State) {
    (Behaviour::SPECIFIED.empties)(state);
    state.lasting.accepted.clear();
}

/// DETECT-12, DETECT-17
fn forgets(state: &mut State) {
    (Behaviour::SPECIFIED.forgets)(state);
    state.lasting.equal.clear();
    state.lasting.different.clear();
}
