//! The first frame with two hashes: what each side had when it sent its hash, and what came before and after.
//!
//! It is only known at the end which frame is the first. So some frames that differ are remembered, with what
//! the maps of both sides say about them.

use std::collections::BTreeMap;

use rollwire_model::{exchange::StateHash, peer::Message};
use serde::Serialize;

use super::{
    FirstDifference,
    told::{Deed, Spot, Told},
};
use crate::{
    judged::Judged,
    line::{Payload, What},
    progress::Standing,
    side::milliseconds,
};

/// How many frames that differ are remembered.
const REMEMBERED: usize = 16;
/// How many inputs that are not as they should be are listed.
const LISTED: usize = 8;
/// How many frames before the difference are looked at, if no frame was equal.
const BEFORE: u32 = 64;

/// The first frame for which the sides sent different hashes, and how it came to that.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Divergence {
    /// The number of the READY of its episode; 0 before the first.
    pub ready: u32,
    /// The frame.
    pub frame: u32,
    /// The newest frame before it for which both sent the same hash.
    pub last_equal: Option<u32>,
    /// What each side had when it sent its hash of the frame.
    pub had: [Had; 2],
    /// The inputs of the frames after the last equal one, up to this one, that were not known to both alike.
    pub odd_inputs: Vec<OddInput>,
    /// What each side sent and received about these frames, in the order of each capture.
    pub deeds: [Vec<Deed>; 2],
}

/// What a side had when it sent a hash.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Had {
    /// The line of the hash.
    pub line: u64,
    /// Its time in the capture.
    #[serde(serialize_with = "milliseconds")]
    pub at: crate::line::Moment,
    /// The hash.
    pub hash: String,
    /// The newest frame of which it had told its input.
    pub told: Option<u32>,
    /// The newest frame of which it had heard the other's input.
    pub heard: Option<u32>,
    /// The newest frame up to which it had the inputs of both.
    pub confirmed: Option<u32>,
    /// The newest frame for which it had seen equal hashes.
    pub verified: Option<u32>,
}

/// An input that one side told, and the other did not hear in time or heard otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct OddInput {
    /// Whose input it is: 0 or 1.
    pub side: usize,
    /// Its frame.
    pub frame: u32,
    /// What its side told first.
    pub told: u8,
    /// What the other side heard first; nothing if it heard nothing of it.
    pub heard: Option<u8>,
    /// The line in which its side told it.
    pub told_in: u64,
    /// The line in which the other side heard it.
    pub heard_in: Option<u64>,
    /// Whether it arrived after the other side had sent its hash.
    pub is_late: bool,
}

/// Follows both sides.
#[derive(Debug, Default)]
pub(super) struct Divergences {
    sides: [Told; 2],
    found: BTreeMap<(u32, u32), Divergence>,
}

impl Divergences {
    pub(super) fn record(
        &mut self,
        side: usize,
        judged: &Judged,
        message: &Message,
        standing: &Standing,
    ) {
        let is_sent = match &judged.record.what {
            What::Sent(Payload::Datagram(_)) => true,
            What::Received(Payload::Datagram(_)) if judged.hears => false,
            _ => return,
        };
        let ready = standing.ready;
        let spot = Spot { line: judged.line, at: judged.record.at, time: judged.time };
        match message {
            Message::Input { entries, .. } | Message::InputResponse { entries, .. } => {
                self.sides[side].entries(is_sent, ready, spot, entries);
            }
            Message::StateHash { frame, hash } if is_sent => {
                self.sides[side].sent_hash((ready, *frame), *hash, spot, *standing);
                self.compare((ready, *frame));
            }
            Message::StateHash { frame, hash } => {
                self.sides[side].heard_hash((ready, *frame), *hash, spot);
                // What comes later still belongs to the story.
                if self.found.contains_key(&(ready, *frame)) {
                    self.compare((ready, *frame));
                }
            }
            _ => {}
        }
    }

    fn compare(&mut self, key: (u32, u32)) {
        let [one, other] = &self.sides;
        let (Some(first), Some(second)) = (one.hashes.get(key), other.hashes.get(key)) else {
            return;
        };
        if first.hash == second.hash {
            self.found.remove(&key);
            return;
        }
        let is_among_first = self.found.len() < REMEMBERED
            || self.found.last_key_value().is_some_and(|(last, _)| key <= *last);
        if !is_among_first {
            return;
        }
        let divergence = self.story(key);
        self.found.extend(divergence.map(|it| (key, it)));
        if self.found.len() > REMEMBERED {
            self.found.pop_last();
        }
    }

    fn story(&self, key: (u32, u32)) -> Option<Divergence> {
        let (ready, frame) = key;
        let [one, other] = &self.sides;
        let equal = one.hashes.before(key).find(|((_, frame), hash)| {
            other.hashes.get((ready, *frame)).is_some_and(|it| it.hash == hash.hash)
        });
        let last_equal = equal.map(|((_, frame), _)| frame);
        let first = last_equal.map_or(frame.saturating_sub(BEFORE), |equal| equal + 1);
        let had = |side: &Told| {
            let sent = side.hashes.get(key)?;
            let Standing { told, heard, confirmed, verified, .. } = sent.standing;
            let (line, at) = (sent.spot.line, sent.spot.at);
            let hash = StateHash(sent.hash).to_string();
            Some(Had { line, at, hash, told, heard, confirmed, verified })
        };
        let had = [had(one)?, had(other)?];
        let mut odd_inputs = Vec::new();
        for side in 0..2 {
            let (teller, hearer) = (&self.sides[side], &self.sides[1 - side]);
            let decided = hearer.hashes.get(key)?.spot.line;
            for ((_, frame), told) in teller.told.range((ready, first), key) {
                let heard = hearer.heard.get((ready, frame));
                let is_late = heard.is_some_and(|heard| heard.spot.line > decided);
                let is_odd = is_late || heard.is_none_or(|heard| heard.action != told.action);
                if is_odd && odd_inputs.len() < LISTED {
                    odd_inputs.push(OddInput {
                        side,
                        frame,
                        told: told.action,
                        heard: heard.map(|it| it.action),
                        told_in: told.spot.line,
                        heard_in: heard.map(|it| it.spot.line),
                        is_late,
                    });
                }
            }
        }
        let odd =
            |side: usize| odd_inputs.iter().filter(move |it| it.side == side).map(|it| it.frame);
        let deeds = [0, 1].map(|side| {
            let (own, partner) = (odd(side).collect::<Vec<_>>(), odd(1 - side).collect::<Vec<_>>());
            self.sides[side].deeds(key, last_equal, [&own, &partner])
        });
        Some(Divergence { ready, frame, last_equal, had, odd_inputs, deeds })
    }

    /// What led to this difference, if that is still known.
    pub(super) fn finish(mut self, first: Option<&FirstDifference>) -> Option<Divergence> {
        let first = first?;
        self.found.remove(&(first.ready, first.frame))
    }
}
