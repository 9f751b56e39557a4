//! The short messages: pings, READY, END, FOCUS_STATE, and what is not a message.

use rollwire_codec::{
    FocusState, Keepalive, Ping, Pong, Timestamp, ValidationPing, ValidationPong,
};
use rollwire_reference::peer::{Options, Peer, Phase};

use super::{deliver, running, started};
use crate::{
    measured::{Samples, Sink},
    messages::{bytes, end, input, ready},
};

pub(super) fn measure(samples: &mut Samples) {
    pings(samples);
    readies(samples);
    ends(samples);
    let mut peer = running(100);
    let focus = bytes(FocusState { focused: false, frame: 5 });
    samples.receive("FOCUS_STATE", &mut peer, &focus);
    samples.receive("KEEPALIVE", &mut peer, &bytes(Keepalive));
    for refused in [&b""[..], b"\x08", &[1; 9], &[0x13; 1400], b"\x06\0\0\0\x01AAAAAAAA"] {
        samples.receive("what is not a message", &mut peer, refused);
    }
}

fn advance(peer: &mut Peer, milliseconds: u32) {
    peer.advance(milliseconds, &mut Sink::default()).expect("a short time");
}

fn timestamp(milliseconds: u32) -> Timestamp {
    Timestamp::from_millis(milliseconds.into())
}

fn pings(samples: &mut Samples) {
    let mut peer = running(100);
    let ping = bytes(Ping { timestamp: timestamp(7) });
    assert_eq!(samples.receive("PING", &mut peer, &ping), 9);

    // 32 PINGs are not answered; the newest was sent at 20,100 and is found last.
    let mut peer = started();
    advance(&mut peer, 20_000);
    let unknown = bytes(Pong { timestamp: timestamp(7) });
    samples.receive("PONG that answers nothing", &mut peer, &unknown);
    let newest = bytes(Pong { timestamp: timestamp(20_100) });
    samples.receive("PONG that answers the last of 32 PINGs", &mut peer, &newest);
    assert_eq!(peer.round_trips().len(), 1);

    // 30 VALIDATION_PINGs are not answered.
    let mut peer = Peer::new(Options::default()).expect("good options");
    advance(&mut peer, 14_999);
    let unknown = bytes(ValidationPong { timestamp: timestamp(7) });
    samples.receive("VALIDATION_PONG that answers nothing", &mut peer, &unknown);
    let ping = bytes(ValidationPing { timestamp: timestamp(7) });
    assert_eq!(samples.receive("VALIDATION_PING", &mut peer, &ping), 9);
    let newest = bytes(ValidationPong { timestamp: timestamp(14_600) });
    samples.receive("VALIDATION_PONG that validates", &mut peer, &newest);
}

fn readies(samples: &mut Samples) {
    let mut peer = running(100);
    let mut answers = 0;
    for _ in 0..20 {
        let repeated = ready(1);
        answers += samples.receive("EPISODE_READY, repeated", &mut peer, &repeated) / 13;
    }
    assert_eq!(answers, 10);
    for episode in [2, 2, 3] {
        let other = ready(episode);
        samples.receive("EPISODE_READY of another episode", &mut peer, &other);
    }
}

fn ends(samples: &mut Samples) {
    // The own game has ended at the last frame. The partner ends it in the middle of what it has
    // sent: half of the entries are removed, and then the frames before them that lack one.
    let mut peer = started();
    deliver(&mut peer, &input([1, 4095]));
    peer.ended(u32::MAX, &mut Sink::default());
    samples.receive("EPISODE_END that cuts 4096 frames", &mut peer, &end(4000, 0));
    assert_eq!(peer.held().count(), 1);

    let mut peer = running(100);
    peer.ended(90, &mut Sink::default());
    deliver(&mut peer, &end(90, 0));
    assert_eq!(peer.episode().map(|it| it.phase), Some(Phase::Complete));
    let mut answers = 0;
    for _ in 0..20 {
        advance(&mut peer, 250);
        let repeated = end(90, 0);
        answers += samples.receive("EPISODE_END, repeated", &mut peer, &repeated) / 9;
    }
    assert_eq!(answers, 8);
    samples.receive("EPISODE_END of another episode", &mut peer, &end(90, 7));
}
