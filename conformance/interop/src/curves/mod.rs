//! What was measured, as curves over the loss: a page for a browser, and one picture for a document.
//!
//! | file | story |
//! |---|---|
//! | `measure` | what a chart shows: its name, its unit, and its value at a point |
//! | `curve` | which points are on a curve, and how it is named |
//! | `chart` | where the curves, the ticks and the labels of a chart stand |
//!
//! A curve is told from the others by its dashes and by the letter at its end, not by its colour alone.

mod chart;
mod curve;
mod measure;

use askama::Template;

use self::{
    chart::Chart,
    curve::{Curve, curves},
    measure::Measure,
};
use crate::sweep::Measured;

/// The most curves in a chart: more cannot be told apart.
pub const MOST_CURVES: usize = 12;

/// The size of a chart, in the units of its picture.
const WIDTH: u64 = 380;
const HEIGHT: u64 = 236;
/// The height of a row of the legend, and of what stands above and below it.
const ROW: u64 = 20;
const MARGIN: u64 = 16;

/// The page: all charts, and all figures in a table. It has no script, and needs nothing from elsewhere.
#[must_use]
pub fn html(measured: &[Measured], seed: u64) -> String {
    let curves = curves(measured);
    let page = Page {
        seed: format!("{seed:016x}"),
        games: measured.iter().map(|it| it.games).sum(),
        failed: measured.iter().map(|it| it.failed).sum(),
        measures: &Measure::ALL,
        charts: charts(&curves),
        found: found(&curves),
        curves,
    };
    // Writing to memory does not fail.
    page.render().unwrap_or_default()
}

/// All charts as one picture, which follows the colour scheme of the reader.
#[must_use]
pub fn svg(measured: &[Measured]) -> String {
    let curves = curves(measured);
    let head = MARGIN + ROW * curves.len() as u64;
    let place = |(at, chart): (u64, Chart)| (at % 2 * WIDTH, head + at / 2 * HEIGHT, chart);
    let charts: Vec<(u64, u64, Chart)> = (0..).zip(charts(&curves)).map(place).collect();
    let rows = (charts.len() as u64).div_ceil(2);
    let picture = Picture {
        width: 2 * WIDTH,
        height: head + rows * HEIGHT + MARGIN,
        legend: (0..).zip(&curves).map(|(at, curve)| (MARGIN + at * ROW, curve)).collect(),
        charts,
    };
    picture.render().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "curves.html")]
struct Page<'a> {
    seed: String,
    games: u64,
    failed: u64,
    measures: &'a [Measure],
    charts: Vec<Chart>,
    curves: Vec<Curve<'a>>,
    /// The first game of each point in which something does not hold.
    found: Vec<String>,
}

#[derive(Template)]
#[template(path = "curves.svg")]
struct Picture<'a> {
    width: u64,
    height: u64,
    legend: Vec<(u64, &'a Curve<'a>)>,
    charts: Vec<(u64, u64, Chart)>,
}

fn charts(curves: &[Curve<'_>]) -> Vec<Chart> {
    Measure::ALL.iter().map(|measure| Chart::of(*measure, curves)).collect()
}

fn found(curves: &[Curve<'_>]) -> Vec<String> {
    let points = curves.iter().flat_map(|curve| curve.points.iter().map(move |it| (curve, it)));
    let found = points.filter_map(|(curve, it)| {
        let found = it.first.as_ref()?;
        let (property, what) = (found.violation.property.name(), &found.violation.what);
        let what = rollwire_conformance::text::sanitize(what);
        let at = format!("{}, loss {}%, seed {:x}", curve.letter, it.link.loss, found.seed);
        Some(format!("{at}: {property}: {what}"))
    });
    found.collect()
}
