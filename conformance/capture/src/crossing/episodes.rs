//! Inputs and hashes of both sides, by episode. Each side counts its episodes by its own READYs.

use std::collections::{BTreeMap, BTreeSet};

use rollwire_model::{exchange::StateHash, peer::Message};
use serde::Serialize;

/// How many frames of an episode are compared.
const FRAMES: usize = 65_536;
/// How many episodes are compared at the same time.
const EPISODES: usize = 32;
/// How many lost inputs are listed.
const LISTED: usize = 8;

/// The inputs of one side that the other never received.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LostInputs {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Vec<LostInput>,
}

/// An input that never arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LostInput {
    /// The number of the READY of its episode; 0 before the first.
    pub ready: u32,
    /// Its frame.
    pub frame: u32,
    /// The line in which its side first sent it.
    pub line: u64,
}

/// The hashes that both sides sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Hashes {
    /// How many frames both sides hashed.
    pub both: u64,
    /// How many frames one side hashed alone: the first, and the second.
    pub only: [u64; 2],
    /// How many frames both hashed, and neither received the hash of the other.
    pub never_compared: u64,
    /// How many frames have different hashes.
    pub differ: u64,
    /// The first of them.
    pub first_difference: Option<FirstDifference>,
}

/// The first frame with different hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstDifference {
    /// The number of the READY of its episode; 0 before the first.
    pub ready: u32,
    /// The frame.
    pub frame: u32,
    /// The newest hash of each side.
    pub hashes: [String; 2],
    /// Where each side sent it.
    pub lines: [u64; 2],
}

/// What a side has told and heard in an episode.
#[derive(Debug, Default)]
struct Page {
    told: BTreeMap<u32, u64>,
    heard: BTreeSet<u32>,
    hashes: BTreeMap<u32, ([u8; 8], u64)>,
    heard_hashes: BTreeSet<u32>,
    end: Option<u32>,
}

/// The episodes of both sides.
#[derive(Debug, Default)]
pub(super) struct Ledgers {
    /// The highest READY of each side.
    now: [u32; 2],
    open: BTreeMap<u32, [Page; 2]>,
    lost: [LostInputs; 2],
    hashes: Hashes,
}

impl Ledgers {
    fn page(&mut self, side: usize) -> &mut Page {
        &mut self.open.entry(self.now[side]).or_default()[side]
    }

    pub(super) fn handed(&mut self, side: usize, line: u64, message: &Message, accepted: bool) {
        match message {
            Message::EpisodeReady { episode, .. } if *episode > self.now[side] => {
                self.now[side] = *episode;
                self.close_old();
            }
            Message::EpisodeEnd { frame, episode }
                if episode.checked_add(1) == Some(self.now[side]) =>
            {
                self.page(side).end.get_or_insert(*frame);
            }
            Message::Input { entries, .. } | Message::InputResponse { entries, .. } if accepted => {
                let page = self.page(side);
                for (frame, _) in entries {
                    if page.told.len() < FRAMES {
                        page.told.entry(*frame).or_insert(line);
                    }
                }
            }
            Message::StateHash { frame, hash } if accepted => {
                let page = self.page(side);
                if page.hashes.len() < FRAMES {
                    page.hashes.insert(*frame, (*hash, line));
                }
            }
            _ => {}
        }
    }

    pub(super) fn received(&mut self, side: usize, message: &Message) {
        let page = self.page(side);
        match message {
            Message::Input { entries, .. } | Message::InputResponse { entries, .. } => {
                let frames = entries.iter().map(|entry| entry.0);
                if page.heard.len() < FRAMES {
                    page.heard.extend(frames);
                }
            }
            Message::StateHash { frame, .. } if page.heard_hashes.len() < FRAMES => {
                page.heard_hashes.insert(*frame);
            }
            _ => {}
        }
    }

    /// What both sides have left behind is compared, and so is the oldest if there are too many.
    fn close_old(&mut self) {
        let lowest = self.now[0].min(self.now[1]);
        while let Some(entry) = self.open.first_entry() {
            if *entry.key() >= lowest && self.open.len() <= EPISODES {
                return;
            }
            let (ready, pages) = self.open.pop_first().unwrap_or_default();
            self.close(ready, &pages);
        }
    }

    fn close(&mut self, ready: u32, pages: &[Page; 2]) {
        let ends = pages.iter().filter_map(|page| page.end);
        // Inputs at or beyond the end do not matter.
        let end = ends.min().unwrap_or(u32::MAX);
        for side in 0..2 {
            let heard = &pages[1 - side].heard;
            let lost = pages[side]
                .told
                .iter()
                .filter(|(frame, _)| **frame < end && !heard.contains(frame));
            for (frame, line) in lost {
                self.lost[side].count += 1;
                if self.lost[side].first.len() < LISTED {
                    let (frame, line) = (*frame, *line);
                    self.lost[side].first.push(LostInput { ready, frame, line });
                }
            }
        }
        let [one, other] = pages;
        for (frame, (hash, line)) in &one.hashes {
            let Some((others, others_line)) = other.hashes.get(frame) else {
                self.hashes.only[0] += 1;
                continue;
            };
            self.hashes.both += 1;
            let is_heard = one.heard_hashes.contains(frame) || other.heard_hashes.contains(frame);
            self.hashes.never_compared += u64::from(!is_heard);
            if hash != others {
                self.hashes.differ += 1;
                self.hashes.first_difference.get_or_insert_with(|| FirstDifference {
                    ready,
                    frame: *frame,
                    hashes: [hash, others].map(|hash| StateHash(*hash).to_string()),
                    lines: [*line, *others_line],
                });
            }
        }
        let others = other.hashes.keys().filter(|frame| !one.hashes.contains_key(frame));
        self.hashes.only[1] += others.count() as u64;
    }

    pub(super) fn finish(mut self) -> ([LostInputs; 2], Hashes) {
        while let Some((ready, pages)) = self.open.pop_first() {
            self.close(ready, &pages);
        }
        (self.lost, self.hashes)
    }
}
