//! A channel for tests, and messages in short.

use rollwire_codec::{
    Entries, EpisodeEnd, EpisodeReady, HashText, Input, InputEntry, InputResponse, Message, decode,
};
use rollwire_reference::peer::{Channel, Chapters, Options, Peer, Refused};

/// A channel that keeps what it has accepted, and refuses while it is told to.
#[derive(Default)]
pub(crate) struct Script {
    pub(crate) refuses: bool,
    pub(crate) sent: Vec<Vec<u8>>,
}

impl Channel for Script {
    fn send(&mut self, datagram: &[u8]) -> Result<(), Refused> {
        if self.refuses {
            return Err(Refused);
        }
        self.sent.push(datagram.to_vec());
        Ok(())
    }
}

impl Script {
    /// How many datagrams of this type were sent since the last call of `clear`.
    pub(crate) fn count(&self, kind: u8) -> usize {
        self.sent.iter().filter(|it| it[0] == kind).count()
    }

    /// The frames of the entries of each INPUT and INPUT_RESPONSE that was sent; all is forgotten.
    pub(crate) fn take_frames(&mut self) -> Vec<Vec<u32>> {
        let frames = |datagram: &Vec<u8>| {
            match decode(datagram).unwrap() {
                Message::Input(it) => Some(it.entries()),
                Message::InputResponse(it) => Some(it.entries),
                _ => None,
            }
            .map(|entries| entries.iter().map(|it| it.frame).collect())
        };
        std::mem::take(&mut self.sent).iter().filter_map(frames).collect()
    }
}

/// No chapter at all.
pub(crate) const NONE: Chapters = Chapters {
    inputs: false,
    liveness: false,
    validation: false,
    episodes: false,
    catch_up: false,
    focus: false,
    exchange: false,
};

/// Player 0 from frame 0 on, with these chapters.
pub(crate) fn peer_with(chapters: Chapters) -> Peer {
    Peer::new(Options { chapters, ..Options::default() }).unwrap()
}

/// Player 0 with inputs and nothing else.
pub(crate) fn peer_of_inputs() -> Peer {
    peer_with(Chapters { inputs: true, ..NONE })
}

/// A channel that accepts everything.
pub(crate) fn channel() -> Script {
    Script::default()
}

pub(crate) fn bytes<'a>(message: impl Into<Message<'a>>) -> Vec<u8> {
    let message = message.into();
    let mut out = vec![0; message.encoded_len()];
    message.encode(&mut out).unwrap();
    out
}

/// Delivers a message; what the peer answers is sent over the channel.
pub(crate) fn deliver<'a>(peer: &mut Peer, message: impl Into<Message<'a>>, channel: &mut Script) {
    peer.receive(&bytes(message), channel).unwrap();
}

fn wire(entries: &[(u32, u8)]) -> Vec<[u8; 5]> {
    entries.iter().map(|&(frame, action)| InputEntry { frame, action }.to_wire()).collect()
}

/// Delivers an INPUT of player 1.
pub(crate) fn input(peer: &mut Peer, entries: &[(u32, u8)]) {
    let wire = wire(entries);
    let message = Input::new(1, 0, Entries::new(&wire).unwrap()).unwrap();
    deliver(peer, message, &mut channel());
}

/// Delivers an INPUT_RESPONSE of player 1.
pub(crate) fn response(peer: &mut Peer, entries: &[(u32, u8)]) {
    let wire = wire(entries);
    let message = InputResponse { player: 1, entries: Entries::new(&wire).unwrap() };
    deliver(peer, message, &mut channel());
}

pub(crate) fn receive_ready(peer: &mut Peer, episode: u32, hash: &str, channel: &mut Script) {
    deliver(peer, EpisodeReady { episode, hash: HashText::new(hash).unwrap() }, channel);
}

pub(crate) fn receive_end(peer: &mut Peer, frame: u32, episode: u32, channel: &mut Script) {
    deliver(peer, EpisodeEnd { frame, episode }, channel);
}

/// The game is ready, with a hash of eight times this digit.
pub(crate) fn ready(peer: &mut Peer, digit: &str, channel: &mut Script) -> bool {
    peer.ready(HashText::new(&digit.repeat(8)).unwrap(), channel)
}

/// The first episode starts at both.
pub(crate) fn start(peer: &mut Peer, channel: &mut Script) {
    ready(peer, "a", channel);
    receive_ready(peer, 1, "aaaaaaaa", channel);
    channel.sent.clear();
}

pub(crate) fn held(peer: &Peer) -> Vec<(u32, u8)> {
    peer.held().map(|it| (it.frame, it.action)).collect()
}
