//! Runs all scenarios: each one twice, divided into steps in two ways, and those that pass once more among
//! others. The observations must be the same every time.

use std::{collections::BTreeMap, rc::Rc, sync::Arc};

use rollwire_model::exchange::Observation;

use super::{
    describe::{compared, member_of},
    judge::{Deviation, judge},
    observe::observations,
    plan::{Owners, Planned, SessionPlan, interleaved, stepwise, whole},
    reproduce,
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement, answers},
    protocol::{Answer, Hello},
    runner::{Adapter, Ask, Reply, Script, Traits},
    verdict::{Code, Verdict},
};

/// How many scenarios are run at once, at most. An adapter that has room for two or four sessions, and
/// then shares something, is noticed.
const GROUP: usize = 5;

/// How many stimuli of each scenario of a group are in a step, in the two orders in which it is run.
const STRIDES: [usize; 2] = [1, 3];

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
enum Observed {
    /// What was to be observed. It is not kept.
    Right,
    /// Something else.
    Wrong(Deviation, Box<Observation>, Vec<Observation>),
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
        let showing = match answers(reply) {
            Ok(answers) => showing(part, &answers.iter().collect::<Vec<_>>(), shown),
            Err(judgement) => Observed::Nothing(judgement),
        };
        let both = ways.entry(at).or_default();
        if !matches!(showing, Observed::Right) {
            both.stderr += &if noise.is_empty() { stderr() } else { noise };
        }
        both.showings[way] = Some(showing);
        // As soon as both are there, so that no more is kept than what a reader wants to see.
        if both.showings.iter().all(Option::is_some) {
            played[at] = ways.remove(&at).and_then(|both| both.judged(part, shown));
        }
    });
    if hello.sessions > 1 && adapter.is_live() && adapter.stopped().is_none() {
        run_interleaved(adapter, planned, hello, &mut played);
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
    let got = observations(&answers.iter().collect::<Vec<_>>(), part.stimuli.len(), shown)?;
    Ok(judge(part.expected(), &got, shown).map(|(wrong, _)| wrong))
}

/// Reads the answers to one session and holds them against what is to be observed.
fn showing(part: &SessionPlan, answers: &[&Answer], shown: Visible) -> Observed {
    match observations(answers, part.stimuli.len(), shown) {
        Err(judgement) => Observed::Nothing(judgement),
        Ok(got) => match judge(part.expected(), &got, shown) {
            None => Observed::Right,
            Some((wrong, expected)) => Observed::Wrong(wrong, Box::new(expected), got),
        },
    }
}

/// The two ways in which a scenario is played alone, and what came on standard error.
#[derive(Default)]
struct BothRuns {
    showings: [Option<Observed>; 2],
    stderr: String,
}

impl BothRuns {
    /// The verdict on what was observed when a scenario was played alone, twice.
    fn judged(self, part: &SessionPlan, shown: Visible) -> Option<ScenarioResult> {
        let Self { showings: [first, second], stderr } = self;
        Some(match (first?, second?) {
            // What was asked says more than what was left out.
            (Observed::Nothing(left), Observed::Nothing(judgement)) if left.is_not_run() => {
                let requests = reproduce::stepwise(part);
                ScenarioResult { requests, ..broken(judgement, stderr) }
            }
            (Observed::Nothing(left), Observed::Wrong(wrong, expected, got))
                if left.is_not_run() =>
            {
                let requests = reproduce::stepwise(part);
                let result = failed(wrong, &expected, got.get(wrong.step), stderr);
                ScenarioResult { requests, ..result }
            }
            (Observed::Wrong(wrong, expected, got), Observed::Nothing(left))
                if left.is_not_run() =>
            {
                failed(wrong, &expected, got.get(wrong.step), stderr)
            }
            (Observed::Nothing(judgement), _) => broken(judgement, stderr),
            (_, Observed::Nothing(judgement)) => {
                let requests = reproduce::stepwise(part);
                ScenarioResult { requests, ..broken(judgement, stderr) }
            }
            (Observed::Right, Observed::Right) => {
                let got = Answered::Nothing(String::new());
                broken(Judgement { verdict: Verdict::Pass, code: None, got }, stderr)
            }
            (Observed::Right, Observed::Wrong(wrong, expected, second)) => {
                let plays = Plays::again(wrong, Some(&expected), second.get(wrong.step));
                let requests = reproduce::twice(part, wrong.step);
                differing(wrong, &expected, &plays, (requests, stderr))
            }
            (Observed::Wrong(wrong, expected, first), Observed::Right) => {
                let plays = Plays::again(wrong, first.get(wrong.step), Some(&expected));
                let requests = reproduce::twice(part, wrong.step);
                differing(wrong, &expected, &plays, (requests, stderr))
            }
            (Observed::Wrong(wrong, expected, got), Observed::Wrong(_, _, second)) => {
                match judge(got.iter().cloned(), &second, shown) {
                    None => failed(wrong, &expected, got.get(wrong.step), stderr),
                    Some((wrong, first)) => {
                        let plays = Plays::again(wrong, Some(&first), second.get(wrong.step));
                        let expected = part.expected().nth(wrong.step).unwrap_or_default();
                        let requests = reproduce::twice(part, wrong.step);
                        differing(wrong, &expected, &plays, (requests, stderr))
                    }
                }
            }
        })
    }
}

