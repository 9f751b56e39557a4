//! All scenarios of a run: each is played twice, cut in two ways, and those that pass once more among
//! others. Whatever is observed must be the same every time.

use std::rc::Rc;

use rollwire_model::{Model, exchange::Observation, vectors::Scenario};

use super::{
    judge::{Wrong, judge},
    script::{Owners, Part, interleaved, stepwise, whole},
    seen::{Shown, observations},
};
use crate::{
    judge::{Got, Judgement, answers},
    protocol::{Answer, Capability, Hello},
    runner::{Ask, Engine, Reply, Script, Transport},
    verdict::{Code, Verdict},
};

/// At most so many scenarios are played at once.
const GROUP: usize = 3;

/// A scenario to play, and what an adapter with this hello must show.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The scenario.
    pub scenario: Scenario,
    /// A capability that is missing, so that it is not played.
    pub missing: Option<Capability>,
    /// What happens and what is to be observed. Only the former leaves this process.
    pub part: Part,
}

impl Planned {
    /// A scenario as this hello has it: without detection nothing is compared.
    #[must_use]
    pub fn new(scenario: Scenario, hello: &Hello, model: &Model) -> Self {
        let required = scenario.requires.iter().filter_map(|name| Capability::named(name));
        let missing =
            std::iter::once(Capability::Exchange).chain(required).find(|it| !hello.declares(*it));
        let expected = scenario.observations(model, hello.declares(Capability::Detect));
        let stimuli = scenario.stimuli().cloned().collect();
        Self { scenario, missing, part: Part { stimuli, expected } }
    }
}

/// What became of a scenario.
#[derive(Clone, Debug)]
pub struct Played {
    /// The verdict, with its reason.
    pub judgement: Judgement,
    /// What is wrong first, for a scenario that fails or is not deterministic.
    pub wrong: Option<Wrong>,
    /// What was expected where it is wrong; of a scenario that is not deterministic, what was
    /// observed before.
    pub expected: Option<Observation>,
    /// What was observed where it is wrong.
    pub got: Option<Observation>,
    /// What came on standard error meanwhile.
    pub stderr: String,
}

/// What one way of playing showed, and what came on standard error.
type Showing = (Result<Vec<Observation>, Judgement>, String);

/// Plays every scenario for which nothing is missing; the others are left out of the answer as `None`.
pub fn play_all<T: Transport>(
    engine: &mut Engine<T>,
    planned: &[Planned],
    hello: &Hello,
) -> Vec<Option<Played>> {
    let shown = Shown::by(hello);
    let playable: Vec<usize> =
        (0..planned.len()).filter(|at| planned[*at].missing.is_none()).collect();
    let mut showings: Vec<[Option<Showing>; 2]> = planned.iter().map(|_| [None, None]).collect();
    let mut asks = playable.iter().flat_map(|at| {
        let part = &planned[*at].part;
        let place = 2 * *at as u64;
        [(place, Rc::new(whole(part, 1))), (place + 1, Rc::new(stepwise(part, 1)))]
    });
    engine.ask_all(&mut asks, &mut |place, reply, stderr| {
        let (at, way) = (place / 2, usize::from(place % 2 == 1));
        let at = usize::try_from(at).unwrap_or_default();
        let stimuli = planned[at].part.stimuli.len();
        let showing = showing(reply, stderr, |answers| observations(answers, stimuli, shown));
        showings[at][way] = Some(showing);
    });
    let mut played: Vec<Option<Played>> = showings
        .into_iter()
        .zip(planned)
        .map(|(ways, planned)| {
            let [Some(first), Some(second)] = ways else { return None };
            Some(judged(&planned.part, first, second, shown))
        })
        .collect();
    if hello.sessions > 1 && engine.stopped().is_none() {
        play_together(engine, planned, hello, &mut played);
    }
    played
}

/// The answers of a reply, read.
fn showing(
    reply: Reply,
    stderr: &mut dyn FnMut() -> String,
    read: impl FnOnce(&[&Answer]) -> Result<Vec<Observation>, Judgement>,
) -> Showing {
    let mut noise = match &reply {
        Reply::Fault(fault) | Reply::Unstable(fault) => fault.stderr.clone(),
        _ => String::new(),
    };
    let read = answers(reply).and_then(|answers| read(&answers.iter().collect::<Vec<_>>()));
    if read.is_err() && noise.is_empty() {
        noise = stderr();
    }
    (read, noise)
}

/// The verdict on what was observed when a scenario was played alone, twice.
fn judged(part: &Part, first: Showing, second: Showing, shown: Shown) -> Played {
    let stderr = first.1 + &second.1;
    let (first, second) = match (first.0, second.0) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(judgement), _) | (_, Err(judgement)) => return broken(judgement, stderr),
    };
    if let Some(wrong) = judge(&first, &second, shown) {
        let text = "played again, a stimulus a step, it was observed otherwise";
        return differing(wrong, (&first, &second), text, stderr);
    }
    let Some(wrong) = judge(&part.expected, &first, shown) else {
        let judgement =
            Judgement { verdict: Verdict::Pass, code: None, got: Got::Nothing(String::new()) };
        return Played { judgement, wrong: None, expected: None, got: None, stderr };
    };
    let got = Got::Nothing(String::new());
    let judgement = Judgement { verdict: Verdict::Fail, code: Some(wrong.code()), got };
    at(wrong, (&part.expected, &first), judgement, stderr)
}

