//! Logs of right peers have no violation, whatever happens to them; a wrong line has one, and only one.

use std::io::Cursor;

use rollwire_model::{
    Model,
    exchange::{Observation, Stimulus},
    peer::{Session, Setup},
};
use serde_json::{Map, Value, json};

use super::super::{Findings, Log, PeerComparison, check, show_comparison};
use crate::generate::peers;

/// A game logs a random session of a peer.
fn logged(seed: u64, inspects: bool) -> Vec<String> {
    let scenario = peers::scenarios(seed, 1).pop().unwrap();
    let setup = scenario.peer.unwrap();
    let stimuli: Vec<Stimulus> = scenario.stimuli().cloned().collect();
    log_of(&mut Session::specified(&Model::latest(), setup), setup, &stimuli, inspects)
}

/// The log of what happens to a peer.
fn log_of(peer: &mut Session, setup: Setup, stimuli: &[Stimulus], inspects: bool) -> Vec<String> {
    let mut capabilities = vec![
        "inputs",
        "liveness",
        "validation",
        "episodes",
        "catch-up",
        "focus",
        "exchange",
        "detect",
    ];
    capabilities.extend(inspects.then_some("inspect"));
    let mut lines =
        vec![json!({"trace": 1, "capabilities": capabilities, "peer": setup}).to_string()];
    let mut before = peer.observe(Vec::new());
    for stimulus in stimuli {
        let now = peer.step(stimulus);
        lines.push(line(stimulus, &before, &now, inspects));
        before = now;
    }
    lines
}

