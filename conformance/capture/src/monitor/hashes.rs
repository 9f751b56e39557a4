//! EXCH: the hashes that both sides send.

use std::collections::BTreeMap;

use super::objection::{Here, Objections, Side};

/// How many hashes of a side are remembered.
const REMEMBERED: usize = 65_536;

const DROPPED: &str = "a refused STATE_HASH that is not tried again first";

/// A hash and the line where it stands.
pub(super) type Heard = ([u8; 8], u64);

/// A frame for which the two sides have different hashes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The frame.
    pub frame: u32,
    /// The own hash, and the partner's.
    pub hashes: [[u8; 8]; 2],
    /// Where they stand.
    pub lines: [u64; 2],
}

/// The hashes of this episode.
#[derive(Debug, Default)]
pub(super) struct Hashes {
    own: BTreeMap<u32, Heard>,
    partner: BTreeMap<u32, Heard>,
    /// The refused one that comes first again, if it is certain that no rollback takes it away.
    refused: Option<(u32, [u8; 8])>,
    /// How many frames have hashes of both sides.
    pub(super) compared: u64,
    /// How many frames have two hashes of one side.
    pub(super) changed: [u64; 2],
}

impl Hashes {
    /// An episode begins, or records are missing.
    pub(super) fn clear(&mut self) {
        self.own.clear();
        self.partner.clear();
        self.refused = None;
    }

    /// The own side hands a hash over. `is_confirmed` says whether both players have acted up to its frame.
    pub(super) fn handed(
        &mut self,
        (here, accepted): (Here, bool),
        (frame, hash): (u32, [u8; 8]),
        is_confirmed: bool,
        objections: &mut Objections,
    ) -> Option<Difference> {
        // A hash that is sent more than once may stand before it in the queue (EXCH-36).
        let is_sent_again = self.own.get(&frame).is_some_and(|sent| sent.0 == hash);
        if let Some((first, expected)) = self.refused.take_if(|_| !is_sent_again)
            && (first, expected) != (frame, hash)
        {
            let detail = format!("frame {first} was refused, and frame {frame} comes next");
            objections.add(here, Side::Own, "EXCH-12", DROPPED, detail);
        }
        if !accepted {
            self.refused = is_confirmed.then_some((frame, hash));
            return None;
        }
        self.changed[0] += u64::from(insert(&mut self.own, frame, (hash, here.line)));
        self.compare(frame)
    }

    /// A hash arrives. One of a frame that the own player has not reached is of another episode.
    pub(super) fn received(
        &mut self,
        here: Here,
        (frame, hash): (u32, [u8; 8]),
    ) -> Option<Difference> {
        self.changed[1] += u64::from(insert(&mut self.partner, frame, (hash, here.line)));
        self.compare(frame)
    }

    fn compare(&mut self, frame: u32) -> Option<Difference> {
        let (own, partner) = (*self.own.get(&frame)?, *self.partner.get(&frame)?);
        self.compared += 1;
        (own.0 != partner.0).then_some(Difference {
            frame,
            hashes: [own.0, partner.0],
            lines: [own.1, partner.1],
        })
    }
}

/// Whether the frame had another hash before.
fn insert(hashes: &mut BTreeMap<u32, Heard>, frame: u32, heard: Heard) -> bool {
    let before = hashes.insert(frame, heard);
    if hashes.len() > REMEMBERED {
        hashes.pop_first();
    }
    before.is_some_and(|before| before.0 != heard.0)
}
