//! Hostile logs of sessions: each is refused with an error text, or judged and printed without control
//! characters, and every reported line exists. The input is one log, or two with a NUL between them.

use std::io::{self, Write};

use rollwire_conformance::{
    text::sanitize,
    trace::{Findings, Log, check, show, show_comparison},
};

/// No row of the output is longer: a line of 4 MiB is not repeated.
const LONGEST_ROW: usize = 4_096;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let (first, second) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, bytes),
    };
    let Some(findings) = judge("first", first) else { return };
    // The findings in one log do not depend on the other.
    if judge("second", second).is_some() {
        let open = |name, bytes| Log::open(name, bytes).expect("opened before").expect("not empty");
        let pair = check(open("first", first), open("second", second)).expect("bytes can be read");
        assert_eq!(pair.logs[0], findings);
        assert_short_rows(|sink| show_comparison(sink, ["first", "second"], &pair.crossing));
        serde_json::to_string(&pair).expect("findings are JSON");
    }
}

/// The findings in a log, if it begins with a header.
fn judge(name: &str, bytes: &[u8]) -> Option<Findings> {
    let log = match Log::open(name, bytes) {
        Err(fault) => {
            assert!(!sanitize(&fault.to_string()).is_empty());
            return None;
        }
        Ok(log) => log?,
    };
    let findings = log.finish().expect("bytes can be read");
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').count() as u64;
    assert_eq!(findings.lines, lines, "every line is counted");
    assert!(findings.sessions + findings.stimuli + findings.malformed.count <= lines);
    for cause in &findings.violations {
        assert!((1..=lines).contains(&cause.line), "{cause:?}");
        assert!(cause.around.iter().any(|it| it.line == cause.line), "{cause:?}");
        assert!(rollwire_model::rule(cause.rule).is_some(), "{cause:?}");
        assert_ne!(cause.expected, cause.got, "{cause:?}");
        let texts = cause.around.iter().map(|it| &it.text).chain([&cause.expected, &cause.got]);
        for text in texts {
            assert!(text.chars().all(|it| !it.is_control()), "{text:?}");
        }
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
