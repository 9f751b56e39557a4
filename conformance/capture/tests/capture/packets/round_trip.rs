//! What is exported is read again as it was: records, verdicts, and what both sides show together.

use std::io::Cursor;

use rollwire_capture::{Capture, Check, Judged, crossing::check_one, line::What};
use serde_json::Value as Json;

use super::{check, exported, open};
use crate::{
    examples::{EXAMPLES, capture},
    files::file,
};

/// The capture in the chapter.
fn chapter() -> String {
    let chapter = include_str!("../../../../../spec/capture.md");
    let example = chapter.split("```jsonl\n").nth(1).unwrap();
    example.split("```").next().unwrap().to_owned()
}

/// Two taps, of which one has two parts, with lost lines, a line that cannot be read, and everything that a
/// record may hold.
const EVERYTHING: &str = r#"{"capture":1,"peer":"ann","revision":6,"origin":1790000000000.25,"redundancy":3,"tap":"a"}
{"capture":1,"tap":"b"}
{"tap":"b","n":0,"at":0.001,"channel":"open"}
{"tap":"a","n":0,"at":0,"channel":"open"}
{"tap":"a","n":1,"at":1.5,"sent":"104059000000000000","buffered":7}
{"tap":"b","n":1,"at":1.25,"received":"104059000000000000"}
{"tap":"b","n":4,"at":2,"refused":"07000000"}
{"tap":"a","n":2,"at":2,"sent":""}
{"tap":"a","n":3,"at":2,"refused":{"text":"{\"a\":\"b\"}"}}
nonsense
{"tap":"a","n":4,"at":1,"received":{"text":""}}
{"tap":"a","n":5,"at":3,"error":"it broke"}
{"tap":"a","n":6,"at":4,"missing":3}
{"tap":"a","n":7,"at":5,"channel":"closed"}
{"tap":"a","n":8,"at":6,"sent":"04"}
{"capture":1,"peer":"ann","revision":6,"tap":"a"}
{"tap":"b","at":9,"sent":"0500"}
{"tap":"a","at":2,"received":"04"}
"#;

/// The records that were judged, without what is not exported: the numbers of the records, what the channel
/// had buffered, and the records that stand for missing ones. A line is told by what stands in it.
fn records(bytes: &[u8]) -> Vec<String> {
    let (mut check, mut all) = (open(bytes), Vec::<(Judged, String)>::new());
    while let Some(judged) = check.next().unwrap() {
        if !matches!(judged.record.what, What::Missing(_)) {
            let side = check.side(judged.tap);
            let told = format!(
                "{} {} {} {:?} {:?} {:?} revision {}",
                side.peer,
                side.tap,
                side.origin,
                judged.record.at,
                judged.time,
                judged.record.what,
                judged.revision
            );
            all.push((judged, told));
        }
    }
    let place = |line: u64| all.iter().position(|(judged, _)| judged.line == line);
    let mut told = Vec::new();
    for (judged, text) in &all {
        told.push(text.clone());
        for it in &judged.objections {
            let place = place(it.line).expect("an objection to a record");
            told.push(format!("  {} {:?} {} {} at {place}", it.rule, it.side, it.kind, it.detail));
        }
    }
    told
}

/// The findings and what both sides show, without the name of the file and what depends on lines.
fn verdicts(bytes: &[u8]) -> Json {
    let capture = Capture::open_any("file", Cursor::new(bytes.to_vec()), Default::default());
    let (findings, crossing) = check_one(Check::new(capture.unwrap())).unwrap();
    let mut json = serde_json::json!([findings, crossing]);
    without_lines(&mut json);
    json
}

fn without_lines(json: &mut Json) {
    match json {
        Json::Array(all) => all.iter_mut().for_each(without_lines),
        Json::Object(members) => {
            for name in
                ["line", "lines", "more", "counts", "around", "malformed", "malformed_lines", "cut"]
            {
                members.remove(name);
            }
            members.values_mut().for_each(without_lines);
        }
        _ => {}
    }
}

/// Exports a capture, and compares.
fn survives(capture: &str) {
    let packets = exported(capture.as_bytes());
    assert_eq!(records(&packets), records(capture.as_bytes()), "{capture}");
    assert_eq!(verdicts(&packets), verdicts(capture.as_bytes()), "{capture}");
    // What was read from packets is exported as the same packets.
    assert_eq!(exported(&packets), packets, "{capture}");
}

#[test]
fn every_published_capture_is_read_again_as_it_was() {
    survives(&chapter());
    for (.., parts, _) in EXAMPLES {
        survives(&file(&capture(*parts)));
    }
}

#[test]
fn everything_that_a_capture_may_hold_is_read_again() {
    let packets = exported(EVERYTHING.as_bytes());
    assert_eq!(records(&packets), records(EVERYTHING.as_bytes()));
    assert_eq!(verdicts(&packets), verdicts(EVERYTHING.as_bytes()));
    let sides = check(&packets).sides;
    let parts: Vec<_> = sides.iter().map(|side| (&*side.tap, side.parts, side.missing)).collect();
    assert_eq!(parts, [("a", 2, 3), ("b", 1, 3)]);
}

#[test]
fn a_capture_without_records_has_its_header() {
    let packets = exported(b"{\"capture\":1,\"peer\":\"ann\"}\n");
    let findings = check(&packets);
    assert_eq!((findings.datagrams(), &*findings.sides[0].peer), (0, "ann"));
}

/// The files of both sides, one after the other, are the captures of both sides.
#[test]
fn two_files_in_one_are_two_sides() {
    let one = exported(file("0 open\n1 > KEEPALIVE").as_bytes());
    let other = exported(file("0 open\n1 < KEEPALIVE").as_bytes());
    let capture = [one, other].concat();
    let (findings, crossing) = check_one(open(&capture)).unwrap();
    let taps: Vec<&str> = findings.sides.iter().map(|side| &*side.tap).collect();
    assert_eq!(taps, ["", "interface 2"]);
    assert_eq!(crossing.unwrap().ways.map(|way| (way.sent, way.lost)), [(1, 0), (0, 0)]);
}
