//! Files: whole ones, cut ones, and those that are not captures.

use std::io::Cursor;

use rollwire_capture::{
    Capture, Check, Findings, Unreadable,
    crossing::{check_both, check_one},
    line::{Line, LineFault, write_header, write_record},
};

use crate::notation::{header, header_of, records};

const HEADER: &str = "{\"capture\":1}\n";

fn open(text: impl AsRef<[u8]>) -> Result<Capture<Cursor<Vec<u8>>>, Unreadable> {
    Capture::open("file", Cursor::new(text.as_ref().to_vec()))
}

fn check(text: impl AsRef<[u8]>) -> Findings {
    Check::new(open(text).unwrap()).finish().unwrap()
}

/// A capture in the notation of these tests as a file, with a number in each record.
pub(crate) fn file(text: &str) -> String {
    let mut lines = Vec::new();
    write_header(&mut lines, &header_of(text)).unwrap();
    for (number, mut record) in (0..).zip(records(text)) {
        record.number = Some(number);
        write_record(&mut lines, "", &record).unwrap();
    }
    String::from_utf8(lines).unwrap()
}

#[test]
fn what_is_written_is_read_again() {
    let text = "0 open\n0.5 > PING 7\n1.25 x KEEPALIVE\n2 < 07\n3 missing\n1e9 closed";
    let whole = file(text);
    let lines: Vec<Line> = whole.lines().map(|line| Line::read(line.as_bytes()).unwrap()).collect();
    let read = lines[1..].iter().map(|line| match line {
        Line::Record(tap, record) if tap.is_empty() => record.clone(),
        other => panic!("{other:?}"),
    });
    let mut expected = records(text);
    (0..).zip(&mut expected).for_each(|(number, record)| record.number = Some(number));
    assert_eq!(read.collect::<Vec<_>>(), expected);
    assert_eq!(lines[0], Line::Header(header()));
}

#[test]
fn a_line_says_what_is_wrong_with_it() {
    let long = format!("{{\"at\":1,\"sent\":\"{}\"}}", "00".repeat(65_537));
    let name = format!("{{\"capture\":1,\"peer\":\"{}\"}}", "x".repeat(201));
    let faults = [
        ("7", "is not a JSON object"),
        ("[]", "is not a JSON object"),
        ("{\"at\":1,", "cannot be read: EOF while parsing a value at column 8"),
        ("{\"at\":1}", "holds none of sent, refused, received, channel, error and missing"),
        ("{\"at\":1,\"sent\":\"\",\"error\":\"\"}", "holds 2 of sent, refused"),
        ("{\"sent\":\"\"}", "has no `at`"),
        ("{\"at\":-1,\"sent\":\"\"}", "has the time -1, which is not a number from 0 to 1e15"),
        ("{\"at\":1e16,\"sent\":\"\"}", "which is not a number from 0 to 1e15"),
        ("{\"at\":1,\"sent\":\"0\"}", "\"0\" is not hex"),
        ("{\"at\":1,\"sent\":\"0g\"}", "\"0g\" is not hex"),
        ("{\"at\":1,\"sent\":{}}", "missing field `text`"),
        ("{\"at\":1,\"sent\":{\"text\":\"a\",\"text\":\"b\"}}", "duplicate field `text`"),
        ("{\"at\":1,\"sent\":\"\",\"sent\":\"\"}", "duplicate field `sent`"),
        ("{\"at\":1,\"sent\":5}", "expected a datagram in hex, or an object with the member text"),
        ("{\"at\":1,\"channel\":\"ajar\"}", "unknown variant `ajar`"),
        ("{\"capture\":2}", "names version 2 of the format; this rollwire reads version 1"),
        ("{\"capture\":1,\"revision\":8}", "names revision 8; the revisions are 1 to 7"),
        ("{\"capture\":1,\"redundancy\":16}", "gives `redundancy` the value 16"),
        (&name, "has a `peer` of more than 200 characters"),
        (&long, "holds a datagram of 65537 bytes; the most are 65536"),
        ("\u{feff}{}", "begins with a byte order mark"),
    ];
    for (line, expected) in faults {
        let fault = Line::read(line.as_bytes()).unwrap_err().to_string();
        assert!(fault.contains(expected), "{line}: {fault}");
    }
    assert_eq!(Line::read(&vec![b' '; 4 << 20 | 1]), Err(LineFault::TooLong));
}

#[test]
fn what_is_not_a_capture_is_refused() {
    let refused = [
        ("", "file: is empty; a capture begins with a header"),
        ("\n\n", "file: is empty"),
        ("hello\n", "file:1: is not the header of a capture: the line is not a JSON object"),
        ("{\"at\":1,\"sent\":\"\"}\n", "file:1: a record stands before the first header"),
        ("{\"capture\"", "file:1: is not the header of a capture: the line cannot be read"),
    ];
    for (text, expected) in refused {
        let fault = open(text).unwrap_err().to_string();
        assert!(fault.contains(expected), "{text}: {fault}");
    }
}

