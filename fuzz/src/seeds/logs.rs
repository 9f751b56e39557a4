//! The published scenarios, played by the model and logged; each second one beside the one before.

use rollwire_model::{
    Model,
    exchange::{Behaviour, Session, Stimulus},
};
use serde_json::{Value, json};

/// One scenario in so many is a seed.
const ONE_IN: usize = 4;

pub(super) fn of(model: &Model) -> Vec<(String, Vec<u8>)> {
    let logs: Vec<String> = super::scenarios().step_by(ONE_IN).map(|it| log(model, &it)).collect();
    let pairs = logs.windows(2).step_by(2).map(|two| format!("{}\0{}", two[0], two[1]));
    let all: Vec<Vec<u8>> = logs.iter().cloned().chain(pairs).map(String::into_bytes).collect();
    super::numbered(all.into_iter())
}

/// A header, and for each stimulus its whole observation.
fn log(model: &Model, stimuli: &[Stimulus]) -> String {
    let mut session = Session::new(model, Behaviour::of(model.revision()), true);
    let header = json!({"trace": 1, "capabilities": ["exchange", "inspect", "detect"]});
    let mut log = format!("{header}\n");
    for stimulus in stimuli {
        let mut line = object(stimulus);
        line.append(&mut object(&session.step(stimulus)));
        log.push_str(&Value::Object(line).to_string());
        log.push('\n');
    }
    log
}

fn object(of: &impl serde::Serialize) -> serde_json::Map<String, Value> {
    match serde_json::to_value(of).expect("it is JSON") {
        Value::Object(object) => object,
        other => panic!("{other} is no object"),
    }
}
