//! Something that is collected over time, in a fixed number of buckets.

use crate::line::Moment;

/// The most buckets. A capture of any length has between half of them and all, unless it is very short.
pub(crate) const MOST: usize = 360;
/// Fewer buckets than this show no more than a number would.
const FEW: usize = 24;
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

    /// The same in fewer buckets, each of at least this time in microseconds; but not in very few.
    pub(crate) fn coarse(&self, least: u64) -> Self
    where
        T: Clone,
    {
        let most = (self.all.len() / FEW).max(1) as u64;
        let together = least.div_ceil(self.width).clamp(1, most);
        let size = usize::try_from(together).unwrap_or(1);
        let folded = self.all.chunks(size).map(|some| {
            let mut folded = T::default();
            some.iter().cloned().for_each(|it| folded.fold(it));
            folded
        });
        let all = folded.collect();
        let width = self.width.saturating_mul(together);
        Self { begin: self.begin, width, newest: self.newest, all }
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

    #[derive(Clone, Default)]
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
        // 10 ms doubled ten times.
        assert_eq!((buckets.begin(), buckets.width()), (Some(Moment(5_000_000)), 10_240_000));
        assert_eq!(buckets.all().len(), 352);
        assert!(buckets.all().iter().take(351).all(|it| (10..=11).contains(&it.0)));
        // The last one has seen a part of its time.
        assert_eq!((buckets.all()[351].0, buckets.seen(351)), (5, 4_760_000));
        assert_eq!(buckets.seen(3), 10_240_000);
        let coarse = buckets.coarse(60_000_000);
        assert_eq!((coarse.width(), coarse.all().len()), (61_440_000, 59));
        assert_eq!(coarse.seen(58), 35_480_000);
        assert_eq!(coarse.all().iter().map(|it| it.0).sum::<u64>(), 3600);
        assert_eq!(buckets.coarse(u64::MAX).all().len(), 26);
        assert_eq!(Buckets::<Count>::default().coarse(60).all().len(), 0);
        // What comes too late counts where it was, and nothing is before the beginning.
        buckets.at(Moment(0)).0 += 1;
        assert_eq!(buckets.all()[0].0, 12);
    }
}
