//! What a time of an interface is in microseconds since 1970.

/// The latest time of a record, in microseconds after the origin: 1e15 milliseconds.
pub(super) const LATEST: u64 = 1_000_000_000_000_000_000;

/// How an interface counts time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clock {
    /// The digits of a unit after the point of a second; or, with the highest bit, its binary digits.
    pub(super) resolution: u8,
    /// What is to be added, in seconds.
    pub(super) offset: i64,
}

impl Clock {
    /// The time in microseconds, cut to one that a `u64` holds.
    pub(super) fn micros(self, units: u64) -> u64 {
        let units = u128::from(units) * 1_000_000;
        let digits = u32::from(self.resolution & 0x7f);
        // A unit that no number counts is so short that nothing has passed.
        let micros = if self.resolution & 0x80 == 0 {
            10_u128.checked_pow(digits).map_or(0, |per_second| units / per_second)
        } else {
            units.checked_shr(digits).unwrap_or_default()
        };
        let offset = i128::from(self.offset) * 1_000_000;
        let time = i128::try_from(micros).unwrap_or(i128::MAX).saturating_add(offset).max(0);
        u64::try_from(time).unwrap_or(u64::MAX)
    }
}

/// The origin of a header in microseconds; 0 if it is not known.
pub(super) fn origin_micros(origin: Option<f64>) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a time of day that no clock shows is cut to one that a capture can hold"
    )]
    let micros = (origin.unwrap_or_default() * 1000.0).max(0.0).round() as u64;
    micros
}

/// The same the other way round.
#[expect(clippy::cast_precision_loss, reason = "a quarter of a microsecond does not matter")]
pub(super) fn origin_of(micros: u64) -> f64 {
    micros as f64 / 1000.0
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn every_resolution_is_one_of_microseconds() {
        let micros = |resolution, offset, units| Clock { resolution, offset }.micros(units);
        assert_eq!(micros(6, 0, 1_500_000), 1_500_000);
        assert_eq!(micros(9, 0, 1_500_000_999), 1_500_000);
        assert_eq!(micros(0, 0, 3), 3_000_000);
        assert_eq!(micros(0x80 | 10, 0, 1536), 1_500_000);
        assert_eq!(micros(6, 2, 1), 2_000_001);
        assert_eq!(micros(6, -2, 3_000_000), 1_000_000);
        // No time is before 1970, and none overflows.
        assert_eq!(micros(6, i64::MIN, u64::MAX), 0);
        assert_eq!(micros(0, i64::MAX, u64::MAX), u64::MAX);
        assert_eq!(micros(127, 0, u64::MAX), 0);
        assert_eq!(micros(0x80 | 127, 0, u64::MAX), 0);
        assert_eq!(micros(0x80, 0, u64::MAX), u64::MAX);
        assert_eq!(micros(19, 0, u64::MAX), 1_844_674);
    }
}
