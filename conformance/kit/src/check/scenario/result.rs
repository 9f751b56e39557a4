//! What became of a scenario: what was observed, and the verdict on it.

use rollwire_model::exchange::Observation;

use super::{
    describe::member_of,
    judge::{Deviation, Difference, judge},
    observe::{Wanted, observations},
    plan::{SessionPlan, pieces},
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement},
    protocol::Answer,
    verdict::{Code, Verdict},
};

/// What became of a scenario.
#[derive(Clone, Debug)]
pub struct ScenarioResult {
    /// The verdict, with its reason.
    pub judgement: Judgement,
    /// What is wrong first, for a scenario that fails or is not deterministic.
    pub wrong: Option<Deviation>,
    /// What was expected where it is wrong, in words; of a scenario that is not deterministic, what was
    /// observed before.
    pub expected: Option<String>,
    /// What was observed where it is wrong, in words.
    pub got: Option<String>,
    /// What came on standard error meanwhile.
    pub stderr: String,
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
/// which the scenario was divided: 0 for [`whole`](super::plan::whole), 1 for [`stepwise`](super::plan::stepwise).
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

pub(super) fn failed(difference: &Difference, stderr: String) -> ScenarioResult {
    let why = Answered::Nothing(String::new());
    let code = Some(difference.wrong.code());
    seen(Judgement { verdict: Verdict::Fail, code, got: why }, difference, stderr)
}

/// A scenario that was observed in two ways: as before, and as now.
pub(super) fn differing(difference: &Difference, text: &str, stderr: String) -> ScenarioResult {
    let (got, code) = (Answered::Nothing(text.to_owned()), Some(Code::Nondeterministic));
    seen(Judgement { verdict: Verdict::Error, code, got }, difference, stderr)
}

fn seen(judgement: Judgement, difference: &Difference, stderr: String) -> ScenarioResult {
    let Difference { wrong, expected, got } = difference;
    let expected = Some(member_of(wrong.member, expected));
    let got = Some(member_of(wrong.member, got));
    ScenarioResult { judgement, wrong: Some(*wrong), expected, got, stderr }
}

pub(super) fn broken(judgement: Judgement, stderr: String) -> ScenarioResult {
    ScenarioResult { judgement, wrong: None, expected: None, got: None, stderr }
}
