//! Plays scenarios together that passed alone: at the same time, one after another in a session of the
//! same number, and with malformed requests between them. They must be observed as before.

use std::rc::Rc;

use super::{
    execute::{Observed, Plays, ScenarioResult, broken, differing, observed},
    plan::{Planned, SessionPlan, reached, whole},
    reproduce,
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement, answers, malformed},
    protocol::{Answer, Body, Hello, Malformed},
    runner::{Adapter, Ask, Reply, Script},
    verdict::Verdict,
};

/// How many scenarios are played at the same time when all of them are.
const GROUP: usize = 3;

/// How many scenarios are played at the same time at most, once.
const CROWD: usize = 64;

/// How many scenarios are played one after another in sessions of the same number.
const CHAIN: usize = 8;

/// How many such chains there are, and how many scenarios are played among malformed requests.
const SAMPLES: usize = 6;

/// Whose answer a request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The scenario at this place of the group, of which so many stimuli have happened then.
    Part(usize, usize),
    /// A request that is malformed in this way.
    Malformed(&'static str),
}

/// How the scenarios of a group are played.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// At the same time, with so many stimuli of each in a step.
    Interleaved(usize),
    /// One after another, each in a session whose number the one before it had.
    OneAfterAnother,
    /// One with malformed requests before it, in the middle, and after it.
    AmongMalformed,
}

impl Way {
    /// What is said of a scenario that was then observed otherwise.
    const fn text(self) -> &'static str {
        match self {
            Self::Interleaved(_) => "among other sessions",
            Self::OneAfterAnother => "in a session whose number was used before",
            Self::AmongMalformed => "with malformed requests in between",
        }
    }

    /// How many numbers of sessions it takes to play so many scenarios.
    const fn sessions(self, parts: usize) -> usize {
        match self {
            Self::Interleaved(_) => parts,
            Self::OneAfterAnother => 1,
            Self::AmongMalformed => 2,
        }
    }

    /// The requests, with sessions from this number, and whose answers they have.
    fn script(self, parts: &[&SessionPlan], first: u64) -> (Script, Vec<Of>) {
        match self {
            Self::Interleaved(stride) => interleaved(parts, first, stride),
            Self::OneAfterAnother => one_after_another(parts, first),
            Self::AmongMalformed => among_malformed(parts, first),
        }
    }
}

/// Some scenarios in one script.
struct Group {
    /// Their places in the plan, in the order of the script.
    places: Vec<usize>,
    way: Way,
    script: Rc<Script>,
    of: Vec<Of>,
}

/// Plays scenarios that passed alone once more, and replaces the results of those that then do not.
pub(super) fn run_all(
    adapter: &mut dyn Adapter,
    planned: &[Planned],
    hello: &Hello,
    played: &mut [Option<ScenarioResult>],
) {
    let shown = Visible::by(hello);
    let groups = groups(planned, hello, played);
    let scripts = groups.iter().map(|group| Rc::clone(&group.script));
    let mut asks = scripts.enumerate().map(|(place, script)| Ask { place, script });
    adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        // When the run ended before, the scenario keeps the verdict that it has.
        if reply == Reply::NotRun {
            return;
        }
        let noise = match &reply {
            Reply::Malformed(_) => stderr(),
            reply => reply.stderr(),
        };
        let group = &groups[place];
        for (at, worse) in group.judged(answers(reply), planned, shown, &noise) {
            let passed = |it: &ScenarioResult| it.judgement.verdict == Verdict::Pass;
            if played[at].as_ref().is_some_and(passed) {
                played[at] = Some(worse);
            }
        }
    });
}

fn groups(planned: &[Planned], hello: &Hello, played: &[Option<ScenarioResult>]) -> Vec<Group> {
    let passed = |at: &usize| {
        let result = played[*at].as_ref();
        // Long ones take long, and show nothing new.
        result.is_some_and(|it| it.judgement.verdict == Verdict::Pass)
            && !planned[*at].session.pace().is_long()
    };
    let passing: Vec<usize> = (0..planned.len()).filter(passed).collect();
    let mut numbers = Numbers { planned, next: 2 * planned.len() as u64 };
    let mut groups = Vec::new();
    if hello.sessions > 1 {
        for group in passing.chunks(GROUP.min(hello.sessions)) {
            groups.extend(numbers.in_two_orders(group));
        }
    }
    if hello.sessions > GROUP {
        groups.extend(numbers.in_two_orders(&sample(&passing, CROWD.min(hello.sessions))));
    }
    for chain in sample(&passing, CHAIN * SAMPLES).chunks(CHAIN) {
        groups.push(numbers.group(at_least_two(chain), Way::OneAfterAnother));
    }
    for at in sample(&passing, SAMPLES) {
        groups.push(numbers.group(vec![at], Way::AmongMalformed));
    }
    groups
}

