//! Paths of values over time, as SVG writes them: a bucket is one wide, and the height is 1000.

use std::fmt::Write;

/// The height of a lane, in the units of its paths.
pub(super) const HEIGHT: u64 = 1000;

/// How high a value is, from the bottom.
pub(super) fn height(value: u64, top: u64) -> u64 {
    let height = u128::from(value.min(top)) * u128::from(HEIGHT) / u128::from(top.max(1));
    u64::try_from(height).unwrap_or(HEIGHT)
}

/// A stepped line, with a gap wherever a value is missing.
pub(super) fn steps(values: impl Iterator<Item = Option<u64>>, top: u64) -> String {
    let mut path = String::new();
    let mut last = None;
    let mut end = 0;
    for (at, value) in values.enumerate() {
        let y = value.map(|value| HEIGHT - height(value, top));
        if y != last {
            if last.is_some() {
                let _ = write!(path, "H{at}");
            }
            match (last, y) {
                (None, Some(y)) => {
                    let _ = write!(path, "M{at} {y}");
                }
                (Some(_), Some(y)) => {
                    let _ = write!(path, "V{y}");
                }
                (_, None) => {}
            }
        }
        (last, end) = (y, at + 1);
    }
    if last.is_some() {
        let _ = write!(path, "H{end}");
    }
    path
}

/// An area between two heights in each bucket, from the bottom; nothing where they are equal.
pub(super) fn areas(heights: impl Iterator<Item = Option<(u64, u64)>>) -> String {
    let mut path = String::new();
    // The area that still goes on, and where it began.
    let mut last: Option<(usize, (u64, u64))> = None;
    let mut close = |last: Option<(usize, (u64, u64))>, at: usize| {
        if let Some((from, (low, high))) = last {
            let (low, high) = (HEIGHT - low.min(HEIGHT), HEIGHT - high.min(HEIGHT));
            let _ = write!(path, "M{from} {low}V{high}H{at}V{low}Z");
        }
    };
    let mut end = 0;
    for (at, heights) in heights.enumerate() {
        let heights = heights.filter(|(low, high)| low < high);
        if heights != last.map(|it| it.1) {
            close(last, at);
            last = heights.map(|it| (at, it));
        }
        end = at + 1;
    }
    close(last, end);
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stop_where_there_is_no_value() {
        let values = [None, Some(0), Some(0), Some(5), None, Some(10)];
        assert_eq!(steps(values.into_iter(), 10), "M1 1000H3V500H4M5 0H6");
        assert_eq!(steps([None, None].into_iter(), 10), "");
        assert_eq!(steps([Some(u64::MAX)].into_iter(), u64::MAX), "M0 0H1");
    }

    #[test]
    fn areas_of_equal_heights_are_one() {
        let heights = [Some((0, 100)), Some((0, 100)), None, Some((50, 50)), Some((10, 2000))];
        assert_eq!(areas(heights.into_iter()), "M0 1000V900H2V1000ZM4 990V0H5V990Z");
    }
}
