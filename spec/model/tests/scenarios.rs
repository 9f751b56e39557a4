//! The committed scenarios match the model, are well formed, and test the rules they name.

use std::{collections::BTreeMap, path::Path};

use rollwire_model::{
    Capability, Layout, Level, Model, Proof,
    exchange::{Datagram, Entry, Member, Observation, Rollback, Session, StateHash, Stimulus},
    rule,
    vectors::{CheckKind, Scenario, ScenarioFile, VectorSet, long_scenarios},
};

fn files() -> BTreeMap<String, ScenarioFile> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors");
    let set = VectorSet::read(&directory).unwrap_or_else(|error| panic!("{error}"));
    set.scenarios().unwrap_or_else(|error| panic!("{error}"))
}

fn scenarios() -> Vec<Scenario> {
    files().into_values().flat_map(|file| file.cases).collect()
}

#[test]
fn every_scenario_is_what_the_model_does_in_all_its_revisions() {
    let layout = Layout::builtin();
    for scenario in scenarios() {
        for revision in (1..=layout.revision).filter(|&revision| scenario.applies_to(revision)) {
            let fault = scenario.disagreement(&Model::specified(revision));
            assert_eq!(fault, None, "{} in revision {revision}", scenario.id);
        }
    }
}

#[test]
fn a_wrong_expectation_is_noticed() {
    let model = Model::latest();
    let mut noticed = 0;
    for scenario in scenarios() {
        for step in 0..scenario.steps.len() {
            let mut wrong = scenario.clone();
            let expect = &mut wrong.steps[step].expect;
            let (Some(list), _) = (&mut expect.queue, ()) else { continue };
            list.push((7, StateHash([9; 8])));
            let fault = wrong.disagreement(&model).unwrap_or_default();
            assert!(
                fault.starts_with(&format!("step {step}, ")) && fault.contains("`queue`"),
                "{fault}"
            );
            noticed += 1;
        }
        let mut wrong = scenario.clone();
        wrong.precondition.state.history = Some(vec![(7, StateHash([9; 8]))]);
        let fault = wrong.disagreement(&model).unwrap_or_default();
        assert!(fault.starts_with("the precondition does not hold: `history`"), "{fault}");
        wrong = scenario.clone();
        wrong.precondition.step = scenario.steps.len();
        assert!(wrong.disagreement(&model).is_some(), "{}", scenario.id);
    }
    assert!(noticed > 50, "{noticed}");
}

#[test]
fn a_scenario_is_well_formed() {
    for (path, file) in files() {
        let name = path.trim_end_matches(".json").replacen('/', "_", 1);
        assert_eq!(file.topic, name);
        for scenario in file.cases {
            let id = &scenario.id;
            let topic = id.split('/').next().unwrap_or_default();
            assert_eq!(topic, file.topic.replace('_', "-"), "{id}");
            assert_eq!(scenario.checks, [CheckKind::Run], "{id}");
            assert_eq!((scenario.level, scenario.until), (Level::Must, None), "{id}");
            assert!((1..=3).contains(&scenario.rules.len()), "{id}: rules");
            let about = rule(&scenario.rules[0]).unwrap_or_else(|| panic!("{id}: no rule"));
            assert_eq!(about.proof, Proof::Scenario, "{id}");
            let capability = about.capability.unwrap_or(Capability::Exchange);
            let requires = |it: Capability| scenario.requires.contains(&it.to_string());
            let needed = Capability::ALL.into_iter().filter(|it| requires(*it));
            let since = needed.map(Capability::since).fold(capability.since(), u8::max);
            assert_eq!(scenario.since, since, "{id}");
            // What lasts can be seen by what is compared later, also where the rule is of EXCH.
            let detects = requires(Capability::Detect) && !requires(Capability::LastingHashes);
            assert!(requires(Capability::Detect) || capability != Capability::Detect, "{id}");
            assert!(!detects || capability == Capability::Detect, "{id}");
            assert_eq!(scenario.peer.is_some(), capability.is_of_peer(), "{id}");
            let declared = scenario.requires.iter().all(|it| Capability::named(it).is_some());
            assert!(
                declared && (requires(capability) || capability == Capability::Exchange),
                "{id}"
            );
            assert!(!scenario.comment.is_empty() && !scenario.comment.ends_with('.'), "{id}");
            assert!(!scenario.flags.is_empty() && !scenario.steps.is_empty(), "{id}");
            let state = &scenario.precondition.state;
            assert!(!state.is_empty(), "{id}: the precondition says nothing");
            assert!(state.sent.is_empty(), "{id}");
        }
    }
}

