//! After which stimuli of a scenario an adapter is observed.
//!
//! The size of all observations grows with the square of the length of a scenario. A scenario of thousands
//! of stimuli is therefore played with `advance`, which is answered with one observation for many stimuli.

use std::{
    mem::{Discriminant, discriminant},
    ops::Range,
};

use rollwire_model::{
    Model,
    exchange::{Observation, Rollback, Session, State, Stimulus, Variant},
    peer,
};

use crate::protocol::Capability;

/// A right answer to one step has about this many bytes at most.
const ANSWER: usize = 128 * 1024;

/// This many stimuli always fit into one step, because each adds at most one entry to each list.
const FEW: usize = 64;

/// An adapter that advances is observed after each stimulus if all observations have at most this many
/// bytes, roughly.
const EACH: usize = 512 * 1024;

/// A scenario is long if all its observations would have more bytes than this, roughly.
const LONG: usize = 5 * 1024 * 1024;

/// An adapter without `advance` is observed after each stimulus of a long scenario if all observations
/// have at most this many bytes. Twice as many may wait for each other.
const MOST: usize = 24 * 1024 * 1024;

/// An adapter that is observed seldom gives about this many bytes together at most.
const SELDOM: usize = 2 * 1024 * 1024;

/// They are at most this part of what they would be after each stimulus.
const PART: usize = 4;

/// After which stimuli an adapter is observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pace {
    /// After each of them.
    Each {
        /// The numbers of stimuli of one step after another, as many in each as an answer has room for.
        cuts: Vec<usize>,
        /// How many bytes all observations have together, roughly.
        size: usize,
    },
    /// After some of them. What the others sent is observed then, too.
    Seldom {
        /// The number of stimuli up to each observation.
        ends: Vec<usize>,
        /// How many bytes the observations after each stimulus would have together, roughly.
        size: usize,
    },
}

impl Pace {
    /// The pace for these stimuli.
    ///
    /// With and without detection it is the same: requests are written to a file before it is known who
    /// will answer them.
    #[must_use]
    pub fn of(stimuli: &[Stimulus], model: &Model, advances: bool) -> Self {
        if stimuli.len() <= FEW {
            return Self::Each { cuts: vec![stimuli.len()], size: 0 };
        }
        Self::with_sizes(stimuli, sizes(stimuli, model), advances)
    }

    /// The pace for these stimuli of a peer, which this session plays.
    #[must_use]
    pub fn of_peer(stimuli: &[Stimulus], mut session: peer::Session, advances: bool) -> Self {
        let size = |stimulus: &Stimulus| size_of_peer(&session.step(stimulus));
        Self::with_sizes(stimuli, stimuli.iter().map(size).collect(), advances)
    }

    fn with_sizes(stimuli: &[Stimulus], sizes: Vec<usize>, advances: bool) -> Self {
        let size = sizes.iter().sum();
        if size > EACH && advances {
            return Self::Seldom { ends: ends(stimuli, &sizes), size };
        }
        let (mut cuts, mut bytes) = (Vec::new(), 0);
        for size in sizes {
            bytes += size;
            match cuts.last_mut() {
                Some(last) if bytes <= ANSWER => *last += 1,
                _ => {
                    bytes = size;
                    cuts.push(1);
                }
            }
        }
        Self::Each { cuts, size }
    }

    /// Steps of `stride` stimuli. An adapter that advances is observed at the end of each of them.
    #[must_use]
    pub fn in_strides(stride: usize, stimuli: usize, advances: bool) -> Self {
        let stride = stride.max(1);
        if advances && stride > 1 {
            let whole = (1..=stimuli / stride).map(|it| it * stride);
            let rest = (!stimuli.is_multiple_of(stride)).then_some(stimuli);
            return Self::Seldom { ends: whole.chain(rest).collect(), size: 0 };
        }
        let cut = |from| stride.min(stimuli - from);
        Self::Each { cuts: (0..stimuli).step_by(stride).map(cut).collect(), size: 0 }
    }

    /// Whether it is observed after each stimulus.
    #[must_use]
    pub const fn is_each(&self) -> bool {
        matches!(self, Self::Each { .. })
    }

    /// Whether it is a long scenario.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.size() > LONG
    }

    /// Whether an adapter that advances is asked to.
    #[must_use]
    pub fn is_seldom(&self) -> bool {
        self.size() > EACH
    }

    const fn size(&self) -> usize {
        match self {
            Self::Each { size, .. } | Self::Seldom { size, .. } => *size,
        }
    }

    /// The capability that is missing if all observations are too large to ask for.
    pub(super) fn missing(&self) -> Option<Capability> {
        match self {
            Self::Each { size, .. } if *size > MOST => Some(Capability::Advance),
            Self::Each { .. } | Self::Seldom { .. } => None,
        }
    }

    /// The stimuli up to each observation, in order.
    pub fn stretches(&self) -> impl Iterator<Item = Range<usize>> {
        let mut from = 0;
        let (each, ends) = match self {
            Self::Each { cuts, .. } => (1..cuts.iter().sum::<usize>() + 1, &[][..]),
            Self::Seldom { ends, .. } => (0..0, &ends[..]),
        };
        each.chain(ends.iter().copied()).map(move |end| std::mem::replace(&mut from, end)..end)
    }
}

