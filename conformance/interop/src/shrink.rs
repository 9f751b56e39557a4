//! The shortest script of a link on which a game still fails.

use crate::{
    link::{Event, Interruption, Line, Script, Span, Weather},
    play::Outcome,
    property::Property,
    table::Fixture,
};

/// A game is played again at most this many times to find it.
const TRIES: usize = 600;

/// How often a game is played again to find one interruption that does the same as many events.
const INTERRUPTIONS: usize = 300;

/// A script with more events than this is not short.
const FEW: usize = 5;

/// Plays a game, if its seats still can.
pub(crate) type Replay<'a> = dyn FnMut(&Fixture) -> Option<Outcome> + 'a;

/// A game that failed, and the fewest events of its link with which the same property fails.
pub(crate) fn shortest(
    seed: u64,
    line: &Line,
    failed: &Outcome,
    replay: &mut Replay<'_>,
) -> Option<(Script, Outcome)> {
    let property = failed.violation.as_ref()?.property;
    let mut search = Search { seed, property, replay, tries: TRIES, found: None };
    let script = |events: Vec<Event>| Script { delay: line.delay, events };
    // A game that fails on a link without a fault needs no events at all.
    if search.fails(&script(Vec::new())) {
        return search.found;
    }
    let time = failed.lasted;
    let mut events: Vec<Event> = failed.events.clone();
    events.retain(|event| match event {
        Event::Interrupted(_, span) => span.from <= time,
        _ => true,
    });
    let without_jitter: Vec<Event> =
        events.iter().copied().filter(|it| !matches!(it, Event::Takes { .. })).collect();
    if !search.fails(&script(without_jitter)) && !search.fails(&script(events)) {
        return None;
    }
    search.removes_events();
    if search.found.as_ref().is_some_and(|(script, _)| script.events.len() > FEW) {
        search.tries_interruptions(line.delay, time);
    }
    search.found
}

struct Search<'a, 'b> {
    seed: u64,
    property: Property,
    replay: &'a mut Replay<'b>,
    tries: usize,
    found: Option<(Script, Outcome)>,
}

impl Search<'_, '_> {
    /// Removes halves, quarters and smaller parts of the events, as long as the game still fails.
    fn removes_events(&mut self) {
        let mut parts = 2;
        while self.tries > 0
            && let Some((kept, _)) = &self.found
            && kept.events.len() > 1
        {
            let (delay, events) = (kept.delay, kept.events.clone());
            let size = events.len().div_ceil(parts);
            let without = |from: usize| {
                let rest =
                    events.iter().enumerate().filter(|(at, _)| !(from..from + size).contains(at));
                Script { delay, events: rest.map(|(_, event)| *event).collect() }
            };
            let is_shorter = (0..events.len()).step_by(size).any(|from| self.fails(&without(from)));
            parts = match (is_shorter, size) {
                (true, _) => 2.max(parts - 1),
                (false, 1) => break,
                (false, _) => (2 * parts).min(events.len()),
            };
        }
    }

    /// Tries to put one interruption in the place of all events.
    fn tries_interruptions(&mut self, delay: u64, time: u64) {
        self.tries = INTERRUPTIONS;
        let begins = || (0..time).step_by(500);
        let spans = [1_000, 2_500, 6_000].into_iter();
        let spans = spans.flat_map(|lasts| begins().map(move |from| Span { from, lasts }));
        for kind in [Interruption::Part, Interruption::Full] {
            for span in spans.clone() {
                let events = vec![Event::Interrupted(kind, span)];
                if self.fails(&Script { delay, events }) {
                    return;
                }
            }
        }
    }

    /// Whether the game fails on a link with this script. If it does, the script is kept.
    fn fails(&mut self, script: &Script) -> bool {
        if self.tries == 0 {
            return false;
        }
        self.tries -= 1;
        let weather = Weather::Scripted(script.clone());
        let fixture = Fixture { seed: self.seed, weather, is_recorded: true };
        let outcome = (self.replay)(&fixture);
        let fails = |outcome: &Outcome| {
            outcome.violation.as_ref().is_some_and(|it| it.property == self.property)
        };
        match outcome {
            Some(outcome) if fails(&outcome) => {
                self.found = Some((script.clone(), outcome));
                true
            }
            _ => false,
        }
    }
}
