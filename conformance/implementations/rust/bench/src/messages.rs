//! Datagrams in short. The partner of a measured peer is player 1.

use rollwire_codec::{
    Entries, EpisodeEnd, EpisodeReady, HashText, Input, InputEntry, InputRequest, InputResponse,
    Message, StateHash,
};

/// The message as it is sent.
pub fn bytes<'a>(message: impl Into<Message<'a>>) -> Vec<u8> {
    let message = message.into();
    let mut out = vec![0; message.encoded_len()];
    message.encode(&mut out).expect("the buffer is long enough");
    out
}

/// An INPUT of the partner with these frames; the action of each is its lowest bits.
pub fn input(frames: impl IntoIterator<Item = u32>) -> Vec<u8> {
    let wire = wire(frames);
    let entries = Entries::new(&wire).expect("few entries");
    bytes(Input::new(1, 0, entries).expect("1 to 15 entries"))
}

/// The same as an INPUT_RESPONSE.
pub fn response(frames: impl IntoIterator<Item = u32>) -> Vec<u8> {
    let wire = wire(frames);
    bytes(InputResponse { player: 1, entries: Entries::new(&wire).expect("at most 65535 entries") })
}

fn wire(frames: impl IntoIterator<Item = u32>) -> Vec<[u8; InputEntry::LEN]> {
    let entry = |frame: u32| InputEntry { frame, action: (frame % 256) as u8 };
    frames.into_iter().map(|frame| entry(frame).to_wire()).collect()
}

pub fn request(first: u32, last: u32) -> Vec<u8> {
    bytes(InputRequest::new(first, last).expect("the range ascends"))
}

pub fn ready(episode: u32) -> Vec<u8> {
    bytes(EpisodeReady { episode, hash: hash_text() })
}

/// The hash that both games have when they are ready.
pub fn hash_text() -> HashText<'static> {
    HashText::new("aaaaaaaa").expect("eight digits")
}

pub fn end(frame: u32, episode: u32) -> Vec<u8> {
    bytes(EpisodeEnd { frame, episode })
}

pub fn state_hash(frame: u32, byte: u8) -> Vec<u8> {
    bytes(StateHash { frame, hash: &[byte; 8] })
}
