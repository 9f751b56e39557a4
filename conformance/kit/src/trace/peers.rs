//! Compares the logs of both peers of a session: which hashes were lost, never compared, or different.
//!
//! The logs have no common clock. They are read alternately, always the one that has confirmed less, so that
//! the memory does not depend on their length.

use std::{
    collections::{BTreeMap, VecDeque},
    io::BufRead,
};

use rollwire_model::exchange::{Entry, StateHash};
use serde::Serialize;

use super::{
    inputs::{LostInputs, lost},
    log::{Findings, LineEffects, Log, Unreadable},
};

/// A hash that is not received within this many later ones is lost. Frames are compared within the same
/// number.
const WINDOW: usize = 4096;

/// How many frames of one kind are listed.
const LISTED: usize = 8;

/// The two logs of a session, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The findings of each log.
    pub logs: [Findings; 2],
    /// The comparison of the two logs.
    pub crossing: PeerComparison,
}

/// The comparison of two peers' logs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PeerComparison {
    /// The hashes from the first peer to the second, and from the second to the first.
    pub ways: [Direction; 2],
    /// The frames that the peers have hashed.
    pub frames: Frames,
    /// The inputs of whole peers that never reached the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<LostInputs>,
}

impl PeerComparison {
    /// Whether neither log has anything to do with hashes.
    #[must_use]
    pub fn is_without_hashes(&self) -> bool {
        *self == Self { inputs: self.inputs.clone(), ..Self::default() }
    }
}

/// The hashes that one peer sends to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Direction {
    /// How many were sent.
    pub sent: u64,
    /// The hashes that the other peer never received.
    pub lost: FrameList,
    /// The hashes that the other peer received, but that this peer never sent.
    pub never_sent: FrameList,
}

/// The frames of both peers, each with its newest confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Frames {
    /// How many both have confirmed.
    pub both: u64,
    /// How many only one of them has.
    pub only: [u64; 2],
    /// How many of the frames that both have confirmed each peer has compared.
    pub compared: [u64; 2],
    /// The frames that neither peer has compared, with the line of the first log that confirms each.
    pub never_compared: FrameList,
    /// The frames whose hashes differ, with the line of the first log that confirms each.
    pub differ: FrameList,
    /// The first frame whose hashes differ.
    pub first_difference: Option<Difference>,
}

/// A frame with two hashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The episode, counted from 1.
    pub episode: u64,
    /// The frame.
    pub frame: u32,
    /// The hash of each peer.
    pub hashes: [StateHash; 2],
    /// The line of each log that confirms it.
    pub lines: [u64; 2],
}

/// How many frames there are, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FrameList {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Vec<FrameLine>,
}

/// A frame, and the line where it occurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct FrameLine {
    /// The frame.
    pub frame: u32,
    /// The line.
    pub line: u64,
}

impl FrameList {
    fn add(&mut self, frame: u32, line: u64) {
        self.count += 1;
        if self.first.len() < LISTED {
            self.first.push(FrameLine { frame, line });
        }
    }
}

/// Reads two logs side by side.
///
/// # Errors
/// If a file cannot be read.
pub fn check<A: BufRead, B: BufRead>(mut a: Log<A>, mut b: Log<B>) -> Result<Pair, Unreadable> {
    let mut peers = Peers::default();
    let mut ended = [false; 2];
    loop {
        let side = match ended {
            [true, true] => break,
            [true, false] => 1,
            [false, true] => 0,
            [false, false] => usize::from(peers.positions[1] < peers.positions[0]),
        };
        match if side == 0 { a.next_effects() } else { b.next_effects() }? {
            Some(effects) => peers.add(side, &effects),
            None => ended[side] = true,
        }
    }
    let (logs, mut crossing) = ([a.findings(), b.findings()], peers.finish());
    crossing.inputs = lost([&logs[0].peers, &logs[1].peers]);
    Ok(Pair { logs, crossing })
}

/// How far a log has been read: the episode, and the highest frame that was confirmed in it.
type Position = (u64, Option<u32>);

/// Both peers at the same time.
#[derive(Debug, Default)]
struct Peers {
    positions: [Position; 2],
    /// What each peer has sent and the other has not received yet, and the reverse, with its line.
    sent: [VecDeque<(Entry, u64)>; 2],
    received: [VecDeque<(Entry, u64)>; 2],
    frames: BTreeMap<(u64, u32), [Option<Confirmed>; 2]>,
    comparison: PeerComparison,
}

