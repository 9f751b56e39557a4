//! A mutant as an adapter: whatever stands on a line, it answers, and goes on.

use rollwire_mutants::draw;
use serde_json::{Value, json};

/// The answers to some lines.
fn answers(mutant: &str, lines: &[&str]) -> Vec<Value> {
    let mut output = Vec::new();
    let input = lines.join("\n") + "\n";
    draw::named(mutant).unwrap().serve(input.as_bytes(), &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_wrong_codec_answers_wrongly_and_only_where_it_is_wrong() {
    let lines = [
        r#"{"id":1,"op":"decode","hex":"05000001c200000002"}"#,
        r#"{"id":2,"op":"encode","type":"episode_end","fields":{"frame":1,"episode":2}}"#,
        r#"{"id":3,"op":"reencode","hex":"050000000100000002"}"#,
        r#"{"id":4,"op":"decode","hex":"04"}"#,
        r#"{"id":5,"op":"decode","hex":""}"#,
    ];
    let answers = answers("episode-end/episode/little-endian/decoder", &lines);
    let read = json!({"type": "episode_end", "fields": {"frame": 450, "episode": 0x0200_0000}});
    assert_eq!(
        answers,
        [
            json!({"id": 1, "ok": read}),
            json!({"id": 2, "ok": {"hex": "050000000100000002"}}),
            json!({"id": 3, "ok": {"hex": "050000000102000000"}}),
            json!({"id": 4, "ok": {"type": "keepalive", "fields": {}}}),
            json!({"id": 5, "reject": {"class": "empty"}}),
        ]
    );
}

// What is remembered does not grow with each message.
#[test]
fn a_decoder_that_remembers_entries_remembers_those_of_one_message() {
    let lines = [
        r#"{"id":1,"op":"decode","hex":"0100010000006401000000000103"}"#,
        r#"{"id":2,"op":"decode","hex":"0100010000006401000000000203"}"#,
        r#"{"id":3,"op":"decode","hex":"0100010000006401000000000303"}"#,
    ];
    let answers = answers("input/entries/added-to-those-read/decoder", &lines);
    let frames = |answer: &Value| -> Vec<u64> {
        let entries = answer["ok"]["fields"]["entries"].as_array().unwrap();
        entries.iter().map(|entry| entry["frame"].as_u64().unwrap()).collect()
    };
    let read: Vec<_> = answers.iter().map(frames).collect();
    assert_eq!(read, [vec![1], vec![1, 2], vec![2, 3]]);
}

#[test]
fn what_is_no_request_is_answered_with_an_error_if_it_has_an_id() {
    let lines = [
        "no JSON",
        r#"{"op":"decode","hex":"04"}"#,
        r#"{"id":1}"#,
        r#"{"id":2,"op":"decode"}"#,
        r#"{"id":3,"op":"decode","hex":"0"}"#,
        r#"{"id":4,"op":"encode","type":"ping"}"#,
        r#"{"id":5,"op":"hello","protocol":[2],"nonce":"x"}"#,
        r#"{"id":6,"op":"step","session":1,"do":[{"tick":{}}]}"#,
        r#"{"id":7,"op":"open","session":1}"#,
        r#"{"id":8,"op":"open","session":1}"#,
        r#"{"id":9,"op":"step","session":1,"do":[]}"#,
        r#"{"id":10,"op":"step","session":1,"do":[{"tick":{}},{"tock":{}}]}"#,
        r#"{"id":11,"op":"close","session":1}"#,
        r#"{"id":12,"op":"close","session":1}"#,
        r#"{"id":13,"op":"probe-x"}"#,
    ];
    let answers = answers("keeps-the-queue", &lines);
    let of = |member: &str| -> Vec<u64> {
        let with = answers.iter().filter(|answer| answer.get(member).is_some());
        with.map(|answer| answer["id"].as_u64().unwrap()).collect()
    };
    assert_eq!(of("error"), [1, 2, 3, 4, 5, 6, 8, 9, 10, 12]);
    assert_eq!(of("ok"), [7, 11]);
    assert_eq!(of("unsupported"), [13]);
}

#[test]
fn a_line_without_an_end_is_not_read_for_ever() {
    let line = vec![b' '; 5 * 1024 * 1024];
    let mutant = draw::named("keeps-the-queue").unwrap();
    let error = mutant.serve(&line[..], Vec::new()).unwrap_err();
    assert!(error.to_string().contains("longer than"), "{error}");
}
