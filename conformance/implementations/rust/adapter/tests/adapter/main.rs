//! The adapter: sessions, `digest`, and the program itself.

mod logs;
mod peer;

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use rollwire_reference::exchange::HashSends;
use rollwire_reference_adapter::{Options, Sessions, answer_within, serve};
use serde_json::{Value, json};

fn ask(sessions: &mut Sessions, request: &Value) -> Value {
    answer_within(sessions, request.to_string().as_bytes())
}

fn open(sessions: &mut Sessions, session: u64) {
    let answer = ask(sessions, &json!({"id": 1, "op": "open", "session": session}));
    assert_eq!(answer, json!({"id": 1, "ok": {}}));
}

fn step(sessions: &mut Sessions, stimuli: &Value) -> Value {
    ask(sessions, &json!({"id": 2, "op": "step", "session": 1, "do": stimuli}))
}

fn is_error(answer: &Value) -> bool {
    let members = answer.as_object().unwrap();
    members.len() == 2 && answer["id"].is_u64() && answer["error"]["message"].is_string()
}

/// The answer to a request without a session.
fn answer(mut request: Value) -> Value {
    request["id"] = json!(1);
    ask(&mut Sessions::default(), &request)
}

#[test]
fn a_message_is_decoded_encoded_and_reencoded() {
    let (hex, name) = ("07000000960123456789abcdef", "state_hash");
    let fields = json!({"frame": 150, "hash": "0123456789abcdef"});
    let decoded = answer(json!({"op": "decode", "hex": hex}));
    assert_eq!(decoded["ok"], json!({"type": name, "fields": fields}));
    let encoded = answer(json!({"op": "encode", "type": name, "fields": fields}));
    assert_eq!(encoded["ok"], json!({"hex": hex}));
    assert_eq!(answer(json!({"op": "reencode", "hex": hex})), encoded);
}

#[test]
fn a_refusal_has_the_class_of_its_cause() {
    let encode = |name, fields| json!({"op": "encode", "type": name, "fields": fields});
    let hash = "0123456789abcdef";
    for (request, class) in [
        (json!({"op": "decode", "hex": "0700"}), "truncated"),
        (json!({"op": "reencode", "hex": "ff"}), "unknown_type"),
        (encode("no_such_message", json!({})), "unknown_type"),
        // The codec's types cannot hold these, so the adapter refuses them.
        (encode("state_hash", json!({"frame": -1, "hash": hash})), "range"),
        (encode("state_hash", json!({"frame": 1.5, "hash": hash})), "value"),
        (encode("state_hash", json!({"frame": "5", "hash": hash})), "value"),
        (encode("state_hash", json!({"frame": 5, "hash": 7})), "value"),
        (encode("ping", json!({"timestamp": "00"})), "value"),
        (encode("focus_state", json!({"focused": 1, "frame": 5})), "value"),
        (encode("input_response", json!({"player": 1, "entries": {}})), "value"),
        (encode("input_response", json!({"player": 65536, "entries": []})), "range"),
    ] {
        let answer = answer(request.clone());
        assert_eq!(answer["reject"]["class"], class, "{request}: {answer}");
        assert!(answer["reject"]["message"].is_string(), "{answer}");
    }
}

#[test]
fn what_is_not_a_refusal_is_an_error_or_unsupported() {
    assert_eq!(answer(json!({"op": "probe-5f"})), json!({"id": 1, "unsupported": {}}));
    for request in [
        json!({}),
        json!({"op": 7}),
        json!({"op": "decode"}),
        json!({"op": "decode", "hex": "0"}),
        json!({"op": "reencode", "hex": "zz"}),
        json!({"op": "hello", "protocol": [2], "nonce": "5f"}),
    ] {
        assert!(is_error(&answer(request.clone())), "{request}");
    }
}

#[test]
fn hello_declares_the_exchange_and_the_peer() {
    let request = json!({"id": 0, "op": "hello", "protocol": [1], "nonce": "5f"});
    let ok = &ask(&mut Sessions::default(), &request)["ok"];
    assert_eq!(ok["sessions"], 16);
    assert!(ok["parameters"].is_null(), "the peer has the default parameters");
    let exchange = ["exchange", "inspect", "detect", "advance"];
    let peer = ["inputs", "liveness", "validation", "episodes", "catch-up", "focus"];
    for name in exchange.into_iter().chain(peer) {
        assert!(ok["capabilities"].as_array().unwrap().contains(&json!(name)), "{name}");
    }
}

