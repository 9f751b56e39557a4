//! A lane: what one side did over time, of one measure.

use super::{
    path::{areas, height, steps},
    scale::{Axis, Percent, on_axis},
    side::Placed,
};
use crate::{
    buckets::{Buckets, Fold},
    line::Moment,
};

/// A lane on the axis.
#[derive(Clone, Debug)]
pub(super) struct Lane {
    pub(super) name: String,
    /// The number of its side.
    pub(super) side: usize,
    /// Where its buckets begin, how wide they are together, and how many there are.
    pub(super) x: Percent,
    pub(super) width: Percent,
    pub(super) buckets: usize,
    /// What is drawn: a class, and a path.
    pub(super) paths: Vec<(String, String)>,
    /// What the top of the lane stands for.
    pub(super) top: String,
    /// Whether its zero is in the middle.
    pub(super) is_mirrored: bool,
    /// The same in words, for those who do not see it.
    pub(super) words: String,
}

impl Lane {
    /// A lane for these buckets of a side without anything in it; nothing if there are none.
    pub(super) fn of<T: Fold>(
        axis: &Axis,
        (number, side): (usize, &Placed<'_>),
        buckets: &Buckets<T>,
    ) -> Option<Self> {
        let begin: Moment = buckets.begin()?;
        let count = buckets.all().len();
        let width = buckets.width().saturating_mul(count as u64);
        Some(Self {
            name: side.name.clone(),
            side: number,
            x: axis.place(on_axis(begin, side.shift)),
            width: axis.width(width),
            buckets: count,
            paths: Vec::new(),
            top: String::new(),
            is_mirrored: false,
            words: String::new(),
        })
    }

    pub(super) fn line(&mut self, class: &str, values: &[Option<u64>], top: u64) {
        self.path(format!("line {class}"), steps(values.iter().copied(), top));
    }

    pub(super) fn area(&mut self, class: &str, values: &[Option<(u64, u64)>], top: u64) {
        // What is there is seen, however small it is.
        let heights = values.iter().map(|value| {
            let (low, high) = (*value)?;
            let low = height(low, top);
            Some((low, height(high, top).max(low + 30)))
        });
        self.path(format!("area {class}"), areas(heights));
    }

    pub(super) fn path(&mut self, class: String, path: String) {
        if !path.is_empty() {
            self.paths.push((class, path));
        }
    }
}
