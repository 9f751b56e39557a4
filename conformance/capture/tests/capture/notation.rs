//! Captures in a few words: a line `TIME > MESSAGE` is sent, `x` is refused, and `<` has arrived; the messages
//! are written as in the chapters, or as hex. A line `setup` says that the times are those of the peer's clock.

use rollwire_capture::{
    line::{Header, Moment, Payload, PeerSetup, Record, What},
    monitor::{Monitor, Objection, Side},
};
use rollwire_model::{
    hex,
    peer::{Areas, Parameters, Setup, notation::message},
};

const SETUP: &str = "setup";

/// A header without any name.
pub(crate) fn header() -> Header {
    let (peer, tap) = (String::new(), String::new());
    Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap }
}

/// The header of a text.
pub(crate) fn header_of(text: &str) -> Header {
    let is_followed = text.lines().any(|line| line.trim() == SETUP);
    let setup = PeerSetup {
        setup: Setup::default(),
        parameters: Parameters::default(),
        areas: Areas { exchange: false, detect: false, ..Areas::ALL },
    };
    let redundancy = is_followed.then_some(setup.parameters.redundancy);
    Header { setup: is_followed.then_some(setup), redundancy, ..header() }
}

/// The records of a text.
pub(crate) fn records(text: &str) -> Vec<Record> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != SETUP);
    lines.map(record).collect()
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

/// What a monitor objects to in a text.
fn objections(text: &str) -> Vec<Objection> {
    let mut monitor = Monitor::new(&header_of(text));
    let records = records(text);
    let lines = (2..).zip(&records);
    let mut all: Vec<_> = lines.flat_map(|(line, record)| monitor.record(line, record)).collect();
    all.extend(monitor.end());
    all
}

/// The same as rule, side and kind, each once.
pub(crate) fn kinds(text: &str) -> Vec<(String, Side, &'static str)> {
    let mut kinds = Vec::new();
    for Objection { rule, side, kind, .. } in objections(text) {
        if !kinds.contains(&(rule.clone(), side, kind)) {
            kinds.push((rule, side, kind));
        }
    }
    kinds
}
