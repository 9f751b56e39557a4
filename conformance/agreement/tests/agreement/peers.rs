//! Random scenarios of whole peers: `rollwire-reference`, asked as an adapter, does what the model does.

use rollwire_conformance::{generate::peers::scenarios, protocol::Body};
use rollwire_model::{
    Model,
    exchange::{Observation, Stimulus},
    peer::Session,
    vectors::Scenario,
};
use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value as Json, json};

/// An observation in the form of the adapter protocol.
fn written(observed: &Observation) -> Json {
    let mut members = json!(observed.peer);
    if let (Json::Object(members), Json::Object(exchange)) = (&mut members, json!(observed)) {
        members.extend(exchange.into_iter().filter(|(name, _)| name != "peer"));
    }
    members
}

/// Where the implementation first shows something else than the model.
fn difference(model: &Model, scenario: &Scenario) -> Option<String> {
    let setup = scenario.peer?;
    let mut peer = Session::specified(model, setup);
    let mut sessions = Sessions::default();
    let mut ask = |body: Body| answer_within(&mut sessions, body.with_id(1).as_bytes());
    let opened = ask(Body::open_peer(1, setup));
    assert_eq!(opened["ok"], json!({}), "{opened}");
    let stimuli: Vec<&Stimulus> = scenario.stimuli().collect();
    for (number, stimulus) in stimuli.into_iter().enumerate() {
        let right = written(&peer.step(stimulus));
        let answer = ask(Body::step(1, std::slice::from_ref(stimulus)));
        let got = &answer["ok"]["observations"][0];
        if *got != right {
            return Some(format!("{} {number} {stimulus}\n{right}\n{answer}", scenario.id));
        }
    }
    None
}

#[test]
fn the_reference_peer_does_what_the_model_does() {
    let seeds = if std::env::var_os("ROLLWIRE_DEEP").is_some() { 200 } else { 2 };
    let model = Model::latest();
    for seed in 0..seeds {
        for scenario in scenarios(seed, 1_000) {
            let found = difference(&model, &scenario);
            assert!(found.is_none(), "seed {seed}: {}", found.unwrap_or_default());
        }
    }
}
