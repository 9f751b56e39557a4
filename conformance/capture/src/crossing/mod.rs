//! The captures of both sides of a channel: what was lost, late or repeated, which inputs never arrived, and
//! which hashes differ.
//!
//! The clocks of the two sides may differ by any amount. They are only used to read both captures at about
//! the same pace, and for the delays, which say what the sum of both directions is.
//!
//! | file | story |
//! |---|---|
//! | `ways` | datagrams, from one side to the other |
//! | `episodes` | inputs and hashes, by episode |

mod episodes;
mod ways;

use std::io::BufRead;

use rollwire_model::Layout;
use serde::Serialize;

use self::{episodes::Ledgers, ways::Ways};
pub use self::{
    episodes::{FirstDifference, Hashes, LostInput, LostInputs},
    ways::Way,
};
use crate::{
    findings::{Check, Findings},
    line::{Moment, Payload, Record, What},
    messages::Messages,
    reader::Unreadable,
};

/// What the two captures show together.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Crossing {
    /// The datagrams from the first side to the second, and from the second to the first.
    pub ways: [Way; 2],
    /// The inputs of each side that the other never received.
    pub lost_inputs: [LostInputs; 2],
    /// The hashes of both sides.
    pub hashes: Hashes,
}

/// Both captures, and what they show together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// The findings of each file; one if both sides are in it.
    pub captures: Vec<Findings>,
    /// What both sides show together.
    pub crossing: Crossing,
}

/// Collects what both sides have recorded.
#[derive(Debug)]
struct Crosser {
    messages: Messages,
    ways: Ways,
    ledgers: Ledgers,
}

impl Crosser {
    fn new() -> Self {
        let messages = Messages::new(Layout::builtin().revision);
        Self { messages, ways: Ways::default(), ledgers: Ledgers::default() }
    }

    fn record(&mut self, side: usize, line: u64, record: &Record) {
        let message = |bytes: &[u8]| self.messages.read(bytes);
        match &record.what {
            What::Sent(Payload::Datagram(bytes)) => {
                self.ways.sent(side, record.at, bytes);
                if let Some(message) = message(bytes) {
                    self.ledgers.handed(side, line, &message, true);
                }
            }
            What::Refused(Payload::Datagram(bytes)) => {
                if let Some(message) = message(bytes) {
                    self.ledgers.handed(side, line, &message, false);
                }
            }
            What::Received(Payload::Datagram(bytes)) => {
                self.ways.received(side, record.at, bytes);
                if let Some(message) = message(bytes) {
                    self.ledgers.received(side, &message);
                }
            }
            _ => {}
        }
    }

    fn finish(self) -> Crossing {
        let (lost_inputs, hashes) = self.ledgers.finish();
        Crossing { ways: self.ways.finish(), lost_inputs, hashes }
    }
}

/// Checks the captures of both sides, and compares them.
///
/// # Errors
/// If a file cannot be read.
pub fn check_both<R: BufRead>(first: Check<R>, second: Check<R>) -> Result<Pair, Unreadable> {
    let mut checks = [first, second];
    let mut crosser = Crosser::new();
    // The captures are read at the same pace, each by its own clock.
    let mut progress = [Some(Moment::default()); 2];
    let mut begin: [Option<Moment>; 2] = [None; 2];
    while let Some(side) = laggard(progress) {
        match checks[side].next()? {
            None => progress[side] = None,
            Some(judged) => {
                let at = judged.record.at;
                let begin = *begin[side].get_or_insert(at);
                let passed = Some(Moment(at.since(begin)));
                progress[side] = progress[side].max(passed);
                crosser.record(side, judged.line, &judged.record);
            }
        }
    }
    let captures = checks.into_iter().map(Check::findings).collect();
    Ok(Pair { captures, crossing: crosser.finish() })
}

/// The side that has got less far, of those that have not ended.
fn laggard(progress: [Option<Moment>; 2]) -> Option<usize> {
    match progress {
        [None, None] => None,
        [Some(_), None] => Some(0),
        [None, Some(_)] => Some(1),
        [Some(first), Some(second)] => Some(usize::from(second < first)),
    }
}

/// Checks a capture. If it has two taps, they are compared as the two sides of a channel.
///
/// # Errors
/// If the file cannot be read.
pub fn check_one<R: BufRead>(
    mut check: Check<R>,
) -> Result<(Findings, Option<Crossing>), Unreadable> {
    let mut crosser = Crosser::new();
    while let Some(judged) = check.next()? {
        if judged.tap < 2 {
            crosser.record(judged.tap, judged.line, &judged.record);
        }
    }
    let findings = check.findings();
    let crossing = (findings.sides.len() == 2).then(|| crosser.finish());
    Ok((findings, crossing))
}
