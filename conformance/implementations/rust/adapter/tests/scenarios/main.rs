//! The adapter plays the worked scenarios of the specification.

mod expectations;
mod logs;
mod notation;

use std::{fs, path::Path};

use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value, json};

use crate::{
    expectations::check,
    notation::{Opening, is_opening, opening, stimulus},
};

/// The scenarios of a chapter, each with the number of its first line.
fn scenarios(chapter: &str) -> Vec<(usize, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../spec").join(chapter);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut found = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (index, line) in text.lines().enumerate() {
        match &mut open {
            None if line == "```scenario" => open = Some((index + 2, String::new())),
            None => {}
            Some(_) if line == "```" => found.extend(open.take()),
            Some((_, block)) => *block += &format!("{line}\n"),
        }
    }
    assert!(open.is_none(), "{chapter}: a block has no end");
    found
}

/// A session of the adapter, after what comes before the first observation.
struct Play(Sessions);

impl Play {
    fn new(opening: &Opening) -> Self {
        let mut play = Self(Sessions::new(opening.options));
        play.ask(&opening.open);
        for part in &opening.before {
            play.observe("step", &json!([part]));
        }
        play
    }

    fn ask(&mut self, request: &Value) -> Value {
        let answer = answer_within(&mut self.0, request.to_string().as_bytes());
        assert!(answer["ok"].is_object(), "{request}: {answer}");
        answer
    }

    fn observe(&mut self, op: &str, stimuli: &Value) -> Vec<Value> {
        let answer = self.ask(&json!({"id": 2, "op": op, "session": 3, "do": stimuli}));
        answer["ok"]["observations"].as_array().unwrap().clone()
    }
}

/// Plays a scenario in steps of `size` stimuli, and returns the observation of each stimulus.
fn observations(opening: &Opening, stimuli: &[Value], size: usize) -> Vec<Value> {
    let mut play = Play::new(opening);
    stimuli.chunks(size).flat_map(|part| play.observe("step", &json!(part))).collect()
}

/// Plays a scenario with time cut into pieces of `size` milliseconds.
fn in_pieces(opening: &Opening, stimuli: &[Value], size: u64) -> Vec<Value> {
    let mut play = Play::new(opening);
    let mut observe_cut = |stimulus: &Value| {
        let time = stimulus["advance"].as_u64().unwrap_or(0);
        let pieces = (0..time).step_by(usize::try_from(size).unwrap());
        let mut cut: Vec<Value> =
            pieces.map(|begin| json!({"advance": size.min(time - begin)})).collect();
        if cut.is_empty() {
            cut.push(stimulus.clone());
        }
        play.observe("advance", &json!(cut)).pop().unwrap()
    };
    stimuli.iter().map(&mut observe_cut).collect()
}

fn run(chapter: &str) {
    let scenarios = scenarios(chapter);
    assert!(!scenarios.is_empty(), "{chapter} has no scenarios");
    for (first, block) in scenarios {
        let mut lines: Vec<Vec<&str>> =
            block.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        let opening = opening(lines[0][0]);
        let mut line_number = first;
        if is_opening(lines[0][0]) {
            lines.remove(0);
            line_number += 1;
        }
        let stimuli: Vec<Value> = lines.iter().map(|line| stimulus(line[0])).collect();
        let found = observations(&opening, &stimuli, 1);
        for (index, (line, observation)) in lines.iter().zip(&found).enumerate() {
            if let Err(error) = check(&line[1..], observation) {
                panic!("{chapter}:{}: {line:?}: {error}", line_number + index);
            }
        }
        assert_eq!(found.len(), lines.len(), "{chapter}:{first}");
        // The observations do not depend on how a scenario is cut into steps, or its time.
        assert_eq!(observations(&opening, &stimuli, 2), found, "{chapter}:{first}");
        assert_eq!(observations(&opening, &stimuli, lines.len()), found, "{chapter}:{first}");
        assert_eq!(in_pieces(&opening, &stimuli, 1), found, "{chapter}:{first}");
        assert_eq!(in_pieces(&opening, &stimuli, 73), found, "{chapter}:{first}");
        logs::check(&opening, &stimuli, &format!("{chapter}-{first}"));
    }
}

#[test]
fn to_advance_is_to_observe_once() {
    let stimuli: Vec<Value> =
        ["confirm 5 aa", "tick", "confirm 6 bb", "tick", "confirm 7 aa"].map(stimulus).into();
    let opening = opening("");
    let mut play = Play::new(&opening);
    let seen = play.observe("advance", &json!(stimuli));
    let mut right = observations(&opening, &stimuli, 1).pop().unwrap();
    right["sent"] =
        json!([format!("0700000005{}", "aa".repeat(8)), format!("0700000006{}", "bb".repeat(8)),]);
    assert_eq!(seen, [right]);
    let empty = json!({"id": 3, "op": "advance", "session": 3, "do": []});
    let answer = answer_within(&mut play.0, empty.to_string().as_bytes());
    assert!(answer.get("error").is_some(), "{answer}");
}

#[test]
fn the_scenarios_of_exchange() {
    run("exchange.md");
}

#[test]
fn the_scenarios_of_detect() {
    run("detect.md");
}

#[test]
fn the_scenarios_of_peer() {
    run("peer.md");
}

#[test]
fn the_scenarios_of_sync() {
    run("peer-sync.md");
}

#[test]
fn the_scenarios_of_live() {
    run("peer-live.md");
}

#[test]
fn the_scenarios_of_valid() {
    run("peer-valid.md");
}

#[test]
fn the_scenarios_of_episode() {
    run("peer-episode.md");
}

#[test]
fn the_scenarios_of_catchup() {
    run("peer-catchup.md");
}

#[test]
fn the_scenarios_of_focus() {
    run("peer-focus.md");
}
