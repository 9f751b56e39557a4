//! Sessions of a peer.

use rollwire_reference_adapter::Sessions;
use serde_json::{Value, json};

use crate::{ask, is_error, open, step};

fn open_peer(sessions: &mut Sessions, peer: &Value) -> Value {
    ask(sessions, &json!({"id": 1, "op": "open", "session": 1, "peer": peer}))
}

/// A session of player 0, whose first frame is 5.
fn peer() -> Sessions {
    let mut sessions = Sessions::default();
    let answer = open_peer(&mut sessions, &json!({"local": 0, "first_frame": 5}));
    assert_eq!(answer, json!({"id": 1, "ok": {}}));
    sessions
}

fn observations(sessions: &mut Sessions, stimuli: &Value) -> Vec<Value> {
    step(sessions, stimuli)["ok"]["observations"].as_array().unwrap().clone()
}

#[test]
fn an_observation_shows_the_whole_peer() {
    let mut sessions = peer();
    let found = observations(&mut sessions, &json!([{"tick": {}}]));
    assert_eq!(
        found,
        [json!({
            "sent": [], "queue": [], "map": [], "history": [], "verified": null, "events": [],
            "confirmed": null, "held": [], "round_trips": [], "validation": "validating",
            "episode": null, "request": null, "partner": "shown",
        })]
    );
    let found = observations(
        &mut sessions,
        &json!([
            {"advance": 100},
            {"recv": "114059000000000000"},
            {"recv": "100000000000000000"},
            {"ready": {"hash": "0123abcd"}},
            {"recv": "06000000013031323361626364"},
            {"advance": 530},
            {"recv": "034082c00000000000"},
            {"act": {"frame": 5, "action": 255}},
            {"recv": "0100010000000502000000000501 0000000803".replace(' ', "")},
            {"catch_up": {}},
            {"focus": {"shown": false, "frame": 7}},
            {"recv": "140000000000"},
            {"confirm": {"frame": 5, "hash": "0123456789abcdef"}},
            {"tick": {}},
            {"ended": {"frame": 9}},
            {"recv": "050000000900000000"},
        ]),
    );
    let sent: Vec<&Value> = found.iter().flat_map(|it| it["sent"].as_array().unwrap()).collect();
    assert_eq!(
        sent,
        [
            "104059000000000000",
            "110000000000000000",
            "06000000013031323361626364",
            "024082c00000000000",
            "01000000000005010000000005ff",
            "120000000600000007",
            "140000000007",
            "07000000050123456789abcdef",
            "050000000900000000",
        ]
    );
    assert_eq!(
        found.last().unwrap(),
        &json!({
            "sent": [], "queue": [], "map": [], "history": [[5, "0123456789abcdef"]],
            "verified": null, "events": [],
            "confirmed": 5, "held": [[8, 3]], "round_trips": ["403e000000000000"],
            "validation": "validated",
            "episode": {"number": 0, "phase": "ending", "end": 9, "agreed": true, "start": "both",
                "hashes": "equal"},
            "request": [6, 7], "partner": "hidden",
        })
    );
}

#[test]
fn sends_may_be_about_other_types() {
    let mut sessions = peer();
    let sends = |types: &Value| json!({"sends": {"accept": 1, "refuse": "all", "how": "throw", "types": types}});
    let ping = json!({"recv": "020000000000000000"});
    let focus = |shown: bool| json!({"focus": {"shown": shown, "frame": 0}});
    let found = observations(
        &mut sessions,
        &json!([
            sends(&json!([3, 20])),
            ping,
            ping,
            focus(false),
            sends(&json!([])),
            ping,
            focus(true),
            sends(&json!([0, 255])),
            ping
        ]),
    );
    let sent: Vec<usize> = found.iter().map(|it| it["sent"].as_array().unwrap().len()).collect();
    assert_eq!(sent, [0, 1, 0, 0, 0, 1, 1, 0, 1]);
}

#[test]
fn a_malformed_peer_is_an_error_and_opens_nothing() {
    let mut sessions = Sessions::default();
    for peer in [
        json!(null),
        json!(0),
        json!([0, 5]),
        json!({}),
        json!({"local": 0}),
        json!({"first_frame": 0}),
        json!({"local": 2, "first_frame": 0}),
        json!({"local": 65536, "first_frame": 0}),
        json!({"local": -1, "first_frame": 0}),
        json!({"local": "0", "first_frame": 0}),
        json!({"local": true, "first_frame": 0}),
        json!({"local": 0, "first_frame": -1}),
        json!({"local": 0, "first_frame": 1.5}),
        json!({"local": 0, "first_frame": null}),
        json!({"local": 0, "first_frame": 4_294_967_296_u64}),
        json!({"local": 0, "first_frame": 0, "kept": 5}),
    ] {
        assert!(is_error(&open_peer(&mut sessions, &peer)), "{peer}");
    }
    // The number is still free.
    let last = open_peer(&mut sessions, &json!({"local": 1, "first_frame": 4_294_967_295_u32}));
    assert_eq!(last, json!({"id": 1, "ok": {}}));
    assert!(is_error(&open_peer(&mut sessions, &json!({"local": 0, "first_frame": 0}))));
}

