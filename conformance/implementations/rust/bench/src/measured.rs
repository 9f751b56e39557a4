//! The one function whose instructions are counted, and a channel that costs next to nothing.

use std::hint::black_box;

use rollwire_reference::peer::{Channel, Peer, Refused};

/// The only function whose instructions are counted: each call of it is one sample. `run` names it to
/// callgrind.
#[inline(never)]
pub fn measured(step: &mut dyn FnMut()) {
    step();
}

/// One call of [`measured`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// What was measured: the row of the table.
    pub case: &'static str,
    /// The length of the datagram; 0 if the game did something instead.
    pub received: usize,
    /// The length of everything that was sent.
    pub sent: usize,
}

/// A channel that counts what it is given, unless it refuses it.
#[derive(Debug, Default)]
pub struct Sink {
    pub refuses: bool,
    pub datagrams: usize,
    pub bytes: usize,
}

impl Channel for Sink {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        if self.refuses {
            return Err(Refused);
        }
        self.datagrams += 1;
        self.bytes += black_box(datagram).len();
        Ok(())
    }
}

/// All samples, in the order in which they were measured.
#[derive(Debug, Default)]
pub struct Samples(Vec<Sample>);

impl Samples {
    pub fn all(&self) -> &[Sample] {
        &self.0
    }

    /// Measures how a peer receives a datagram, and returns how many bytes it has answered.
    pub fn receive(&mut self, case: &'static str, peer: &mut Peer, datagram: &[u8]) -> usize {
        let mut sink = Sink::default();
        measured(&mut || {
            // A refusal is an answer too.
            let _ = black_box(peer.receive(black_box(datagram), &mut sink));
        });
        self.0.push(Sample { case, received: datagram.len(), sent: sink.bytes });
        sink.bytes
    }

    /// Measures what the game does, and returns what was sent.
    pub fn stimulus<R>(
        &mut self,
        case: &'static str,
        peer: &mut Peer,
        step: impl Fn(&mut Peer, &mut Sink) -> R,
    ) -> Sink {
        let mut sink = Sink::default();
        measured(&mut || {
            black_box(step(peer, &mut sink));
        });
        self.0.push(Sample { case, received: 0, sent: sink.bytes });
        sink
    }
}
