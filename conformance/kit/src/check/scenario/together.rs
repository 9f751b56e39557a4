//! Plays scenarios together that passed alone: at the same time, one after another in a session of the
//! same number, and with malformed requests between them. They must be observed as before.

use std::{rc::Rc, sync::Arc};

use super::{
    cuts::{among_others, whole},
    judge::Difference,
    plan::{Planned, SessionPlan},
    reproduce,
    result::{Again, Observed, ScenarioResult, broken, differing, observed},
    visible::Visible,
};
use crate::{
    check::judgement::{Answered, Judgement, answers, malformed},
    protocol::{Answer, Body, Hello, Malformed},
    runner::{Adapter, Ask, Reply, Script, Traits},
    verdict::Verdict,
};

/// How many scenarios are played at the same time when all of them are. An adapter that has room for two or
/// four sessions, and then shares something, is noticed.
const GROUP: usize = 5;

/// How many scenarios are played at the same time at most, once.
const CROWD: usize = 64;

/// How many scenarios are played one after another in sessions of the same number.
const CHAIN: usize = 8;

/// How many such chains there are, and how many scenarios are played among malformed requests.
const SAMPLES: usize = 6;

const AMONG_OTHERS: Again = Again {
    why: "played among other sessions, it was observed otherwise",
    names: ["played alone", "among other sessions"],
};

const NUMBER_USED_AGAIN: Again = Again {
    why: "played in a session whose number was used before, it was observed otherwise",
    names: ["played alone", "with a number that was used before"],
};

const AMONG_MALFORMED: Again = Again {
    why: "played with malformed requests in between, it was observed otherwise",
    names: ["played alone", "with malformed requests in between"],
};

/// Whose answer a request has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The scenario at this place of the group.
    Part(usize),
    /// A request that is malformed in this way.
    Malformed(&'static str),
}