/// A full peer answers some messages. Messages that it would answer with inputs are not part of a
/// scenario of an exchange.
#[test]
fn what_is_received_provokes_no_foreign_datagrams() {
    let model = Model::latest();
    for scenario in scenarios().into_iter().filter(|scenario| scenario.peer.is_none()) {
        for stimulus in scenario.stimuli() {
            let Stimulus::Recv(datagram) = stimulus else { continue };
            let Ok(value) = model.decode(datagram.bytes()) else { continue };
            let allowed = [
                "state_hash",
                "ping",
                "pong",
                "keepalive",
                "validation_ping",
                "validation_pong",
                "focus_state",
            ];
            assert!(allowed.contains(&&*value.message), "{}: {value}", scenario.id);
        }
    }
}

#[test]
fn there_are_enough_scenarios_and_every_member_is_expected_somewhere() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 60, "{}", scenarios.len());
    let says = |member: Member| {
        let steps = scenarios.iter().flat_map(|scenario| &scenario.steps);
        let expects = steps.filter(|step| {
            let expect = &step.expect;
            match member {
                Member::Sent => !expect.sent.is_empty(),
                Member::Queue => expect.queue.is_some(),
                Member::Map => expect.map.is_some(),
                Member::History => expect.history.is_some(),
                Member::Verified => expect.verified.is_some(),
                Member::Events => expect.events.is_some(),
                Member::Confirmed => expect.confirmed.is_some(),
                Member::Held => expect.held.is_some(),
                Member::RoundTrips => expect.round_trips.is_some(),
                Member::Validation => expect.validation.is_some(),
                Member::Episode => expect.episode.is_some(),
                Member::Request => expect.request.is_some(),
                Member::Partner => expect.partner.is_some(),
            }
        });
        expects.count()
    };
    for member in Member::ALL {
        assert!(says(member) >= 10, "{member}: {}", says(member));
    }
}

/// What the author of the long scenarios expects at their end: how many hashes are sent altogether, and
/// what is left in queue, map, history and events.
const LONG: [(&str, [usize; 5]); 15] = [
    ("exchange-long/queue-of-1025", [1025, 0, 0, 120, 0]),
    ("exchange-long/queue-of-4097", [4097, 0, 0, 120, 0]),
    ("exchange-long/queue-of-five-thousand-in-turn", [4400, 0, 0, 120, 0]),
    ("exchange-long/batch-of-1025", [1025, 0, 0, 120, 0]),
    ("exchange-long/batch-of-4097", [4097, 0, 0, 120, 0]),
    ("exchange-long/map-of-1025", [0, 0, 1025, 0, 0]),
    ("exchange-long/map-of-4096", [0, 0, 4096, 0, 0]),
    ("exchange-long/map-of-4096-is-compared", [0, 100, 3996, 100, 100]),
    ("exchange-long/map-beyond-4096", [0, 0, 4106, 0, 0]),
    ("exchange-long/map-of-4097-is-compared", [0, 2, 4095, 2, 2]),
    ("exchange-long/rollback-into-a-queue-of-4097", [2049, 0, 0, 60, 0]),
    ("exchange-long/rollback-into-a-map-of-4096", [0, 0, 2048, 0, 0]),
    ("exchange-long/rollback-into-a-map-of-4096-is-compared", [0, 100, 2048, 100, 0]),
    ("exchange-long/events-of-4096", [0, 1, 0, 1, 4096]),
    ("exchange-long/pairs-in-a-map-of-4096", [0, 120, 3976, 120, 120]),
];

fn at_the_end(scenario: &Scenario, session: &mut Session) -> Observation {
    let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
    session.advance(&stimuli)
}

