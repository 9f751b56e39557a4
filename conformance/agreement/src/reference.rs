//! `rollwire-reference` in this process, observed like a session of an adapter. The fuzz
//! target `exchange` uses it too.

use rollwire_codec::Digest;
use rollwire_model::exchange::{
    ChannelState, Datagram, Mismatch, Observation, Refusals, Rollback, Sends, StateHash, Stimulus,
};
use rollwire_reference::exchange::{Channel, Exchange, Refused};

/// An exchange of the reference implementation and its channel.
#[derive(Debug)]
pub struct Reference {
    exchange: Exchange,
    channel: Scripted,
}

/// A channel that accepts and refuses as a stimulus says, and keeps what it accepted.
#[derive(Debug)]
struct Scripted {
    open: bool,
    sends: Sends,
    sent: Vec<Datagram>,
}

impl Channel for Scripted {
    fn is_open(&self) -> bool {
        self.open
    }

    fn send(&mut self, datagram: &[u8; 13]) -> Result<(), Refused> {
        if self.sends.accept > 0 {
            self.sends.accept -= 1;
        } else {
            match &mut self.sends.refuse {
                Refusals::All(_) => return Err(Refused),
                Refusals::Count(0) => {}
                Refusals::Count(left) => {
                    *left -= 1;
                    return Err(Refused);
                }
            }
        }
        self.sent.push(Datagram::new(datagram.to_vec()));
        Ok(())
    }
}

impl Default for Reference {
    fn default() -> Self {
        Self::new()
    }
}

impl Reference {
    /// A new exchange on a channel that is open and accepts everything.
    #[must_use]
    pub fn new() -> Self {
        let sends = "sends accept 0 refuse 0 by false".parse();
        let Ok(Stimulus::Sends(sends)) = sends else { panic!("{sends:?}") };
        let channel = Scripted { open: true, sends, sent: Vec::new() };
        Self { exchange: Exchange::new(), channel }
    }

    /// Applies one stimulus, and observes.
    pub fn step(&mut self, stimulus: &Stimulus) -> Observation {
        let exchange = &mut self.exchange;
        match stimulus {
            Stimulus::Confirm { frame, hash } => {
                exchange.confirm(*frame, Digest::from_bytes(hash.0));
            }
            Stimulus::Tick {} => drop(exchange.tick(&mut self.channel)),
            Stimulus::Recv(datagram) => drop(exchange.receive(datagram.bytes())),
            Stimulus::Rollback(Rollback::Begin(target)) => exchange.begin_rollback(*target),
            Stimulus::Rollback(Rollback::End) => exchange.end_rollback(),
            Stimulus::Reset {} => exchange.reset(),
            Stimulus::Channel(state) => self.channel.open = *state == ChannelState::Open,
            Stimulus::Sends(sends) => self.channel.sends = *sends,
            // Those of a peer mean nothing to an exchange.
            _ => {}
        }
        self.observe()
    }

    fn observe(&mut self) -> Observation {
        let hash = |digest: Digest| StateHash(*digest.as_bytes());
        let entry = |(frame, digest): (u32, Digest)| (frame, hash(digest));
        let mut history: Vec<_> = self.exchange.history().map(entry).collect();
        history.sort_unstable();
        Observation {
            sent: std::mem::take(&mut self.channel.sent),
            queue: self.exchange.queue().map(entry).collect(),
            map: self.exchange.inbound().map(entry).collect(),
            history,
            verified: self.exchange.verified(),
            events: self
                .exchange
                .events()
                .iter()
                .map(|event| Mismatch {
                    frame: event.frame,
                    local: hash(event.local),
                    peer: hash(event.peer),
                })
                .collect(),
            ..Observation::default()
        }
    }
}
