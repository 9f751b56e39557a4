//! What one side told and heard of each frame, as far back as is remembered.

use std::collections::{BTreeMap, btree_map::Entry};

use rollwire_model::{exchange::StateHash, peer::InputEntry};
use serde::Serialize;

use crate::{line::Moment, progress::Standing, side::milliseconds};

/// How many frames are remembered of each kind: more than a minute of a game.
const REMEMBERED: usize = 8192;

/// A record, by its place in the capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: u64,
    pub(super) at: Moment,
    pub(super) time: Moment,
}

/// An input as it was told or heard first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Action {
    pub(super) action: u8,
    pub(super) spot: Spot,
}

/// A hash that was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hash {
    pub(super) hash: [u8; 8],
    pub(super) spot: Spot,
    /// What the side had at that time.
    pub(super) standing: Standing,
}

/// Something that a side sent or received about the frames around a difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Deed {
    /// Its line.
    pub line: u64,
    /// Its time in the capture.
    #[serde(serialize_with = "milliseconds")]
    pub at: Moment,
    /// The same on one axis for all parts of the capture.
    #[serde(skip)]
    pub time: Moment,
    /// `sent` or `received`.
    pub what: &'static str,
    /// Of what: a `hash` or an `input`.
    pub of: &'static str,
    /// The frame.
    pub frame: u32,
    /// What was sent or received of it.
    pub text: String,
}

/// Values by the number of a READY and a frame, the newest of them.
#[derive(Debug)]
pub(super) struct Frames<T>(BTreeMap<(u32, u32), T>);

impl<T> Default for Frames<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T> Frames<T> {
    fn insert(&mut self, key: (u32, u32), value: T) {
        self.0.insert(key, value);
        if self.0.len() > REMEMBERED {
            self.0.pop_first();
        }
    }

    /// Keeps what was there before.
    fn insert_first(&mut self, key: (u32, u32), value: T) {
        if let Entry::Vacant(place) = self.0.entry(key) {
            place.insert(value);
            if self.0.len() > REMEMBERED {
                self.0.pop_first();
            }
        }
    }

    pub(super) fn get(&self, key: (u32, u32)) -> Option<&T> {
        self.0.get(&key)
    }

    /// Those of the same episode before this frame, the newest first.
    pub(super) fn before(&self, key: (u32, u32)) -> impl Iterator<Item = ((u32, u32), &T)> {
        self.0.range((key.0, 0)..key).rev().map(|(key, value)| (*key, value))
    }

    /// Those between two frames, both of them included.
    pub(super) fn range(
        &self,
        first: (u32, u32),
        last: (u32, u32),
    ) -> impl Iterator<Item = ((u32, u32), &T)> {
        // A range that ends before it begins would panic.
        self.0.range(first.min(last)..=last).map(|(key, value)| (*key, value))
    }
}

/// What one side told and heard.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) told: Frames<Action>,
    pub(super) heard: Frames<Action>,
    pub(super) hashes: Frames<Hash>,
    heard_hashes: Frames<([u8; 8], Spot)>,
}

impl Told {
    pub(super) fn entries(&mut self, sent: bool, ready: u32, spot: Spot, entries: &[InputEntry]) {
        let frames = if sent { &mut self.told } else { &mut self.heard };
        for (frame, action) in entries {
            frames.insert_first((ready, *frame), Action { action: *action, spot });
        }
    }

    pub(super) fn sent_hash(
        &mut self,
        key: (u32, u32),
        hash: [u8; 8],
        spot: Spot,
        standing: Standing,
    ) {
        // The same hash again says nothing about when it was decided.
        if self.hashes.get(key).is_none_or(|known| known.hash != hash) {
            self.hashes.insert(key, Hash { hash, spot, standing });
        }
    }

    pub(super) fn heard_hash(&mut self, key: (u32, u32), hash: [u8; 8], spot: Spot) {
        self.heard_hashes.insert_first(key, (hash, spot));
    }

    /// What this side did about a frame that differs: the inputs and the hashes of it, the hash of the last
    /// frame that was equal, and these inputs of its own and of its partner.
    pub(super) fn deeds(
        &self,
        key: (u32, u32),
        last_equal: Option<u32>,
        odd: [&[u32]; 2],
    ) -> Vec<Deed> {
        let (ready, frame) = key;
        let mut deeds = Vec::new();
        let mut deed = |spot: Spot, (what, of), frame, text: String| {
            let Spot { line, at, time } = spot;
            deeds.push(Deed { line, at, time, what, of, frame, text });
        };
        for frame in last_equal.into_iter().chain([frame]) {
            if let Some(sent) = self.hashes.get((ready, frame)) {
                let hash = StateHash(sent.hash);
                deed(sent.spot, ("sent", "hash"), frame, format!("hash of frame {frame}: {hash}"));
            }
            if let Some((hash, spot)) = self.heard_hashes.get((ready, frame)) {
                let text = format!("hash of frame {frame}: {}", StateHash(*hash));
                deed(*spot, ("received", "hash"), frame, text);
            }
        }
        let [own, partner] = odd;
        for (frames, odd, what) in [(&self.told, own, "sent"), (&self.heard, partner, "received")] {
            let other = odd.iter().filter(|other| **other != frame);
            for frame in other.chain([&frame]) {
                if let Some(input) = frames.get((ready, *frame)) {
                    let action = input.action;
                    deed(
                        input.spot,
                        (what, "input"),
                        *frame,
                        format!("input of frame {frame}: {action}"),
                    );
                }
            }
        }
        deeds.sort_by_key(|deed| (deed.line, deed.frame));
        deeds
    }
}