#[test]
fn long_scenarios_are_what_their_author_expects() {
    let scenarios = long_scenarios();
    assert_eq!(scenarios.len(), LONG.len());
    for (scenario, (id, expected)) in scenarios.iter().zip(LONG) {
        assert_eq!(scenario.id, id);
        let seen = at_the_end(scenario, &mut Session::specified(&Model::latest()));
        let Observation { sent, queue, map, history, events, .. } = &seen;
        let found = [sent.len(), queue.len(), map.len(), history.len(), events.len()];
        assert_eq!(found, expected, "{id}");
        // What is sent is sent in the order in which it was confirmed.
        let confirmed = scenario.stimuli().filter_map(|stimulus| match stimulus {
            Stimulus::Confirm { frame, .. } => Some(*frame),
            _ => None,
        });
        let target = scenario.stimuli().find_map(|stimulus| match stimulus {
            Stimulus::Rollback(Rollback::Begin(target)) if *target > 0 => Some(*target),
            _ => None,
        });
        let frames = sent.iter().filter_map(Datagram::entry).map(|it| it.0);
        let kept = confirmed.filter(|frame| target.is_none_or(|target| *frame < target));
        assert!(sent.is_empty() || frames.eq(kept), "{id}");
    }
}

/// A long scenario is not in a file, and otherwise like all others.
#[test]
fn a_long_scenario_is_well_formed() {
    for scenario in long_scenarios() {
        let id = &scenario.id;
        let about = rule(&scenario.rules[0]).unwrap_or_else(|| panic!("{id}: no rule"));
        assert_eq!((&about.proof, scenario.level), (&Proof::Scenario, Level::Must), "{id}");
        assert!(scenario.rules.len() <= 3 && scenario.rules.iter().all(|it| rule(it).is_some()));
        assert!(!scenario.comment.is_empty() && !scenario.comment.ends_with('.'), "{id}");
        assert!(!scenario.flags.is_empty() && scenario.steps.len() > 1000, "{id}");
        assert!(scenario.requires.iter().all(|it| Capability::named(it).is_some()), "{id}");
        let detects = about.capability == Some(Capability::Detect);
        assert!(!detects || scenario.requires.contains(&Capability::Detect.to_string()), "{id}");
    }
}

/// EXCH-19: the first inserted leaves first, and one that was replaced is as old as it was.
#[test]
fn a_bounded_map_drops_what_was_inserted_first() {
    let scenarios = long_scenarios();
    let beyond = scenarios.iter().find(|it| it.id.ends_with("/map-beyond-4096")).expect("it");
    let whole = at_the_end(beyond, &mut Session::specified(&Model::latest())).map;
    for bound in [4096, 4100, 4106, 5000] {
        let session = Session::specified(&Model::latest());
        let map = at_the_end(beyond, &mut session.with_map_bound(bound)).map;
        let surplus = whole.len().saturating_sub(bound);
        // They were inserted in falling order, and then the ten highest.
        let below = whole.len() - 10 - surplus;
        let kept: Vec<Entry> =
            whole[..below].iter().chain(&whole[below + surplus..]).copied().collect();
        assert_eq!(map, kept, "{bound}");
    }
}

/// A file must not be refused for what its own program has left out: a map that holds many entries only
/// without detection is written together with the other one, or neither of them is.
#[test]
fn what_is_expected_of_a_crowd_is_what_is_observed() {
    let model = Model::latest();
    let hash = |number: u32| StateHash(u64::from(number).to_be_bytes());
    for count in [11, 12, 13, 14, 20] {
        let confirmed = |frame| Stimulus::Confirm { frame, hash: hash(frame) };
        let peer = |frame| Stimulus::peer(frame, hash(frame + 1));
        let orders: [Vec<Stimulus>; 3] = [
            (0..count).flat_map(|frame| [confirmed(frame), peer(frame)]).collect(),
            (0..count).map(confirmed).chain((0..count).map(peer)).collect(),
            (0..count).map(peer).chain((0..count).map(confirmed)).collect(),
        ];
        for stimuli in orders {
            let mut scenario = scenarios().swap_remove(0);
            scenario.requires.clear();
            scenario.precondition.step = 0;
            scenario.precondition.state = rollwire_model::vectors::Expectation::default();
            let step = |stimulus| rollwire_model::vectors::Step {
                stimulus,
                expect: rollwire_model::vectors::Expectation::default(),
            };
            scenario.steps = stimuli.into_iter().map(step).collect();
            scenario.expect_observations_of(&model);
            assert_eq!(scenario.disagreement(&model), None, "{count}");
        }
    }
}
