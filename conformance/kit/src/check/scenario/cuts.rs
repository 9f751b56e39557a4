//! A scenario as requests: how it is cut into steps when it is played alone, again, or among others.

use std::borrow::Cow;

use rollwire_model::exchange::Stimulus;

use super::{pace::Pace, plan::SessionPlan};
use crate::{protocol::Body, runner::Script};

/// How many stimuli one request of a long scenario has, when it is played for the first and for the
/// second time.
const STRIDES: [usize; 2] = [2048, 1000];

/// The scenario alone, in as few steps as possible.
#[must_use]
pub fn whole(part: &SessionPlan, session: u64) -> Script {
    let steps = match part.pace() {
        Pace::Each { cuts, .. } => cuts_of(&part.stimuli, cuts, session),
        Pace::Seldom { .. } => advancing(part, session, STRIDES[0], <[_]>::to_vec),
    };
    alone(part, steps, session)
}

/// The scenario alone in other steps than those of [`whole`], with time cut into several pieces: a few
/// stimuli in each step, or one if the adapter cannot advance.
#[must_use]
pub fn stepwise(part: &SessionPlan, session: u64) -> Script {
    let step = |stimulus: &Stimulus| match in_three(stimulus) {
        Some(pieces) if part.may_advance() => Body::advance(session, &pieces),
        Some(pieces) => Body::step(session, &pieces),
        None => Body::step(session, std::slice::from_ref(stimulus)),
    };
    let steps = match part.again() {
        Cow::Owned(again) => advancing(&again, session, STRIDES[1], all_in_three),
        Cow::Borrowed(part) if part.pace().is_each() => part.stimuli.iter().map(step).collect(),
        Cow::Borrowed(part) => advancing(part, session, STRIDES[1], in_two),
    };
    alone(part, steps, session)
}

/// The steps of a scenario that is played among others: those of [`whole`], with time cut in another way.
pub(super) fn among_others(part: &SessionPlan, session: u64) -> Vec<Body> {
    match part.pace() {
        Pace::Each { cuts, .. } => cuts_of(&part.stimuli, cuts, session),
        Pace::Seldom { .. } => advancing(part, session, STRIDES[0], in_two),
    }
}

/// An advance in the pieces in which it is played for the second time. How time is cut must not show.
fn in_three(stimulus: &Stimulus) -> Option<[Stimulus; 3]> {
    let Stimulus::Advance(milliseconds @ 3..) = stimulus else { return None };
    let half = milliseconds / 2;
    Some([1, half, milliseconds - 1 - half].map(Stimulus::Advance))
}

/// The same stimuli, with each advance in three pieces.
fn all_in_three(stimuli: &[Stimulus]) -> Vec<Stimulus> {
    let pieces = |it: &Stimulus| in_three(it).map_or_else(|| vec![it.clone()], Vec::from);
    stimuli.iter().flat_map(pieces).collect()
}

/// The same stimuli, but each advance ends with a millisecond of its own.
fn in_two(stimuli: &[Stimulus]) -> Vec<Stimulus> {
    let mut cut = Vec::with_capacity(stimuli.len() + 1);
    for stimulus in stimuli {
        match stimulus {
            Stimulus::Advance(milliseconds @ 2..) => {
                cut.extend([milliseconds - 1, 1].map(Stimulus::Advance));
            }
            stimulus => cut.push(stimulus.clone()),
        }
    }
    cut
}

fn alone(part: &SessionPlan, steps: Vec<Body>, session: u64) -> Script {
    let mut bodies = vec![part.open(session)];
    bodies.extend(steps);
    bodies.push(Body::close(session));
    Script::of_sessions(bodies, 1)
}

fn cuts_of(stimuli: &[Stimulus], cuts: &[usize], session: u64) -> Vec<Body> {
    let mut rest = stimuli;
    let mut next = |cut: &usize| {
        let (now, later) = rest.split_at((*cut).min(rest.len()));
        rest = later;
        Body::step(session, now)
    };
    cuts.iter().map(&mut next).collect()
}