/// Some of these places, from the whole range.
fn sample(places: &[usize], count: usize) -> Vec<usize> {
    let stride = places.len().div_ceil(count.max(1)).max(1);
    places.iter().copied().step_by(stride).collect()
}

/// Makes scripts, in which no session has a number that was used before.
struct Numbers<'a> {
    planned: &'a [Planned],
    next: u64,
}

impl Numbers<'_> {
    fn group(&mut self, places: Vec<usize>, way: Way) -> Group {
        let parts = parts(&places, self.planned);
        let first = self.next;
        self.next += way.sessions(parts.len()) as u64;
        let (script, of) = way.script(&parts, first);
        Group { places, way, script: Rc::new(script), of }
    }

    /// A stimulus of each in turn, then three of each with the last one first.
    fn in_two_orders(&mut self, group: &[usize]) -> [Group; 2] {
        let group = at_least_two(group);
        let reversed = group.iter().rev().copied().collect();
        [(group, 1), (reversed, 3)]
            .map(|(places, stride)| self.group(places, Way::Interleaved(stride)))
    }
}

fn parts<'a>(places: &[usize], planned: &'a [Planned]) -> Vec<&'a SessionPlan> {
    places.iter().map(|at| &planned[*at].session).collect()
}

/// One that is left over is played beside itself.
fn at_least_two(group: &[usize]) -> Vec<usize> {
    if let [alone] = group { vec![*alone; 2] } else { group.to_vec() }
}

/// Some scenarios in sessions of their own, a step of each in turn, with `stride` stimuli in a step. The
/// first session has this number.
#[must_use]
pub fn interleaved(parts: &[&SessionPlan], first: u64, stride: usize) -> (Script, Vec<Of>) {
    let (mut bodies, mut of) = (Vec::new(), Vec::new());
    let mut push = |owner, reached, body| {
        of.push(Of::Part(owner, reached));
        bodies.push(body);
    };
    let sessions = || parts.iter().zip(first..).enumerate();
    for (owner, (_, session)) in sessions() {
        push(owner, 0, Body::open(session));
    }
    let longest = parts.iter().map(|part| part.stimuli.len()).max().unwrap_or_default();
    for from in (0..longest).step_by(stride.max(1)) {
        for (owner, (part, session)) in sessions() {
            let to = (from + stride).min(part.stimuli.len());
            if from < to {
                push(owner, to, Body::step(session, &part.stimuli[from..to]));
            }
        }
    }
    for (owner, (part, session)) in sessions() {
        push(owner, part.stimuli.len(), Body::close(session));
    }
    (Script::of_sessions(bodies, parts.len()), of)
}

fn one_after_another(parts: &[&SessionPlan], session: u64) -> (Script, Vec<Of>) {
    let (mut bodies, mut of) = (Vec::new(), Vec::new());
    for (owner, part) in parts.iter().enumerate() {
        bodies.extend_from_slice(whole(part, session).bodies());
        of.extend(reached(part).into_iter().map(|reached| Of::Part(owner, reached)));
    }
    (Script::of_sessions(bodies, 1), of)
}

fn among_malformed(parts: &[&SessionPlan], session: u64) -> (Script, Vec<Of>) {
    let other = session + 1;
    let malformed = |requests: Vec<(&'static str, Body)>| {
        requests.into_iter().map(|(what, body)| (body, Of::Malformed(what)))
    };
    let mut all = Vec::new();
    for (owner, part) in parts.iter().enumerate() {
        let script = whole(part, session);
        let own = script.bodies().iter().cloned();
        let of = reached(part).into_iter().map(|reached| Of::Part(owner, reached));
        let good: Vec<(Body, Of)> = own.zip(of).collect();
        let (first, rest) = good.split_at(1.min(good.len()));
        let (middle, last) = rest.split_at(rest.len().saturating_sub(1));
        all.extend(malformed(of_a_closed_session(session)));
        all.extend_from_slice(first);
        all.extend(malformed(of_an_open_session(session, other)));
        all.extend_from_slice(middle);
        all.extend(malformed(of_an_open_session(session, other)));
        all.extend_from_slice(last);
        all.extend(malformed(of_a_closed_session(session)));
    }
    let (bodies, of) = all.into_iter().unzip();
    (Script::of_sessions(bodies, 1), of)
}

