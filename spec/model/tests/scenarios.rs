//! The committed scenarios match the model, are well formed, and test the rules they name.

use std::{collections::BTreeMap, path::Path};

use rollwire_model::{
    Capability, Layout, Level, Model, Proof,
    exchange::{Member, StateHash, Stimulus},
    rule,
    vectors::{CheckKind, Scenario, ScenarioFile, VectorSet},
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
        let name = path.trim_start_matches("exchange/").trim_end_matches(".json");
        assert_eq!(file.topic, format!("exchange_{name}"));
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
            assert_eq!(scenario.since, capability.since(), "{id}");
            let detects = capability == Capability::Detect;
            assert_eq!(
                scenario.requires.contains(&Capability::Detect.to_string()),
                detects,
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
/// scenario.
#[test]
fn what_is_received_provokes_no_foreign_datagrams() {
    let model = Model::latest();
    for scenario in scenarios() {
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
            }
        });
        expects.count()
    };
    for member in Member::ALL {
        assert!(says(member) >= 10, "{member}: {}", says(member));
    }
}
