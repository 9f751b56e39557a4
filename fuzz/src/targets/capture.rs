//! Hostile captures: each line is refused with a short text, or is written and read again as the same. The
//! whole file is refused, or judged and printed in short rows; a capture of what was read from it has the
//! same findings. The input is the file.

use std::io::{self, Write};

use rollwire_capture::{
    Capture, Check, Content, Findings, MOST_TAPS, Numbered,
    line::{Line, Moment, write_header, write_record},
    show,
};

use crate::printable::assert_printable_line;

/// No row of the output is longer: a line of 4 MiB is not repeated.
const LONGEST_ROW: usize = 4_096;

/// Below this time, 71 years, a number of JavaScript holds each microsecond.
const EXACT: u64 = 1 << 51;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    bytes.split(|byte| *byte == b'\n').for_each(line);
    let Some((written, is_whole)) = rewrite(bytes) else { return };
    let findings = judge(bytes).expect("it was read before");
    let again = judge(&written).expect("what was written is a capture");
    if is_whole {
        assert_eq!(again, findings);
    }
}

/// Panics unless a line is refused with a short text, or is written and read again as the same.
fn line(bytes: &[u8]) {
    let read = match Line::read(bytes) {
        Ok(read) => read,
        Err(fault) => return assert_printable_line(&fault.to_string()),
    };
    let mut written = Vec::new();
    write(&mut written, &read);
    let text = written.strip_suffix(b"\n").expect("a line has an end");
    let again = Line::read(text).expect("what was written is read");
    match (&again, &read) {
        (Line::Record(tap, record), Line::Record(before, old)) if old.at >= Moment(EXACT) => {
            let differs = record.at.0.abs_diff(old.at.0);
            assert!(differs <= old.at.0 / EXACT, "{old:?} is read again as {record:?}");
            assert_eq!((tap, &record.what), (before, &old.what));
        }
        _ => assert_eq!(again, read),
    }
}

fn write(sink: &mut Vec<u8>, line: &Line) {
    match line {
        Line::Header(header) => write_header(sink, header),
        Line::Record(tap, record) => write_record(sink, tap, record),
    }
    .expect("a vector accepts every write");
}

/// The capture of what can be read, and whether that is everything, to the microsecond; nothing if the file
/// is none.
fn rewrite(bytes: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut capture = match Capture::open("capture", bytes) {
        Ok(capture) => capture,
        Err(fault) => {
            assert_printable_line(&fault.to_string());
            return None;
        }
    };
    let (mut written, mut taps, mut is_whole, mut last) = (Vec::new(), Vec::new(), true, 0);
    while let Some(Numbered { line, content }) = capture.next().expect("bytes can be read") {
        assert!(line > last, "lines are numbered in their order");
        // An empty line is counted, and not written.
        is_whole &= line == last + 1;
        last = line;
        match content {
            Content::Header(tap, header) => {
                if tap == taps.len() {
                    taps.push(header.tap.clone());
                }
                write(&mut written, &Line::Header(header));
            }
            Content::Record(tap, record) => {
                is_whole &= record.at < Moment(EXACT);
                write(&mut written, &Line::Record(taps[tap].clone(), record));
            }
            Content::Unreadable(fault) => {
                assert_printable_line(&fault.to_string());
                is_whole = false;
            }
            Content::Cut => is_whole = false,
        }
    }
    assert!(taps.len() <= MOST_TAPS);
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').count() as u64;
    assert_eq!(capture.lines_read(), lines, "every line is counted");
    Some((written, is_whole && last == lines))
}

/// The findings in a capture; nothing if the bytes are none.
fn judge(bytes: &[u8]) -> Option<Findings> {
    let findings = Check::new(Capture::open("capture", bytes).ok()?).finish();
    let findings = findings.expect("bytes can be read");
    assert!(findings.malformed <= findings.lines);
    assert!(findings.malformed_lines.len() as u64 <= findings.malformed);
    let violations = findings.sides.iter().flat_map(|side| &side.violations);
    for found in violations {
        assert!((1..=findings.lines).contains(&found.line), "{found:?}");
        assert!(rollwire_model::rule(&found.rule).is_some(), "{found:?}");
    }
    assert_short_rows(|sink| show(sink, &findings));
    serde_json::to_string(&findings).expect("findings are JSON");
    Some(findings)
}

/// Panics unless this writes text in short rows.
fn assert_short_rows(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let mut output = Vec::new();
    write(&mut output).expect("a vector accepts every write");
    let output = String::from_utf8(output).expect("the output is UTF-8");
    for row in output.lines() {
        assert!(row.len() < LONGEST_ROW, "{row}");
    }
}
