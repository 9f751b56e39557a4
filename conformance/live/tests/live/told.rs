//! What a page is told, what is saved, and what can be copied.

use std::{fs, io::BufReader};

use rollwire_capture::{Capture, Check, Findings};
use rollwire_conformance::vectors::{Origin, parse_file};
use serde_json::Value;
use tungstenite::Message;

use crate::client::{get, server, tap, watcher, with_token};

/// A game in which a hash is short, and a question has no answer.
const GAME: &str = r#"{"capture":1,"peer":"ann","origin":1790000000000}
{"n":0,"at":0,"channel":"open"}
{"n":1,"at":100,"sent":"04"}
{"n":2,"at":110,"sent":"0700000005aa"}
{"n":3,"at":150,"sent":"04"}
{"n":4,"at":200,"received":"024069000000000000"}
{"n":5,"at":300,"received":"0100010000000501000000000500"}
{"n":6,"at":1400,"sent":"04"}
"#;

fn findings(text: &[u8]) -> Findings {
    Check::new(Capture::open("it", BufReader::new(text)).unwrap()).finish().unwrap()
}

fn rules(findings: &Findings) -> Vec<&str> {
    findings.sides[0].violations.iter().map(|it| &*it.rule).collect()
}

#[test]
fn a_game_is_told_as_a_check_of_its_capture_tells_it() {
    let (server, _) = server(None);
    let mut page = watcher(&server);
    let first = page.next();
    assert_eq!(first["version"], 1);
    assert_eq!(first["rules"][0], "bytes");
    let mut socket = tap(&server);
    // Lines may be cut anywhere.
    for piece in GAME.as_bytes().chunks(7) {
        socket.send(Message::binary(piece.to_vec())).unwrap();
    }
    let side = page.until(|_, side| side["counts"]["sent"] == 4);
    let expected = findings(GAME.as_bytes());
    let told: Vec<&str> = page.found.iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!(told, rules(&expected));
    assert_eq!(told, ["STATE_HASH-1", "LIVE-5"]);
    assert_eq!(page.found[1]["side"], "own");
    assert_eq!(page.found[1]["line"], 6);
    assert_eq!(side["peer"], "ann");
    assert_eq!(page.rows.len(), 7);
    assert_eq!(page.rows[0]["text"], "open");
    assert_eq!(page.rows[2]["wrong"][0][0], "STATE_HASH-1");
    assert_eq!(side["seconds"][0]["partner"], 5);
    assert_eq!(side["open"], true);
    drop(socket);
    page.until(|_, side| side["open"] == false);
    server.stop();
}

#[test]
fn a_violation_can_be_copied() {
    let (server, _) = server(None);
    let mut socket = tap(&server);
    socket.send(Message::text(GAME)).unwrap();
    let can_be = |side: &Value| (0..2).all(|at| side["broken"][at][1] == true);
    watcher(&server).until(|_, side| can_be(side));
    let path = with_token(&server, "/case") + "&connection=1&side=0&found=";
    let copied = |number: usize| -> Value {
        serde_json::from_str(&get(&server, &format!("{path}{number}")).1).unwrap()
    };
    let vector = copied(0);
    let text = vector["text"].as_str().unwrap();
    assert!(text.contains("07 00000005 aa") || text.contains("0700000005aa"), "{text}");
    let cases = parse_file(text, Origin::File).unwrap();
    assert_eq!(cases.len(), 1);
    assert!(vector["command"].as_str().unwrap().starts_with("rollwire check --vectors "));
    let capture = copied(1);
    let again = findings(capture["text"].as_str().unwrap().as_bytes());
    assert_eq!(rules(&again), ["LIVE-5"], "{capture}");
    // Only what is there can be copied.
    for wrong in ["2", "-1", "x", ""] {
        assert!(get(&server, &format!("{path}{wrong}")).0.contains(" 404 "), "{wrong}");
    }
    server.stop();
}

#[test]
fn what_is_saved_is_the_capture() {
    let folder = tempfile::tempdir().unwrap();
    let captures = folder.path().join("captures");
    let (server, _) = server(Some(&captures));
    let mut socket = tap(&server);
    socket.send(Message::text(GAME)).unwrap();
    let side = watcher(&server).until(|_, side| side["counts"]["sent"] == 4);
    assert_eq!(side["file"], "live-1.jsonl");
    let (_, kept) = get(&server, &(with_token(&server, "/capture") + "&connection=1"));
    // A server that is stopped has written everything.
    server.stop();
    let saved = fs::read(captures.join("live-1.jsonl")).unwrap();
    let expected = Findings { name: "it".to_owned(), ..findings(GAME.as_bytes()) };
    assert_eq!(findings(&saved), expected);
    assert_eq!(findings(kept.as_bytes()), expected);
}

#[test]
fn several_taps_of_one_connection_are_several_columns() {
    let (server, _) = server(None);
    let mut page = watcher(&server);
    let mut socket = tap(&server);
    let lines = r#"{"capture":1,"tap":"a"}
{"capture":1,"tap":"b"}
{"at":1,"sent":"04","tap":"a"}
{"at":1,"sent":"04","tap":"b"}
{"at":1,"sent":"99","tap":"b"}
"#;
    socket.send(Message::text(lines)).unwrap();
    let side = page.until(|_, side| side["counts"]["sent"] == 2);
    assert_eq!(
        (&side["tap"], &side["side"], &side["connection"]),
        (&"b".into(), &1.into(), &1.into())
    );
    server.stop();
}