/// What the adapter declares when it was started with this argument.
fn hello_with(argument: &str) -> Value {
    let mut options = Options::default();
    options.read(argument).unwrap();
    let request = json!({"id": 0, "op": "hello", "protocol": [1], "nonce": "5f"});
    ask(&mut Sessions::new(options), &request)["ok"].clone()
}

#[test]
fn lasting_hashes_are_declared_when_they_are_asked_for() {
    let usual = hello_with("--verbose");
    let declares = |hello: &Value| {
        hello["capabilities"].as_array().unwrap().contains(&json!("lasting-hashes"))
    };
    assert!(!declares(&usual));
    for (argument, parameters) in [
        ("--lasting-hashes", json!(null)),
        ("--lasting-hashes=1", json!(null)),
        ("--lasting-hashes=2", json!({"hash_sends": 2})),
        ("--lasting-hashes=3", json!({"hash_sends": 3})),
    ] {
        let hello = hello_with(argument);
        assert!(declares(&hello), "{argument}");
        assert_eq!(hello["parameters"], parameters, "{argument}");
        assert_eq!(hello["impl"], usual["impl"]);
    }
    for wrong in
        ["--lasting-hashes=", "--lasting-hashes=0", "--lasting-hashes=4", "--lasting-hashes2"]
    {
        let error = Options::default().read(wrong).unwrap_err();
        assert!(error.ends_with(&format!("with N from 1 to 3, found {wrong:?}")), "{error}");
    }
}

#[test]
fn lasting_hashes_are_those_of_an_exchange_and_of_a_peer() {
    let options = Options { lasting_hashes: Some(HashSends::Twice) };
    for peer in [None, Some(json!({"local": 0, "first_frame": 0}))] {
        let mut sessions = Sessions::new(options);
        let mut open = json!({"id": 1, "op": "open", "session": 1});
        if let Some(peer) = peer {
            open["peer"] = peer;
            ask(&mut sessions, &open);
            let start =
                json!([{"ready": {"hash": "aaaaaaaa"}}, {"recv": "06000000016161616161616161"}]);
            step(&mut sessions, &start);
        } else {
            ask(&mut sessions, &open);
        }
        let hash = "0123456789abcdef";
        let list = json!([
            {"recv": "07000000050123456789abcdef"}, {"rollback": {"begin": 0}}, {"rollback": "end"},
            {"confirm": {"frame": 5, "hash": hash}}, {"tick": {}}, {"tick": {}}, {"tick": {}},
        ]);
        let answer = step(&mut sessions, &list);
        let found = answer["ok"]["observations"].as_array().unwrap();
        assert_eq!((&found[3]["verified"], &found[3]["map"]), (&json!(5), &json!([[5, hash]])));
        let sent: Vec<usize> =
            found.iter().map(|it| it["sent"].as_array().unwrap().len()).collect();
        assert_eq!(sent, [0, 0, 0, 0, 1, 1, 0], "{answer}");
    }
}

/// The example of `spec/adapter.md`, which breaks its long answer into lines.
#[test]
fn the_worked_session() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../spec/adapter.md");
    let text = fs::read_to_string(path).unwrap();
    let start = text.find("> {\"id\":8,\"op\":\"open\"").unwrap();
    let example = text[start..].split("```").next().unwrap();
    let mut sessions = Sessions::default();
    let mut asked = 0;
    for exchange in example.split("> ").filter(|it| !it.is_empty()) {
        let (request, expected) = exchange.split_once("\n< ").unwrap();
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(answer_within(&mut sessions, request.as_bytes()), expected, "{request}");
        asked += 1;
    }
    assert_eq!(asked, 3);
}

#[test]
fn sessions_do_not_affect_each_other() {
    let mut sessions = Sessions::default();
    for session in 0..16 {
        open(&mut sessions, session);
    }
    let one_too_many = json!({"id": 1, "op": "open", "session": 16});
    assert!(is_error(&ask(&mut sessions, &one_too_many)));
    step(&mut sessions, &json!([{"confirm": {"frame": 5, "hash": "0123456789abcdef"}}]));
    let tick = json!({"id": 3, "op": "step", "session": 2, "do": [{"tick": {}}]});
    let other = &ask(&mut sessions, &tick)["ok"]["observations"][0];
    assert_eq!((&other["sent"], &other["history"]), (&json!([]), &json!([])));
    let close = json!({"id": 4, "op": "close", "session": 1});
    assert_eq!(ask(&mut sessions, &close), json!({"id": 4, "ok": {}}));
    assert!(is_error(&ask(&mut sessions, &close)));
    // The number may be used again, and the new session is empty.
    open(&mut sessions, 1);
    let new = step(&mut sessions, &json!([{"tick": {}}]));
    assert_eq!(new["ok"]["observations"][0]["history"], json!([]));
}

