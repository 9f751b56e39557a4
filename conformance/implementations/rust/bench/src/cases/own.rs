//! What the own game does. Its cost depends on what the game has queued and what a partner has sent.

use rollwire_reference::{exchange::Exchange, peer::Peer};

use super::{act, deliver, digest, running, started, step};
use crate::{
    measured::{Samples, Sink},
    messages::{input, response},
};

pub(super) fn measure(samples: &mut Samples) {
    acts(samples);
    hashes(samples);
    time(samples);
    // The first frame that is missing is found from the front, and the last from the back.
    let mut peer = started();
    deliver(&mut peer, &input([2000]));
    deliver(&mut peer, &response(0..1023));
    samples.stimulus("catch_up, the 1024th frame is missing", &mut peer, |peer, sink| {
        assert!(peer.catch_up(sink));
    });
    assert_eq!(peer.request().map(|it| (it.start(), it.end())), Some((1023, 1023)));
}

fn acts(samples: &mut Samples) {
    let mut peer = running(600);
    for frame in 600..660 {
        let act = |peer: &mut Peer, sink: &mut Sink| peer.act(frame, 0, sink);
        let sink = samples.stimulus("act", &mut peer, act);
        assert_eq!((sink.datagrams, sink.bytes), (1, 59));
    }

    // The channel has refused what came before: of the 1024 entries that are kept, 1014 are told.
    let mut peer = started();
    let mut refusing = Sink { refuses: true, ..Sink::default() };
    for frame in 0..1100 {
        assert!(peer.act(frame, 0, &mut refusing));
    }
    let act_again = |peer: &mut Peer, sink: &mut Sink| peer.act(1100, 0, sink);
    let sink = samples.stimulus("act that tells 1014 older entries", &mut peer, act_again);
    assert_eq!(sink.datagrams, 69);

    let mut peer = started();
    deliver(&mut peer, &input([2000]));
    assert!(peer.catch_up(&mut Sink::default()));
    deliver(&mut peer, &response(1..1023));
    let first = |peer: &mut Peer, sink: &mut Sink| peer.act(0, 0, sink);
    samples.stimulus("act, the first of 1024 frames is asked for", &mut peer, first);
    deliver(&mut peer, &input([0]));
    act(&mut peer, 1..2);
    let third = |peer: &mut Peer, sink: &mut Sink| peer.act(2, 0, sink);
    samples.stimulus("act, the last of 1021 frames is asked for", &mut peer, third);
    assert!(peer.request().is_some());

    let mut peer = started();
    deliver(&mut peer, &response(0..4096));
    let all = |peer: &mut Peer, sink: &mut Sink| peer.act(0, 0, sink);
    samples.stimulus("act, 4096 entries are held", &mut peer, all);
    assert_eq!(peer.confirmed(), Some(0));
}

fn hashes(samples: &mut Samples) {
    let mut peer = running(611);
    for (case, queued) in
        [("tick, 0 are queued", 0), ("tick, 1 is queued", 1), ("tick, 4096 are queued", 4096)]
    {
        for frame in 0..queued {
            peer.confirm(10_000 + 5000 * queued + frame, digest(1));
        }
        let sink = samples.stimulus(case, &mut peer, |peer, sink| peer.tick(sink));
        assert_eq!(sink.datagrams, queued as usize);
    }
    assert_eq!(peer.exchange().history().len(), Exchange::MAX_HISTORY);
    let confirm = |peer: &mut Peer, _: &mut Sink| peer.confirm(100_000_000, digest(1));
    samples.stimulus("confirm", &mut peer, confirm);
}

fn time(samples: &mut Samples) {
    let mut peer = running(600);
    let mut sent = 0;
    for frame in 600..660 {
        let advance = |peer: &mut Peer, sink: &mut Sink| peer.advance(16, sink);
        let sink = samples.stimulus("advance 16", &mut peer, advance);
        sent += sink.datagrams;
        step(&mut peer, frame);
    }
    assert!(sent > 0, "a PING was due in one of them");
}
