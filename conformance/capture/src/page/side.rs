//! Where a side stands on the axis: its buckets, its episodes, and the times when its channel was closed.

use rollwire_conformance::text::plural;

use super::scale::{Axis, Percent, on_axis};
use crate::picture::{Band, Track};

/// A side on the axis.
#[derive(Clone, Debug)]
pub(super) struct Placed<'a> {
    pub(super) name: String,
    pub(super) track: Option<&'a Track>,
    /// By how much its clock is ahead of the axis, in microseconds.
    pub(super) shift: i64,
    pub(super) bands: Vec<PlacedBand>,
}

/// Something that lasted, on the axis.
#[derive(Clone, Debug)]
pub(super) struct PlacedBand {
    pub(super) class: &'static str,
    pub(super) x: Percent,
    pub(super) width: Percent,
    /// What is written on it, and what it means.
    pub(super) text: String,
    pub(super) title: String,
}

impl<'a> Placed<'a> {
    pub(super) fn new(name: String, track: Option<&'a Track>, shift: i64) -> Self {
        Self { name, track, shift, bands: Vec::new() }
    }

    /// Its first and its last time.
    pub(super) fn times(&self) -> impl Iterator<Item = i64> {
        let track = self.track.map(|it| &it.slices);
        let times = track.and_then(|it| Some([it.begin()?, it.newest()]));
        let shift = self.shift;
        times.into_iter().flatten().map(move |time| on_axis(time, shift))
    }

    /// Puts its bands on the axis.
    pub(super) fn place(&mut self, axis: &Axis) {
        let Some(track) = self.track else { return };
        let end = track.slices.newest();
        let place = |band: &Band, class, text: String, title: String| {
            let to = band.to.unwrap_or(end).max(band.from);
            let (x, width) = (axis.place(on_axis(band.from, self.shift)), to.since(band.from));
            PlacedBand { class, x, width: axis.width(width), text, title }
        };
        let episode = |band: &Band| {
            let (first, last) = band.numbers;
            let numbers =
                if band.count == 1 { first.to_string() } else { format!("{first} to {last}") };
            let word = if band.count == 1 { "episode" } else { "episodes" };
            place(band, "episode", numbers.clone(), format!("{}: {word} {numbers}", self.name))
        };
        let closed = |band: &Band| {
            let times = plural(band.count, "time", "times");
            let title = format!("{}: the channel was closed, {times}", self.name);
            place(band, "closed", "closed".to_owned(), title)
        };
        let closed = track.closed.all().iter().map(closed);
        self.bands = track.episodes.all().iter().map(episode).chain(closed).collect();
    }
}