#[test]
fn the_channel_accepts_and_refuses_as_told() {
    let mut sessions = Sessions::default();
    open(&mut sessions, 1);
    let confirm = |frame: u32| json!({"confirm": {"frame": frame, "hash": "0123456789abcdef"}});
    let sends = |accept: Value, refuse: Value, how: &str| json!({"sends": {"accept": accept, "refuse": refuse, "how": how}});
    let answer = step(
        &mut sessions,
        &json!([
            confirm(1), confirm(2), confirm(3),
            sends(json!(1), json!(2), "throw"),
            {"channel": "closed"}, {"tick": {}}, {"channel": "open"},
            {"tick": {}}, {"tick": {}}, {"tick": {}},
            confirm(4), sends(json!(0), json!("all"), "false"), {"tick": {}}, {"reset": {}},
            confirm(5), {"tick": {}}, sends(json!(0), json!(0), "false"), {"tick": {}},
        ]),
    );
    let list = answer["ok"]["observations"].as_array().unwrap();
    let sent: Vec<usize> = list.iter().map(|it| it["sent"].as_array().unwrap().len()).collect();
    assert_eq!(sent, [0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1], "{answer}");
    assert_eq!(list[7]["queue"], json!([[2, "0123456789abcdef"], [3, "0123456789abcdef"]]));
    assert_eq!(list[17]["sent"], json!(["07000000050123456789abcdef"]));
}

#[test]
fn observations_show_map_and_history_by_frame_and_the_queue_as_it_is() {
    let mut sessions = Sessions::default();
    open(&mut sessions, 1);
    let pair = |frame: u32| json!([frame, "0123456789abcdef"]);
    let confirm = |frame: u32| json!({"confirm": {"frame": frame, "hash": "0123456789abcdef"}});
    let list = json!([
        {"recv": "07000000090123456789abcdef"},
        {"recv": "07000000080123456789abcdef"},
        confirm(10), confirm(5),
    ]);
    let last = &step(&mut sessions, &list)["ok"]["observations"][3];
    assert_eq!(last["map"], json!([pair(8), pair(9)]));
    assert_eq!(last["history"], json!([pair(5), pair(10)]));
    assert_eq!(last["queue"], json!([pair(10), pair(5)]));
}

#[test]
fn a_malformed_request_is_an_error_and_changes_nothing() {
    let mut sessions = Sessions::default();
    open(&mut sessions, 1);
    let hash = "0123456789abcdef";
    step(&mut sessions, &json!([{"confirm": {"frame": 3, "hash": hash}}, {"tick": {}}]));
    for request in [
        json!({"id": 1, "op": "open", "session": 1}),
        json!({"id": 1, "op": "open"}),
        json!({"id": 1, "op": "open", "session": "2"}),
        json!({"id": 1, "op": "open", "session": -2}),
        json!({"id": 1, "op": "close", "session": 2}),
        json!({"id": 1, "op": "step", "session": 2, "do": [{"tick": {}}]}),
        json!({"id": 1, "op": "step", "session": 1}),
        json!({"id": 1, "op": "step", "session": 1, "do": []}),
        json!({"id": 1, "op": "step", "session": 1, "do": {"tick": {}}}),
    ] {
        assert!(is_error(&ask(&mut sessions, &request)), "{request}");
    }
    for stimulus in [
        json!("tick"),
        json!({}),
        json!({"tick": {}, "reset": {}}),
        json!({"tick": 1}),
        json!({"reset": null}),
        json!({"jump": {}}),
        json!({"confirm": [5, hash]}),
        json!({"confirm": {"frame": 5}}),
        json!({"confirm": {"hash": hash}}),
        json!({"confirm": {"frame": 4_294_967_296_u64, "hash": hash}}),
        json!({"confirm": {"frame": -1, "hash": hash}}),
        json!({"confirm": {"frame": 1.5, "hash": hash}}),
        json!({"confirm": {"frame": 5, "hash": "0123"}}),
        json!({"confirm": {"frame": 5, "hash": "0123456789abcdeg"}}),
        json!({"recv": "070"}),
        json!({"recv": "zz"}),
        json!({"recv": [7]}),
        json!({"rollback": "begin"}),
        json!({"rollback": {"end": 5}}),
        json!({"rollback": {"begin": "5"}}),
        json!({"channel": "ajar"}),
        json!({"channel": true}),
        json!({"sends": {}}),
        json!({"sends": {"accept": 1, "refuse": "none", "how": "false"}}),
        json!({"sends": {"accept": -1, "refuse": 1, "how": "false"}}),
        json!({"sends": {"accept": 1, "refuse": 1, "how": "maybe"}}),
    ] {
        // The stimulus before it in the list is not applied either.
        let list = json!([{"confirm": {"frame": 9, "hash": hash}}, stimulus]);
        assert!(is_error(&step(&mut sessions, &list)), "{stimulus}");
    }
    let without_id = json!({"op": "close", "session": 1});
    assert!(ask(&mut sessions, &without_id)["id"].is_null());
    let answer = step(&mut sessions, &json!([{"tick": {}}]));
    let same = json!({"sent": [], "queue": [], "map": [], "history": [[3, hash]],
        "verified": null, "events": []});
    assert_eq!(answer, json!({"id": 2, "ok": {"observations": [same]}}));
}