fn broken(judgement: Judgement, stderr: String) -> Played {
    Played { judgement, wrong: None, expected: None, got: None, stderr }
}

fn differing(
    wrong: Wrong,
    observed: (&[Observation], &[Observation]),
    text: &str,
    stderr: String,
) -> Played {
    let got = Got::Nothing(text.to_owned());
    let code = Some(Code::Nondeterministic);
    at(wrong, observed, Judgement { verdict: Verdict::Error, code, got }, stderr)
}

fn at(
    wrong: Wrong,
    (expected, got): (&[Observation], &[Observation]),
    judgement: Judgement,
    stderr: String,
) -> Played {
    let (expected, got) = (expected.get(wrong.step).cloned(), got.get(wrong.step).cloned());
    Played { judgement, wrong: Some(wrong), expected, got, stderr }
}

/// Plays the scenarios that passed in groups, a step of each in turn, in two orders.
fn play_together<T: Transport>(
    engine: &mut Engine<T>,
    planned: &[Planned],
    hello: &Hello,
    played: &mut [Option<Played>],
) {
    let shown = Shown::by(hello);
    let passed =
        |at: &usize| played[*at].as_ref().is_some_and(|it| it.judgement.verdict == Verdict::Pass);
    let passing: Vec<usize> = (0..planned.len()).filter(passed).collect();
    let mut groups: Vec<Vec<usize>> =
        passing.chunks(GROUP.min(hello.sessions)).map(<[usize]>::to_vec).collect();
    // One that is left over is played beside itself.
    for group in groups.iter_mut().filter(|group| group.len() == 1) {
        group.push(group[0]);
    }
    let scripts: Vec<(&Vec<usize>, Rc<Script>, Owners)> =
        groups.iter().flat_map(|group| in_two_orders(group, planned)).collect();
    let mut asks = scripts
        .iter()
        .enumerate()
        .map(|(place, (_, script, _))| (place as u64, Rc::clone(script)) as Ask);
    engine.ask_all(&mut asks, &mut |place, reply, stderr| {
        let place = usize::try_from(place).unwrap_or_default();
        let Some((group, _, owners)) = scripts.get(place) else { return };
        // When the run ended before, the scenario keeps the verdict that it has.
        if reply == Reply::NotRun {
            return;
        }
        let noise = match &reply {
            Reply::Fault(fault) | Reply::Unstable(fault) => fault.stderr.clone(),
            Reply::Malformed(_) => stderr(),
            _ => String::new(),
        };
        let answers = answers(reply);
        for (owner, at) in order_of(group, place).into_iter().enumerate() {
            let part = &planned[at].part;
            let own = answers.as_ref().map_err(Clone::clone).and_then(|answers| {
                let own = answers.iter().zip(owners).filter(|(_, of)| **of == owner);
                let own: Vec<&Answer> = own.map(|(answer, _)| answer).collect();
                observations(&own, part.stimuli.len(), shown)
            });
            let text = "played among other sessions, it was observed otherwise";
            let worse = match own {
                Err(mut judgement) => {
                    if let Got::Nothing(why) = &mut judgement.got {
                        *why += ", played among other sessions";
                    }
                    Some(broken(judgement, noise.clone()))
                }
                Ok(own) => judge(&part.expected, &own, shown)
                    .map(|wrong| differing(wrong, (&part.expected, &own), text, noise.clone())),
            };
            let passed = |it: &Played| it.judgement.verdict == Verdict::Pass;
            if let Some(worse) = worse
                && played[at].as_ref().is_some_and(passed)
            {
                played[at] = Some(worse);
            }
        }
    });
}

/// The scripts of a group: a stimulus of each in turn, then three of each with the last one first.
fn in_two_orders<'a>(
    group: &'a Vec<usize>,
    planned: &[Planned],
) -> [(&'a Vec<usize>, Rc<Script>, Owners); 2] {
    [(0, 1), (1, 3)].map(|(order, stride)| {
        let parts: Vec<&Part> =
            order_of(group, order).into_iter().map(|at| &planned[at].part).collect();
        let sessions: Vec<u64> = (1..=parts.len() as u64).collect();
        let (script, owners) = interleaved(&parts, &sessions, stride);
        (group, Rc::new(script), owners)
    })
}

/// A group in the order in which the script at this place has it.
fn order_of(group: &[usize], place: usize) -> Vec<usize> {
    let mut order = group.to_vec();
    if place % 2 == 1 {
        order.reverse();
    }
    order
}
