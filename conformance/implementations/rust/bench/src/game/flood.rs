//! What a hostile partner sends besides what its game needs: one datagram of each kind in each step.

use fastrand::Rng;
use rollwire_codec::{
    FocusState, Ping, Pong, StateHash, Timestamp, ValidationPing, ValidationPong,
};
use rollwire_reference::{exchange::Exchange, peer::Peer};

use crate::messages::{bytes, end, input, ready, request, response};

/// A hostile partner, which knows where the game is.
#[derive(Debug)]
pub struct Flood {
    rng: Rng,
    steps: u32,
}

impl Flood {
    /// How many frames beyond the confirmed one an entry may be.
    const AHEAD: u32 = 4096;

    pub fn new(seed: u64) -> Self {
        Self { rng: Rng::with_seed(seed), steps: 0 }
    }

    /// The datagrams of one step, for this peer.
    pub fn step(&mut self, peer: &Peer) -> Vec<Vec<u8>> {
        self.steps += 1;
        let confirmed = peer.confirmed().unwrap_or(0);
        let episode = peer.episode().map_or(0, |it| it.number);
        let rng = &mut self.rng;
        let timestamp = Timestamp::from_millis(rng.f64() * 1e6);
        let hash = &rng.u64(..).to_be_bytes();
        // A wrong hash, of a frame that is in the history of the peer.
        let back = 5 * rng.u32(..Exchange::MAX_HISTORY as u32);
        let hashed = (confirmed / 5 * 5).saturating_sub(back);
        let far: Vec<u32> = (0..15).map(|_| confirmed + 50 + rng.u32(..Self::AHEAD - 50)).collect();
        let mut datagrams = vec![
            bytes(StateHash { frame: hashed, hash }),
            bytes(StateHash { frame: rng.u32(..), hash }),
            bytes(StateHash { frame: 5 * rng.u32(..30_000), hash }),
            input(far),
            // Not the current one: the game would end where the partner says.
            end(rng.u32(..), episode.wrapping_add([u32::MAX, 1, 2][rng.usize(..3)])),
        ];
        datagrams.push(match self.steps % 8 {
            0 => bytes(Ping { timestamp }),
            1 | 5 => bytes(Pong { timestamp }),
            2 => bytes(ValidationPing { timestamp }),
            3 => bytes(ValidationPong { timestamp }),
            4 => bytes(FocusState { focused: rng.bool(), frame: confirmed }),
            _ => ready(episode.wrapping_add(rng.u32(..4))),
        });
        match self.steps % 120 {
            0 => datagrams.push(request(0, u32::MAX)),
            60 => datagrams.push(response(confirmed + 800..confirmed + 4075)),
            _ => {}
        }
        datagrams
    }
}