/// A frame of one peer.
#[derive(Clone, Copy, Debug)]
struct Confirmed {
    hash: StateHash,
    line: u64,
    compared: bool,
}

impl Peers {
    fn add(&mut self, side: usize, effects: &LineEffects) {
        let line = effects.line;
        if effects.begins_episode && self.positions[side].1.is_some() {
            self.positions[side] = (self.positions[side].0 + 1, None);
        }
        let episode = self.positions[side].0;
        if let Some(target) = effects.withdrawn {
            for (_, peers) in self.frames.range_mut((episode, target)..=(episode, u32::MAX)) {
                peers[side] = None;
            }
        }
        if let Some((frame, hash)) = effects.confirmed {
            self.positions[side].1 = self.positions[side].1.max(Some(frame));
            let confirmed = Confirmed { hash, line, compared: false };
            self.frames.entry((episode, frame)).or_default()[side] = Some(confirmed);
            if self.frames.len() > WINDOW {
                self.finish_first_frame();
            }
        }
        for frame in &effects.compared {
            let peers = self.frames.get_mut(&(episode, *frame));
            if let Some(confirmed) = peers.and_then(|peers| peers[side].as_mut()) {
                confirmed.compared = true;
            }
        }
        for entry in &effects.sent {
            self.sends(side, *entry, line);
        }
        if let Some(entry) = effects.received {
            self.receives(side, entry, line);
        }
    }

    fn sends(&mut self, side: usize, entry: Entry, line: u64) {
        self.comparison.ways[side].sent += 1;
        if !take(&mut self.received[1 - side], entry) {
            self.sent[side].push_back((entry, line));
            if self.sent[side].len() > WINDOW {
                self.drop_oldest_sent(side);
            }
        }
    }

    fn receives(&mut self, side: usize, entry: Entry, line: u64) {
        if !take(&mut self.sent[1 - side], entry) {
            self.received[side].push_back((entry, line));
            if self.received[side].len() > WINDOW {
                self.drop_oldest_received(side);
            }
        }
    }

    fn drop_oldest_sent(&mut self, side: usize) {
        if let Some(((frame, _), line)) = self.sent[side].pop_front() {
            self.comparison.ways[side].lost.add(frame, line);
        }
    }

    fn drop_oldest_received(&mut self, side: usize) {
        if let Some(((frame, _), line)) = self.received[side].pop_front() {
            self.comparison.ways[1 - side].never_sent.add(frame, line);
        }
    }

    fn finish_first_frame(&mut self) {
        let Some(((episode, frame), peers)) = self.frames.pop_first() else { return };
        let frames = &mut self.comparison.frames;
        match peers {
            [Some(a), Some(b)] => {
                frames.both += 1;
                frames.compared[0] += u64::from(a.compared);
                frames.compared[1] += u64::from(b.compared);
                if !a.compared && !b.compared {
                    frames.never_compared.add(frame, a.line);
                }
                if a.hash != b.hash {
                    frames.differ.add(frame, a.line);
                    frames.first_difference.get_or_insert(Difference {
                        episode: episode + 1,
                        frame,
                        hashes: [a.hash, b.hash],
                        lines: [a.line, b.line],
                    });
                }
            }
            [Some(_), None] => frames.only[0] += 1,
            [None, Some(_)] => frames.only[1] += 1,
            [None, None] => {}
        }
    }

    fn finish(mut self) -> PeerComparison {
        for side in [0, 1] {
            while !self.sent[side].is_empty() {
                self.drop_oldest_sent(side);
            }
            while !self.received[side].is_empty() {
                self.drop_oldest_received(side);
            }
        }
        while !self.frames.is_empty() {
            self.finish_first_frame();
        }
        self.comparison
    }
}

/// Removes the newest of these entries, if there is one. Returns whether there was one.
fn take(waiting: &mut VecDeque<(Entry, u64)>, entry: Entry) -> bool {
    let at = waiting.iter().rposition(|(it, _)| *it == entry);
    at.is_some_and(|at| waiting.remove(at).is_some())
}
