//! What is seen of an exchange after each stimulus, and how it is written.

use rollwire_codec::{Digest, StateHash};
use rollwire_reference::exchange::{Exchange, Mismatch};
use serde::{Serialize, Serializer, ser::Error};

/// The exchange after a stimulus, with what it sent meanwhile. The members are those of the answer.
#[derive(Serialize)]
pub(crate) struct Observation {
    sent: Vec<Hex<{ StateHash::LEN }>>,
    queue: Vec<FrameAndHash>,
    map: Vec<FrameAndHash>,
    history: Vec<FrameAndHash>,
    verified: Option<u32>,
    events: Vec<Event>,
}

/// An array of two elements in JSON.
type FrameAndHash = (u32, Hash);

type Hash = Hex<{ Digest::LEN }>;

#[derive(Serialize)]
struct Event {
    frame: u32,
    local: Hash,
    peer: Hash,
}

impl Observation {
    /// Observes an exchange, whose channel accepted these datagrams during the stimulus.
    pub(crate) fn of(exchange: &Exchange, sent: &[[u8; StateHash::LEN]]) -> Self {
        let mut history: Vec<FrameAndHash> = exchange.history().map(frame_and_hash).collect();
        // The exchange keeps it in the order of confirmation; the answer has it by frame.
        history.sort_unstable_by_key(|&(frame, _)| frame);
        Self {
            sent: sent.iter().copied().map(Hex).collect(),
            queue: exchange.queue().map(frame_and_hash).collect(),
            map: exchange.inbound().map(frame_and_hash).collect(),
            history,
            verified: exchange.verified(),
            // The adapter never takes events out, so these are all since the last reset.
            events: exchange.events().iter().map(Event::from).collect(),
        }
    }
}

fn frame_and_hash((frame, hash): (u32, Digest)) -> FrameAndHash {
    (frame, Hex(hash.to_bytes()))
}

impl From<&Mismatch> for Event {
    fn from(mismatch: &Mismatch) -> Self {
        Self {
            frame: mismatch.frame,
            local: Hex(mismatch.local.to_bytes()),
            peer: Hex(mismatch.peer.to_bytes()),
        }
    }
}

/// Bytes that are written as lower-case hex.
struct Hex<const LEN: usize>([u8; LEN]);

/// Digits are written by the thousand, so they are put together without a `String` each.
impl<const LEN: usize> Serialize for Hex<LEN> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The longest of these are datagrams of STATE_HASH.
        let mut buffer = [0; 2 * StateHash::LEN];
        let digits = &mut buffer[..2 * LEN];
        hex::encode_to_slice(self.0, digits).map_err(S::Error::custom)?;
        serializer.serialize_str(str::from_utf8(digits).map_err(S::Error::custom)?)
    }
}
