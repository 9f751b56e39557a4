//! One of the two games: it acts at 60 Hz, hashes every fifth frame, and rolls back when inputs come.

use rollwire_codec::Digest;
use rollwire_reference::peer::{Channel, Options, Parameters, Peer, Phase, Refused};

use super::{account::Account, scenario::Scenario};
use crate::messages::hash_text;

/// What a peer has sent in one step. Its room is allocated before the game, so that nothing of it is
/// counted as the peer's.
#[derive(Debug)]
pub struct Outbox {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Outbox {
    const BYTES: usize = 1 << 20;
    const DATAGRAMS: usize = 1 << 14;

    fn new() -> Self {
        Self { bytes: Vec::with_capacity(Self::BYTES), ends: Vec::with_capacity(Self::DATAGRAMS) }
    }

    /// Hands each datagram on, and forgets it.
    pub fn empty(&mut self, mut each: impl FnMut(&[u8])) {
        let mut start = 0;
        for end in self.ends.drain(..) {
            each(&self.bytes[start..end]);
            start = end;
        }
        self.bytes.clear();
    }
}

impl Channel for Outbox {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        let has_room = self.bytes.len() + datagram.len() <= Self::BYTES;
        assert!(has_room && self.ends.len() < Self::DATAGRAMS, "much was sent in one step");
        self.bytes.extend_from_slice(datagram);
        self.ends.push(self.bytes.len());
        Ok(())
    }
}

/// A game with its peer.
#[derive(Debug)]
pub struct Side {
    pub peer: Peer,
    pub outbox: Outbox,
    account: Account,
    local: u16,
    next: u32,
    next_hash: u32,
    /// The episodes that are over, and the frames of the game in them.
    pub episodes: u32,
    pub confirmed: u32,
    pub hashed: u32,
}

impl Side {
    /// How many frames after the end of an episode the game says so: the last inputs are repeated.
    const DELAY: u32 = 10;

    pub fn new(local: u16, scenario: &Scenario) -> Self {
        let parameters =
            Parameters { lasting_hashes: scenario.lasting_hashes, ..Parameters::default() };
        let mut account = Account::default();
        let options = Options { local, parameters, ..Options::default() };
        let peer = account.of(|| Peer::new(options).expect("good options"));
        Self {
            peer,
            outbox: Outbox::new(),
            account,
            local,
            next: 0,
            next_hash: 0,
            episodes: 0,
            confirmed: 0,
            hashed: 0,
        }
    }

    /// The most that the peer has held at any time, with itself.
    pub fn peak(&self) -> usize {
        size_of::<Peer>() + self.account.peak()
    }

    pub fn receive(&mut self, datagram: &[u8]) {
        let Self { peer, outbox, account, .. } = self;
        account.of(|| peer.receive(datagram, outbox).map(drop)).expect("a message");
    }

    /// One step of the game, after what has arrived; `milliseconds` have passed since the last one.
    pub fn step(&mut self, milliseconds: u32, scenario: &Scenario) {
        let Self { peer, outbox, account, .. } = self;
        account.of(|| peer.advance(milliseconds, outbox)).expect("a short time");
        match peer.episode().map(|it| it.phase) {
            None => self.begin(),
            Some(Phase::Waiting) => {}
            Some(Phase::Playing | Phase::Ending) => self.play(scenario),
            Some(Phase::Complete) => {
                self.episodes += 1;
                self.confirmed += self.peer.confirmed().map_or(0, |it| it + 1);
                if self.episodes < scenario.episodes {
                    self.begin();
                }
            }
        }
    }

    pub fn is_over(&self, scenario: &Scenario) -> bool {
        self.episodes >= scenario.episodes
    }

    fn begin(&mut self) {
        let Self { peer, outbox, account, .. } = self;
        assert!(account.of(|| peer.ready(hash_text(), outbox)));
        (self.next, self.next_hash) = (0, 0);
    }

    fn play(&mut self, scenario: &Scenario) {
        let Self { peer, outbox, account, next, next_hash, .. } = self;
        account.of(|| {
            assert!(peer.act(*next, (*next % 7) as u8, outbox));
            *next += 1;
            // The game had guessed what has come in the meantime.
            if scenario.rolls_back && peer.confirmed() >= Some(*next_hash) {
                peer.begin_rollback(*next_hash);
                peer.end_rollback();
            }
            while peer.confirmed() >= Some(*next_hash) {
                // In a desync the two games differ from the first frame on.
                let of = if scenario.is_desync { self.local + 1 } else { 0 };
                let mixed = (u64::from(*next_hash) + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
                let hash = mixed.wrapping_add(u64::from(of)).to_be_bytes();
                peer.confirm(*next_hash, Digest::from_bytes(hash));
                *next_hash += 5;
                self.hashed += 1;
            }
            peer.tick(outbox);
            if scenario.takes_events {
                drop(peer.take_events());
            }
            // 20 frames have passed, and a frame has not come by itself.
            if peer.confirmed().map_or(0, |it| it + 1) + 20 < *next {
                peer.catch_up(outbox);
            }
            if *next == scenario.frames + Self::DELAY {
                peer.ended(scenario.frames, outbox);
            }
        });
    }
}
