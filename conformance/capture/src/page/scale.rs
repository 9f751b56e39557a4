//! Where a time and a value stand. All places are whole numbers, so that a page is the same on every machine.

use std::fmt;

use crate::line::Moment;

/// A part of the width, in thousandths of a hundredth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Percent(pub(super) i64);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
        write!(f, "{}%", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

/// All of the width.
const WHOLE: i128 = 100_000;
/// The most ticks of the axis.
const TICKS: i64 = 5;

/// The axis of time, in microseconds by the clock of the first side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    from: i64,
    to: i64,
}

impl Axis {
    /// An axis that holds all of these times; they are a second if there is none.
    pub(super) fn over(times: impl IntoIterator<Item = i64>) -> Self {
        let (mut from, mut to) = (i64::MAX, i64::MIN);
        for time in times {
            (from, to) = (from.min(time), to.max(time));
        }
        // Also at the end of all times, an axis has a length.
        from = from.min(i64::MAX - 1000);
        if from > to {
            Self { from: 0, to: 1_000_000 }
        } else {
            Self { from, to: to.max(from.saturating_add(1000)) }
        }
    }

    /// Where a time stands.
    pub(super) fn place(&self, time: i64) -> Percent {
        self.part(i128::from(time) - i128::from(self.from))
    }

    /// How wide a time is.
    pub(super) fn width(&self, time: u64) -> Percent {
        self.part(i128::from(time))
    }

    fn part(&self, time: i128) -> Percent {
        let span = i128::from(self.to) - i128::from(self.from);
        // What is far outside is not seen anyway.
        let part = (time * WHOLE / span).clamp(-10 * WHOLE, 1000 * WHOLE);
        Percent(i64::try_from(part).unwrap_or(0))
    }

    /// Round times, and where they stand.
    pub(super) fn ticks(&self) -> Vec<(Percent, String)> {
        let span = self.to.saturating_sub(self.from);
        let steps = (0..19).map(|power| 10_i64.pow(power));
        let mut steps = steps.flat_map(|it| [it, it.saturating_mul(2), it.saturating_mul(5)]);
        let step = steps.find(|step| step.saturating_mul(TICKS) >= span).unwrap_or(i64::MAX);
        let first = self.from.div_euclid(step) + i64::from(self.from.rem_euclid(step) > 0);
        let times = (0..=TICKS).map(|tick| (first + tick).saturating_mul(step));
        times.filter(|at| *at <= self.to).map(|at| (self.place(at), seconds(at))).collect()
    }

    /// The whole of it in words.
    pub(super) fn words(&self) -> String {
        format!("{} to {}", seconds(self.from), seconds(self.to))
    }
}

/// A time on the axis of the first side, in microseconds.
pub(super) fn on_axis(time: Moment, shift: i64) -> i64 {
    i64::try_from(time.0).unwrap_or(i64::MAX).saturating_sub(shift)
}

/// A time in seconds, without digits that say nothing.
pub(super) fn seconds(microseconds: i64) -> String {
    let sign = if microseconds < 0 { "-" } else { "" };
    let size = microseconds.unsigned_abs();
    let text = format!("{}.{:06}", size / 1_000_000, size % 1_000_000);
    format!("{sign}{} s", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A time in seconds, to the millisecond.
pub(super) fn milliseconds(microseconds: i64) -> String {
    let sign = if microseconds < 0 { "-" } else { "" };
    format!("{sign}{} s", Moment(microseconds.unsigned_abs()))
}

/// The end of an axis for values up to this one: a round number.
pub(super) fn top(highest: u64) -> u64 {
    const ROUND: [u64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];
    if highest <= 10 {
        return highest.max(1);
    }
    let powers = (0..19).map(|power| 10_u64.pow(power));
    let mut round = powers.flat_map(|power| ROUND.map(|it| it.saturating_mul(power)));
    round.find(|round| *round >= highest).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_at_round_times_and_few() {
        let ticks = |from: i64, to: i64| Axis::over([from, to]).ticks();
        let texts = |from, to| ticks(from, to).into_iter().map(|it| it.1).collect::<Vec<_>>();
        assert_eq!(texts(0, 900_000), ["0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s"]);
        assert_eq!(texts(-1_500_000, 4_000_000), ["0 s", "2 s", "4 s"]);
        assert_eq!(ticks(-1_500_000, 4_000_000)[1].0, Percent(63_636));
        assert_eq!(texts(7, 7), ["0.0002 s", "0.0004 s", "0.0006 s", "0.0008 s", "0.001 s"]);
        for (from, to) in [(0, i64::MAX), (i64::MIN, i64::MAX), (i64::MAX, i64::MAX), (i64::MIN, 0)]
        {
            assert!(ticks(from, to).len() <= 6, "{from} {to}");
        }
    }

    #[test]
    fn the_end_of_an_axis_is_the_next_round_number() {
        let pairs = [(0, 1), (7, 7), (11, 12), (51, 60), (81, 100), (999, 1000), (1_300, 1_500)];
        for (highest, expected) in pairs {
            assert_eq!(top(highest), expected, "{highest}");
        }
        assert!(top(u64::MAX) >= u64::MAX / 2);
    }

    #[test]
    fn a_part_of_the_width_has_no_digits_that_say_nothing() {
        let texts =
            [(0, "0%"), (100_000, "100%"), (1_500, "1.5%"), (-20, "-0.02%"), (63_636, "63.636%")];
        for (part, text) in texts {
            assert_eq!(Percent(part).to_string(), text);
        }
    }
}
