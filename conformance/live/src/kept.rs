//! The newest lines of a connection, as a capture that can be saved.
//!
//! What is no longer kept is a `missing` record after the header of its part, so that a check of the saved
//! capture judges nothing that depends on it (`spec/capture.md`).

use std::{collections::VecDeque, io, mem::size_of};

use rollwire_capture::line::{Header, Moment, Record, What, write_header, write_record};

/// How many bytes of lines are kept of a connection. The longest line has less than 5 MiB.
const MOST: usize = 6 * 1024 * 1024;

#[derive(Debug)]
struct Line {
    tap: usize,
    text: Box<[u8]>,
    /// How many records it stands for; a header for none.
    records: Option<u64>,
    at: Moment,
}

impl Line {
    /// How many bytes of memory it takes.
    fn size(&self) -> usize {
        self.text.len() + size_of::<Self>()
    }
}

/// The part of a tap from which lines are gone.
#[derive(Clone, Debug)]
struct Front {
    name: String,
    header: Box<[u8]>,
    gone: u64,
    at: Moment,
}

/// The newest lines of a connection.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    lines: VecDeque<Line>,
    bytes: usize,
    /// One for each tap, by its number.
    fronts: Vec<Option<Front>>,
    names: Vec<String>,
}

/// What is kept of the newest part of a tap.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) header: Vec<u8>,
    /// Whether records between the header and the first that is kept are gone.
    pub(crate) has_gap: bool,
    /// The lines, each with the time of its record.
    pub(crate) records: Vec<(Moment, Vec<u8>)>,
    pub(crate) tap: String,
}

impl Kept {
    /// A part of this tap begins.
    pub(crate) fn header(&mut self, tap: usize, header: &Header) {
        if self.names.len() <= tap {
            self.names.resize(tap + 1, String::new());
            self.fronts.resize(tap + 1, None);
        }
        self.names[tap].clone_from(&header.tap);
        let text = line(|sink| write_header(sink, header));
        self.push(Line { tap, text, records: None, at: Moment::default() });
    }

    /// A record of this tap.
    pub(crate) fn record(&mut self, tap: usize, record: &Record) {
        let Some(name) = self.names.get(tap) else { return };
        let text = line(|sink| write_record(sink, name, record));
        let records = match record.what {
            What::Missing(count) => count,
            _ => 1,
        };
        self.push(Line { tap, text, records: Some(records), at: record.at });
    }

    /// A line that cannot be read: it may have been a record of any tap.
    pub(crate) fn gap(&mut self, at: &[Moment]) {
        for (tap, at) in at.iter().enumerate() {
            self.record(tap, &missing(*at, 1));
        }
    }

    fn push(&mut self, line: Line) {
        self.bytes += line.size();
        self.lines.push_back(line);
        while self.bytes > MOST {
            let Some(line) = self.lines.pop_front() else { break };
            self.bytes -= line.size();
            let front = &mut self.fronts[line.tap];
            match (line.records, front) {
                (None, front) => {
                    let name = self.names[line.tap].clone();
                    *front = Some(Front { name, header: line.text, gone: 0, at: line.at });
                }
                (Some(count), Some(front)) => {
                    front.gone = front.gone.saturating_add(count);
                    front.at = line.at;
                }
                // A record comes after its header, which would be gone too.
                (Some(_), None) => {}
            }
        }
    }

    /// All that is kept, as a capture.
    pub(crate) fn capture(&self) -> Vec<u8> {
        let mut text = Vec::with_capacity(self.bytes);
        for front in self.fronts.iter().flatten() {
            text.extend_from_slice(&front.header);
            if front.gone > 0 {
                let gone = missing(front.at, front.gone);
                text.extend_from_slice(&line(|sink| write_record(sink, &front.name, &gone)));
            }
        }
        for line in &self.lines {
            text.extend_from_slice(&line.text);
        }
        text
    }

    /// The newest part of a tap, with at most this number of its newest records.
    pub(crate) fn part(&self, tap: usize, most: usize) -> Option<Part> {
        let mut records = VecDeque::new();
        let mut all = self.lines.iter().rev().filter(|line| line.tap == tap);
        let (mut header, mut has_gap) = (None, false);
        for line in &mut all {
            if line.records.is_none() {
                header = Some(line.text.to_vec());
                break;
            }
            if records.len() == most {
                has_gap = true;
                // Only the header is still looked for.
                continue;
            }
            records.push_front((line.at, line.text.to_vec()));
        }
        let front = self.fronts.get(tap)?.as_ref();
        let header = header.or_else(|| {
            let front = front?;
            has_gap |= front.gone > 0;
            Some(front.header.to_vec())
        })?;
        let tap = self.names.get(tap)?.clone();
        Some(Part { header, has_gap, records: records.into(), tap })
    }
}

/// Records that are missing.
pub(crate) fn missing(at: Moment, count: u64) -> Record {
    Record { number: None, at, what: What::Missing(count), buffered: None }
}

/// The line that is written. Writing to memory does not fail.
pub(crate) fn line(write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Box<[u8]> {
    let mut text = Vec::new();
    let _ = write(&mut text);
    text.into()
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use rollwire_capture::{Capture, Check, line::Payload};

    use super::*;

    fn header(tap: &str) -> Header {
        let (peer, tap) = ("ann".to_owned(), tap.to_owned());
        Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap }
    }

    fn record(number: u64) -> Record {
        let what = What::Sent(Payload::Datagram(vec![4; 1000]));
        Record { number: Some(number), at: Moment::from_millis(number), what, buffered: None }
    }

    #[test]
    fn what_is_gone_is_told_as_missing() {
        let mut kept = Kept::default();
        kept.header(0, &header("a"));
        kept.header(1, &header("b"));
        for number in 0..10_000 {
            kept.record(usize::from(number % 10 == 0), &record(number));
        }
        assert!(kept.bytes <= MOST);
        let text = kept.capture();
        assert!(text.len() < MOST + 1000);
        let capture = Capture::open("kept", BufReader::new(&*text)).unwrap();
        let findings = Check::new(capture).finish().unwrap();
        assert_eq!(findings.malformed, 0);
        let records: u64 = findings.sides.iter().map(|it| it.sent).sum();
        let missing: u64 = findings.sides.iter().map(|it| it.missing).sum();
        assert!((1000..9000).contains(&records), "{records}");
        // The other records of the numbers are those of the other tap.
        assert!(records + missing >= 10_000, "{records} and {missing}");
    }

    #[test]
    fn a_part_has_its_newest_records() {
        let mut kept = Kept::default();
        kept.header(0, &header(""));
        kept.record(0, &record(0));
        kept.header(0, &header(""));
        (0..5).for_each(|number| kept.record(0, &record(number)));
        let part = |most| kept.part(0, most).map(|it| (it.records.len(), it.has_gap));
        assert_eq!(
            (part(9), part(5), part(3)),
            (Some((5, false)), Some((5, false)), Some((3, true)))
        );
        assert!(kept.part(1, 9).is_none());
    }
}
