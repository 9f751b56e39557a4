//! Hostile logs of sessions: each is refused with a text, or judged in numbered lines that it has, and
//! shown without control characters. The input is one log, or two with a NUL between them.

use rollwire_conformance::{text::sanitize, trace::{Findings, Log, check, show, show_comparison}};

/// What is shown of a text: a line of 4 MiB is not repeated.
const LONGEST_ROW: usize = 4_096;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let (first, second) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, bytes),
    };
    let Some(findings) = judged("first", first) else { return };
    // What is found in one log does not depend on the other.
    if judged("second", second).is_some() {
        let open = |name, bytes| Log::open(name, bytes).expect("opened before").expect("not empty");
        let pair = check(open("first", first), open("second", second)).expect("bytes can be read");
        assert_eq!(pair.logs[0], findings);
        shown(|sink| show_comparison(sink, ["first", "second"], &pair.crossing));
        serde_json::to_string(&pair).expect("what was found is JSON");
    }
}

/// What was found in a log that begins with a header.
fn judged(name: &str, bytes: &[u8]) -> Option<Findings> {
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
    shown(|sink| show(sink, &findings));
    serde_json::to_string(&findings).expect("what was found is JSON");
    Some(findings)
}

/// Whatever a log holds, it can be shown; what is quoted of it is made safe there.
fn shown(write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) {
    let mut shown = Vec::new();
    write(&mut shown).expect("a vector takes everything");
    let shown = String::from_utf8(shown).expect("what is shown is text");
    for row in shown.lines() {
        assert!(row.len() < LONGEST_ROW, "{row}");
    }
}
