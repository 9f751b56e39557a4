//! What was measured, as curves over the loss: a page for a browser, and one picture for a document.
//!
//! | file | story |
//! |---|---|
//! | `measure` | what a chart shows: its name, its unit, and its value at a point |
//! | `chart` | where the curves, the ticks and the labels of a chart stand |
//!
//! A curve is told from the others by its dashes and by the letter at its end, not by its colour alone.

mod chart;
mod measure;

use askama::Template;

use self::{chart::Chart, measure::Measure};
use crate::sweep::Measured;

/// The most curves in a chart: more cannot be told apart.
pub const MOST_CURVES: usize = 12;

/// The size of a chart, in the units of its picture.
const WIDTH: u64 = 380;
const HEIGHT: u64 = 236;
/// The height of a row of the legend, and of what stands above and below it.
const ROW: u64 = 20;
const MARGIN: u64 = 16;

/// A curve: the peers of a variant on lines that differ in nothing but the loss.
#[derive(Clone, Debug)]
struct Curve<'a> {
    /// A number from 0, which says how it is drawn.
    number: usize,
    /// The letter at its end.
    letter: char,
    /// What the letter stands for.
    name: String,
    /// What was measured, from the lowest loss to the highest.
    points: Vec<&'a Measured>,
}

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

/// All charts as one picture, which follows the colour scheme of whoever looks at it.
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

/// The variant and the line without its loss.
fn name(it: &Measured) -> (String, String) {
    let mut line = it.link.clone();
    line.loss = 0;
    (it.variant.clone(), line.to_string())
}

fn curves(measured: &[Measured]) -> Vec<Curve<'_>> {
    let mut curves: Vec<((String, String), Vec<&Measured>)> = Vec::new();
    for it in measured {
        let name = name(it);
        match curves.iter_mut().find(|(other, _)| *other == name) {
            Some((_, points)) => points.push(it),
            None => curves.push((name, vec![it])),
        }
    }
    let curve = |(number, ((variant, line), mut points)): (usize, (_, Vec<_>))| {
        points.sort_by_key(|it: &&Measured| it.link.loss);
        let name = format!("{variant} · {line}");
        Curve { number, letter: ('a'..='z').nth(number).unwrap_or('?'), name, points }
    };
    curves.into_iter().enumerate().map(curve).collect()
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
