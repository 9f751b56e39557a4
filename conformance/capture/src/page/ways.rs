//! The figures about the datagrams of both sides: which were lost, and which were late.

use super::{
    figures::{Figure, milliseconds, shown},
    lane::Lane,
    scale::{Axis, top},
    side::Placed,
};
use crate::crossing::{Passage, Passages};

/// The least time of a piece, in microseconds.
const PIECE: u64 = 250_000;

/// Both figures; of delays only if they differ.
pub(super) fn figures(axis: &Axis, sides: &[Placed<'_>], passages: &[Passages; 2]) -> Vec<Figure> {
    let mut lost = Vec::new();
    let mut late = Vec::new();
    for (at, way) in passages.iter().enumerate() {
        let pieces = way.0.coarse(PIECE);
        let (Some(from), Some(to)) = (sides.get(at), sides.get(1 - at)) else { continue };
        let Some(mut lane) = Lane::of(axis, (at, from), &pieces) else { continue };
        lane.name = format!("{} → {}", from.name, to.name);
        lost.push(share(lane.clone(), pieces.all()));
        if let Some(fastest) = way.1 {
            let later = |it: &Passage| Some(it.longest?.abs_diff(fastest));
            late.push((lane, pieces.all().iter().map(later).collect::<Vec<_>>()));
        }
    }
    let unit = "of the datagrams that were sent in a piece of time";
    let mut figures =
        vec![Figure { title: "Lost on the way", unit, legend: Vec::new(), lanes: lost }];
    let longest = late.iter().flat_map(|(_, late)| late).flatten().copied().max();
    if let Some(longest) = longest.filter(|longest| *longest > 0) {
        let top = top(longest);
        let lanes = late.into_iter().map(|(lane, late)| delays(lane, &late, top)).collect();
        let unit = "the slowest datagram of a piece of time, against the fastest of all";
        figures.push(Figure { title: "Late", unit, legend: Vec::new(), lanes });
    }
    figures
}

fn share(mut lane: Lane, pieces: &[Passage]) -> Lane {
    let lost = pieces.iter().map(|it| {
        let share = it.lost.saturating_mul(1000) / it.sent.max(1);
        (it.lost > 0).then_some((0, share))
    });
    lane.area("bad", &lost.collect::<Vec<_>>(), 1000);
    let sent: u64 = pieces.iter().map(|it| it.sent).sum();
    let lost: u64 = pieces.iter().map(|it| it.lost).sum();
    lane.top = "100%".to_owned();
    lane.words = format!("{}: {lost} of {sent} datagrams lost", lane.name);
    lane
}

fn delays(mut lane: Lane, late: &[Option<u64>], top: u64) -> Lane {
    let areas: Vec<_> = late.iter().map(|it| it.map(|it| (0, it))).collect();
    lane.area("c4", &areas, top);
    let most = late.iter().flatten().copied().max().map(milliseconds);
    lane.top = milliseconds(top);
    lane.words = format!("{}: at most {} later than the fastest", lane.name, shown(most));
    lane
}