/// The requests of a scenario that is observed seldom: each stretch as a step, or in several requests to
/// advance.
fn advancing(
    part: &SessionPlan,
    session: u64,
    stride: usize,
    divided: fn(&[Stimulus]) -> Vec<Stimulus>,
) -> Vec<Body> {
    let bodies = |stretch: std::ops::Range<usize>| {
        let stimuli = &part.stimuli[stretch];
        let body = |piece: &[Stimulus]| match stimuli {
            [stimulus] if !matches!(stimulus, Stimulus::Advance(_)) => Body::step(session, piece),
            _ => Body::advance(session, &divided(piece)),
        };
        stimuli.chunks(stride).map(body).collect::<Vec<_>>()
    };
    part.pace().stretches().flat_map(bodies).collect()
}

/// Into how many observations each stretch is divided when a scenario is played in this way, 0 or 1.
pub(super) fn pieces(part: &SessionPlan, way: usize) -> impl Iterator<Item = usize> {
    let stride = STRIDES[way % STRIDES.len()];
    part.pace().stretches().map(move |stretch| match (way, part.pace().is_each()) {
        (1, true) if part.may_advance() => 1,
        (1, true) => {
            part.stimuli[stretch].iter().map(|it| in_three(it).map_or(1, |it| it.len())).sum()
        }
        _ => stretch.len().div_ceil(stride),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use rollwire_model::{Model, exchange::StateHash};

    use super::*;
    use crate::{check::scenario::pace::tests::hello, protocol::Capability};

    /// Without detection the map fills, with it everything is compared: the answers are of other sizes.
    #[test]
    fn a_scenario_is_cut_the_same_way_for_every_adapter() {
        let hash = StateHash([7; 8]);
        let both = |frame| [Stimulus::Confirm { frame, hash }, Stimulus::peer(frame, hash)];
        for (pairs, requests) in [(200, 4), (2000, 5)] {
            let stimuli: Vec<Stimulus> = (0..pairs).flat_map(both).collect();
            let played = |detects: &[Capability]| {
                let hello = hello(&[detects, &[Capability::Advance]].concat());
                whole(&SessionPlan::new(stimuli.clone(), &hello, &Arc::new(Model::latest())), 1)
            };
            let (with, without) = (played(&[Capability::Detect]), played(&[]));
            assert_eq!(with, without);
            assert!(with.bodies().len() > requests, "{} requests", with.bodies().len());
        }
    }

    /// The requests of a file were written before it was known what the adapter can do.
    #[test]
    fn a_recorded_scenario_is_asked_the_same_way_whatever_the_adapter_can_do() {
        let hash = StateHash([7; 8]);
        let stimuli =
            vec![Stimulus::Confirm { frame: 1, hash }, Stimulus::Advance(9), Stimulus::TICK];
        let plan = |can: &[Capability], is_recorded| {
            let mut plan =
                SessionPlan::new(stimuli.clone(), &hello(can), &Arc::new(Model::latest()));
            if is_recorded {
                plan.record();
            }
            plan
        };
        let [with, without] = [&[Capability::Advance][..], &[]].map(|can| plan(can, true));
        assert_eq!(stepwise(&with, 1), stepwise(&without, 1));
        assert!(pieces(&with, 1).eq(pieces(&without, 1)));
        assert_ne!(stepwise(&plan(&[Capability::Advance], false), 1), stepwise(&with, 1));
    }

    #[test]
    fn both_ways_of_playing_a_long_scenario_have_the_same_stimuli() {
        let stimuli: Vec<Stimulus> = (0..4097)
            .map(|frame| Stimulus::Confirm { frame, hash: StateHash([7; 8]) })
            .chain([Stimulus::TICK])
            .collect();
        let model = Arc::new(Model::latest());
        let part = SessionPlan::new(stimuli, &hello(&[Capability::Advance]), &model);
        let count = |script: &Script, word: &str| -> usize {
            script.bodies().iter().map(|it| it.with_id(1).matches(word).count()).sum()
        };
        for (script, advances) in [(whole(&part, 1), 3), (stepwise(&part, 1), 5)] {
            assert_eq!((count(&script, "confirm"), count(&script, "tick")), (4097, 1));
            assert_eq!(count(&script, r#""op":"advance""#), advances);
            assert_eq!(count(&script, r#""op":"step""#), 1);
        }
        let divided: [Vec<usize>; 2] = [0, 1].map(|way| pieces(&part, way).collect());
        assert_eq!(divided, [vec![3, 1], vec![5, 1]]);
        assert_eq!(part.expected().last().map(|it| it.sent.len()), Some(4097));
    }
}
