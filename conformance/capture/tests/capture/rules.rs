//! What is judged, and the table in the chapter that says so.

use std::collections::BTreeSet;

use rollwire_capture::monitor::Side;

use crate::{
    examples::{EXAMPLES, FOLLOWED, capture},
    notation::kinds,
};

#[test]
fn each_example_breaks_its_rule_and_no_other() {
    for (rule, side, parts, kind) in EXAMPLES {
        let found = kinds(&capture(*parts));
        assert_eq!(found, [((*rule).to_owned(), *side, *kind)], "{rule} {kind}");
    }
}

#[test]
fn the_table_of_the_chapter_has_an_example_of_each_row() {
    let chapter = include_str!("../../../../spec/capture.md");
    let table = chapter.split_once("| Rule | Judged of |").unwrap().1;
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let mut listed = BTreeSet::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, rule, sides, kind, _] = cells[..] else { panic!("{row}") };
        for side in sides.split(", ") {
            assert!(listed.insert((rule, side.to_owned(), kind)), "twice: {row}");
        }
    }
    let name = |side: Side| format!("{side:?}").to_lowercase();
    let of_any = [
        "a datagram that is not a message",
        "a message that is written in another way",
        "a datagram that the rules demand here is missing",
        "a datagram that the rules do not explain",
    ];
    let examples: BTreeSet<_> = EXAMPLES
        .iter()
        .map(|(rule, side, _, kind)| {
            let rule = if of_any.contains(kind) { "any" } else { *rule };
            (rule, name(*side), *kind)
        })
        .collect();
    assert_eq!(listed, examples);
}

/// The model does something else wherever the own side is wrong. It is silent where a rule says what is wrong.
#[test]
fn a_fault_that_the_model_sees_too_has_one_name() {
    for (rule, wrong) in [
        ("VALID-2", "205 > VALIDATION_PING 205\n900 < KEEPALIVE"),
        ("LIVE-2", "600 > PING 0x0000000000c08240\n900 < KEEPALIVE"),
        ("FOCUS-2", "200 > FOCUS_STATE 1 0\n900 < KEEPALIVE"),
    ] {
        let found = kinds(&capture([FOLLOWED, wrong]));
        let rules: Vec<(&str, Side)> = found.iter().map(|it| (&*it.0, it.1)).collect();
        assert!(!rules.is_empty(), "{rule}");
        assert!(rules.iter().all(|it| *it == (rule, Side::Own)), "{rule}: {found:?}");
    }
}

/// What a right peer may do, although it looks strange.
#[test]
fn what_a_right_peer_may_do_is_not_objected_to() {
    let right = [
        // The answer to a question from before the capture.
        "0 > PONG 7\n1 > KEEPALIVE",
        // A channel that closes ends all waiting.
        "0 open\n5 < PING 7\n9 closed\n3000 open\n3010 > KEEPALIVE",
        // Another NaN.
        "0 open\n5 < PONG 0x7ff8000000000001",
        // After missing records nothing is known.
        "0 open\n1 missing\n2 < PONG 9\n3 > PONG 4\n4 > INPUT 0 7 5=1 6=1 7=1\n9 > FOCUS_STATE 1 0",
        // A game that begins again without an episode.
        "0 open\n1 > INPUT 0 0 0=1\n3 > INPUT 0 1 0=1 1=1\n5 > INPUT 0 0 0=2\n7 > INPUT 0 1 0=2 1=1",
        // The first request is handed over late, and the next one at once after the time limit.
        "0 open\n200.9 > INPUT_REQUEST 3 9\n1200.1 > INPUT_REQUEST 3 9\n2200.1 > INPUT_REQUEST 3 9\n\
         3200.1 > INPUT_REQUEST 3 9",
        // The clock of the page was set back.
        "500 open\n501 < PING 5\n400 > PONG 5\n9000 > KEEPALIVE",
        // What could not be sent is told before the next act.
        "0 open\n1 > INPUT 0 0 0=1\n3 > INPUT 0 1 0=1 1=1\n5 > INPUT 0 2 1=1 2=1\n6 closed\n200 open
         201 > INPUT 0 7 3=1 4=1 5=1 6=1 7=1\n201 > INPUT 0 9 8=1 9=1\n300 > KEEPALIVE",
        // A hash of a frame that may still be rolled back.
        "0 open\n1 x STATE_HASH 5 aa\n9 > STATE_HASH 3 bb",
        // Hashes that are sent more than once stand before the refused one.
        "0 open\n1 > EPISODE_READY 1 aaaaaaaa\n2 < EPISODE_READY 1 aaaaaaaa\n3 > INPUT 0 0 0=1
         4 < INPUT 1 0 0=1\n6 > INPUT 0 1 0=1 1=1\n7 < INPUT 1 1 0=1 1=1\n8 > STATE_HASH 0 aa
         8 x STATE_HASH 1 bb\n20 > STATE_HASH 0 aa\n20 > STATE_HASH 1 bb",
    ];
    for text in right {
        assert_eq!(kinds(text), [], "{text}");
    }
}
