//! One axis of time for all parts of a tap.

use crate::line::{Header, Moment};

/// Two parts are this far apart at most, in microseconds: a day. What is further away is a wrong clock.
const FARTHEST: i64 = 86_400_000_000;

/// The axis of a tap: the times of its first part, which go on in the later ones.
///
/// A later part has a clock of its own. Where both headers have an `origin`, it stands where that says;
/// otherwise it begins where the part before it ends.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    /// The origin of the first part, in milliseconds.
    first: Option<f64>,
    /// What is added to the times of this part, in microseconds; it is not certain before its first record.
    shift: i64,
    /// Whether the part has no record yet.
    is_new: bool,
    newest: Moment,
}

impl Axis {
    pub(crate) fn new(header: &Header) -> Self {
        Self { first: header.origin, shift: 0, is_new: false, newest: Moment::default() }
    }

    /// Another part begins.
    pub(crate) fn begin(&mut self, header: &Header) {
        #[expect(clippy::cast_possible_truncation, reason = "a float that is too large is cut")]
        let microseconds = |milliseconds: f64| (milliseconds * 1000.0).round() as i64;
        let apart = header.origin.zip(self.first).map(|(origin, first)| origin - first);
        self.shift = apart.map_or(i64::MIN, microseconds);
        self.is_new = true;
    }

    /// Where a record stands. No record stands before an earlier one.
    pub(crate) fn record(&mut self, at: Moment) -> Moment {
        if std::mem::take(&mut self.is_new) {
            let newest = signed(self.newest);
            let place = self.shift.saturating_add(signed(at));
            if !(newest..=newest.saturating_add(FARTHEST)).contains(&place) {
                self.shift = newest.saturating_sub(signed(at));
            }
        }
        self.newest = self.newest.max(self.of(at));
        self.newest
    }

    /// Where a time of this part stands.
    pub(crate) fn of(&self, at: Moment) -> Moment {
        Moment(u64::try_from(self.shift.saturating_add(signed(at))).unwrap_or(0))
    }
}

fn signed(at: Moment) -> i64 {
    i64::try_from(at.0).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(origin: Option<f64>) -> Header {
        let (peer, tap) = (String::new(), String::new());
        Header { peer, revision: 7, origin, redundancy: None, setup: None, tap }
    }

    /// Where the records of two parts stand, in milliseconds.
    fn places(origins: [Option<f64>; 2], first: &[u64], second: &[u64]) -> Vec<u64> {
        let mut axis = Axis::new(&header(origins[0]));
        let mut places = Vec::new();
        for at in first {
            places.push(axis.record(Moment::from_millis(*at)).0 / 1000);
        }
        axis.begin(&header(origins[1]));
        for at in second {
            places.push(axis.record(Moment::from_millis(*at)).0 / 1000);
        }
        places
    }

    #[test]
    fn a_later_part_stands_where_its_origin_says_or_at_the_end_of_the_one_before() {
        let (early, late) = (Some(1000.0), Some(1900.0));
        assert_eq!(places([early, late], &[5, 700], &[3, 10]), [5, 700, 903, 910]);
        // The channel was opened anew in the same page.
        assert_eq!(places([early, early], &[5, 700], &[800]), [5, 700, 800]);
        assert_eq!(places([None, late], &[5, 700], &[3, 10]), [5, 700, 700, 707]);
        // Origins that cannot be true.
        for origin in [-1e300, 500.0, 1e12, f64::MAX, f64::NAN] {
            assert_eq!(places([early, Some(origin)], &[5, 700], &[3]), [5, 700, 700], "{origin}");
        }
        // A clock that is set back.
        assert_eq!(places([None, None], &[9, 4, 12], &[]), [9, 9, 12]);
    }
}
