//! The datagrams of a failed game, as lines.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_capture::words;
use rollwire_model::Model;

use crate::{
    pair::Failure,
    play::{Moment, Step},
};

/// How many datagrams before the failure are shown, whatever they are.
const NEWEST: usize = 5;

/// How many more are shown of those that are rare: not inputs, and not about round trips.
const RARE: usize = 10;

/// What became of a datagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was lost.
    Lost,
    /// It had not arrived when the game failed.
    OnItsWay,
    /// It arrived at this time, or at these times.
    Arrived(Vec<u64>),
}

/// A datagram that was sent before a game failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// When it was sent, in milliseconds.
    pub(super) time: u64,
    /// The peer that sent it, 0 or 1.
    pub(super) from: usize,
    /// What it is, in a few words.
    pub(super) what: String,
    /// What became of it.
    pub(super) fate: Fate,
}

/// The last datagrams before a game failed, as they were sent.
pub(super) fn rows(failure: &Failure) -> Vec<Row> {
    let mut arrived: BTreeMap<(usize, u64), Vec<u64>> = BTreeMap::new();
    let (sent, others): (Vec<&Moment>, Vec<&Moment>) =
        failure.timeline.iter().partition(|moment| moment.step != Step::Arrived);
    for moment in others {
        arrived.entry((moment.from, moment.number)).or_default().push(moment.time);
    }
    let model = Model::latest();
    let is_rare = |moment: &Moment| !matches!(moment.bytes.first(), Some(0x01..=0x04));
    let newest = sent.len().saturating_sub(NEWEST)..sent.len();
    let rare = (0..newest.start).rev().filter(|at| is_rare(sent[*at])).take(RARE);
    let places: BTreeSet<usize> = rare.chain(newest.clone()).collect();
    let row = |at: usize| {
        let Moment { time, from, step, number, bytes } = sent[at];
        let fate = match (step, arrived.get(&(*from, *number))) {
            (Step::Lost, _) => Fate::Lost,
            (_, None) => Fate::OnItsWay,
            (_, Some(times)) => Fate::Arrived(times.clone()),
        };
        Row { time: *time, from: *from, what: words::datagram(&model, bytes, words::brief), fate }
    };
    places.into_iter().map(row).collect()
}

/// The same as lines: when each was sent, by which peer, what it is, and when it arrived.
pub(super) fn lines(failure: &Failure) -> Vec<String> {
    let line = |Row { time, from, what, fate }: Row| {
        let name = ["A", "B"][from % 2];
        let fate = match fate {
            Fate::Lost => "lost".to_owned(),
            Fate::OnItsWay => "on its way".to_owned(),
            Fate::Arrived(times) => {
                let times: Vec<String> = times.iter().map(u64::to_string).collect();
                format!("arrived at {}", times.join(" and "))
            }
        };
        format!("{time:>5} {name}  {what:<40}  {fate}")
    };
    rows(failure).into_iter().map(line).collect()
}
