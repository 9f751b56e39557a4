//! The figures over time: frames and round trips.

use rollwire_conformance::text::grouped;

use super::{
    lane::Lane,
    scale::{Axis, top},
    side::Placed,
};
use crate::picture::Slice;

/// The least time of a piece in which round trips are shown, in microseconds: a PING follows another after
/// half a second.
const TRIP: u64 = 1_000_000;

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

/// A lane for each side, and its slices, each of at least this time in microseconds.
fn lanes(axis: &Axis, sides: &[Placed<'_>], least: u64) -> Vec<(Lane, Vec<Slice>)> {
    let lane = |(at, side): (usize, &Placed<'_>)| {
        let slices = side.track?.slices.coarse(least);
        Some((Lane::of(axis, (at, side), &slices)?, slices.all().to_vec()))
    };
    sides.iter().enumerate().filter_map(lane).collect()
}

fn frames(
    axis: &Axis,
    sides: &[Placed<'_>],
    title: &'static str,
    unit: &'static str,
    lines: &[Line],
) -> Option<Figure> {
    let all = lanes(axis, sides, 0);
    let highest = |line: &Line| all.iter().flat_map(|it| &it.1).filter_map(line.2).max();
    let lines: Vec<&Line> = lines.iter().filter(|line| highest(line).is_some()).collect();
    let highest = lines.iter().filter_map(|line| highest(line)).max()?;
    let top = top(u64::from(highest));
    let lane = |(mut lane, slices): (Lane, Vec<Slice>)| {
        let mut words = Vec::new();
        for (class, name, value) in &lines {
            // Where nothing was recorded, nothing has changed.
            let mut last = None;
            let values = slices.iter().map(|slice| {
                if slice.is_seen {
                    last = value(slice).map(u64::from);
                }
                last
            });
            let values: Vec<Option<u64>> = values.collect();
            lane.line(class, &values, top);
            let highest = values.into_iter().flatten().max();
            words.push(format!("{name}: {}", shown(highest.map(grouped))));
        }
        lane.top = grouped(top);
        lane.words = format!("{title} of {}, the highest: {}", lane.name, words.join(", "));
        lane
    };
    let legend = lines.iter().map(|(class, name, _)| ((*class).to_owned(), (*name).to_owned()));
    let legend = legend.collect();
    Some(Figure { title, unit, legend, lanes: all.into_iter().map(lane).collect() })
}

fn round_trips(axis: &Axis, sides: &[Placed<'_>]) -> Option<Figure> {
    let longest = |slices: &[Slice]| slices.iter().filter_map(|it| Some(it.trips?.most)).max();
    let lanes = lanes(axis, sides, TRIP);
    let top = top(lanes.iter().filter_map(|(_, slices)| longest(slices)).max()?);
    let lane = |(mut lane, slices): (Lane, Vec<Slice>)| {
        let trips: Vec<_> =
            slices.iter().map(|slice| slice.trips.map(|it| (it.least, it.most))).collect();
        lane.area("c3", &trips, top);
        let shortest = trips.iter().flatten().map(|it| it.0).min().map(milliseconds);
        let longest = longest(&slices).map(milliseconds);
        lane.top = milliseconds(top);
        lane.words =
            format!("Round trips of {}: from {} to {}", lane.name, shown(shortest), shown(longest));
        lane
    };
    let unit = "from a PING to its PONG, the shortest and the longest of a piece of time";
    let lanes = lanes.into_iter().map(lane).collect();
    Some(Figure { title: "Round trips", unit, legend: Vec::new(), lanes })
}

/// A time for people.
pub(super) fn milliseconds(microseconds: u64) -> String {
    let (whole, tenth) = (microseconds / 1000, microseconds / 100 % 10);
    if whole < 10 && tenth > 0 { format!("{whole}.{tenth} ms") } else { format!("{whole} ms") }
}

/// What is shown where there may be nothing.
pub(super) fn shown(value: Option<String>) -> String {
    value.unwrap_or_else(|| "none".to_owned())
}
