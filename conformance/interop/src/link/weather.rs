//! What a link does to each datagram: from a seed, or from a script.

use super::{Event, Interruption, Line, Script, Span};
use crate::chance::Chance;

/// The first of the numbers that belong to datagrams; those before it belong to the game.
const DATAGRAMS: u64 = 1 << 32;

/// When the copies of a datagram arrive, in milliseconds after it was sent. A lost one has none.
pub(crate) type Arrivals = Vec<u64>;

/// What a link does to a game.
#[derive(Clone, Debug)]
pub enum Weather {
    /// What a line does, from a seed.
    Seeded {
        /// The line.
        line: Line,
        /// The seed.
        seed: u64,
    },
    /// What a script says.
    Scripted(Script),
}

impl Weather {
    /// The longest time that a datagram takes, in milliseconds.
    pub(crate) fn longest(&self) -> u64 {
        match self {
            Self::Seeded { line, .. } => line.delay + line.jitter,
            Self::Scripted(script) => {
                let taken = script.events.iter().map(|event| match event {
                    Event::Twice { after: time, .. } | Event::Takes { takes: time, .. } => *time,
                    Event::Lost { .. } | Event::Interrupted(..) => 0,
                });
                taken.fold(script.delay, u64::max)
            }
        }
    }

    /// Whether the link is interrupted in this way at this time.
    pub(crate) fn is_interrupted(&self, kind: Interruption, now: u64) -> bool {
        self.interruptions().any(|(found, span)| found == kind && span.contains(now))
    }

    /// When the link is interrupted.
    pub(crate) fn interruptions(&self) -> impl Iterator<Item = (Interruption, Span)> {
        let (line, script) = match self {
            Self::Seeded { line, .. } => (&line.interruptions[..], &[][..]),
            Self::Scripted(script) => (&[][..], &script.events[..]),
        };
        let of_script = script.iter().filter_map(|event| match event {
            Event::Interrupted(kind, span) => Some((*kind, *span)),
            _ => None,
        });
        line.iter().copied().chain(of_script)
    }

    /// What becomes of a datagram of a peer, which are counted from 1.
    pub(crate) fn arrivals(&self, from: usize, number: u64) -> Arrivals {
        match self {
            Self::Seeded { line, seed } => of_line(line, *seed, from, number),
            Self::Scripted(script) => of_script(script, from, number),
        }
    }

    /// What happens to a datagram, as events: nothing if it takes as long as most.
    pub(crate) fn events(&self, from: usize, number: u64) -> Vec<Event> {
        let Self::Seeded { line, .. } = self else { return Vec::new() };
        match self.arrivals(from, number)[..] {
            [] => vec![Event::Lost { from, number, count: 1 }],
            [first, ref more @ ..] => {
                let takes =
                    (first != line.delay).then_some(Event::Takes { from, number, takes: first });
                let again = more.iter().map(|after| Event::Twice { from, number, after: *after });
                takes.into_iter().chain(again).collect()
            }
        }
    }
}

fn of_line(line: &Line, seed: u64, from: usize, number: u64) -> Arrivals {
    let chance = |number: u64| Chance::new(seed, DATAGRAMS + 2 * number + from as u64);
    // A burst as long as the average of these makes the loss what it is called.
    let begins = |number: u64| chance(number).happens(line.loss, 100 * line.burst.max(1));
    let first = number.saturating_sub(line.burst.max(1) - 1).max(1);
    if line.loss > 0 && (first..=number).any(begins) {
        return Vec::new();
    }
    let mut chance = chance(number);
    // The first number decides about the burst.
    chance.below(1);
    let mut takes = || (line.delay + chance.below(2 * line.jitter + 1)).saturating_sub(line.jitter);
    let (once, again) = (takes(), takes());
    let mut arrivals = vec![once];
    if chance.happens(line.duplicate, 100) {
        arrivals.push(again);
    }
    arrivals
}

fn of_script(script: &Script, from: usize, number: u64) -> Arrivals {
    let mut arrivals = vec![script.delay];
    for event in &script.events {
        match event {
            Event::Lost { from: peer, number: first, count }
                if *peer == from && number.checked_sub(*first).is_some_and(|it| it < *count) =>
            {
                return Vec::new();
            }
            Event::Takes { from: peer, number: slow, takes }
                if (*peer, *slow) == (from, number) =>
            {
                arrivals[0] = *takes;
            }
            Event::Twice { from: peer, number: twice, after }
                if (*peer, *twice) == (from, number) =>
            {
                arrivals.push(*after);
            }
            _ => {}
        }
    }
    arrivals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(text: &str) -> Weather {
        Weather::Seeded { line: text.parse().expect("a line"), seed: 5 }
    }

    #[test]
    fn a_line_does_what_it_says() {
        let weather = seeded("delay 50±20 loss 10% burst 5 duplicate 10%");
        let all: Vec<Arrivals> = (1..=20_000).map(|it| weather.arrivals(0, it)).collect();
        let lost = all.iter().filter(|it| it.is_empty()).count();
        let twice = all.iter().filter(|it| it.len() == 2).count();
        assert!(
            (1_400..2_400).contains(&lost) && (1_500..2_200).contains(&twice),
            "{lost} {twice}"
        );
        assert!(all.iter().flatten().all(|it| (30..=70).contains(it)));
        // Most are lost together with a neighbour.
        let pairs = all.windows(2).filter(|it| it[0].is_empty() && it[1].is_empty()).count();
        assert!(pairs * 2 > lost, "{pairs} of {lost}");
        // The other direction has its own chances.
        assert!((1..=1_000).any(|it| weather.arrivals(0, it) != weather.arrivals(1, it)));
    }

    #[test]
    fn a_script_of_the_events_of_a_seed_does_the_same() {
        let weather = seeded("delay 50±20 loss 10% burst 3 duplicate 10%");
        let events = (0..2).flat_map(|from| (1..=500).map(move |it| (from, it)));
        let events = events.flat_map(|(from, number)| weather.events(from, number)).collect();
        let script = Weather::Scripted(Script { delay: 50, events });
        for (from, number) in (0..2).flat_map(|from| (1..=500).map(move |it| (from, it))) {
            assert_eq!(script.arrivals(from, number), weather.arrivals(from, number));
        }
    }
}
