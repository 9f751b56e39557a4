//! The log of a scenario says the same as its observations.

use std::{collections::VecDeque, fs, path::Path};

use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Map, Value, json};

use crate::notation::Opening;

/// Plays a scenario of a peer in two sessions that log themselves, of which the second shows its
/// state, and compares each log with the observations.
pub(crate) fn check(opening: &Opening, stimuli: &[Value], name: &str) {
    if opening.open.get("peer").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scenarios").join(name);
    let mut sessions = Sessions::new(opening.options).with_peer_logs(&folder).unwrap();
    let mut ask = |request: &Value| {
        let answer = answer_within(&mut sessions, request.to_string().as_bytes());
        assert!(answer["ok"].is_object(), "{name}: {request}: {answer}");
        answer
    };
    // The first tick sends nothing, so it shows the state at the beginning.
    let all: Vec<Value> = [&[json!({"tick": {}})], opening.before.as_slice(), stimuli].concat();
    for number in 1..=2 {
        ask(&opening.open);
        let answer = ask(&json!({"id": 2, "op": "step", "session": 3, "do": all}));
        ask(&json!({"id": 3, "op": "close", "session": 3}));
        let observations = answer["ok"]["observations"].as_array().unwrap();
        let log = fs::read_to_string(folder.join(format!("{number}.jsonl"))).unwrap();
        let mut steps = all.iter().zip(observations).filter(|it| it.0.get("sends").is_none());
        compare(&log, &mut steps, number == 2)
            .unwrap_or_else(|error| panic!("{name}, log {number}: {error}"));
    }
}

/// A stimulus and its observation.
type Step<'v> = (&'v Value, &'v Value);

fn compare<'v>(
    log: &str,
    steps: &mut dyn Iterator<Item = Step<'v>>,
    shows_state: bool,
) -> Result<(), String> {
    let mut lines: VecDeque<Map<String, Value>> =
        log.lines().skip(1).map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut known = None;
    for (stimulus, observation) in steps {
        let observation = observation.as_object().unwrap();
        let known = known.get_or_insert_with(|| observation.clone());
        let line = lines.front_mut().ok_or("the log is too short")?;
        let (name, value) = stimulus.as_object().unwrap().iter().next().unwrap();
        if !line.contains_key(name) {
            return Err(format!("{line:?} instead of {stimulus}"));
        }
        let mut is_whole = line[name] == *value;
        if name == "advance" && !is_whole {
            // Several advances have become one line: nothing has happened in any of them.
            let left = line[name].as_u64().unwrap().checked_sub(value.as_u64().unwrap());
            let left = left.ok_or_else(|| format!("{line:?} instead of {stimulus}"))?;
            if line.len() > 1 {
                return Err(format!("{line:?} was merged"));
            }
            line[name] = json!(left);
            is_whole = left == 0;
        }
        update(known, line);
        for (member, value) in observation {
            let is_shown = shows_state || ["sent", "verified", "events"].contains(&member.as_str());
            if is_shown && known[member] != *value {
                return Err(format!("after {stimulus}: {member} {} for {value}", known[member]));
            }
        }
        if is_whole {
            lines.pop_front();
        }
    }
    if lines.is_empty() { Ok(()) } else { Err(format!("lines are left: {lines:?}")) }
}

/// What is known after a line: a member that is left out is as before, but for `sent`.
fn update(known: &mut Map<String, Value>, line: &Map<String, Value>) {
    known["sent"] = json!([]);
    if line.contains_key("reset") || line.contains_key("ready") && line.contains_key("episode") {
        known["events"] = json!([]);
    }
    for (member, value) in line {
        if member == "found" {
            known["events"].as_array_mut().unwrap().extend(value.as_array().unwrap().clone());
        } else if known.contains_key(member) {
            known[member] = value.clone();
        }
    }
}
