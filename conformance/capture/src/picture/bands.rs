//! What lasted for a time: episodes, and the closed channel.

use crate::line::Moment;

/// The most bands. If there are more, those with the shortest pause between them become one.
pub(crate) const MOST: usize = 64;

/// Something that lasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) from: Moment,
    /// Nothing if it has not ended.
    pub(crate) to: Option<Moment>,
    /// The numbers of the first and of the last thing that it stands for.
    pub(crate) numbers: (u32, u32),
    /// How many things it stands for.
    pub(crate) count: u64,
}

/// Bands that follow one another.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bands(Vec<Band>);

impl Bands {
    /// Something begins; what lasted until now ends.
    pub(crate) fn begin(&mut self, from: Moment, number: u32) {
        self.end(from);
        if self.0.len() == MOST {
            self.join();
        }
        self.0.push(Band { from, to: None, numbers: (number, number), count: 1 });
    }

    /// What lasts ends, if something does.
    pub(crate) fn end(&mut self, to: Moment) {
        if let Some(last) = self.0.last_mut() {
            last.to.get_or_insert(to.max(last.from));
        }
    }

    /// Whether something lasts.
    pub(crate) fn lasts(&self) -> bool {
        self.0.last().is_some_and(|last| last.to.is_none())
    }

    fn join(&mut self) {
        let pause = |at: usize| self.0[at].to.map(|to| self.0[at + 1].from.since(to));
        let shortest = (0..self.0.len() - 1).min_by_key(|at| pause(*at).unwrap_or(0)).unwrap_or(0);
        let next = self.0.remove(shortest + 1);
        let band = &mut self.0[shortest];
        band.to = next.to;
        band.numbers.1 = next.numbers.1;
        band.count += next.count;
    }

    /// The bands, the earliest first.
    pub(crate) fn all(&self) -> &[Band] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_bands_is_bounded_and_every_episode_is_in_one() {
        let mut bands = Bands::default();
        let mut time = 0;
        for number in 0..1000_u32 {
            bands.begin(Moment(time), number);
            bands.end(Moment(time + 50));
            // A long pause after every hundredth.
            time += if number % 100 == 99 { 10_000 } else { 60 };
        }
        let all = bands.all();
        assert_eq!((all.len(), all.iter().map(|it| it.count).sum::<u64>()), (MOST, 1000));
        assert!(all.windows(2).all(|two| two[0].to <= Some(two[1].from)), "{all:?}");
        assert!(all.windows(2).all(|two| two[0].numbers.1 + 1 == two[1].numbers.0), "{all:?}");
        // No band goes over a long pause.
        assert!(all.iter().all(|it| it.numbers.0 / 100 == it.numbers.1 / 100), "{all:?}");
    }

    #[test]
    fn what_begins_ends_what_lasted() {
        let mut bands = Bands::default();
        bands.end(Moment(1));
        bands.begin(Moment(2), 0);
        bands.begin(Moment(9), 1);
        assert!(bands.lasts());
        assert_eq!(bands.all()[0].to, Some(Moment(9)));
        bands.end(Moment(3));
        assert_eq!((bands.all()[1].to, bands.lasts()), (Some(Moment(9)), false));
    }
}
