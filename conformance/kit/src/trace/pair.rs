//! Two logs of one session, one of each peer: what was lost between them, and where they part.
//!
//! The logs have no common clock. Both are read side by side, the one that has confirmed less always
//! first, so that memory does not depend on how long they are.

use std::{
    collections::{BTreeMap, VecDeque},
    io::BufRead,
};

use rollwire_model::exchange::{Entry, StateHash};
use serde::Serialize;

use super::log::{Findings, Happened, Log, Unreadable};

/// A hash that is not received within so many later ones is lost, and frames are compared within as
/// many.
const WINDOW: usize = 4096;

/// How many of a kind are named.
const NAMED: usize = 8;

/// The two logs of a session, in the order in which they were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// What each of them is on its own.
    pub logs: [Findings; 2],
    /// What passed between them.
    pub crossing: Crossing,
}

/// What passed between two peers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Crossing {
    /// From the first to the second, and back.
    pub ways: [Way; 2],
    /// What both have hashed.
    pub frames: Frames,
}

/// The hashes on their way from one peer to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Way {
    /// How many were sent.
    pub sent: u64,
    /// Those that the other peer never received.
    pub lost: Named,
    /// Those that the other peer received, and nobody sent.
    pub never_sent: Named,
}

/// The frames of both peers, each with its newest confirmation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Frames {
    /// How many both have confirmed.
    pub both: u64,
    /// How many only one of them has.
    pub only: [u64; 2],
    /// How many of those of both each has compared.
    pub compared: [u64; 2],
    /// Those that neither has compared; the line is the one in the first log that confirms it.
    pub never_compared: Named,
    /// Those whose hashes differ; the line is the one in the first log that confirms it.
    pub differ: Named,
    /// The first of these.
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

/// How many there are, and which are the first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: Vec<Place>,
}

/// A frame, and the line that has to do with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The frame.
    pub frame: u32,
    /// The line.
    pub line: u64,
}

impl Named {
    fn add(&mut self, frame: u32, line: u64) {
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(Place { frame, line });
        }
    }
}

/// Reads two logs side by side.
///
/// # Errors
/// What the system says.
pub fn check<A: BufRead, B: BufRead>(mut a: Log<A>, mut b: Log<B>) -> Result<Pair, Unreadable> {
    let mut peers = Peers::default();
    let mut ended = [false; 2];
    loop {
        let side = match ended {
            [true, true] => break,
            [true, false] => 1,
            [false, true] => 0,
            [false, false] => usize::from(peers.clocks[1] < peers.clocks[0]),
        };
        match if side == 0 { a.happened() } else { b.happened() }? {
            Some(happened) => peers.happened(side, &happened),
            None => ended[side] = true,
        }
    }
    Ok(Pair { logs: [a.findings(), b.findings()], crossing: peers.finish() })
}

/// How far a log is: the episode, and the highest frame that was confirmed in it.
type Clock = (u64, Option<u32>);

/// Both peers at the same time.
#[derive(Debug, Default)]
struct Peers {
    clocks: [Clock; 2],
    /// What each has sent and nobody received yet, and the other way round, with its line.
    sent: [VecDeque<(Entry, u64)>; 2],
    received: [VecDeque<(Entry, u64)>; 2],
    frames: BTreeMap<(u64, u32), [Option<Confirmed>; 2]>,
    crossing: Crossing,
}

/// A frame of one peer.
#[derive(Clone, Copy, Debug)]
struct Confirmed {
    hash: StateHash,
    line: u64,
    compared: bool,
}

impl Peers {
    fn happened(&mut self, side: usize, happened: &Happened) {
        let line = happened.line;
        if happened.begins && self.clocks[side].1.is_some() {
            self.clocks[side] = (self.clocks[side].0 + 1, None);
        }
        let episode = self.clocks[side].0;
        if let Some(target) = happened.withdrawn {
            for (_, peers) in self.frames.range_mut((episode, target)..=(episode, u32::MAX)) {
                peers[side] = None;
            }
        }
        if let Some((frame, hash)) = happened.confirmed {
            self.clocks[side].1 = self.clocks[side].1.max(Some(frame));
            let confirmed = Confirmed { hash, line, compared: false };
            self.frames.entry((episode, frame)).or_default()[side] = Some(confirmed);
            if self.frames.len() > WINDOW {
                self.give_up_the_first_frame();
            }
        }
        for frame in &happened.compared {
            let peers = self.frames.get_mut(&(episode, *frame));
            if let Some(confirmed) = peers.and_then(|peers| peers[side].as_mut()) {
                confirmed.compared = true;
            }
        }
        for entry in &happened.sent {
            self.sends(side, *entry, line);
        }
        if let Some(entry) = happened.received {
            self.receives(side, entry, line);
        }
    }

    fn sends(&mut self, side: usize, entry: Entry, line: u64) {
        self.crossing.ways[side].sent += 1;
        if !take(&mut self.received[1 - side], entry) {
            self.sent[side].push_back((entry, line));
            if self.sent[side].len() > WINDOW {
                self.lose(side);
            }
        }
    }

    fn receives(&mut self, side: usize, entry: Entry, line: u64) {
        if !take(&mut self.sent[1 - side], entry) {
            self.received[side].push_back((entry, line));
            if self.received[side].len() > WINDOW {
                self.find_nobody(side);
            }
        }
    }

    fn lose(&mut self, side: usize) {
        if let Some(((frame, _), line)) = self.sent[side].pop_front() {
            self.crossing.ways[side].lost.add(frame, line);
        }
    }

    fn find_nobody(&mut self, side: usize) {
        if let Some(((frame, _), line)) = self.received[side].pop_front() {
            self.crossing.ways[1 - side].never_sent.add(frame, line);
        }
    }

    fn give_up_the_first_frame(&mut self) {
        let Some(((episode, frame), peers)) = self.frames.pop_first() else { return };
        let frames = &mut self.crossing.frames;
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

    fn finish(mut self) -> Crossing {
        for side in [0, 1] {
            while !self.sent[side].is_empty() {
                self.lose(side);
            }
            while !self.received[side].is_empty() {
                self.find_nobody(side);
            }
        }
        while !self.frames.is_empty() {
            self.give_up_the_first_frame();
        }
        self.crossing
    }
}

/// Takes the newest of these entries out, if it is there.
fn take(waiting: &mut VecDeque<(Entry, u64)>, entry: Entry) -> bool {
    let at = waiting.iter().rposition(|(it, _)| *it == entry);
    at.is_some_and(|at| waiting.remove(at).is_some())
}
