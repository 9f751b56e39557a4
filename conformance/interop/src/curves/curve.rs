//! Which points are on a curve, and how it is named.

use crate::sweep::Measured;

/// A curve: the peers of a variant on lines that differ in nothing but the loss.
#[derive(Clone, Debug)]
pub(super) struct Curve<'a> {
    /// A number from 0, which says how it is drawn.
    pub(super) number: usize,
    /// The letter at its end.
    pub(super) letter: char,
    /// What the letter stands for.
    pub(super) name: String,
    /// What was measured, from the lowest loss to the highest.
    pub(super) points: Vec<&'a Measured>,
}

/// The variant and the line without its loss.
fn name(it: &Measured) -> (String, String) {
    let mut line = it.link.clone();
    line.loss = 0;
    (it.variant.clone(), line.to_string())
}

/// The curves of these points, in the order of the points.
pub(super) fn curves(measured: &[Measured]) -> Vec<Curve<'_>> {
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