fn failed(
    wrong: Deviation,
    expected: &Observation,
    got: Option<&Observation>,
    stderr: String,
) -> ScenarioResult {
    let why = Answered::Nothing(String::new());
    let judgement = Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got: why };
    let texts = got.map(|got| compared(wrong.member, expected, got));
    let (right, wrong_text) = texts.unzip();
    ScenarioResult {
        wrong: Some(wrong),
        expected: right.or_else(|| Some(member_of(wrong.member, expected))),
        got: wrong_text,
        seen: got.map(|got| Box::new((expected.clone(), got.clone()))),
        ..broken(judgement, stderr)
    }
}

fn broken(judgement: Judgement, stderr: String) -> ScenarioResult {
    ScenarioResult { judgement, stderr, ..ScenarioResult::default() }
}

/// What was observed in two plays of one scenario, where they differ.
struct Plays<'a> {
    /// What the difference is between the plays, in words.
    why: &'static str,
    first: (&'static str, Option<&'a Observation>),
    second: (&'static str, Option<&'a Observation>),
    wrong: Deviation,
}

impl<'a> Plays<'a> {
    /// A scenario that was played all at once, and then a stimulus a step.
    fn again(
        wrong: Deviation,
        first: Option<&'a Observation>,
        second: Option<&'a Observation>,
    ) -> Self {
        Self {
            why: "played again, a stimulus a step, it was observed otherwise",
            first: ("first play", first),
            second: ("second play", second),
            wrong,
        }
    }

    /// A scenario that passed alone, and was then played among others.
    fn among_others(
        wrong: Deviation,
        alone: &'a Observation,
        among: Option<&'a Observation>,
    ) -> Self {
        Self {
            why: "played among other sessions, it was observed otherwise",
            first: ("played alone", Some(alone)),
            second: ("among other sessions", among),
            wrong,
        }
    }

    fn text(&self) -> String {
        let shown = |(name, seen): (&str, Option<&Observation>)| {
            let seen = seen.map_or("nothing".to_owned(), |it| member_of(self.wrong.member, it));
            format!("{name}: {seen}")
        };
        format!("{}; {}", shown(self.first), shown(self.second))
    }
}

