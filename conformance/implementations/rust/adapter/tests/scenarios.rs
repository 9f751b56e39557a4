//! The adapter plays the worked scenarios of `spec/exchange.md` and `spec/detect.md`.

use std::{fs, path::Path};

use rollwire_reference_adapter::{Sessions, answer_within};
use serde_json::{Value, json};

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

/// Two digits are short for the same two digits, eight times.
fn hash(text: &str) -> String {
    assert!([2, 16].contains(&text.len()), "not a hash: {text}");
    text.repeat(16 / text.len())
}

fn number(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("not a number: {text}"))
}

fn stimulus(text: &str) -> Value {
    match text.split_whitespace().collect::<Vec<_>>()[..] {
        ["confirm", frame, it] => json!({"confirm": {"frame": number(frame), "hash": hash(it)}}),
        ["tick"] => json!({"tick": {}}),
        ["recv", ref digits @ ..] => json!({"recv": digits.concat()}),
        ["rollback", "begin", frame] => json!({"rollback": {"begin": number(frame)}}),
        ["rollback", "end"] => json!({"rollback": "end"}),
        ["reset"] => json!({"reset": {}}),
        ["channel", it] => json!({"channel": it}),
        ["sends", "accept", accept, "refuse", refuse, "by", how] => {
            let refuse = if refuse == "all" { json!("all") } else { json!(number(refuse)) };
            json!({"sends": {"accept": number(accept), "refuse": refuse, "how": how}})
        }
        _ => panic!("not a stimulus: {text}"),
    }
}

/// The frames and hashes of one member of an observation.
fn observed(member: &Value) -> Vec<(u64, String)> {
    let text = |it: &Value| it.as_str().unwrap().to_owned();
    let pair = |it: &Value| match it {
        Value::String(datagram) => {
            assert!(datagram.len() == 26 && datagram.starts_with("07"), "{datagram}");
            (u64::from_str_radix(&datagram[2..10], 16).unwrap(), datagram[10..].to_owned())
        }
        Value::Array(pair) => (pair[0].as_u64().unwrap(), text(&pair[1])),
        event => (event["frame"].as_u64().unwrap(), text(&event["peer"])),
    };
    member.as_array().unwrap().iter().map(pair).collect()
}

/// Compares the expectations of one line with what was observed.
fn check(expectations: &[&str], observation: &Value) -> Result<(), String> {
    // A line that does not mention `sent` expects that nothing is sent.
    let is_asked = expectations.iter().any(|it| it.starts_with("sent"));
    let unasked = (!is_asked).then_some("sent -");
    for expectation in expectations.iter().copied().chain(unasked) {
        let (name, wanted) = expectation.split_once(' ').ok_or("not an expectation")?;
        let found = &observation[name];
        let holds = match (name, wanted) {
            ("verified", "none") => found.is_null(),
            ("verified", frame) => *found == json!(number(frame)),
            (_, "-") => found == &json!([]),
            _ => {
                let wanted: Vec<&str> = wanted.split_whitespace().collect();
                let found = observed(found);
                let is = |(wanted, found): (&&str, &(u64, String))| {
                    let (frame, digits) = wanted.split_once('=').unwrap_or((wanted, ""));
                    found.0 == number(frame) && (digits.is_empty() || found.1 == hash(digits))
                };
                wanted.len() == found.len() && wanted.iter().zip(&found).all(is)
            }
        };
        if !holds {
            return Err(format!("expected {expectation}, observed {found}"));
        }
    }
    Ok(())
}

/// Plays a scenario in steps of `size` stimuli, and returns the observation of each stimulus.
fn observations(stimuli: &[Value], size: usize) -> Vec<Value> {
    let mut sessions = Sessions::default();
    let mut ask = |request: Value| {
        let answer = answer_within(&mut sessions, request.to_string().as_bytes());
        assert!(answer["ok"].is_object(), "{request}: {answer}");
        answer
    };
    ask(json!({"id": 1, "op": "open", "session": 3}));
    let step = |part| ask(json!({"id": 2, "op": "step", "session": 3, "do": part}));
    let answers: Vec<Value> = stimuli.chunks(size).map(step).collect();
    let all = |it: &Value| it["ok"]["observations"].as_array().unwrap().clone();
    answers.iter().flat_map(all).collect()
}

fn run(chapter: &str) {
    let scenarios = scenarios(chapter);
    assert!(scenarios.len() >= 3, "{chapter} has {} scenarios", scenarios.len());
    for (first, block) in scenarios {
        let lines: Vec<Vec<&str>> =
            block.lines().map(|line| line.split('|').map(str::trim).collect()).collect();
        let stimuli: Vec<Value> = lines.iter().map(|line| stimulus(line[0])).collect();
        let found = observations(&stimuli, 1);
        for (index, (line, observation)) in lines.iter().zip(&found).enumerate() {
            if let Err(error) = check(&line[1..], observation) {
                panic!("{chapter}:{}: {line:?}: {error}", first + index);
            }
        }
        assert_eq!(found.len(), lines.len(), "{chapter}:{first}");
        // The observations do not depend on how a scenario is cut into steps.
        assert_eq!(observations(&stimuli, 2), found, "{chapter}:{first}");
        assert_eq!(observations(&stimuli, lines.len()), found, "{chapter}:{first}");
    }
}

#[test]
fn to_advance_is_to_observe_once() {
    let stimuli: Vec<Value> =
        ["confirm 5 aa", "tick", "confirm 6 bb", "tick", "confirm 7 aa"].map(stimulus).into();
    let mut sessions = Sessions::default();
    let mut ask = |request: Value| answer_within(&mut sessions, request.to_string().as_bytes());
    ask(json!({"id": 1, "op": "open", "session": 3}));
    let answer = ask(json!({"id": 2, "op": "advance", "session": 3, "do": stimuli}));
    let seen = answer["ok"]["observations"].as_array().unwrap();
    let mut right = observations(&stimuli, 1).pop().unwrap();
    right["sent"] =
        json!([format!("0700000005{}", "aa".repeat(8)), format!("0700000006{}", "bb".repeat(8)),]);
    assert_eq!(seen, &[right]);
    let empty = ask(json!({"id": 3, "op": "advance", "session": 3, "do": []}));
    assert!(empty.get("error").is_some(), "{empty}");
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
fn a_wrong_expectation_is_noticed() {
    let found = &observations(&[stimulus("confirm 5 aa"), stimulus("tick")], 1)[1];
    assert_eq!(check(&["sent 5=aa", "queue -", "history 5", "verified none"], found), Ok(()));
    for wrong in ["sent -", "sent 5=bb", "sent 5 6", "queue 5", "verified 5", "history -"] {
        assert!(check(&["sent 5", wrong], found).is_err(), "{wrong}");
    }
    assert!(check(&[], found).is_err(), "`sent` is always compared");
}
