//! Runs all scenarios: each one twice, divided into steps in two ways, and those that pass once more
//! together with others. The observations must be the same every time.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use rollwire_model::exchange::Observation;

use super::{
    cuts::{stepwise, whole},
    judge::{Deviation, Difference, first_difference},
    pace::Pace,
    plan::{Planned, SessionPlan},
    reproduce,
    result::{Again, Observed, ScenarioResult, broken, differing, failed, joined, observed},
    together,
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement, answers},
    protocol::Hello,
    runner::{Adapter, Ask, Reply, Traits},
    verdict::Verdict,
};

/// Plays every scenario for which nothing is missing; the others are left out of the answer as `None`.
pub fn run_all(
    adapter: &mut dyn Adapter,
    planned: &[Planned],
    hello: &Hello,
) -> Vec<Option<ScenarioResult>> {
    let shown = Visible::by(hello);
    let mut ways: BTreeMap<usize, BothRuns> = BTreeMap::new();
    let mut played: Vec<Option<ScenarioResult>> = planned.iter().map(|_| None).collect();
    adapter.ask_all(&mut alone(planned), &mut |place, reply, stderr| {
        let (at, way) = (place / 2, place % 2);
        let part = &planned[at].session;
        let noise = reply.stderr();
        let observed = match answers(reply) {
            Ok(answers) => {
                let part = if way == 0 { &Cow::Borrowed(part) } else { &part.again() };
                observed(part, &answers.iter().collect::<Vec<_>>(), way, shown)
            }
            Err(judgement) => Observed::Nothing(judgement),
        };
        let both = ways.entry(at).or_default();
        if !matches!(observed, Observed::Right) {
            both.stderr += &if noise.is_empty() { stderr() } else { noise };
        }
        both.observed[way] = Some(observed);
        // As soon as both are there, so that no more is kept than what a reader wants to see.
        if both.observed.iter().all(Option::is_some) {
            played[at] = ways.remove(&at).and_then(|both| both.judged(part, shown));
        }
    });
    if adapter.is_live() && adapter.stopped().is_none() {
        together::run_all(adapter, planned, hello, &mut played);
    }
    played
}

/// Every scenario that can be played, alone and in two ways, in the order of the plan.
pub(crate) fn alone(planned: &[Planned]) -> impl Iterator<Item = Ask> {
    let playable = planned.iter().enumerate().filter(|(_, it)| it.missing.is_none());
    playable.flat_map(|(at, planned)| {
        let (part, traits) = (&planned.session, planned.traits());
        // The place is the number of the session too.
        let place = 2 * at;
        let session = place as u64;
        let scripts = [whole(part, session), stepwise(part, session + 1)];
        let ask = move |(way, script)| Ask {
            place: place + way,
            script: Arc::new(script),
            traits: Traits::clone(&traits),
        };
        scripts.into_iter().enumerate().map(ask)
    })
}

/// The first thing that is wrong in a reply to one session, if there is any.
///
/// # Errors
/// The judgement on a reply in which nothing can be read.
pub(crate) fn first_deviation(
    part: &SessionPlan,
    reply: Reply,
    shown: Visible,
) -> Result<Option<Deviation>, Judgement> {
    let answers = answers(reply)?;
    match observed(part, &answers.iter().collect::<Vec<_>>(), 0, shown) {
        Observed::Right => Ok(None),
        Observed::Wrong(difference, _) => Ok(Some(difference.wrong)),
        Observed::Nothing(judgement) => Err(judgement),
    }
}

/// The two ways in which a scenario is played alone, and what came on standard error.
#[derive(Default)]
struct BothRuns {
    observed: [Option<Observed>; 2],
    stderr: String,
}

impl BothRuns {
    /// The verdict on what was observed when a scenario was played alone, twice.
    fn judged(self, part: &SessionPlan, shown: Visible) -> Option<ScenarioResult> {
        let Self { observed: [first, second], stderr } = self;
        let stepwise = |result| ScenarioResult { requests: reproduce::stepwise(part), ..result };
        Some(match (first?, second?) {
            // What was asked says more than what was left out.
            (Observed::Nothing(left), Observed::Nothing(judgement)) if left.is_not_run() => {
                stepwise(broken(judgement, stderr))
            }
            (Observed::Nothing(left), Observed::Wrong(difference, _)) if left.is_not_run() => {
                stepwise(failed(*difference, stderr))
            }
            (Observed::Wrong(difference, _), Observed::Nothing(left)) if left.is_not_run() => {
                failed(*difference, stderr)
            }
            (Observed::Nothing(judgement), _) => broken(judgement, stderr),
            (_, Observed::Nothing(judgement)) => stepwise(broken(judgement, stderr)),
            (Observed::Right, Observed::Right) => {
                let got = Answered::Nothing(String::new());
                broken(Judgement { verdict: Verdict::Pass, code: None, got }, stderr)
            }
            (Observed::Right, Observed::Wrong(difference, _)) => {
                let Difference { wrong, expected, got } = &*difference;
                twice(part, *wrong, expected, [expected, got], stderr)
            }
            (Observed::Wrong(difference, _), Observed::Right) => {
                let Difference { wrong, expected, got } = &*difference;
                twice(part, *wrong, expected, [got, expected], stderr)
            }
            (Observed::Wrong(difference, first), Observed::Wrong(_, second)) => {
                let again = part.again();
                // What the first play showed, as seldom as it was looked at in the second one.
                let first = joined(first, &part.stretches_of(&again));
                match first_difference(&again, first, &second, shown) {
                    None => failed(*difference, stderr),
                    Some(Difference { wrong, expected: before, got: now }) => {
                        let expected = again.expected_after(wrong.step);
                        twice(part, wrong, &expected, [&before, &now], stderr)
                    }
                }
            }
        })
    }
}

fn twice(
    part: &SessionPlan,
    wrong: Deviation,
    expected: &Observation,
    plays: [&Observation; 2],
    stderr: String,
) -> ScenarioResult {
    let why = match part.again().pace() {
        Pace::Each { .. } => "played again, a stimulus a step, it was observed otherwise",
        Pace::Seldom { .. } => "played again, in other steps, it was observed otherwise",
    };
    let again = Again { why, names: ["first play", "second play"] };
    let requests = reproduce::twice(part, wrong.step);
    ScenarioResult { requests, ..differing(wrong, expected, again, plays, stderr) }
}
