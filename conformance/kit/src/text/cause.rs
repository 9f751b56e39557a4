//! The lines of a program's standard error that name the cause of its end.
//!
//! Languages put them in different places: Go and AddressSanitizer begin with the cause and add
//! hundreds of lines, Python ends with it, and Node.js adds its version behind it.

use super::shorten;

/// How much of a line is looked at: a line can be megabytes long.
const LOOKED_AT: usize = 400;

/// How many causes are shown in one sentence.
const IN_A_SENTENCE: usize = 3;

/// How much a line says about the cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Telling {
    Nothing,
    /// It has a word such as `error`, which logs have too.
    Perhaps,
    /// It has the form in which a language or a tool reports why it ends a program.
    Cause,
}

/// What only the report of a crash says, whatever the case of its letters.
const CAUSES: [&str; 19] = [
    "panic:",
    "panicked at",
    "fatal error",
    "fatal python error",
    "error: addresssanitizer",
    "error: leaksanitizer",
    "error: memorysanitizer",
    "warning: threadsanitizer",
    "runtime error:",
    "exception in thread",
    "unhandled exception",
    "caused by:",
    "assertion failed",
    "assertion `",
    "segmentation fault",
    "terminate called",
    "what():",
    "stack overflow",
    "out of memory",
];

/// What such a report says, and a log may say as well.
const PERHAPS: [&str; 8] =
    ["error", "fatal", "panic", "exception", "failed", "not found", "cannot", "no such"];

/// Whether a line names a cause.
#[must_use]
pub fn names_a_cause(line: &str) -> bool {
    telling(line) == Telling::Cause
}

fn telling(line: &str) -> Telling {
    let head: String = line.chars().take(LOOKED_AT).collect();
    // `SyntaxError: …`, `java.io.IOException: …`, `undefined method (NoMethodError)`.
    let names_a_type = head.split_whitespace().any(|word| {
        let end = word.trim_end_matches([':', ')']);
        end.len() < word.len() && (end.ends_with("Error") || end.ends_with("Exception"))
    });
    let lower = head.to_lowercase();
    if names_a_type || CAUSES.iter().any(|it| lower.contains(it)) {
        Telling::Cause
    } else if PERHAPS.iter().any(|it| lower.contains(it)) {
        Telling::Perhaps
    } else {
        Telling::Nothing
    }
}

/// The lines of a text that are not blank, shortened.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim_end).map(shorten).filter(|line| !line.trim().is_empty()).collect()
}

/// The last line that says most about the cause.
fn best(lines: &[String]) -> Option<usize> {
    (0..lines.len()).max_by_key(|place| (telling(&lines[*place]), *place))
}

/// At most `most` lines, which should be at least eight: the newest ones, and before them those around
/// the cause if it is not among the newest.
#[must_use]
pub fn telling_lines(text: &str, most: usize) -> Vec<String> {
    let lines = lines(text);
    let newest = lines.len().saturating_sub(most);
    let place = best(&lines).filter(|place| *place < newest);
    let Some(place) = place.filter(|place| telling(&lines[*place]) > Telling::Nothing) else {
        return lines[newest..].to_vec();
    };
    // The line before the cause often says where it is, those behind it how it came about.
    let from = place.saturating_sub(1);
    let around = &lines[from..(from + most / 2).min(lines.len())];
    let rest = most - around.len() - 1;
    let newest = &lines[(lines.len() - rest).max(from + around.len())..];
    [around, &["…".to_owned()], newest].concat()
}

/// The cause in one line: the lines that name it, or else the line that says most.
#[must_use]
pub fn cause(text: &str) -> Option<String> {
    let lines = lines(text);
    let causes: Vec<usize> =
        (0..lines.len()).filter(|place| telling(&lines[*place]) == Telling::Cause).collect();
    if causes.is_empty() {
        return best(&lines).map(|place| lines[place].trim().to_owned());
    }
    let newest = &causes[causes.len().saturating_sub(IN_A_SENTENCE)..];
    let said = newest.iter().map(|place| match lines.get(place + 1) {
        // Rust says where on one line, and what on the next.
        Some(next) if lines[*place].contains("panicked at") && !causes.contains(&(place + 1)) => {
            format!("{} {}", lines[*place].trim(), next.trim())
        }
        _ => lines[*place].trim().to_owned(),
    });
    Some(said.collect::<Vec<_>>().join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cause_is_found_where_each_language_puts_it() {
        let go =
            "panic: runtime error: index out of range [9]\n\ngoroutine 1 [running]:\nmain.main()\n";
        assert_eq!(cause(go).unwrap(), "panic: runtime error: index out of range [9]");
        let node = "/x.mjs:3\n  foo bar\n      ^^^\n\nSyntaxError: Unexpected identifier 'bar'\n    at compile\n\nNode.js v22.1.0\n";
        assert_eq!(cause(node).unwrap(), "SyntaxError: Unexpected identifier 'bar'");
        let python =
            "Traceback (most recent call last):\n  File \"a.py\", line 1\nValueError: no\n";
        assert_eq!(cause(python).unwrap(), "ValueError: no");
        let rust = "thread 'main' (7) panicked at src/main.rs:2:5:\nout of range\nnote: run with\n";
        assert_eq!(
            cause(rust).unwrap(),
            "thread 'main' (7) panicked at src/main.rs:2:5: out of range"
        );
        let asan = "=====\n==7==ERROR: AddressSanitizer: heap-buffer-overflow on address\n    #0 0x5\nSUMMARY: x\n";
        assert_eq!(
            cause(asan).unwrap(),
            "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address"
        );
        let java = "Exception in thread \"main\" a.B: x\n\tat a.C\nCaused by: java.lang.Error: y\n";
        assert_eq!(
            cause(java).unwrap(),
            "Exception in thread \"main\" a.B: x | Caused by: java.lang.Error: y"
        );
        assert_eq!(cause("sh: foo: not found\nbye\n").unwrap(), "sh: foo: not found");
        assert_eq!(cause("one\ntwo\n\n").unwrap(), "two");
        assert_eq!(cause(" \n"), None);
    }

    #[test]
    fn a_cause_at_the_head_is_shown_before_the_newest_lines() {
        let flood: String = (0..500).map(|frame| format!("frame {frame}\n")).collect();
        let shown = telling_lines(&format!("starting\npanic: lost\n{flood}"), 12);
        assert_eq!(shown.len(), 12);
        assert_eq!(&shown[..3], ["starting", "panic: lost", "frame 0"]);
        assert!(shown.contains(&"…".to_owned()));
        assert_eq!(shown[11], "frame 499");
        // A cause that is among the newest lines needs no other ones.
        let shown = telling_lines(&format!("{flood}ValueError: no\n"), 12);
        assert_eq!((shown.len(), &*shown[11]), (12, "ValueError: no"));
        assert_eq!(telling_lines("a\nb\n", 12), ["a", "b"]);
    }
}
