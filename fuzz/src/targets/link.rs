//! Hostile descriptions of a link: each is refused with a short line, or what is written of it is no longer
//! than what was read, and is read again as the same. The input is the text.

use rollwire_interop::link::Line;

use crate::printable::assert_printable_line;

/// What is written of a line that does nothing.
const NOTHING: &str = "delay 0";

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let line: Line = match text.parse() {
        Ok(line) => line,
        Err(fault) => return assert_printable_line(&fault.to_string()),
    };
    let written = line.to_string();
    assert!(written.len() <= text.len().max(NOTHING.len()), "{text:?} is written as {written:?}");
    let again: Line = written.parse().expect("what was written is read");
    assert_eq!(again, line);
    assert_eq!(again.to_string(), written);
    // In a report it is a string.
    let json = serde_json::to_string(&line).expect("a line is JSON");
    let again: Line = serde_json::from_str(&json).expect("the string is read");
    assert_eq!(again, line);
}
