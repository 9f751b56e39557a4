//! Finds the report of a sanitizer on standard error.
//!
//! A sanitizer can report a fault of memory without ending the process, and every answer of such an
//! adapter may still be right. The report may be far from the end of a long stream, so the stream is
//! searched while it is read.

use std::{
    io::{self, Read},
    sync::{Arc, Mutex, PoisonError},
};

use crate::text::shorten;

/// A longer line is searched only up to here; reports begin with what they are.
const LONGEST: usize = 1024;

/// The first line of a report, from any process of a run.
#[derive(Clone, Debug, Default)]
pub(super) struct SanitizerReport(Arc<Mutex<Option<String>>>);

impl SanitizerReport {
    /// The same stream, searched as it is read.
    pub(super) fn watch<R: Read>(&self, stream: R) -> Watched<R> {
        Watched { stream, line: Vec::new(), report: self.clone() }
    }

    /// The line, shortened, if there is one.
    pub(super) fn first_line(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn found(&self, line: &str) {
        let mut first = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        first.get_or_insert_with(|| shorten(line.trim()));
    }
}

/// A stream that is searched as it is read.
#[derive(Debug)]
pub(super) struct Watched<R> {
    stream: R,
    /// The beginning of the current line.
    line: Vec<u8>,
    report: SanitizerReport,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        if read == 0 {
            self.end_of_line();
        }
        let mut rest = &buffer[..read];
        while let Some(at) = memchr::memchr(b'\n', rest) {
            self.push(&rest[..at]);
            self.end_of_line();
            rest = &rest[at + 1..];
        }
        self.push(rest);
        Ok(read)
    }
}

impl<R> Watched<R> {
    fn push(&mut self, bytes: &[u8]) {
        let room = LONGEST.saturating_sub(self.line.len()).min(bytes.len());
        self.line.extend_from_slice(&bytes[..room]);
    }

    fn end_of_line(&mut self) {
        let line = String::from_utf8_lossy(&self.line);
        if is_report(&line) {
            self.report.found(&line);
        }
        self.line.clear();
    }
}

/// Whether a line is the beginning or the summary of a report.
fn is_report(line: &str) -> bool {
    const BEGINNINGS: [&str; 9] = [
        "ERROR: AddressSanitizer",
        "ERROR: HWAddressSanitizer",
        "ERROR: LeakSanitizer",
        "WARNING: MemorySanitizer",
        "WARNING: ThreadSanitizer",
        "SUMMARY: UndefinedBehaviorSanitizer",
        // The race detector of Go.
        "WARNING: DATA RACE",
        // Miri.
        "error: Undefined Behavior:",
        // Valgrind with --leak-check.
        "LEAK SUMMARY:",
    ];
    BEGINNINGS.iter().any(|beginning| line.contains(beginning))
        || undefined_behaviour(line)
        || valgrind_errors(line)
}

/// `codec.c:17:9: runtime error: signed integer overflow`, as UBSan writes it. The panics of Go also
/// say `runtime error`, but not at a place.
fn undefined_behaviour(line: &str) -> bool {
    let Some((place, _)) = line.split_once(": runtime error: ") else { return false };
    let mut parts = place.rsplit(':');
    let is_number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|it| it.is_ascii_digit()))
    };
    is_number(parts.next()) && is_number(parts.next())
}

/// `==17== ERROR SUMMARY: 2 errors from 2 contexts`, unless there are none.
fn valgrind_errors(line: &str) -> bool {
    let Some((_, count)) = line.split_once("ERROR SUMMARY: ") else { return false };
    line.starts_with("==") && !count.starts_with("0 ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found_in(text: &str, piece: usize) -> Option<String> {
        let report = SanitizerReport::default();
        let mut stream = report.watch(text.as_bytes());
        let mut buffer = vec![0; piece];
        while stream.read(&mut buffer).unwrap() > 0 {}
        report.first_line()
    }

    #[test]
    fn reports_are_found_wherever_they_are() {
        for line in [
            "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x602000000011",
            "==7==ERROR: LeakSanitizer: detected memory leaks",
            "WARNING: ThreadSanitizer: data race (pid=7)",
            "==7==WARNING: MemorySanitizer: use-of-uninitialized-value",
            "codec.c:17:9: runtime error: signed integer overflow: 2147483647 + 1",
            "==7== ERROR SUMMARY: 2 errors from 2 contexts (suppressed: 0 from 0)",
            "WARNING: DATA RACE",
        ] {
            for piece in [1, 7, 4096] {
                let text = format!("a log\n{}\n{line}\nmore\n", "x".repeat(5000));
                assert_eq!(found_in(&text, piece).as_deref(), Some(line));
                assert_eq!(found_in(line, piece).as_deref(), Some(line), "without a line end");
            }
        }
    }

    #[test]
    fn other_lines_are_not_reports() {
        for line in [
            "AddressSanitizer is on",
            "panic: runtime error: index out of range [9] with length 3",
            "decode: runtime error: no bytes",
            "==7== ERROR SUMMARY: 0 errors from 0 contexts (suppressed: 0 from 0)",
            "RangeError: Offset is outside the bounds of the DataView",
        ] {
            assert_eq!(found_in(line, 64), None, "{line}");
        }
        let long = format!("{}\n", "x".repeat(LONGEST) + "ERROR: AddressSanitizer");
        assert_eq!(found_in(&long, 64), None);
    }
}
