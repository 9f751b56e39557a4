//! The figures over time: frames, round trips, and what was lost or late.

use super::{
    lane::Lane,
    scale::{Axis, top},
    side::Placed,
};
use crate::{crossing::Passages, picture::Slice};

/// A figure: one measure of every side, on one axis of time and with one scale.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) title: &'static str,
    pub(super) unit: &'static str,
    /// Classes, and what they stand for.
    pub(super) legend: Vec<(String, String)>,
    pub(super) lanes: Vec<Lane>,
}

/// A line of a figure about frames: its class, its name, and its value.
type Line = (&'static str, &'static str, fn(&Slice) -> Option<u32>);

const FRAMES: [Line; 3] = [
    ("c0", "told", |slice| slice.told),
    ("c1", "confirmed", |slice| slice.confirmed),
    ("c2", "verified", |slice| slice.verified),
];
const BEHIND: [Line; 2] = [
    ("c1", "told and not yet confirmed", |slice| slice.unconfirmed),
    ("c2", "told and not yet verified", |slice| slice.unverified),
];

/// The figures about frames and round trips.
pub(super) fn of_slices(axis: &Axis, sides: &[Placed<'_>]) -> Vec<Figure> {
    let figures = [
        frames(axis, sides, "Frames", "the newest of the episode", &FRAMES),
        frames(axis, sides, "Frames behind", "at most, in a piece of time", &BEHIND),
        round_trips(axis, sides),
    ];
    figures.into_iter().flatten().collect()
}

fn lanes<'a>(axis: &'a Axis, sides: &'a [Placed<'_>]) -> impl Iterator<Item = (Lane, &'a [Slice])> {
    sides.iter().enumerate().filter_map(|(at, side)| {
        let slices = &side.track?.slices;
        Some((Lane::of(axis, (at, side), slices)?, slices.all()))
    })
}

fn frames(
    axis: &Axis,
    sides: &[Placed<'_>],
    title: &'static str,
    unit: &'static str,
    lines: &[Line],
) -> Option<Figure> {
    let all = || lanes(axis, sides).flat_map(|(_, slices)| slices);
    let highest = |line: &Line| all().filter_map(line.2).max();
    let lines: Vec<&Line> = lines.iter().filter(|line| highest(line).is_some()).collect();
    let highest = lines.iter().filter_map(|line| highest(line)).max()?;
    let top = top(u64::from(highest));
    let lane = |(mut lane, slices): (Lane, &[Slice])| {
        let mut words = Vec::new();
        for (class, name, value) in &lines {
            let values: Vec<Option<u64>> =
                slices.iter().map(|slice| value(slice).map(u64::from)).collect();
            lane.line(class, &values, top);
            let highest = values.into_iter().flatten().max();
            words.push(format!("{name}: {}", shown(highest.map(|it| it.to_string()))));
        }
        lane.top = rollwire_conformance::text::grouped(top);
        lane.words = format!("{title} of {}, the highest: {}", lane.name, words.join(", "));
        lane
    };
    let lanes = lanes(axis, sides).map(lane).collect();
    let legend = lines.iter().map(|(class, name, _)| ((*class).to_owned(), (*name).to_owned()));
    Some(Figure { title, unit, legend: legend.collect(), lanes })
}

fn round_trips(axis: &Axis, sides: &[Placed<'_>]) -> Option<Figure> {
    let longest = |slices: &[Slice]| slices.iter().filter_map(|it| Some(it.trips?.most)).max();
    let top = top(lanes(axis, sides).filter_map(|(_, slices)| longest(slices)).max()?);
    let lane = |(mut lane, slices): (Lane, &[Slice])| {
        let trips: Vec<_> =
            slices.iter().map(|slice| slice.trips.map(|it| (it.least, it.most))).collect();
        lane.area("c3", &trips, top);
        let shortest = trips.iter().flatten().map(|it| it.0).min().map(milliseconds);
        let longest = longest(slices).map(milliseconds);
        lane.top = milliseconds(top);
        lane.words =
            format!("Round trips of {}: from {} to {}", lane.name, shown(shortest), shown(longest));
        lane
    };
    let lanes = lanes(axis, sides).map(lane).collect();
    let unit = "from a PING to its PONG, the shortest and the longest";
    Some(Figure { title: "Round trips", unit, legend: Vec::new(), lanes })
}

/// The figures about what became of the datagrams of both sides.
pub(super) fn of_passages(
    axis: &Axis,
    sides: &[Placed<'_>],
    passages: &[Passages; 2],
) -> Vec<Figure> {
    let lanes = || {
        (0..2).filter_map(|at| {
            let buckets = &passages[at].0;
            let mut lane = Lane::of(axis, (at, sides.get(at)?), buckets)?;
            lane.name = format!("{} → {}", lane.name, sides.get(1 - at)?.name);
            Some((lane, buckets.all()))
        })
    };
    let share = |(mut lane, passages): (Lane, &[crate::crossing::Passage])| {
        let lost: Vec<_> = passages
            .iter()
            .map(|it| (it.lost > 0).then(|| (0, it.lost.saturating_mul(1000) / it.sent.max(1))))
            .collect();
        lane.area("bad", &lost, 1000);
        let (sent, gone): (u64, u64) =
            passages.iter().fold((0, 0), |sum, it| (sum.0 + it.sent, sum.1 + it.lost));
        lane.top = "100%".to_owned();
        lane.words = format!("{}: {gone} of {sent} datagrams lost", lane.name);
        lane
    };
    let late = |passages: &[crate::crossing::Passage], fastest: i64| {
        let late = passages.iter().map(move |it| Some(it.longest?.abs_diff(fastest)));
        late.collect::<Vec<Option<u64>>>()
    };
    let with_late = || {
        lanes().filter_map(|(lane, all)| {
            let fastest = passages[lane.side].1?;
            let late = late(all, fastest);
            Some((lane, late))
        })
    };
    let longest = with_late().filter_map(|(_, late)| late.into_iter().flatten().max()).max();
    let mut figures = vec![Figure {
        title: "Lost on the way",
        unit: "of the datagrams that were sent in a piece of time",
        legend: Vec::new(),
        lanes: lanes().map(share).collect(),
    }];
    if let Some(longest) = longest {
        let top = top(longest);
        let lane = |(mut lane, late): (Lane, Vec<Option<u64>>)| {
            let areas: Vec<_> = late.iter().map(|it| it.map(|it| (0, it))).collect();
            lane.area("c4", &areas, top);
            let most = late.into_iter().flatten().max().map(milliseconds);
            lane.top = milliseconds(top);
            lane.words = format!("{}: at most {} later", lane.name, shown(most));
            lane
        };
        figures.push(Figure {
            title: "Late",
            unit: "the slowest datagram of a piece of time, against the fastest of all",
            legend: Vec::new(),
            lanes: with_late().map(lane).collect(),
        });
    }
    figures
}

fn milliseconds(microseconds: u64) -> String {
    let (whole, tenth) = (microseconds / 1000, microseconds / 100 % 10);
    if whole < 10 && tenth > 0 { format!("{whole}.{tenth} ms") } else { format!("{whole} ms") }
}

fn shown(value: Option<String>) -> String {
    value.unwrap_or_else(|| "none".to_owned())
}
