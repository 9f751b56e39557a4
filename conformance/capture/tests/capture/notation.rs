//! Captures in a few words: a line `TIME > MESSAGE` is sent, `x` is refused, and `<` has arrived; the messages
//! are written as in the chapters, or as hex.

use rollwire_capture::{
    line::{Header, Moment, Payload, Record, What},
    monitor::{Monitor, Objection, Side},
};
use rollwire_model::{hex, peer::notation::message};

/// A header without any name.
pub(crate) fn header() -> Header {
    let (peer, tap) = (String::new(), String::new());
    Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap }
}

/// The records of a text.
pub(crate) fn records(text: &str) -> Vec<Record> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(record).collect()
}

fn record(line: &str) -> Record {
    let (at, rest) = line.split_once(' ').unwrap_or_else(|| panic!("{line:?} is not a record"));
    let at = at.parse().ok().and_then(Moment::from_at);
    let at = at.unwrap_or_else(|| panic!("{line:?} has no time"));
    let what = match rest {
        "open" => What::Opened,
        "closed" => What::Closed,
        "missing" => What::Missing(1),
        _ => {
            let (way, rest) = rest.split_once(' ').unwrap_or_else(|| panic!("{line:?}"));
            let bytes = match message(rest) {
                Ok(message) => message.datagram().bytes().to_vec(),
                Err(fault) => hex::parse(rest).unwrap_or_else(|_| panic!("{line:?}: {fault}")),
            };
            let payload = Payload::Datagram(bytes);
            match way {
                ">" => What::Sent(payload),
                "x" => What::Refused(payload),
                "<" => What::Received(payload),
                _ => panic!("{line:?} goes in no direction"),
            }
        }
    };
    Record { number: None, at, what, buffered: None }
}

/// What a monitor objects to in these records.
pub(crate) fn objections(records: &[Record]) -> Vec<Objection> {
    let mut monitor = Monitor::new(&header());
    let lines = (2..).zip(records);
    lines.flat_map(|(line, record)| monitor.record(line, record)).collect()
}

/// The same as rule, side and kind, each once.
pub(crate) fn kinds(text: &str) -> Vec<(String, Side, &'static str)> {
    let mut kinds = Vec::new();
    for Objection { rule, side, kind, .. } in objections(&records(text)) {
        if !kinds.contains(&(rule.clone(), side, kind)) {
            kinds.push((rule, side, kind));
        }
    }
    kinds
}
