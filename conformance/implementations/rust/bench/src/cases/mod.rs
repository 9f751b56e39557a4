//! What is measured. Each case prepares a peer, and checks that it was in the state that its name says.

mod hashes;
mod inputs;
mod others;
mod own;
mod requests;

use rollwire_codec::{Digest, Timestamp, ValidationPing, ValidationPong};
use rollwire_reference::peer::{Options, Parameters, Peer, Phase, ValidationState};

use crate::{
    measured::{Samples, Sink},
    messages::{bytes, hash_text, input, ready},
};

/// Measures all cases, in the order of the table.
pub fn all() -> Samples {
    let mut samples = Samples::default();
    inputs::measure(&mut samples);
    requests::measure(&mut samples);
    others::measure(&mut samples);
    hashes::measure(&mut samples);
    own::measure(&mut samples);
    samples
}

/// A peer that is validated and plays, with these parameters.
fn started_with(parameters: Parameters) -> Peer {
    let mut peer = Peer::new(Options { parameters, ..Options::default() }).expect("good options");
    let mut sink = Sink::default();
    peer.advance(100, &mut sink).expect("a short time");
    let timestamp = Timestamp::from_millis(100.0);
    deliver(&mut peer, &bytes(ValidationPong { timestamp }));
    deliver(&mut peer, &bytes(ValidationPing { timestamp }));
    assert!(peer.ready(hash_text(), &mut sink));
    deliver(&mut peer, &ready(1));
    assert_eq!(peer.validation(), ValidationState::Validated);
    assert_eq!(peer.episode().map(|it| it.phase), Some(Phase::Playing));
    peer
}

fn started() -> Peer {
    started_with(Parameters::default())
}

/// Something that is not measured.
fn deliver(peer: &mut Peer, datagram: &[u8]) {
    peer.receive(datagram, &mut Sink::default()).expect("a message");
}

/// The own game acts for the frames from `first` on, over a channel that accepts everything.
fn act(peer: &mut Peer, frames: std::ops::Range<u32>) {
    for frame in frames {
        assert!(peer.act(frame, 0, &mut Sink::default()));
    }
}

/// The hash of a frame in a running game.
fn digest(byte: u8) -> Digest {
    Digest::from_bytes([byte; 8])
}

/// A game that has been running for this many frames: the partner's INPUTs come six frames late, and
/// every fifth frame is hashed.
fn running_with(parameters: Parameters, frames: u32) -> Peer {
    let mut peer = started_with(parameters);
    for frame in 0..frames {
        step(&mut peer, frame);
        if let Some(newest) = frame.checked_sub(6) {
            deliver(&mut peer, &input(newest.saturating_sub(9)..=newest));
        }
    }
    peer
}

fn running(frames: u32) -> Peer {
    running_with(Parameters::default(), frames)
}

/// One frame of the own game, without what arrives.
fn step(peer: &mut Peer, frame: u32) {
    let mut sink = Sink::default();
    peer.advance(16, &mut sink).expect("a short time");
    act(peer, frame..frame + 1);
    if let Some(confirmed) = peer.confirmed().filter(|it| it.is_multiple_of(5)) {
        peer.confirm(confirmed, digest(1));
    }
    peer.tick(&mut sink);
}
