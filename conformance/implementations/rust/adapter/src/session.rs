//! One session: an exchange or a peer, and the channel that the kit scripts.

use std::io;

use rollwire_codec::StateHash;
use rollwire_reference::{
    exchange::{self, Exchange, Refused},
    peer::{self, OptionsError, Parameters, Peer},
};

use crate::{
    observation::Observation,
    options::Options,
    peer_stimuli::apply_to_peer,
    recorded::{PeerLogs, RecordedPeer},
    stimulus::{ForPeer, Sends, Stimulus},
};

/// An exchange or a peer, with its channel.
#[derive(Debug)]
pub(crate) struct Session {
    subject: Subject,
    channel: ScriptedChannel,
}

#[derive(Debug)]
enum Subject {
    Exchange(Exchange),
    Peer(Box<Peer>),
    /// Only for tests of its log.
    Recorded(Box<RecordedPeer>),
}

impl Session {
    pub(crate) fn of_exchange(options: Options) -> Self {
        let mut exchange = Exchange::new();
        if let Some(sends) = options.lasting_hashes {
            exchange = exchange.with_lasting_hashes(sends);
        }
        Self { subject: Subject::Exchange(exchange), channel: ScriptedChannel::default() }
    }

    /// A session of a peer with every chapter, and the default parameters unless hashes last.
    ///
    /// # Errors
    /// When the player index is neither 0 nor 1.
    pub(crate) fn of_peer(
        options: Options,
        local: u16,
        first_frame: u32,
    ) -> Result<Self, OptionsError> {
        let Options { lasting_hashes } = options;
        let parameters = Parameters { lasting_hashes, ..Parameters::default() };
        let options = peer::Options { local, first_frame, parameters, ..peer::Options::default() };
        let peer = Peer::new(options)?;
        Ok(Self { subject: Subject::Peer(Box::new(peer)), channel: ScriptedChannel::default() })
    }

    /// The same session with a log of its own, if it is one of a peer.
    ///
    /// # Errors
    /// When the log cannot be created.
    pub(crate) fn recorded(self, logs: &mut PeerLogs) -> io::Result<Self> {
        let subject = match self.subject {
            Subject::Peer(peer) => Subject::Recorded(Box::new(logs.record(*peer)?)),
            other => other,
        };
        Ok(Self { subject, ..self })
    }

    /// Completes the log, if there is one.
    ///
    /// # Errors
    /// When a line of the log could not be written.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.subject {
            Subject::Recorded(peer) => peer.finish().map(drop),
            Subject::Exchange(_) | Subject::Peer(_) => Ok(()),
        }
    }

    /// Whether this stimulus is one for the subject of this session.
    pub(crate) const fn takes(&self, stimulus: &Stimulus) -> bool {
        match self.subject {
            Subject::Exchange(_) => !stimulus.is_for_peer(),
            Subject::Peer(_) | Subject::Recorded(_) => true,
        }
    }

    /// Applies one stimulus.
    pub(crate) fn apply(&mut self, stimulus: &Stimulus) {
        // The channel of an exchange says by itself whether it is open; a peer is told.
        match stimulus {
            Stimulus::Channel { is_open } => self.channel.is_closed = !is_open,
            Stimulus::Sends(sends) => self.channel.sends = sends.clone(),
            _ => {}
        }
        match &mut self.subject {
            Subject::Exchange(exchange) => apply_to_exchange(stimulus, exchange, &mut self.channel),
            Subject::Peer(peer) => apply_to_peer!(stimulus, peer, &mut self.channel),
            Subject::Recorded(peer) => apply_to_peer!(stimulus, peer, &mut self.channel),
        }
    }

    /// Observes what has become of the subject, and what was sent since the last observation.
    pub(crate) fn observe(&mut self) -> Observation {
        let sent = std::mem::take(&mut self.channel.sent);
        match &self.subject {
            Subject::Exchange(exchange) => Observation::of_exchange(exchange, sent),
            Subject::Peer(peer) => Observation::of_peer(peer, sent),
            Subject::Recorded(peer) => Observation::of_peer(peer, sent),
        }
    }
}

fn apply_to_exchange(stimulus: &Stimulus, exchange: &mut Exchange, channel: &mut ScriptedChannel) {
    match stimulus {
        Stimulus::Confirm { frame, hash } => exchange.confirm(*frame, *hash),
        Stimulus::Tick => {
            exchange.tick(channel);
        }
        Stimulus::Receive(datagram) => {
            // A datagram that is refused is observed like any other: it has changed nothing.
            let _ = exchange.receive(datagram);
        }
        Stimulus::BeginRollback { target } => exchange.begin_rollback(*target),
        Stimulus::EndRollback => exchange.end_rollback(),
        Stimulus::Reset => exchange.reset(),
        Stimulus::Channel { .. } | Stimulus::Sends(_) | Stimulus::ForPeer(_) => {}
    }
}

/// A channel that accepts and refuses as the kit told it to.
///
/// It does so while it is closed as well. A real channel would refuse, but here the attempt has to
/// be seen, because sending on a closed channel is what EXCH-10 and PEER-3 forbid.
#[derive(Debug, Default)]
struct ScriptedChannel {
    is_closed: bool,
    sends: Sends,
    /// The datagrams that it accepted since the last observation.
    sent: Vec<Vec<u8>>,
}

impl peer::Channel for ScriptedChannel {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        if datagram.first().is_some_and(|kind| self.sends.are_about(*kind)) {
            if self.sends.accept > 0 {
                self.sends.accept -= 1;
            } else if self.sends.refuse > 0 {
                self.sends.refuse -= 1;
                return Err(Refused);
            }
        }
        self.sent.push(datagram.to_vec());
        Ok(())
    }
}

impl exchange::Channel for ScriptedChannel {
    fn is_open(&self) -> bool {
        !self.is_closed
    }

    fn send(&mut self, datagram: &[u8; StateHash::LEN]) -> Result<(), Refused> {
        peer::Channel::send(self, datagram)
    }
}
