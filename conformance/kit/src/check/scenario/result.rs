//! What became of a scenario: what was observed, and the verdict on it.

use rollwire_model::exchange::Observation;

use super::{
    cuts::pieces,
    describe::{compared, member_of},
    judge::{Deviation, Difference, judge},
    observe::{self, Wanted},
    plan::SessionPlan,
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement},
    protocol::Answer,
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

/// Reads the answers to one session and compares them with what is to be observed. The way is that in
/// which the scenario was divided: 0 for [`whole`](super::cuts::whole), 1 for [`stepwise`](super::cuts::stepwise).
pub(super) fn observed(
    part: &SessionPlan,
    answers: &[&Answer],
    way: usize,
    shown: Visible,
) -> Observed {
    let shown = shown.of(part);
    let pieces: Vec<usize> = pieces(part, way).collect();
    let observations = pieces.iter().sum();
    // Where each stimulus is observed, the pieces of one that is cut count as stimuli.
    let stimuli = part.stimuli.len().max(if part.pace().is_each() { observations } else { 0 });
    let wanted = Wanted { observations, stimuli };
    let got = match observe::observations(answers, wanted, shown) {
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
pub(super) fn joined(got: Vec<Observation>, pieces: &[usize]) -> Vec<Observation> {
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

pub(super) fn failed(difference: Difference, stderr: String) -> ScenarioResult {
    let Difference { wrong, expected, got } = difference;
    let why = Answered::Nothing(String::new());
    let judgement = Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got: why };
    let (right, found) = compared(wrong.member, &expected, &got);
    ScenarioResult {
        wrong: Some(wrong),
        expected: Some(right),
        got: Some(found),
        seen: Some(Box::new((expected, got))),
        ..broken(judgement, stderr)
    }
}

pub(super) fn broken(judgement: Judgement, stderr: String) -> ScenarioResult {
    ScenarioResult { judgement, stderr, ..ScenarioResult::default() }
}

/// How a scenario was played for a second time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Again {
    /// What is said of a scenario that was then observed otherwise.
    pub(super) why: &'static str,
    /// What the two ways of playing are called.
    pub(super) names: [&'static str; 2],
}

/// A scenario that was observed in two ways, of which one is right or none; `plays` is what each showed
/// at that step.
pub(super) fn differing(
    wrong: Deviation,
    expected: &Observation,
    again: Again,
    plays: [&Observation; 2],
    stderr: String,
) -> ScenarioResult {
    let got = Answered::Nothing(again.why.to_owned());
    let judgement = Judgement { verdict: Verdict::Error, code: Some(Code::Nondeterministic), got };
    // The play that is wrong says which rule is broken.
    let mut latest_first = plays.into_iter().rev();
    let found = latest_first
        .find(|it| expected.differences(it).any(|member| member == wrong.member))
        .map(|it| Box::new((expected.clone(), it.clone())));
    let [first, second] = plays.map(|it| member_of(wrong.member, it));
    let [name, other] = again.names;
    ScenarioResult {
        wrong: Some(wrong),
        expected: Some(format!("{}, by the specification", member_of(wrong.member, expected))),
        got: Some(format!("{name}: {first}; {other}: {second}")),
        seen: found,
        ..broken(judgement, stderr)
    }
}