/// Requests that need an open session, without one.
fn of_a_closed_session(session: u64) -> Vec<(&'static str, Body)> {
    use rollwire_model::exchange::Stimulus;
    vec![
        ("a step in a session that is not open", Body::step(session, &[Stimulus::TICK])),
        ("the closing of a session that is not open", Body::close(session)),
    ]
}

/// Requests that are malformed while this session is open and the other one is not.
fn of_an_open_session(session: u64, other: u64) -> Vec<(&'static str, Body)> {
    let with = |stimulus: &str| Body::malformed_step(session, stimulus);
    vec![
        ("the opening of a session that is open", Body::open(session)),
        ("a step without stimuli", Body::step(session, &[])),
        ("an unknown stimulus", with(r#"{"leap":{}}"#)),
        ("a stimulus with two members", with(r#"{"tick":{},"reset":{}}"#)),
        ("a stimulus that is text", with(r#""tick""#)),
        ("a datagram that is not hex", with(r#"{"recv":"0g"}"#)),
        ("a closing of another session", Body::close(other)),
    ]
}

impl Group {
    /// The scenarios that now do not pass, by their places in the plan.
    fn judged(
        &self,
        answers: Result<Vec<Answer>, Judgement>,
        planned: &[Planned],
        shown: Visible,
        noise: &str,
    ) -> Vec<(usize, ScenarioResult)> {
        let not_an_error = answers.as_ref().ok().and_then(|answers| self.not_an_error(answers));
        let judged = |(owner, at): (usize, &usize)| {
            if let Some((place, fault)) = &not_an_error {
                let requests = self.requests(planned, *place);
                let result = broken(malformed(fault), noise.to_owned());
                return Some((*at, ScenarioResult { requests, ..result }));
            }
            let part = &planned[*at].session;
            let observed = match &answers {
                Err(judgement) => Observed::Nothing(judgement.clone()),
                Ok(answers) => self.observed(owner, answers, part, shown),
            };
            let worse = match observed {
                Observed::Right => return None,
                Observed::Nothing(mut judgement) => {
                    if let Answered::Nothing(why) = &mut judgement.got {
                        *why += ", played ";
                        *why += self.way.text();
                    }
                    let requests = self.requests(planned, self.of.len());
                    ScenarioResult { requests, ..broken(judgement, noise.to_owned()) }
                }
                Observed::Wrong(difference, _) => {
                    let shows = |of: &Of| {
                        matches!(of, Of::Part(of, reached)
                        if *of == owner && *reached > difference.wrong.step)
                    };
                    let place = self.of.iter().position(shows).unwrap_or(self.of.len());
                    let requests = self.requests(planned, place);
                    let plays = Plays::together(self.way.text(), &difference);
                    differing(&difference.expected, &plays, requests, noise.to_owned())
                }
            };
            Some((*at, worse))
        };
        self.places.iter().enumerate().filter_map(judged).collect()
    }

    /// The requests up to this one, with sessions from 1.
    fn requests(&self, planned: &[Planned], last: usize) -> Option<Vec<String>> {
        let (script, _) = self.way.script(&parts(&self.places, planned), 1);
        reproduce::up_to(&script, last)
    }

    fn observed(
        &self,
        owner: usize,
        answers: &[Answer],
        part: &SessionPlan,
        shown: Visible,
    ) -> Observed {
        let own = answers
            .iter()
            .zip(&self.of)
            .filter(|(_, of)| matches!(of, Of::Part(of, _) if *of == owner));
        observed(part, &own.map(|(answer, _)| answer).collect::<Vec<_>>(), 0, shown)
    }

    /// The first malformed request that is not answered with an error, and its place.
    fn not_an_error(&self, answers: &[Answer]) -> Option<(usize, Malformed)> {
        let mut pairs = answers.iter().zip(&self.of).enumerate();
        pairs.find_map(|(place, (answer, of))| match (of, answer) {
            (Of::Part(..), _) | (_, Answer::Error { .. }) => None,
            (Of::Malformed(request), _) => {
                Some((place, Malformed::NotAnError { request, answer: answer.kind() }))
            }
        })
    }
}
