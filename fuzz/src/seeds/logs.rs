//! Published scenarios, run by the model and logged: some alone, some with the log of another peer.

use rollwire_model::{
    Model,
    exchange::{Session, Stimulus},
};
use serde_json::{Value, json};

use crate::published;

/// One in this many scenarios becomes a seed.
const SCENARIOS_PER_SEED: usize = 4;

/// Single logs, then pairs of logs with a NUL between them.
pub(super) fn logs(model: &Model) -> Vec<Vec<u8>> {
    let scenarios = published::scenarios().step_by(SCENARIOS_PER_SEED);
    let logs: Vec<String> = scenarios.map(|stimuli| log(model, &stimuli)).collect();
    let pairs = logs.windows(2).step_by(2).map(|two| format!("{}\0{}", two[0], two[1]));
    let pairs: Vec<String> = pairs.collect();
    logs.into_iter().chain(pairs).map(String::into_bytes).collect()
}

/// A header, and a line with the whole observation for each stimulus.
fn log(model: &Model, stimuli: &[Stimulus]) -> String {
    let mut session = Session::specified(model);
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

fn object(part: &impl serde::Serialize) -> serde_json::Map<String, Value> {
    match serde_json::to_value(part).expect("stimuli and observations are JSON") {
        Value::Object(object) => object,
        other => panic!("{other} is not an object"),
    }
}
