//! Where the curves, the ticks and the labels of a chart stand. All places are in tenths of a unit of the
//! picture, so that a picture is the same on every machine.

use std::fmt;

use super::{curve::Curve, measure::Measure};

/// The sides of the area in which the curves are.
const LEFT: u64 = 480;
const RIGHT: u64 = 3480;
const TOP: u64 = 360;
const BOTTOM: u64 = 1880;
/// The least distance between two labels.
const APART: u64 = 120;
/// The most ticks of an axis, without the one at 0.
const TICKS: u64 = 5;

/// A place, written with one digit after the point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(u64);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenths => write!(f, "{}.{tenths}", self.0 / 10),
        }
    }
}

/// A chart of one measure.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    pub(super) title: &'static str,
    pub(super) unit: &'static str,
    /// The ticks of the loss, and of the measure.
    pub(super) across: Vec<(Place, String)>,
    pub(super) up: Vec<(Place, String)>,
    pub(super) curves: Vec<Drawn>,
    /// The same in words, for those who do not see it.
    pub(super) words: String,
}

/// A curve in its chart.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    pub(super) number: usize,
    pub(super) letter: char,
    /// The points of its line, as SVG writes them.
    pub(super) line: String,
    /// Where each point is, and what it says.
    pub(super) points: Vec<(Place, Place, String)>,
    /// Where its letter stands, and where its line ends.
    pub(super) label: Option<(Place, Place, Place, Place)>,
}

impl Chart {
    pub(super) fn of(measure: Measure, curves: &[Curve<'_>]) -> Self {
        let all = || curves.iter().flat_map(|curve| curve.points.iter().copied());
        let (step, right) = scale(all().map(|it| it.link.loss).max().unwrap_or(0).max(5));
        let across = (0..=right / step).map(|at| at * step);
        let across = across.map(|loss| (Place(x(loss, right)), loss.to_string())).collect();
        let highest = all().filter_map(|it| measure.of(it)).max().unwrap_or(0).max(10);
        let (step, top) = scale(measure.top().unwrap_or(highest));
        let up = (0..=top / step).map(|at| at * step);
        let up = up.map(|value| (Place(y(value, top)), measure.tick(value))).collect();
        let mut drawn: Vec<Drawn> =
            curves.iter().map(|curve| draw(measure, curve, right, top)).collect();
        label(&mut drawn);
        let words: Vec<String> = curves.iter().map(|curve| words(measure, curve)).collect();
        Self {
            title: measure.title(),
            unit: measure.unit(),
            across,
            up,
            curves: drawn,
            words: words.join("; "),
        }
    }
}

/// The distance of ticks at round numbers, and the end of an axis that holds this value.
fn scale(highest: u64) -> (u64, u64) {
    let steps = (0..).map(|power| 10_u64.saturating_pow(power));
    let mut steps = steps.flat_map(|it| [it, it.saturating_mul(2), it.saturating_mul(5)]);
    let step = steps.find(|step| step.saturating_mul(TICKS) >= highest).unwrap_or(highest);
    (step, highest.div_ceil(step) * step)
}

fn x(loss: u64, right: u64) -> u64 {
    LEFT + (RIGHT - LEFT) * loss / right
}

fn y(value: u64, top: u64) -> u64 {
    BOTTOM - (BOTTOM - TOP) * value.min(top) / top
}

fn draw(measure: Measure, curve: &Curve<'_>, right: u64, top: u64) -> Drawn {
    let point = |it: &&crate::sweep::Measured| {
        let value = measure.of(it)?;
        let says = format!("{}: {} at {}% loss", curve.letter, measure.shown(value), it.link.loss);
        Some((Place(x(it.link.loss, right)), Place(y(value, top)), says))
    };
    let points: Vec<(Place, Place, String)> = curve.points.iter().filter_map(point).collect();
    let line: Vec<String> = points.iter().map(|(x, y, _)| format!("{x},{y}")).collect();
    Drawn { number: curve.number, letter: curve.letter, line: line.join(" "), points, label: None }
}

/// Puts a letter beside the end of each curve, and moves letters apart that would cover each other.
fn label(curves: &mut [Drawn]) {
    let mut ends: Vec<(Place, Place, &mut Drawn)> = Vec::new();
    for curve in curves {
        if let Some((x, y, _)) = curve.points.last() {
            ends.push((*x, *y, curve));
        }
    }
    ends.sort_by_key(|(_, y, curve)| (*y, curve.number));
    // Downwards from the highest, and then upwards from the bottom.
    let mut places: Vec<u64> = Vec::new();
    for (_, y, _) in &ends {
        places.push(places.last().map_or(y.0, |above| y.0.max(above + APART)));
    }
    let mut below = BOTTOM + APART;
    for place in places.iter_mut().rev() {
        *place = (*place).min(below - APART);
        below = *place;
    }
    for ((x, y, curve), place) in ends.into_iter().zip(places) {
        curve.label = Some((Place(RIGHT + 160), Place(place), x, y));
    }
}

fn words(measure: Measure, curve: &Curve<'_>) -> String {
    let point = |it: &&crate::sweep::Measured| {
        format!("{} at a loss of {}%", measure.cell(it), it.link.loss)
    };
    let points: Vec<String> = curve.points.iter().map(point).collect();
    format!("{}: {}", curve.name, points.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_at_round_numbers() {
        for (highest, expected) in [
            (5, (1, 5)),
            (30, (10, 30)),
            (99, (20, 100)),
            (48, (10, 50)),
            (1000, (200, 1000)),
            (2401, (500, 2500)),
        ] {
            assert_eq!(scale(highest), expected, "{highest}");
        }
        // Also where no round number is large enough.
        assert!(scale(u64::MAX / 2).1 >= u64::MAX / 2);
    }

    #[test]
    fn labels_stay_apart_and_in_the_chart() {
        for ends in [vec![BOTTOM; 12], vec![TOP; 12], vec![TOP, TOP + 10, BOTTOM - 5, BOTTOM]] {
            let curve = |(number, y): (usize, &u64)| Drawn {
                number,
                letter: 'a',
                line: String::new(),
                points: vec![(Place(RIGHT), Place(*y), String::new())],
                label: None,
            };
            let mut curves: Vec<Drawn> = ends.iter().enumerate().map(curve).collect();
            label(&mut curves);
            let mut places: Vec<u64> = curves.iter().filter_map(|it| Some(it.label?.1.0)).collect();
            places.sort_unstable();
            assert_eq!(places.len(), ends.len());
            assert!(places.windows(2).all(|two| two[1] - two[0] >= APART), "{places:?}");
            assert!(places.iter().all(|it| (TOP..=BOTTOM).contains(it)), "{places:?}");
        }
    }
}
