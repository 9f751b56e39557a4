//! What is seen of an exchange after each stimulus, and how it is written.

use rollwire_codec::Digest;
use rollwire_reference::{
    exchange::{Exchange, Mismatch},
    peer::Peer,
};
use serde::{Serialize, Serializer, ser::Error};

use crate::peer::PeerState;

/// An exchange or a peer after a stimulus, with what it sent meanwhile. The members are those of the
/// answer.
#[derive(Serialize)]
pub(crate) struct Observation {
    sent: Vec<Datagram>,
    queue: Vec<FrameAndHash>,
    map: Vec<FrameAndHash>,
    history: Vec<FrameAndHash>,
    verified: Option<u32>,
    events: Vec<Event>,
    #[serde(flatten)]
    peer: Option<PeerState>,
}

/// An array of two elements in JSON.
type FrameAndHash = (u32, Hash);

#[derive(Serialize)]
struct Event {
    frame: u32,
    local: Hash,
    peer: Hash,
}

impl Observation {
    /// Observes an exchange, whose channel accepted these datagrams during the stimulus.
    pub(crate) fn of_exchange(exchange: &Exchange, sent: Vec<Vec<u8>>) -> Self {
        let mut history: Vec<FrameAndHash> = exchange.history().map(frame_and_hash).collect();
        // The exchange keeps it in the order of confirmation; the answer has it by frame.
        history.sort_unstable_by_key(|&(frame, _)| frame);
        Self {
            sent: sent.into_iter().map(Datagram).collect(),
            queue: exchange.queue().map(frame_and_hash).collect(),
            map: exchange.inbound().map(frame_and_hash).collect(),
            history,
            verified: exchange.verified(),
            // The adapter never takes events out, so these are all since the last reset.
            events: exchange.events().iter().map(Event::from).collect(),
            peer: None,
        }
    }

    /// Observes a peer and its exchange in the same way.
    pub(crate) fn of_peer(peer: &Peer, sent: Vec<Vec<u8>>) -> Self {
        Self { peer: Some(PeerState::of(peer)), ..Self::of_exchange(peer.exchange(), sent) }
    }
}

fn frame_and_hash((frame, hash): (u32, Digest)) -> FrameAndHash {
    (frame, Hash(hash))
}

impl From<&Mismatch> for Event {
    fn from(mismatch: &Mismatch) -> Self {
        Self { frame: mismatch.frame, local: Hash(mismatch.local), peer: Hash(mismatch.peer) }
    }
}

/// Bytes that are written as lower-case hex.
struct Datagram(Vec<u8>);

impl Serialize for Datagram {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(&self.0))
    }
}

/// A hash that is written as lower-case hex.
struct Hash(Digest);

/// Hashes are written by the thousand, so they are put together without a `String` each.
impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = [0; 2 * Digest::LEN];
        hex::encode_to_slice(self.0.as_bytes(), &mut digits).map_err(S::Error::custom)?;
        serializer.serialize_str(str::from_utf8(&digits).map_err(S::Error::custom)?)
    }
}
