//! The first frame that differs: both peers around it, in order on one axis.

use rollwire_conformance::text::sanitize;

use super::{
    scale::{Axis, Percent, milliseconds, on_axis},
    side::Placed,
};
use crate::{
    crossing::{Deed, Divergence},
    text::story,
};

/// The part of the timeline that is left free on both sides, so that its marks are seen whole.
const MARGIN: i64 = 4_000;

/// The timeline, and what each side had.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) title: String,
    /// What each side had when it sent its hash.
    pub(super) had: Vec<(String, String)>,
    /// What was not as it should be with the inputs.
    pub(super) inputs: Vec<String>,
    pub(super) names: [String; 2],
    pub(super) deeds: Vec<Told>,
    /// From the number of what was sent to the number of what arrived of it.
    pub(super) arrows: Vec<(Percent, u32, Percent, u32)>,
}

/// A deed in the order of time.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) number: usize,
    pub(super) x: Percent,
    /// The height of its line, and of its number, in pixels.
    pub(super) y: u32,
    pub(super) time: String,
    pub(super) name: String,
    pub(super) line: u64,
    pub(super) what: &'static str,
    pub(super) text: String,
}

/// The least distance between two marks of a side.
const APART: i64 = 5_500;

/// Moves the marks of a side apart that would cover each other. They stay in their order.
fn spread(deeds: &mut [Told], height: u32) {
    let mut own: Vec<&mut Told> = deeds.iter_mut().filter(|it| it.y == height).collect();
    let mut least = MARGIN;
    for deed in &mut own {
        deed.x.0 = deed.x.0.max(least);
        least = deed.x.0 + APART;
    }
    let mut most = 100_000 - MARGIN;
    for deed in own.iter_mut().rev() {
        deed.x.0 = deed.x.0.min(most);
        most = deed.x.0 - APART;
    }
}

/// The heights of the lines of both sides.
const HEIGHTS: [u32; 2] = [46, 104];

impl Story {
    pub(super) fn of(divergence: &Divergence, sides: &[Placed<'_>]) -> Option<Self> {
        let [one, other] = sides else { return None };
        let names = [one.name.clone(), other.name.clone()];
        let shifts = [one.shift, other.shift];
        let of = |side: usize| divergence.deeds[side].iter().map(move |deed| (side, deed));
        let place = |side: usize, deed: &Deed| on_axis(deed.time, shifts[side]);
        let mut all: Vec<(i64, usize, &Deed)> =
            of(0).chain(of(1)).map(|(side, deed)| (place(side, deed), side, deed)).collect();
        all.sort_by_key(|(time, side, deed)| (*time, *side, deed.line));
        let axis = Axis::over(all.iter().map(|it| it.0));
        let x = |time| {
            let within = i128::from(axis.place(time).0) * i128::from(100_000 - 2 * MARGIN);
            Percent(MARGIN + i64::try_from(within / 100_000).unwrap_or(0))
        };
        let told = |(at, (time, side, deed)): (usize, &(i64, usize, &Deed))| Told {
            number: at + 1,
            x: x(*time),
            y: HEIGHTS[*side],
            time: milliseconds(*time),
            name: names[*side].clone(),
            line: deed.line,
            what: deed.what,
            text: sanitize(&deed.text),
        };
        let mut deeds: Vec<Told> = all.iter().enumerate().map(told).collect();
        HEIGHTS.iter().for_each(|height| spread(&mut deeds, *height));
        let arrow = |(from, (_, side, deed)): (usize, &(i64, usize, &Deed))| {
            let to = all.iter().position(|(_, to, it)| {
                let is_same = it.of == deed.of && it.frame == deed.frame;
                *to != *side && it.what == "received" && is_same
            })?;
            let is_sent = deed.what == "sent";
            is_sent.then(|| (deeds[from].x, deeds[from].y, deeds[to].x, deeds[to].y))
        };
        let arrows = all.iter().enumerate().filter_map(arrow).collect();
        let had = |side: usize| (names[side].clone(), story::had(&divergence.had[side]));
        let shown = names.each_ref().map(String::as_str);
        Some(Self {
            title: story::title(divergence),
            had: vec![had(0), had(1)],
            inputs: story::inputs(divergence, shown),
            names: names.clone(),
            deeds,
            arrows,
        })
    }
}
