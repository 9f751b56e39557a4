//! The captures of both sides of a channel: what was lost, late or repeated, which inputs never arrived, and
//! which hashes differ.
//!
//! The clocks of the two sides may differ by any amount. They are only used to read both captures at about
//! the same pace, and for the delays, which say what the sum of both directions is. A picture has one axis,
//! and takes the fastest datagram to need as long in one direction as in the other; nothing is judged by it.
//!
//! | file | story |
//! |---|---|
//! | `ways` | datagrams, from one side to the other |
//! | `passages` | what became of them, over time |
//! | `episodes` | inputs and hashes, by episode |
//! | `told` | what one side told and heard of each frame |
//! | `divergence` | how it came to the first hashes that differ |

mod divergence;
mod episodes;
mod passages;
mod told;
mod ways;

use std::{collections::BTreeMap, io::BufRead};

use serde::Serialize;

pub(crate) use self::passages::{Passage, Passages};
use self::{divergence::Divergences, episodes::Ledgers, ways::Ways};
pub use self::{
    divergence::{Divergence, Had, OddInput},
    episodes::{FirstDifference, Hashes, LostInput, LostInputs},
    told::Deed,
    ways::Way,
};
use crate::{
    content::Unreadable,
    findings::{Check, Findings},
    judged::Judged,
    line::{Moment, Payload, What},
    messages::Messages,
    picture::Picture,
    progress::Progress,
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
    /// How it came to the first hashes that differ, if that is still known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub divergence: Option<Divergence>,
}

impl Crossing {
    /// By how many microseconds the clock of the second side is ahead of that of the first, if the fastest
    /// datagram takes as long in one direction as in the other; nothing if none arrived in one of them.
    #[must_use]
    pub fn clocks_apart(&self) -> Option<i64> {
        let [there, back] = self.ways.each_ref().map(|way| way.delays_us.map(|(least, _)| least));
        there.zip(back).map(|(there, back)| there.midpoint(back.saturating_neg()))
    }
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
#[derive(Debug, Default)]
struct Crosser {
    /// By revision.
    messages: BTreeMap<u8, Messages>,
    /// By the number of the file and of the tap in it.
    progress: BTreeMap<(usize, usize), Progress>,
    ways: Ways,
    ledgers: Ledgers,
    divergences: Divergences,
    /// What a picture shows, if one was asked for.
    picture: Option<Picture>,
}

impl Crosser {
    /// Takes the next record of a file. `side` is nothing if it is of a third tap.
    fn record(&mut self, file: usize, side: Option<usize>, judged: &Judged) {
        let messages = self.messages.entry(judged.revision);
        let messages = messages.or_insert_with(|| Messages::new(judged.revision));
        let message = match &judged.record.what {
            What::Sent(Payload::Datagram(bytes))
            | What::Refused(Payload::Datagram(bytes))
            | What::Received(Payload::Datagram(bytes)) => messages.read(bytes),
            _ => None,
        };
        let progress = self.progress.entry((file, judged.tap)).or_default();
        let standing = progress.record(judged, message.as_ref());
        if let Some(picture) = &mut self.picture {
            picture.record(file, judged, message.as_ref(), &standing);
        }
        let Some(side) = side else { return };
        match &judged.record.what {
            What::Sent(Payload::Datagram(bytes)) => self.ways.sent(side, judged.time, bytes),
            What::Received(Payload::Datagram(bytes)) => {
                self.ways.received(side, judged.time, bytes);
            }
            _ => {}
        }
        let Some(message) = message else { return };
        match &judged.record.what {
            What::Received(_) => self.ledgers.received(side, &message),
            what => {
                let accepted = matches!(what, What::Sent(_));
                self.ledgers.handed(side, judged.line, &message, accepted);
            }
        }
        self.divergences.record(side, judged, &message, &standing);
    }

    fn finish(self) -> (Crossing, Option<Picture>) {
        let (lost_inputs, hashes) = self.ledgers.finish();
        let divergence = self.divergences.finish(hashes.first_difference.as_ref());
        let [(there, there_passages), (back, back_passages)] = self.ways.finish();
        let crossing = Crossing { ways: [there, back], lost_inputs, hashes, divergence };
        let mut picture = self.picture;
        if let Some(picture) = &mut picture {
            picture.passages = Some([there_passages, back_passages]);
        }
        (crossing, picture)
    }
}

/// Checks the captures of both sides, and compares them.
///
/// # Errors
/// If a file cannot be read.
pub fn check_both<R: BufRead>(first: Check<R>, second: Check<R>) -> Result<Pair, Unreadable> {
    read_both(first, second, None).map(|(pair, _)| pair)
}

/// The same, with what a picture of both shows.
///
/// # Errors
/// If a file cannot be read.
pub fn picture_both<R: BufRead>(
    first: Check<R>,
    second: Check<R>,
) -> Result<(Pair, Picture), Unreadable> {
    let (pair, picture) = read_both(first, second, Some(Picture::default()))?;
    Ok((pair, picture.unwrap_or_default()))
}

fn read_both<R: BufRead>(
    first: Check<R>,
    second: Check<R>,
    picture: Option<Picture>,
) -> Result<(Pair, Option<Picture>), Unreadable> {
    let mut checks = [first, second];
    let mut crosser = Crosser { picture, ..Crosser::default() };
    // The captures are read at the same pace, each by its own clock.
    let mut progress = [Some(Moment::default()); 2];
    let mut begin: [Option<Moment>; 2] = [None; 2];
    while let Some(side) = laggard(progress) {
        match checks[side].next()? {
            None => progress[side] = None,
            Some(judged) => {
                let begin = *begin[side].get_or_insert(judged.time);
                let passed = Some(Moment(judged.time.since(begin)));
                progress[side] = progress[side].max(passed);
                crosser.record(side, Some(side), &judged);
            }
        }
    }
    let captures = checks.into_iter().map(Check::findings).collect();
    let (crossing, picture) = crosser.finish();
    Ok((Pair { captures, crossing }, picture))
}

/// Checks a capture. If it has two taps, they are compared as the two sides of a channel.
///
/// # Errors
/// If the file cannot be read.
pub fn check_one<R: BufRead>(check: Check<R>) -> Result<(Findings, Option<Crossing>), Unreadable> {
    read_one(check, None).map(|(findings, crossing, _)| (findings, crossing))
}

/// The same, with what a picture of it shows.
///
/// # Errors
/// If the file cannot be read.
pub fn picture_one<R: BufRead>(
    check: Check<R>,
) -> Result<(Findings, Option<Crossing>, Picture), Unreadable> {
    let (findings, crossing, picture) = read_one(check, Some(Picture::default()))?;
    Ok((findings, crossing, picture.unwrap_or_default()))
}

fn read_one<R: BufRead>(
    mut check: Check<R>,
    picture: Option<Picture>,
) -> Result<(Findings, Option<Crossing>, Option<Picture>), Unreadable> {
    let mut crosser = Crosser { picture, ..Crosser::default() };
    while let Some(judged) = check.next()? {
        crosser.record(0, Some(judged.tap).filter(|tap| *tap < 2), &judged);
    }
    let findings = check.findings();
    let (crossing, mut picture) = crosser.finish();
    if findings.sides.len() == 2 {
        return Ok((findings, Some(crossing), picture));
    }
    // Without two sides, it is not known what arrived.
    if let Some(picture) = &mut picture {
        picture.passages = None;
    }
    Ok((findings, None, picture))
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