/// A scenario that was observed in two ways.
fn differing(
    wrong: Deviation,
    expected: &Observation,
    plays: &Plays<'_>,
    (requests, stderr): (Option<Vec<String>>, String),
) -> ScenarioResult {
    let why = Answered::Nothing(plays.why.to_owned());
    let judgement =
        Judgement { verdict: Verdict::Error, code: Some(Code::Nondeterministic), got: why };
    let [first, second] = [plays.first.1, plays.second.1];
    // The play that is wrong says which rule is broken.
    let mut seen = [second, first].into_iter().flatten();
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

/// Plays the scenarios that passed in groups, a step of each in turn, in two orders.
fn run_interleaved(
    adapter: &mut dyn Adapter,
    planned: &[Planned],
    hello: &Hello,
    played: &mut [Option<ScenarioResult>],
) {
    let shown = Visible::by(hello);
    let passed =
        |at: &usize| played[*at].as_ref().is_some_and(|it| it.judgement.verdict == Verdict::Pass);
    let passing: Vec<usize> = (0..planned.len()).filter(passed).collect();
    let mut groups: Vec<Vec<usize>> =
        passing.chunks(GROUP.min(hello.sessions)).map(<[usize]>::to_vec).collect();
    // One that is left over is played beside itself.
    for group in groups.iter_mut().filter(|group| group.len() == 1) {
        group.push(group[0]);
    }
    // One order after the other: a number is used again when the answer to `close` has arrived.
    for order in [0, 1] {
        run_in_order(adapter, planned, &groups, order, (shown, &mut *played));
    }
}

/// Plays the groups in one of the two orders.
fn run_in_order(
    adapter: &mut dyn Adapter,
    planned: &[Planned],
    groups: &[Vec<usize>],
    order: usize,
    (shown, played): (Visible, &mut [Option<ScenarioResult>]),
) {
    let mut session = 2 * planned.len() as u64;
    let scripts: Vec<(&Vec<usize>, Arc<Script>, Owners)> =
        groups.iter().map(|group| in_order(group, order, planned, &mut session)).collect();
    let traits: Traits = [Rc::from("run among other sessions")].into();
    let mut asks = scripts.iter().enumerate().map(|(place, (_, script, _))| Ask {
        place,
        script: Arc::clone(script),
        traits: Traits::clone(&traits),
    });
    adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        let (group, _, owners) = &scripts[place];
        // When it is not asked, the scenario keeps the verdict that it has.
        if matches!(reply, Reply::NotRun | Reply::LeftOut(_)) {
            return;
        }
        let noise = match &reply {
            Reply::Malformed(_) => stderr(),
            reply => reply.stderr(),
        };
        let answers = answers(reply);
        for (owner, at) in order_of(group, order).into_iter().enumerate() {
            let part = &planned[at].session;
            let showing = match &answers {
                Err(judgement) => Observed::Nothing(judgement.clone()),
                Ok(answers) => {
                    let own = answers.iter().zip(owners).filter(|(_, of)| **of == owner);
                    let own: Vec<&Answer> = own.map(|(answer, _)| answer).collect();
                    showing(part, &own, shown)
                }
            };
            let requests = |step| {
                let parts = order_of(group, order).into_iter().map(|at| &planned[at].session);
                reproduce::among_others(&parts.collect::<Vec<_>>(), STRIDES[order], owner, step)
            };
            let worse = match showing {
                Observed::Right => None,
                Observed::Nothing(mut judgement) => {
                    if let Answered::Nothing(why) = &mut judgement.got {
                        *why += ", played among other sessions";
                    }
                    let requests = requests(part.stimuli.len());
                    Some(ScenarioResult { requests, ..broken(judgement, noise.clone()) })
                }
                Observed::Wrong(wrong, expected, got) => {
                    let plays = Plays::among_others(wrong, &expected, got.get(wrong.step));
                    let rest = (requests(wrong.step), noise.clone());
                    Some(differing(wrong, &expected, &plays, rest))
                }
            };
            let passed = |it: &ScenarioResult| it.judgement.verdict == Verdict::Pass;
            if let Some(worse) = worse
                && played[at].as_ref().is_some_and(passed)
            {
                played[at] = Some(worse);
            }
        }
    });
}

/// The script of a group: a stimulus of each in turn, or three of each with the last one first. The sessions
/// of both orders have the same numbers. A number may be used again after `close`, and the new session
/// knows nothing of the old one.
fn in_order<'a>(
    group: &'a Vec<usize>,
    order: usize,
    planned: &[Planned],
    session: &mut u64,
) -> (&'a Vec<usize>, Arc<Script>, Owners) {
    let parts: Vec<&SessionPlan> =
        order_of(group, order).into_iter().map(|at| &planned[at].session).collect();
    let first = *session;
    *session += group.len() as u64;
    let sessions: Vec<u64> = (first..*session).collect();
    let (script, owners) = interleaved(&parts, &sessions, STRIDES[order]);
    (group, Arc::new(script), owners)
}

/// A group in the first or the second order.
fn order_of(group: &[usize], number: usize) -> Vec<usize> {
    let mut order = group.to_vec();
    if number == 1 {
        order.reverse();
    }
    order
}