/// Some scenarios in one script.
struct Group {
    /// Their places in the plan, in the order of the script.
    places: Vec<usize>,
    script: Arc<Script>,
    of: Vec<Of>,
    /// How many stimuli each request of a scenario has, if that is the same for all of them.
    stride: Option<usize>,
    again: Again,
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
    let traits: Traits = [Rc::from("run among other sessions")].into();
    let mut asks = groups.iter().enumerate().map(|(place, group)| Ask {
        place,
        script: Arc::clone(&group.script),
        traits: Traits::clone(&traits),
    });
    adapter.ask_all(&mut asks, &mut |place, reply, stderr| {
        // When it is not asked, the scenario keeps the verdict that it has.
        if matches!(reply, Reply::NotRun | Reply::LeftOut(_)) {
            return;
        }
        let noise = match &reply {
            Reply::Malformed(_) => stderr(),
            reply => reply.stderr(),
        };
        let group = &groups[place];
        for (at, worse) in group.judged(&answers(reply), planned, shown, &noise) {
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
    let mut passing: Vec<usize> = (0..planned.len()).filter(passed).collect();
    // What sessions share shows in the published ones, which are about every rule.
    if passing.iter().any(|at| !planned[*at].origin.is_fresh()) {
        passing.retain(|at| !planned[*at].origin.is_fresh());
    }
    // A script without a request would wait for an answer that never comes.
    if passing.is_empty() {
        return Vec::new();
    }
    let mut numbers = Numbers { planned, next: 2 * planned.len() as u64 };
    let mut groups = Vec::new();
    if hello.sessions > 1 {
        for (at, group) in passing.chunks(GROUP.min(hello.sessions)).enumerate() {
            groups.push(numbers.in_turn(group, at % 2 == 1));
        }
    }
    if hello.sessions > GROUP {
        let crowd = sample(&passing, CROWD.min(hello.sessions));
        groups.extend([false, true].map(|is_reversed| numbers.in_turn(&crowd, is_reversed)));
    }
    for chain in sample(&passing, CHAIN * SAMPLES).chunks(CHAIN) {
        groups.push(numbers.one_after_another(chain));
    }
    for at in sample(&passing, SAMPLES) {
        groups.push(numbers.among_malformed(at));
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

impl<'a> Numbers<'a> {
    fn take(&mut self, count: usize) -> std::ops::Range<u64> {
        let first = self.next;
        self.next += count as u64;
        first..self.next
    }

    fn part(&self, place: usize) -> &'a SessionPlan {
        &self.planned[place].session
    }

    /// Some of each in turn: the first one first, or the last one first.
    fn in_turn(&mut self, group: &[usize], is_reversed: bool) -> Group {
        // One that is left over is played beside itself.
        let mut places = if let [alone] = group { vec![*alone; 2] } else { group.to_vec() };
        let mut stride = 2;
        if is_reversed {
            places.reverse();
            stride = 3;
        }
        let sessions: Vec<u64> = self.take(places.len()).collect();
        let plans: Vec<SessionPlan> =
            places.iter().map(|at| self.part(*at).in_strides(stride)).collect();
        let (script, owners) = interleaved(&plans.iter().collect::<Vec<_>>(), &sessions);
        let of = owners.into_iter().map(Of::Part).collect();
        Group { places, script: Arc::new(script), of, stride: Some(stride), again: AMONG_OTHERS }
    }

    /// One after another, each in a session whose number the one before it had.
    fn one_after_another(&mut self, group: &[usize]) -> Group {
        let places = if let [alone] = group { vec![*alone; 2] } else { group.to_vec() };
        let session = self.take(1).start;
        let (mut bodies, mut of) = (Vec::new(), Vec::new());
        for (owner, at) in places.iter().enumerate() {
            let script = whole(self.part(*at), session);
            bodies.extend_from_slice(script.bodies());
            of.resize(bodies.len(), Of::Part(owner));
        }
        let script = Arc::new(Script::of_sessions(bodies, 1));
        Group { places, script, of, stride: None, again: NUMBER_USED_AGAIN }
    }

    /// With malformed requests before it, in the middle, and after it.
    fn among_malformed(&mut self, at: usize) -> Group {
        let [session, other] = [self.take(1).start, self.take(1).start];
        let script = whole(self.part(at), session);
        let good = script.bodies();
        let mut bodies = Vec::new();
        let mut of = Vec::new();
        let push = |malformed: Vec<(&'static str, Body)>| {
            malformed.into_iter().map(|(what, body)| (body, Of::Malformed(what)))
        };
        let own = |body: &Body| (body.clone(), Of::Part(0));
        let (first, rest) = good.split_at(1.min(good.len()));
        let (middle, last) = rest.split_at(rest.len().saturating_sub(1));
        let requests = push(of_a_closed_session(session))
            .chain(first.iter().map(own))
            .chain(push(of_an_open_session(session, other)))
            .chain(middle.iter().map(own))
            .chain(push(of_an_open_session(session, other)))
            .chain(last.iter().map(own))
            .chain(push(of_a_closed_session(session)));
        for (body, owner) in requests {
            bodies.push(body);
            of.push(owner);
        }
        let script = Arc::new(Script::of_sessions(bodies, 1));
        Group { places: vec![at], script, of, stride: None, again: AMONG_MALFORMED }
    }
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
        answers: &Result<Vec<Answer>, Judgement>,
        planned: &[Planned],
        shown: Visible,
        noise: &str,
    ) -> Vec<(usize, ScenarioResult)> {
        let not_an_error = answers.as_ref().ok().and_then(|answers| self.not_an_error(answers));
        let judged = |(owner, at): (usize, &usize)| {
            let noise = noise.to_owned();
            if let Some(fault) = &not_an_error {
                return Some((*at, broken(malformed(fault), noise)));
            }
            let part = &planned[*at].session;
            let played = match self.stride {
                Some(stride) => &part.in_strides(stride),
                None => part,
            };
            let observed = match answers {
                Err(judgement) => Observed::Nothing(judgement.clone()),
                Ok(answers) => self.observed(owner, answers, played, shown),
            };
            let (result, step) = match observed {
                Observed::Right => return None,
                Observed::Nothing(mut judgement) => {
                    if let Answered::Nothing(why) = &mut judgement.got {
                        *why += ", ";
                        *why += self.again.why.split(", ").next().unwrap_or_default();
                    }
                    (broken(judgement, noise), part.stimuli.len())
                }
                Observed::Wrong(difference, _) => {
                    let Difference { wrong, expected, got } = &*difference;
                    let plays = [expected, got];
                    (differing(*wrong, expected, self.again, plays, noise), wrong.step)
                }
            };
            let requests = reproduce::together(&self.script, self.last(owner, step));
            let worse = ScenarioResult { requests, ..result };
            Some((*at, worse))
        };
        self.places.iter().enumerate().filter_map(judged).collect()
    }

    fn observed(
        &self,
        owner: usize,
        answers: &[Answer],
        part: &SessionPlan,
        shown: Visible,
    ) -> Observed {
        let own = answers.iter().zip(&self.of).filter(|(_, of)| **of == Of::Part(owner));
        observed(part, &own.map(|(answer, _)| answer).collect::<Vec<_>>(), 0, shown)
    }

    /// The last request that is needed to see this step of a scenario.
    fn last(&self, owner: usize, step: usize) -> usize {
        let mut own = (0..self.of.len()).filter(|at| self.of[*at] == Of::Part(owner));
        // The first request of a scenario opens its session, and each of the next ones holds some stimuli.
        let own = match self.stride {
            Some(stride) => own.nth(1 + step / stride),
            None => own.next_back(),
        };
        own.unwrap_or(self.of.len().saturating_sub(1))
    }

    /// The first malformed request that is not answered with an error.
    fn not_an_error(&self, answers: &[Answer]) -> Option<Malformed> {
        answers.iter().zip(&self.of).find_map(|(answer, of)| match (of, answer) {
            (Of::Part(_), _) | (_, Answer::Error { .. }) => None,
            (Of::Malformed(request), _) => {
                Some(Malformed::NotAnError { request, answer: answer.kind() })
            }
        })
    }
}

/// Which scenario of a group each request belongs to.
pub type Owners = Vec<usize>;

/// Some scenarios in sessions of their own, a step of each in turn.
#[must_use]
pub fn interleaved(parts: &[&SessionPlan], sessions: &[u64]) -> (Script, Owners) {
    let (mut bodies, mut owners) = (Vec::new(), Vec::new());
    let mut push = |owner, body| {
        owners.push(owner);
        bodies.push(body);
    };
    let mut rest = Vec::new();
    for (owner, (part, session)) in parts.iter().zip(sessions).enumerate() {
        push(owner, part.open(*session));
        rest.push(among_others(part, *session).into_iter());
    }
    let longest = rest.iter().map(ExactSizeIterator::len).max().unwrap_or_default();
    for _ in 0..longest {
        for (owner, steps) in rest.iter_mut().enumerate() {
            if let Some(step) = steps.next() {
                push(owner, step);
            }
        }
    }
    for (owner, session) in sessions.iter().enumerate() {
        push(owner, Body::close(*session));
    }
    (Script::of_sessions(bodies, parts.len()), owners)
}