/// How many bytes each observation has as JSON, roughly: the larger one of those with and without
/// detection.
fn sizes(stimuli: &[Stimulus], model: &Model) -> Vec<usize> {
    let session = |detects| Session::of_variant(model, Variant { detects, ..Variant::DETECTS });
    let (mut with, mut without) = (session(true), session(false));
    let size = |session: &mut Session, stimulus: &Stimulus| {
        let sent = session.apply(stimulus).len();
        let State { queue, map, history, events, .. } = session.state();
        100 + 32 * (queue.len() + map.len() + history.len() + sent) + 80 * events.len()
    };
    stimuli.iter().map(|it| size(&mut with, it).max(size(&mut without, it))).collect()
}

/// How many bytes an observation of a peer has as JSON, roughly.
fn size_of_peer(observed: &Observation) -> usize {
    let Observation { sent, queue, map, history, events, peer, .. } = observed;
    let sent: usize = sent.iter().map(|datagram| 3 + 2 * datagram.bytes().len()).sum();
    let lists = 32 * (queue.len() + map.len() + history.len()) + 80 * events.len();
    400 + sent + lists + 16 * peer.held.len() + 20 * peer.round_trips.len()
}

/// What a stimulus is. The two ends of a rollback do different things.
fn kind(stimulus: &Stimulus) -> (Discriminant<Stimulus>, bool) {
    (discriminant(stimulus), *stimulus == Stimulus::Rollback(Rollback::End))
}

/// Observes a long scenario after each tick, where another kind of stimulus follows, and at its end; but only so often
/// that the observations do not become too large together.
fn ends(stimuli: &[Stimulus], sizes: &[usize]) -> Vec<usize> {
    let most = (sizes.iter().sum::<usize>() / PART).min(SELDOM);
    let mut gap = 1;
    loop {
        let mut ends = Vec::new();
        for (at, stimulus) in stimuli.iter().enumerate() {
            let is_last_of_its_kind = |next: &Stimulus| kind(next) != kind(stimulus);
            // Two ticks must not send together what belongs to the first one.
            let is_followed =
                *stimulus == Stimulus::TICK || stimuli.get(at + 1).is_none_or(is_last_of_its_kind);
            let is_far = at + 1 - ends.last().copied().unwrap_or(0) >= gap;
            if at + 1 == stimuli.len() || is_followed && is_far {
                ends.push(at + 1);
            }
        }
        let size: usize = ends.iter().map(|end| sizes[end - 1]).sum();
        if size <= most || gap >= stimuli.len() {
            return ends;
        }
        gap *= 2;
    }
}

#[cfg(test)]
pub(super) mod tests {
    use rollwire_model::{exchange::StateHash, vectors::long_scenarios};

    use super::*;
    use crate::protocol::{Hello, Implementation};

    /// An adapter with an exchange and these capabilities.
    pub(in crate::check::scenario) fn hello(capabilities: &[Capability]) -> Hello {
        let name = String::new;
        Hello {
            implementation: Implementation { name: name(), version: name(), language: name() },
            revision: 7,
            capabilities: [&[Capability::Exchange], capabilities].concat().into_iter().collect(),
            messages: None,
            parameters: peer::Parameters::default(),
            window: 16,
            sessions: 16,
        }
    }

    fn confirms(count: u32) -> Vec<Stimulus> {
        (0..count).map(|frame| Stimulus::Confirm { frame, hash: StateHash([7; 8]) }).collect()
    }

    #[test]
    fn a_short_scenario_is_observed_after_each_stimulus() {
        let model = Model::latest();
        for advances in [false, true] {
            let stimuli = confirms(100);
            let pace = Pace::of(&stimuli, &model, advances);
            assert!(matches!(pace, Pace::Each { .. }) && !pace.is_seldom(), "{pace:?}");
            assert!(pace.stretches().eq((0..100).map(|at| at..at + 1)));
        }
    }

    #[test]
    fn a_long_scenario_is_observed_where_something_else_happens() {
        let model = Model::latest();
        let mut stimuli = confirms(1000);
        stimuli.extend([Stimulus::TICK, Stimulus::TICK, Stimulus::RESET]);
        let pace = Pace::of(&stimuli, &model, true);
        assert!(matches!(&pace, Pace::Seldom { ends, .. } if *ends == [1000, 1001, 1002, 1003]));
        assert!(pace.stretches().eq([0..1000, 1000..1001, 1001..1002, 1002..1003]));
        // Without `advance` all of it can be asked for; of three times as many, it cannot.
        let pace = Pace::of(&stimuli, &model, false);
        assert!(matches!(pace, Pace::Each { .. }) && pace.is_long());
        assert_eq!(pace.missing(), None);
        assert_eq!(Pace::of(&confirms(3000), &model, false).missing(), Some(Capability::Advance));
    }

    /// Where kinds alternate all the time, it is observed less often.
    #[test]
    fn all_observations_together_stay_small() {
        let model = Model::latest();
        for scenario in long_scenarios() {
            let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
            let pace = Pace::of(&stimuli, &model, true);
            let Pace::Seldom { ends, .. } = &pace else { panic!("{} is not long", scenario.id) };
            assert_eq!(ends.last(), Some(&stimuli.len()));
            let sizes = sizes(&stimuli, &model);
            let size: usize = ends.iter().map(|end| sizes[end - 1]).sum();
            assert!(size <= SELDOM, "{}: {size}", scenario.id);
        }
    }
}