#[test]
fn a_malformed_datagram_is_observed_like_any_other() {
    let mut sessions = Sessions::default();
    open(&mut sessions, 1);
    let list = json!([{"recv": ""}, {"recv": "07"}, {"recv": "ff"}, {"recv": "04"}]);
    let answer = step(&mut sessions, &list);
    assert_eq!(answer["ok"]["observations"].as_array().unwrap().len(), 4, "{answer}");
}

#[test]
fn digest_hands_the_text_over() {
    let ask = |form, state| {
        let request = json!({"id": 1, "op": "digest", "form": form, "state": state});
        ask(&mut Sessions::default(), &request)
    };
    assert_eq!(
        ask("episode_ready", json!("{\"t\": 0, \"x\": 1.0}")),
        json!({"id": 1, "ok": {"hash": "da370eb8", "text": "{\"t\": 0, \"x\": 1.0}"}})
    );
    assert_eq!(ask("state_hash", json!("[1,]"))["reject"]["class"], "text");
    assert!(ask("state", json!("[]"))["error"]["message"].is_string());
    assert!(ask("state_hash", json!([]))["error"]["message"].is_string());
}

const REQUESTS: &str = r#"{"id":1,"op":"open","session":7}
{"id":2,"op":"step","session":7,"do":[{"confirm":{"frame":150,"hash":"0123456789abcdef"}},{"tick":{}}]}
{"id":3,"op":"step","session":7,"do":[{"recv":"07000000050123456789abcdef"},{"recv":"07"}]}
{"id":4,"op":"close","session":7}
"#;

#[test]
fn a_session_lasts_from_line_to_line() {
    let mut output = Vec::new();
    serve(REQUESTS.as_bytes(), &mut output).unwrap();
    let answers: Vec<Value> = output
        .split_inclusive(|&it| it == b'\n')
        .map(|it| serde_json::from_slice(it).unwrap())
        .collect();
    assert_eq!(answers.len(), 4);
    assert!(answers.iter().all(|it| it["ok"].is_object()), "{answers:?}");
    let sent = &answers[1]["ok"]["observations"][1]["sent"];
    assert_eq!(sent, &json!(["07000000960123456789abcdef"]));
}

fn run_program(arguments: &[&str]) -> Output {
    run_program_with(arguments, REQUESTS)
}

fn run_program_with(arguments: &[&str], requests: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_rollwire-reference-adapter"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    program.stdin.take().unwrap().write_all(requests.as_bytes()).unwrap();
    program.wait_with_output().unwrap()
}

#[test]
fn the_program_takes_lasting_hashes_and_refuses_a_wrong_number() {
    let once = run_program(&["--lasting-hashes"]);
    assert!(once.status.success() && once.stderr.is_empty());
    // It ends before it reads anything, so nothing is written to it.
    let mut program = Command::new(env!("CARGO_BIN_EXE_rollwire-reference-adapter"));
    let wrong = program.arg("--lasting-hashes=7").stdin(Stdio::null()).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8(wrong.stderr).unwrap().contains("N from 1 to 3"));
    assert_eq!(wrong.stdout, b"");
}

#[test]
fn the_program_logs_what_it_sent_and_received() {
    let quiet = run_program(&[]);
    assert!(quiet.status.success());
    assert_eq!(quiet.stderr, b"");
    let verbose = run_program(&["--verbose"]);
    assert_eq!(verbose.stdout, quiet.stdout, "logs go to standard error only");
    let log = String::from_utf8(verbose.stderr).unwrap();
    if cfg!(feature = "log") {
        assert_eq!(log, "Sent hash for frame 150\nReceived peer hash for frame 5\n");
    } else {
        assert!(log.contains("without the feature `log`"), "{log}");
    }
}