/// A line of a log, without what has not changed.
fn line(stimulus: &Stimulus, before: &Observation, now: &Observation, inspects: bool) -> String {
    let object = |value: Value| match value {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    let flat = |observation: &Observation| {
        let mut members = object(serde_json::to_value(observation).unwrap());
        members.remove("peer");
        members.extend(object(serde_json::to_value(&observation.peer).unwrap()));
        members
    };
    let mut line = object(serde_json::to_value(stimulus).unwrap());
    let (before, members) = (flat(before), flat(now));
    for (name, value) in members {
        let is_shown = inspects || ["sent", "verified", "events"].contains(&&*name);
        let has_changed = match &*name {
            "sent" => value != json!([]),
            _ => before.get(&name) != Some(&value),
        };
        if is_shown && has_changed {
            line.insert(name, value);
        }
    }
    Value::Object(line).to_string()
}

fn checked(lines: &[String]) -> Findings {
    let text = lines.join("\n") + "\n";
    Log::open("log", Cursor::new(text)).unwrap().unwrap().finish().unwrap()
}

#[test]
fn right_peers_are_right() {
    for seed in 0..150 {
        for inspects in [false, true] {
            let findings = checked(&logged(seed, inspects));
            assert_eq!(
                (&findings.violations, findings.malformed.count),
                (&Vec::new(), 0),
                "{seed}"
            );
            assert_eq!((findings.doubted, findings.peers.len()), (0, 1));
        }
    }
}

#[test]
fn a_wrong_datagram_is_a_violation_of_its_rule_and_what_follows_is_not_blamed() {
    let setup = Setup::default();
    let scene: Vec<Stimulus> = [
        "ready aaaaaaaa",
        "recv EPISODE_READY 1 aaaaaaaa",
        "act 0 1",
        "act 1 1",
        "recv INPUT 1 1 0=2 1=2",
        "advance 700",
        "act 2 1",
    ]
    .map(|text| text.parse().unwrap())
    .into();
    let lines = log_of(&mut Session::specified(&Model::latest(), setup), setup, &scene, true);
    assert_eq!(checked(&lines).violations, []);
    let wrong = |at: usize, from: &str, to: &str| {
        let mut lines = lines.clone();
        assert!(lines[at].contains(from), "{}", lines[at]);
        lines[at] = lines[at].replace(from, to);
        let found = checked(&lines).violations;
        found.iter().map(|it| (it.rule, it.line, it.count)).collect::<Vec<_>>()
    };
    // A READY with another number, an INPUT of the wrong player, a frame that is not confirmed, a ping too few.
    assert_eq!(wrong(1, "0600000001", "0600000002"), [("EPISODE-2", 2, 1)]);
    assert_eq!(wrong(3, "010000", "010001"), [("SYNC-3", 4, 1)]);
    assert_eq!(wrong(5, "\"confirmed\":1", "\"confirmed\":0"), [("SYNC-11", 6, 1)]);
    let validation = wrong(6, "\"104059000000000000\"", "\"104059000000000001\"");
    assert_eq!(validation, [("VALID-1", 7, 1)]);
}

/// What the chapter says: `spec/trace.md`, What is checked.
#[test]
fn what_was_broken_and_what_follows_from_it_is_silent_and_the_rest_is_not() {
    let setup = Setup::default();
    let scene: Vec<Stimulus> = [
        "ready aaaaaaaa",
        "recv EPISODE_READY 1 aaaaaaaa",
        "advance 100",
        "recv VALIDATION_PONG 100",
        "recv VALIDATION_PING 0",
        "act 0 1",
        "act 1 1",
        "ended 2",
        "advance 500",
        "focus hidden 2",
    ]
    .map(|text| text.parse().unwrap())
    .into();
    let lines = log_of(&mut Session::specified(&Model::latest(), setup), setup, &scene, false);
    assert_eq!(checked(&lines).violations, []);
    let rules = |lines: &[String]| -> Vec<(&str, u64, u64)> {
        checked(lines).violations.iter().map(|it| (it.rule, it.line, it.count)).collect()
    };
    // Two INPUTs, an END, a PING and a FOCUS_STATE have a byte too many.
    let mut wrong = lines;
    for (at, from, to) in [
        (6, "\"01", "\"01ff"),
        (7, "\"01", "\"01ff"),
        (8, "\"05", "\"05ff"),
        (9, "\"02", "\"02ff"),
        (10, "\"14", "\"14ff"),
    ] {
        assert!(wrong[at].contains(from), "{}", wrong[at]);
        wrong[at] = wrong[at].replace(from, to);
    }
    let found = rules(&wrong);
    let lines: Vec<u64> = found.iter().map(|it| it.1).collect();
    assert_eq!(lines, [7, 10, 11], "{found:?}");
    assert!(found.iter().all(|it| it.2 == 1), "{found:?}");
    assert!(found[0].0.starts_with("SYNC") && found[1].0.starts_with("LIVE"), "{found:?}");
}

#[test]
fn what_was_refused_has_to_have_been_handed_over() {
    let header = r#"{"trace":1,"capabilities":["inputs"],"peer":{"local":0,"first_frame":0}}"#;
    let act = r#"{"act":{"frame":0,"action":7},"refused":[0]}"#;
    let lines = |lines: &[&str]| lines.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    assert_eq!(checked(&lines(&[header, act])).violations, []);
    let more = r#"{"act":{"frame":0,"action":7},"refused":[0,1]}"#;
    let found = checked(&lines(&[header, more])).violations;
    assert_eq!(found.iter().map(|it| (it.rule, it.line)).collect::<Vec<_>>(), [("PEER-3", 2)]);
    let none = r#"{"act":{"frame":0,"action":7}}"#;
    let found = checked(&lines(&[header, none])).violations;
    assert_eq!(found.iter().map(|it| (it.rule, it.line)).collect::<Vec<_>>(), [("SYNC-1", 2)]);
}

#[test]
fn after_a_line_that_cannot_be_read_nothing_is_blamed() {
    for seed in 0..40 {
        let mut lines = logged(seed, seed % 2 == 0);
        let at = 2 + usize::try_from(seed).unwrap() % (lines.len() - 3);
        lines[at] = "{".to_owned();
        let findings = checked(&lines);
        assert_eq!((findings.violations.len(), findings.malformed.count), (0, 1), "{seed}");
        assert_eq!(findings.doubted, (lines.len() - at - 1) as u64);
        assert!(findings.peers[0].in_doubt);
    }
}

/// Two peers, of which one loses datagrams on the way to the other.
fn crossed(loses: &[u32]) -> PeerComparison {
    let setups = [0, 1].map(|local| Setup { local, first_frame: 0 });
    let model = Model::latest();
    let mut peers = setups.map(|setup| Session::specified(&model, setup));
    let mut stimuli: [Vec<Stimulus>; 2] = [Vec::new(), Vec::new()];
    let mut play = |at: usize, stimulus: Stimulus, arrives: bool| {
        let mut waiting = vec![(at, stimulus)];
        while let Some((at, stimulus)) = waiting.pop() {
            let sent = peers[at].apply(&stimulus);
            stimuli[at].push(stimulus);
            if arrives {
                waiting.extend(sent.into_iter().map(|it| (1 - at, Stimulus::Recv(it))));
            }
        }
    };
    for at in [0, 1] {
        play(at, "ready aaaaaaaa".parse().unwrap(), true);
    }
    for frame in 0..40 {
        for at in [0, 1] {
            let arrives = at == 1 || !loses.contains(&frame);
            play(at, Stimulus::Act { frame, action: 1 }, arrives);
        }
    }
    let logs = [0, 1].map(|at| {
        let mut peer = Session::specified(&model, setups[at]);
        log_of(&mut peer, setups[at], &stimuli[at], false).join("\n") + "\n"
    });
    let [a, b] = logs.map(|text| Log::open("log", Cursor::new(text)).unwrap().unwrap());
    let pair = check(a, b).unwrap();
    assert!(pair.logs.iter().all(|log| log.violations.is_empty()));
    pair.crossing
}

#[test]
fn lost_inputs_are_told() {
    let lost = |loses: &[u32]| {
        let inputs = crossed(loses).inputs;
        assert_eq!((inputs.len(), inputs[0].acted), (1, [40, 40]));
        inputs[0].lost.clone().map(|it| it.map(|it| (it.count, it.first)))
    };
    assert_eq!(lost(&[]), [Some((0, vec![])), Some((0, vec![]))]);
    // Nine in a row leave no hole, the tenth does (SYNC-3), and the last ones are not repeated.
    assert_eq!(lost(&(5..14).collect::<Vec<_>>()), [Some((0, vec![])), Some((0, vec![]))]);
    let ten: Vec<u32> = (5..15).collect();
    assert_eq!(lost(&ten), [Some((1, vec![(5, 5)])), Some((0, vec![]))]);
    assert_eq!(lost(&[38, 39]), [Some((2, vec![(38, 39)])), Some((0, vec![]))]);
    let mut text = Vec::new();
    show_comparison(&mut text, ["mine", "theirs"], &crossed(&ten)).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("mine → theirs: 40 frames acted, 1 never arrived: 5"), "{text}");
    assert!(!text.contains("hash"), "no hash was confirmed, sent or received: {text}");
}

