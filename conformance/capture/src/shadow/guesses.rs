//! Which calls without a trace may explain why the model and the capture part.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_model::{
    exchange::{Datagram, ReadyHash, Stimulus},
    peer::Message,
};

use super::{
    history::{Hidden, History},
    parting::{Difference, Parting},
    play::Play,
};

/// The most rounds in which one call is looked for.
const MOST: usize = 128;
/// The most INPUTs of a round that may be that of the first act that was seen.
const MOST_ACTS: usize = 32;

/// The calls that are worth a try, the likeliest first. `before` is the model before the newest round.
pub(super) fn of(history: &History, parting: &Parting, before: &Play) -> Vec<Vec<Hidden>> {
    let Some(Difference { expected, found, .. }) = parting.difference() else { return Vec::new() };
    let (expected, found) = (expected.as_ref(), found.as_ref().map(|handed| &handed.datagram));
    let read = |datagram: &Datagram| before.messages.read(datagram.bytes());
    let (expected, found) = (expected.and_then(read), found.and_then(read));
    let mut guesses = Vec::new();
    if let Some((closed, at)) = history.closed_at {
        let hidden = |call| Hidden { round: closed, after: 0, at, call };
        guesses.extend(
            acts(history, before).into_iter().map(|acts| acts.into_iter().map(hidden).collect()),
        );
        let messages = [&found, &expected].into_iter().flatten();
        for call in messages.filter_map(|it| call(it, expected.as_ref())) {
            guesses.extend(while_closed(history, &call));
        }
    }
    let is_about_inputs =
        |message: &Message| matches!(message.type_byte(), 0x01 | 0x05 | 0x12 | 0x13);
    if [&expected, &found].into_iter().flatten().any(is_about_inputs) {
        guesses.extend(resets(history));
    }
    guesses
}

/// A `reset` after the newest act, the latest first.
fn resets(history: &History) -> impl Iterator<Item = Vec<Hidden>> {
    let until = history.rounds.last().map(|round| (history.rounds.len() - 1, round.handed.len()));
    places(history, history.acted_at, until).map(|(round, after)| vec![reset(round, after)])
}

/// The same calls with a `reset` earlier: the first guess is the latest that explains what was known then.
pub(super) fn moved(history: &History, hidden: &[Hidden]) -> Vec<Vec<Hidden>> {
    let resets = hidden.iter().enumerate().filter(|(_, it)| it.call == Stimulus::RESET);
    let moved = resets.flat_map(|(number, it)| {
        places(history, 0, Some((it.round, it.after))).skip(1).map(move |(round, after)| {
            let mut hidden = hidden.to_vec();
            hidden[number] = reset(round, after);
            hidden
        })
    });
    moved.collect()
}

fn reset(round: usize, after: usize) -> Hidden {
    Hidden { round, after, at: 0, call: Stimulus::RESET }
}

/// The places from a round up to this one, the latest first: rounds, and how many of their datagrams come before.
fn places(
    history: &History,
    from: usize,
    until: Option<(usize, usize)>,
) -> impl Iterator<Item = (usize, usize)> {
    let (last, most) = until.unwrap_or((0, 0));
    let rounds = (from..=last).rev();
    let places = rounds.flat_map(move |round| {
        let all = history.rounds.get(round).map_or(0, |round| round.handed.len());
        (0..=if round == last { most } else { all }).rev().map(move |after| (round, after))
    });
    places.take(MOST)
}

/// The acts of frames that the newest round tells, and that were not seen: up to each INPUT, which may be that
/// of the first act that was seen.
fn acts(history: &History, before: &Play) -> Vec<Vec<Stimulus>> {
    let (Some(next), Some(round)) = (before.next_frame(), history.rounds.last()) else {
        return Vec::new();
    };
    let (mut told, mut seen) = (BTreeMap::new(), BTreeSet::new());
    for handed in round.handed.iter() {
        let message = before.messages.read(handed.datagram.bytes());
        let (after, entries) = match message {
            // The newest entry is that of the act that is seen.
            Some(Message::Input { entries, .. }) => (0, entries),
            Some(Message::InputResponse { entries, .. }) => (1, entries),
            _ => continue,
        };
        seen.extend(entries.last().map(|last| last.0.saturating_add(after)));
        told.extend(entries);
    }
    let up_to = |newest: u32| -> Vec<Stimulus> {
        let frames = next..newest;
        let act = |frame| Some(Stimulus::Act { frame, action: *told.get(&frame)? });
        frames.map_while(act).collect()
    };
    let seen = seen.into_iter().filter(|newest| *newest > next).take(MOST_ACTS);
    seen.map(up_to).filter(|acts| !acts.is_empty()).collect()
}

/// The call that leads to this message some time later.
fn call(message: &Message, expected: Option<&Message>) -> Option<Stimulus> {
    Some(match message {
        Message::EpisodeReady { hash, .. } => Stimulus::Ready { hash: ReadyHash(*hash) },
        Message::EpisodeEnd { frame, .. } => Stimulus::Ended { frame: *frame },
        Message::InputRequest { .. } => Stimulus::CatchUp {},
        Message::FocusState { focused, frame } => {
            let shown = *focused ^ (expected == Some(message));
            Stimulus::Focus { shown, frame: *frame }
        }
        _ => return None,
    })
}

/// A call at one of the times at which it may have been called while the channel was closed, the latest first.
fn while_closed(history: &History, call: &Stimulus) -> Vec<Vec<Hidden>> {
    let Some((closed, at)) = history.closed_at else { return Vec::new() };
    let opened = history.opened_at.map_or(history.rounds.len(), |(round, _)| round);
    let hidden = |round, at| vec![Hidden { round, after: 0, at, call: call.clone() }];
    let ends = (closed..opened).rev().map(|round| hidden(round, history.rounds[round].until));
    ends.take(MOST).chain([hidden(closed, at)]).collect()
}
