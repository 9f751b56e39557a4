//! Something that is collected over time, in a fixed number of buckets.

use crate::line::Moment;

/// The most buckets. A capture of any length has between half of them and all, unless it is very short.
pub(crate) const MOST: usize = 360;
/// The time of a bucket at first, in microseconds.
const FIRST: u64 = 10_000;

/// What a bucket holds.
pub(crate) trait Fold: Default {
    /// Adds what the bucket after it holds.
    fn fold(&mut self, later: Self);
}

/// Buckets of equal time. When the time no longer fits, each pair of neighbours becomes one bucket.
#[derive(Clone, Debug)]
pub(crate) struct Buckets<T> {
    begin: Option<Moment>,
    width: u64,
    newest: Moment,
    all: Vec<T>,
}

impl<T> Default for Buckets<T> {
    fn default() -> Self {
        Self { begin: None, width: FIRST, newest: Moment::default(), all: Vec::new() }
    }
}

impl<T: Fold> Buckets<T> {
    /// The bucket of this time; the first one if it is before the beginning.
    pub(crate) fn at(&mut self, time: Moment) -> &mut T {
        let begin = *self.begin.get_or_insert(time);
        self.newest = self.newest.max(time);
        let passed = time.since(begin);
        while passed / self.width >= MOST as u64 {
            self.halve();
        }
        let place = usize::try_from(passed / self.width).unwrap_or(MOST - 1);
        if self.all.len() <= place {
            self.all.resize_with(place + 1, T::default);
        }
        &mut self.all[place]
    }

    fn halve(&mut self) {
        self.width = self.width.saturating_mul(2);
        let mut all = std::mem::take(&mut self.all).into_iter();
        while let Some(mut first) = all.next() {
            if let Some(second) = all.next() {
                first.fold(second);
            }
            self.all.push(first);
        }
    }

    /// The buckets, the earliest first.
    pub(crate) fn all(&self) -> &[T] {
        &self.all
    }

    /// When the first one begins; nothing if there is none.
    pub(crate) fn begin(&self) -> Option<Moment> {
        self.begin
    }

    /// The newest time that was asked for.
    pub(crate) fn newest(&self) -> Moment {
        self.newest
    }

    /// How long a bucket is, in microseconds.
    pub(crate) fn width(&self) -> u64 {
        self.width
    }

    /// How much of its time the bucket at this place has seen, in microseconds; at least one.
    pub(crate) fn seen(&self, place: usize) -> u64 {
        let from = self.width.saturating_mul(place as u64);
        let passed = self.begin.map_or(0, |begin| self.newest.since(begin));
        passed.saturating_sub(from).clamp(1, self.width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Count(u64);

    impl Fold for Count {
        fn fold(&mut self, later: Self) {
            self.0 += later.0;
        }
    }

    #[test]
    fn the_number_of_buckets_is_bounded_and_nothing_gets_lost() {
        // Steps that grow, up to the largest time that a capture may have and beyond.
        for grow in [1.0, 1.01, 1.5, 10.0, 1e9] {
            let (mut buckets, mut time, mut step) = (Buckets::<Count>::default(), 1e6, 1000.0);
            for count in 1..=5000_u64 {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "cut")]
                let moment = Moment(time as u64);
                buckets.at(moment).0 += 1;
                assert!(buckets.all().len() <= MOST);
                assert!(buckets.all.capacity() <= 2 * MOST, "{}", buckets.all.capacity());
                assert_eq!(buckets.all().iter().map(|it| it.0).sum::<u64>(), count);
                time += step;
                step *= grow;
            }
            assert!(grow > 1.0 || buckets.all().len() > MOST / 2, "{}", buckets.all().len());
        }
    }

    #[test]
    fn what_is_earlier_stays_earlier() {
        let mut buckets = Buckets::<Count>::default();
        for second in 0..3600 {
            buckets.at(Moment::from_millis(5000 + 1000 * second)).0 += 1;
        }
        // 10 ms doubled eleven times.
        assert_eq!((buckets.begin(), buckets.width()), (Some(Moment(5_000_000)), 20_480_000));
        assert_eq!(buckets.all().len(), 176);
        assert!(buckets.all().iter().take(175).all(|it| (20..=21).contains(&it.0)));
        // The last one has seen a part of its time, 15 of 20.48 s.
        assert_eq!(
            (buckets.all()[175].0, buckets.seen(175), buckets.seen(3)),
            (16, 15_000_000, 20_480_000)
        );
        // What comes too late counts where it was, and nothing is before the beginning.
        buckets.at(Moment(0)).0 += 1;
        assert_eq!(buckets.all()[0].0, 22);
    }
}
