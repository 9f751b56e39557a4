//! Logs of ordinary sessions, of any length, from a seed: the model plays them and is logged.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_model::{
    Model,
    exchange::{Datagram, Session, StateHash, Stimulus},
};

/// The frames of an episode: ten minutes at sixty a second.
const EPISODE: u32 = 36_000;

/// Deployed peers hash every fifth frame.
const HASHED: u32 = 5;

/// What was written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Written {
    pub(crate) bytes: u64,
    pub(crate) lines: u64,
    /// The line with the violation.
    pub(crate) planted: Option<u64>,
}

/// Writes the log of a session, at least `bytes` bytes of it. The first tick after `plant` bytes that
/// sends a hash is logged as if it had sent nothing.
pub(crate) fn write(
    out: &mut impl Write,
    seed: u64,
    bytes: u64,
    plant: Option<u64>,
) -> io::Result<Written> {
    let mut game = Game {
        out,
        session: Session::specified(&Model::latest()),
        chance: ChaCha8Rng::seed_from_u64(seed),
        verified: None,
        plant,
        written: Written::default(),
    };
    game.line(r#"{"trace":1,"revision":7,"capabilities":["exchange","detect"]}"#)?;
    while game.written.bytes < bytes {
        game.episode(bytes)?;
    }
    Ok(game.written)
}

struct Game<'a, W> {
    out: &'a mut W,
    session: Session,
    chance: ChaCha8Rng,
    verified: Option<u32>,
    plant: Option<u64>,
    written: Written,
}

impl<W: Write> Game<'_, W> {
    /// An episode: a tick each frame, a hash every fifth, a rollback now and then. Of the peer's hashes
    /// one in a hundred is lost, and some overtake others.
    fn episode(&mut self, bytes: u64) -> io::Result<()> {
        let salt = self.chance.next_u64();
        let hash = |frame: u32| {
            let mixed = (salt ^ u64::from(frame)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            StateHash(mixed.to_be_bytes())
        };
        let mut arriving: BTreeMap<u32, Vec<Datagram>> = BTreeMap::new();
        for frame in 0..EPISODE {
            for datagram in arriving.remove(&frame).unwrap_or_default() {
                self.happens(&Stimulus::Recv(datagram))?;
            }
            if frame.is_multiple_of(HASHED) {
                self.happens(&Stimulus::Confirm { frame, hash: hash(frame) })?;
                if !self.one_in(100) {
                    let due = frame + 4 + self.below(9);
                    arriving.entry(due).or_default().push(Datagram::state_hash(frame, hash(frame)));
                }
            }
            if self.one_in(40) {
                let target = frame.saturating_sub(self.below(8));
                self.happens(&Stimulus::begin(target))?;
                for again in (target..=frame).filter(|again| again.is_multiple_of(HASHED)) {
                    self.happens(&Stimulus::Confirm { frame: again, hash: hash(again) })?;
                }
                self.happens(&Stimulus::END)?;
            }
            self.happens(&Stimulus::TICK)?;
            if self.written.bytes >= bytes {
                return Ok(());
            }
        }
        self.happens(&Stimulus::RESET)
    }

    fn happens(&mut self, stimulus: &Stimulus) -> io::Result<()> {
        let mut sent = self.session.apply(stimulus);
        if !sent.is_empty() && self.plant.is_some_and(|plant| plant <= self.written.bytes) {
            self.plant = None;
            self.written.planted = Some(self.written.lines + 1);
            sent.clear();
        }
        let mut line = serde_json::to_string(stimulus)?;
        line.pop();
        if !sent.is_empty() {
            line += r#","sent":"#;
            line += &serde_json::to_string(&sent)?;
        }
        let verified = self.session.state().verified;
        if verified != self.verified {
            line += r#","verified":"#;
            line += &serde_json::to_string(&verified)?;
            self.verified = verified;
        }
        line.push('}');
        self.line(&line)
    }

    fn line(&mut self, line: &str) -> io::Result<()> {
        self.written.lines += 1;
        self.written.bytes += line.len() as u64 + 1;
        writeln!(self.out, "{line}")
    }

    fn below(&mut self, bound: u32) -> u32 {
        self.chance.next_u32() % bound
    }

    fn one_in(&mut self, many: u32) -> bool {
        self.below(many) == 0
    }
}