#[test]
fn headers_that_are_wrong_say_what() {
    for (header, says) in [
        (r#"{"trace":1,"capabilities":["inputs"]}"#, "does not declare the capability `exchange`"),
        (r#"{"trace":1,"peer":{"local":0,"first_frame":0}}"#, "declares no chapter of a peer"),
        (
            r#"{"trace":1,"capabilities":["episodes"],"peer":{"local":0,"first_frame":0}}"#,
            "declares `episodes`, which needs `inputs`",
        ),
        (
            r#"{"trace":1,"capabilities":["inputs"],"peer":{"local":2,"first_frame":0}}"#,
            "names the player index 2",
        ),
        (
            r#"{"trace":1,"revision":6,"capabilities":["inputs"],"peer":{"local":0,"first_frame":0}}"#,
            "a whole peer has revision 7",
        ),
        (
            r#"{"trace":1,"capabilities":["inputs"],"peer":{"local":0,"first_frame":0},"parameters":{"speed":1}}"#,
            "names the parameter `speed`",
        ),
        (
            r#"{"trace":1,"capabilities":["inputs"],"peer":{"local":0,"first_frame":0},"parameters":{"redundancy":16}}"#,
            "gives `redundancy` a value that is not a number from 1 to 15",
        ),
        (
            r#"{"trace":1,"capabilities":["inputs"],"peer":{"local":0,"first_frame":0},"parameters":{"kept":100000}}"#,
            "gives `kept` a value above 65536",
        ),
    ] {
        let fault = Log::open("log", Cursor::new(header)).err().map(|it| it.to_string());
        assert!(fault.as_ref().is_some_and(|it| it.contains(says)), "{header}: {fault:?}");
    }
}

/// A log may be about fewer chapters than the game has, but what cannot be decoded belongs to none of them.
#[test]
fn what_is_not_a_message_must_not_be_sent_whatever_the_log_is_about() {
    let header = r#"{"trace":1,"capabilities":["inputs"],"peer":{"local":0,"first_frame":0}}"#;
    let log = |surplus: &str| {
        let input = "0100000000000001000000000007";
        let act = json!({"act": {"frame": 0, "action": 7}, "sent": [input, surplus]});
        let found = checked(&[header.to_owned(), act.to_string()]).violations;
        found.iter().map(|it| (it.rule, it.line)).collect::<Vec<_>>()
    };
    for of_another_chapter in ["104059000000000000", "06000000016161616161616161"] {
        assert_eq!(log(of_another_chapter), []);
    }
    for no_message in ["ff", "", "deadbeef", "04"] {
        assert_eq!(log(no_message), [("PEER-4", 2)], "{no_message:?}");
    }
}
