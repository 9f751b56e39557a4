//! Runs all scenarios: each one twice, divided into steps in two ways, and those that pass once more
//! together with others. The observations must be the same every time.

use std::{collections::BTreeMap, rc::Rc};

use rollwire_model::exchange::Observation;

use super::{
    describe::{compared, member_of},
    judge::{Deviation, Difference, first_difference, judge},
    observe::{Wanted, observations},
    pace::Pace,
    plan::{Planned, SessionPlan, pieces, stepwise, whole},
    reproduce, together,
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement, answers},
    protocol::{Answer, Hello},
    runner::{Adapter, Ask, Reply},
    verdict::{Code, Verdict},
};

/// What became of a scenario; by default, that it was not run.
#[derive(Clone, Debug, Default)]
pub struct ScenarioResult {
    /// The verdict, with its reason.
    pub judgement: Judgement,
    /// What is wrong first, for a scenario that fails or is not deterministic.
    pub wrong: Option<Deviation>,
    /// What was expected where it is wrong, in words.
    pub expected: Option<String>,
    /// What was observed where it is wrong, in words; of a scenario that is not deterministic, what was
    /// observed each time.
    pub got: Option<String>,
    /// What was expected and what was observed, as they are.
    pub seen: Option<Box<(Observation, Observation)>>,
    /// The requests that showed it, if they are others than those of the scenario alone, all at once.
    pub requests: Option<Vec<String>>,
    /// What came on standard error meanwhile.
    pub stderr: String,
}

impl ScenarioResult {
    /// The first wrong observation of a scenario that fails, with the number of its stimulus.
    #[must_use]
    pub fn observed(&self) -> Option<(usize, &Observation)> {
        Some((self.wrong?.step, &self.seen.as_deref()?.1))
    }
}

/// What one way of playing showed.
pub(super) enum Observed {
    /// What was to be observed. It is not kept.
    Right,
    /// Something else, and all that was observed.
    Wrong(Box<Difference>, Vec<Observation>),
    /// Nothing that could be read.
    Nothing(Judgement),
}

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
            Ok(answers) => observed(part, &answers.iter().collect::<Vec<_>>(), way, shown),
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
    playable.flat_map(|(at, Planned { session: part, .. })| {
        // The place is the number of the session too: none is used twice in a run.
        let place = 2 * at;
        let session = place as u64;
        let scripts = [whole(part, session), stepwise(part, session + 1)];
        let ask = move |(way, script)| Ask { place: place + way, script: Rc::new(script) };
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

/// Reads the answers to one session and compares them with what is to be observed. The way is that in
/// which the scenario was divided: 0 for [`whole`], 1 for [`stepwise`].
pub(super) fn observed(
    part: &SessionPlan,
    answers: &[&Answer],
    way: usize,
    shown: Visible,
) -> Observed {
    let pieces: Vec<usize> = pieces(part, way).collect();
    let wanted = Wanted { observations: pieces.iter().sum(), stimuli: part.stimuli.len() };
    let got = match observations(answers, wanted, shown) {
        Err(judgement) => return Observed::Nothing(judgement),
        Ok(got) if pieces.len() == got.len() => got,
        Ok(got) => joined(got, &pieces),
    };
    match judge(part, &got, shown) {
        None => Observed::Right,
        Some(difference) => Observed::Wrong(Box::new(difference), got),
    }
}

/// One observation for each stretch that was asked for in pieces: all that was sent meanwhile, and the
/// state at its end.
fn joined(got: Vec<Observation>, pieces: &[usize]) -> Vec<Observation> {
    let mut got = got.into_iter();
    let join = |count: &usize| {
        let (mut sent, mut last) = (Vec::new(), Observation::default());
        for observation in got.by_ref().take(*count) {
            last = observation;
            sent.append(&mut last.sent);
        }
        Observation { sent, ..last }
    };
    pieces.iter().map(join).collect()
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
        Some(match (first?, second?) {
            (Observed::Nothing(judgement), _) => broken(judgement, stderr),
            (_, Observed::Nothing(judgement)) => {
                let requests = reproduce::stepwise(part);
                ScenarioResult { requests, ..broken(judgement, stderr) }
            }
            (Observed::Right, Observed::Right) => {
                let got = Answered::Nothing(String::new());
                broken(Judgement { verdict: Verdict::Pass, code: None, got }, stderr)
            }
            (Observed::Right, Observed::Wrong(difference, _)) => {
                let Difference { wrong, expected, got } = *difference;
                let plays = Plays::again(part, wrong, &expected, &got);
                differing(&expected, &plays, reproduce::twice(part, wrong.step), stderr)
            }
            (Observed::Wrong(difference, _), Observed::Right) => {
                let Difference { wrong, expected, got } = *difference;
                let plays = Plays::again(part, wrong, &got, &expected);
                differing(&expected, &plays, reproduce::twice(part, wrong.step), stderr)
            }
            (Observed::Wrong(difference, first), Observed::Wrong(_, second)) => {
                match first_difference(part, first, &second, shown) {
                    None => failed(&difference, stderr),
                    Some(Difference { wrong, expected: first, got: second }) => {
                        let expected = part.expected_at(wrong.step).unwrap_or_default();
                        let plays = Plays::again(part, wrong, &first, &second);
                        differing(&expected, &plays, reproduce::twice(part, wrong.step), stderr)
                    }
                }
            }
        })
    }
}

fn failed(difference: &Difference, stderr: String) -> ScenarioResult {
    let Difference { wrong, expected, got } = difference;
    let why = Answered::Nothing(String::new());
    let judgement = Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got: why };
    let (right, found) = compared(wrong.member, expected, got);
    ScenarioResult {
        wrong: Some(*wrong),
        expected: Some(right),
        got: Some(found),
        seen: Some(Box::new((expected.clone(), got.clone()))),
        ..broken(judgement, stderr)
    }
}