/// Right stimuli of a peer.
fn for_a_peer() -> [Value; 6] {
    [
        json!({"advance": 3_600_000}),
        json!({"act": {"frame": 5, "action": 0}}),
        json!({"ready": {"hash": "0123abcd"}}),
        json!({"ended": {"frame": 0}}),
        json!({"catch_up": {}}),
        json!({"focus": {"shown": true, "frame": 4_294_967_295_u32}}),
    ]
}

#[test]
fn a_malformed_stimulus_is_an_error_and_changes_nothing() {
    let mut sessions = peer();
    let before = observations(&mut sessions, &json!([{"tick": {}}]));
    for stimulus in [
        json!({"advance": -1}),
        json!({"advance": 3_600_001}),
        json!({"advance": 1.0}),
        json!({"advance": "5"}),
        json!({"advance": {}}),
        json!({"advance": null}),
        json!({"act": {"frame": 5}}),
        json!({"act": {"action": 5}}),
        json!({"act": {"frame": 5, "action": 256}}),
        json!({"act": {"frame": 5, "action": -1}}),
        json!({"act": {"frame": 4_294_967_296_u64, "action": 0}}),
        json!({"act": {"frame": "5", "action": 0}}),
        json!({"act": {"frame": 5, "action": 0, "player": 0}}),
        json!({"act": [5, 0]}),
        json!({"ready": {}}),
        json!({"ready": "0123abcd"}),
        json!({"ready": {"hash": "0123ABCD"}}),
        json!({"ready": {"hash": "0123abc"}}),
        json!({"ready": {"hash": "0123abcde"}}),
        json!({"ready": {"hash": 1_234_567}}),
        json!({"ready": {"hash": "0123abcd", "episode": 1}}),
        json!({"ended": {}}),
        json!({"ended": 5}),
        json!({"ended": {"frame": -1}}),
        json!({"ended": {"frame": 5, "episode": 0}}),
        json!({"catch_up": null}),
        json!({"catch_up": []}),
        json!({"catch_up": {"start": 5}}),
        json!({"catchUp": {}}),
        json!({"focus": {"shown": 1, "frame": 0}}),
        json!({"focus": {"shown": true}}),
        json!({"focus": {"shown": true, "frame": 1.5}}),
        json!({"focus": true}),
        json!({"focus": {"shown": true, "frame": 0}, "tick": {}}),
        json!({"sends": {"accept": 0, "refuse": 1, "how": "false", "types": 7}}),
        json!({"sends": {"accept": 0, "refuse": 1, "how": "false", "types": null}}),
        json!({"sends": {"accept": 0, "refuse": 1, "how": "false", "types": [256]}}),
        json!({"sends": {"accept": 0, "refuse": 1, "how": "false", "types": [-1]}}),
        json!({"sends": {"accept": 0, "refuse": 1, "how": "false", "types": ["01"]}}),
    ] {
        for op in ["step", "advance"] {
            // The stimulus before it in the list is not applied either.
            let list = json!([{"ready": {"hash": "0123abcd"}}, stimulus]);
            let request = json!({"id": 2, "op": op, "session": 1, "do": list});
            assert!(is_error(&ask(&mut sessions, &request)), "{stimulus}");
        }
    }
    assert_eq!(observations(&mut sessions, &json!([{"tick": {}}])), before);
    assert_eq!(observations(&mut sessions, &json!(for_a_peer())).len(), 6);
}

#[test]
fn an_exchange_takes_no_stimulus_of_a_peer() {
    let mut sessions = Sessions::default();
    open(&mut sessions, 1);
    let types = json!({"sends": {"accept": 0, "refuse": 1, "how": "false", "types": [7]}});
    for stimulus in for_a_peer().into_iter().chain([types]) {
        assert!(is_error(&step(&mut sessions, &json!([stimulus]))), "{stimulus}");
    }
    let found = observations(&mut sessions, &json!([{"recv": "020000000000000000"}]));
    assert_eq!(
        found,
        [json!({
            "sent": [], "queue": [], "map": [], "history": [], "verified": null, "events": [],
        })]
    );
}