#[test]
fn lines_that_cannot_be_read_are_counted_and_the_rest_is_judged() {
    let text =
        format!("{HEADER}\n{{\"at\":1,\"sent\":\"0g\"}}\r\n{{\"at\":2,\"sent\":\"99\"}}\n{{\"at\"");
    let findings = check(&text);
    assert_eq!((findings.lines, findings.malformed, findings.cut), (5, 1, Some(5)));
    assert_eq!(findings.malformed_lines[0].line, 3);
    assert_eq!(findings.sides[0].violations[0].line, 4);
    // A last line that is whole is judged, with or without its end.
    assert_eq!(check(format!("{HEADER}{{\"at\":2,\"sent\":\"99\"}}")).violations(), (1, 1));
}

#[test]
fn each_tap_is_judged_by_itself() {
    let text = "{\"capture\":1,\"tap\":\"a\"}\n{\"capture\":1,\"tap\":\"b\"}\n\
        {\"tap\":\"a\",\"at\":0,\"channel\":\"open\"}\n{\"tap\":\"b\",\"at\":0,\"channel\":\"open\"}\n\
        {\"tap\":\"a\",\"at\":1,\"sent\":\"99\"}\n{\"tap\":\"b\",\"at\":1,\"received\":\"99\"}\n\
        {\"tap\":\"c\",\"at\":1,\"sent\":\"99\"}\n";
    let (findings, crossing) = check_one(Check::new(open(text).unwrap())).unwrap();
    let kinds: Vec<_> =
        findings.sides.iter().map(|side| (&*side.tap, side.violations.len())).collect();
    assert_eq!(kinds, [("a", 1), ("b", 1)]);
    assert!(findings.malformed_lines[0].fault.contains("names the tap \"c\""));
    let way = &crossing.unwrap().ways[0];
    assert_eq!((way.sent, way.lost, way.never_sent), (1, 0, 0));
    let taps: String =
        (0..17).map(|tap| format!("{{\"capture\":1,\"tap\":\"{tap}\"}}\n")).collect();
    assert!(check(taps).malformed_lines[0].fault.contains("one more tap than the 16"));
}

/// A line that is lost takes with it what would explain the others.
#[test]
fn a_number_that_does_not_follow_shows_that_lines_are_lost() {
    let whole = file("0 open\n1 < PING 7\n2 > KEEPALIVE\n3 > PONG 7\n2000 > KEEPALIVE");
    assert_eq!(check(&whole).violations(), (0, 0));
    let without = |line: usize| -> String {
        whole
            .lines()
            .enumerate()
            .filter(|it| it.0 != line)
            .map(|it| format!("{}\n", it.1))
            .collect()
    };
    // The PING, and then the PONG.
    for line in [2, 4] {
        let findings = check(without(line));
        assert_eq!((findings.violations(), findings.sides[0].missing), ((0, 0), 1));
        // Without numbers, it looks as if the own side were wrong.
        let anonymous: String = without(line)
            .lines()
            .map(|line| {
                let (before, number) = line.split_once("\"n\":").unwrap_or((line, ""));
                let rest = number.split_once(',').map_or("", |it| it.1);
                format!("{before}{rest}\n")
            })
            .collect();
        assert_eq!(check(anonymous).violations(), (1, 1));
    }
}

#[test]
fn both_sides_show_what_was_lost_and_where_the_hashes_differ() {
    let one = file(
        "0 open\n1 > EPISODE_READY 1 aaaaaaaa\n50 < EPISODE_READY 1 aaaaaaaa\n60 > INPUT 0 0 0=1
         80 > INPUT 0 1 0=1 1=1\n90 < INPUT 1 0 0=9\n95 < INPUT 1 1 0=9 1=9\n99 > STATE_HASH 0 aa
         100 > STATE_HASH 1 bb\n120 < STATE_HASH 0 aa\n130 < STATE_HASH 1 cc\n140 > KEEPALIVE",
    );
    let other = file(
        "7000 open\n7001 < EPISODE_READY 1 aaaaaaaa\n7002 > EPISODE_READY 1 aaaaaaaa
         7010 > INPUT 1 0 0=9\n7030 > INPUT 1 1 0=9 1=9\n7080 < INPUT 0 0 0=1\n7090 > STATE_HASH 0 aa
         7091 > STATE_HASH 1 cc\n7120 < STATE_HASH 1 bb\n7121 < STATE_HASH 0 aa\n7140 < KEEPALIVE
         7141 < KEEPALIVE\n7142 < 0102",
    );
    let checks = [one, other].map(|text| Check::new(open(text).unwrap()));
    let [one, other] = checks;
    let pair = check_both(one, other).unwrap();
    let [there, back] = &pair.crossing.ways;
    assert_eq!((there.sent, there.lost, there.overtaken), (6, 1, 1));
    assert_eq!((there.repeated, there.never_sent), (1, 1));
    assert_eq!((back.sent, back.lost, back.overtaken), (5, 0, 0));
    // 7000 ms are the difference of the clocks.
    assert_eq!(there.delays_us, Some((7_000_000, 7_022_000)));
    let lost = &pair.crossing.lost_inputs[0];
    assert_eq!((lost.count, lost.first[0].frame, lost.first[0].line), (1, 1, 6));
    assert_eq!(pair.crossing.lost_inputs[1].count, 0);
    let hashes = &pair.crossing.hashes;
    assert_eq!((hashes.both, hashes.only, hashes.never_compared, hashes.differ), (2, [0, 0], 0, 1));
    let first = hashes.first_difference.as_ref().unwrap();
    assert_eq!((first.ready, first.frame, first.lines), (1, 1, [10, 9]));
}