pub(super) fn broken(judgement: Judgement, stderr: String) -> ScenarioResult {
    ScenarioResult { judgement, stderr, ..ScenarioResult::default() }
}

/// What was observed in two plays of one scenario, where they differ.
pub(super) struct Plays<'a> {
    /// What the difference is between the plays, in words.
    why: String,
    first: (&'static str, &'a Observation),
    second: (&'static str, &'a Observation),
    wrong: Deviation,
}

impl<'a> Plays<'a> {
    /// A scenario that was played alone in two ways.
    fn again(
        part: &SessionPlan,
        wrong: Deviation,
        first: &'a Observation,
        second: &'a Observation,
    ) -> Self {
        let how = match part.pace() {
            Pace::Each { .. } => "a stimulus a step",
            Pace::Seldom(_) => "in other steps",
        };
        let why = format!("played again, {how}, it was observed otherwise");
        Self { why, first: ("first play", first), second: ("second play", second), wrong }
    }

    /// A scenario that passed alone, and was then played in this way.
    pub(super) fn together(how: &'static str, difference: &'a Difference) -> Self {
        let Difference { wrong, expected, got } = difference;
        let why = format!("played {how}, it was observed otherwise");
        Self { why, first: ("played alone", expected), second: (how, got), wrong: *wrong }
    }

    fn text(&self) -> String {
        let shown = |(name, seen): (&str, &Observation)| {
            format!("{name}: {}", member_of(self.wrong.member, seen))
        };
        format!("{}; {}", shown(self.first), shown(self.second))
    }
}

/// A scenario that was observed in two ways.
pub(super) fn differing(
    expected: &Observation,
    plays: &Plays<'_>,
    requests: Option<Vec<String>>,
    stderr: String,
) -> ScenarioResult {
    let why = Answered::Nothing(plays.why.clone());
    let judgement =
        Judgement { verdict: Verdict::Error, code: Some(Code::Nondeterministic), got: why };
    let wrong = plays.wrong;
    // The play that is wrong says which rule is broken.
    let mut seen = [plays.second.1, plays.first.1].into_iter();
    let got = seen.find(|it| expected.differences(it).any(|member| member == wrong.member));
    ScenarioResult {
        wrong: Some(wrong),
        expected: Some(format!("{}, by the specification", member_of(wrong.member, expected))),
        got: Some(plays.text()),
        seen: got.map(|got| Box::new((expected.clone(), got.clone()))),
        requests,
        ..broken(judgement, stderr)
    }
}
