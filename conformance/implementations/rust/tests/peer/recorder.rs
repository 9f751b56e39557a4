//! The log of a peer, line by line.

mod advances;
mod example;
mod failing;
mod headers;
mod nested;

use rollwire_codec::{Digest, HashText};
use rollwire_reference::{
    peer::{Chapters, Options, Peer},
    recorder::PeerRecorder,
};

use crate::support::{NONE, Script, channel};

type Recorder = PeerRecorder<Vec<u8>>;

/// The lines of a log, the header among them.
fn lines(recorder: Recorder) -> Vec<String> {
    let log = String::from_utf8(recorder.finish().unwrap()).unwrap();
    assert!(log.ends_with('\n'));
    log.lines().map(str::to_owned).collect()
}

/// The lines after the header of a log of player 0, whose peer has these chapters.
fn log_of(chapters: Chapters, play: impl FnOnce(&mut Recorder, &mut Script)) -> Vec<String> {
    let peer = Peer::new(Options { chapters, ..Options::default() }).unwrap();
    let mut recorder = Recorder::new(peer, Vec::new());
    play(&mut recorder, &mut channel());
    lines(recorder).split_off(1)
}

/// The same for a log that shows what the peer holds.
fn log_with_state(
    chapters: Chapters,
    play: impl FnOnce(&mut Recorder, &mut Script),
) -> Vec<String> {
    let peer = Peer::new(Options { chapters, ..Options::default() }).unwrap();
    let mut recorder = Recorder::showing_state(peer, Vec::new());
    play(&mut recorder, &mut channel());
    lines(recorder).split_off(1)
}

fn hash() -> HashText<'static> {
    HashText::new("0123abcd").unwrap()
}

#[test]
fn every_call_is_a_line_whether_it_counts_or_not() {
    let log = log_of(
        Chapters { liveness: false, validation: false, ..Chapters::default() },
        |peer, channel| {
            assert!(!peer.act(0, 9, channel), "no episode is in progress");
            assert!(peer.ready(hash(), channel));
            assert!(!peer.ready(hash(), channel));
            peer.receive(b"\x06\0\0\0\x010123abcd", channel).unwrap();
            assert!(peer.act(0, 9, channel));
            assert!(!peer.act(0, 8, channel));
            assert!(!peer.catch_up(channel));
            assert!(peer.receive(&[7], channel).is_err());
            peer.focus(false, 3, channel);
            peer.confirm(0, Digest::from_bytes([0xaa; 8]));
            assert_eq!(peer.tick(channel), 1);
            peer.begin_rollback(0);
            peer.end_rollback();
            peer.closed();
            peer.opened(channel);
            assert!(peer.ended(1, channel));
            peer.reset();
        },
    );
    assert_eq!(
        log,
        [
            r#"{"act":{"frame":0,"action":9}}"#,
            r#"{"ready":{"hash":"0123abcd"},"sent":["06000000013031323361626364"]}"#,
            r#"{"ready":{"hash":"0123abcd"}}"#,
            r#"{"recv":"06000000013031323361626364"}"#,
            r#"{"act":{"frame":0,"action":9},"sent":["0100000000000001000000000009"]}"#,
            r#"{"act":{"frame":0,"action":8}}"#,
            r#"{"catch_up":{}}"#,
            r#"{"recv":"07"}"#,
            r#"{"focus":{"shown":false,"frame":3},"sent":["140000000003"]}"#,
            r#"{"confirm":{"frame":0,"hash":"aaaaaaaaaaaaaaaa"}}"#,
            r#"{"tick":{},"sent":["0700000000aaaaaaaaaaaaaaaa"]}"#,
            r#"{"rollback":{"begin":0}}"#,
            r#"{"rollback":"end"}"#,
            r#"{"channel":"closed"}"#,
            r#"{"channel":"open","sent":["140000000003"]}"#,
            r#"{"ended":{"frame":1},"sent":["050000000100000000"]}"#,
            r#"{"reset":{}}"#,
        ]
    );
}

#[test]
fn what_is_found_and_verified_is_logged_once() {
    let state_hash = |frame, byte| [&[7, 0, 0, 0, frame], &[byte; 8][..]].concat();
    let log = log_of(Chapters { exchange: true, ..NONE }, |peer, channel| {
        peer.receive(&state_hash(5, 0xbb), channel).unwrap();
        peer.confirm(5, Digest::from_bytes([0xaa; 8]));
        assert_eq!(peer.take_events().len(), 1);
        peer.confirm(6, Digest::from_bytes([0xaa; 8]));
        peer.receive(&state_hash(6, 0xaa), channel).unwrap();
        assert_eq!(peer.exchange().verified(), Some(6));
        peer.receive(&state_hash(7, 0xaa), channel).unwrap();
        peer.reset();
    });
    assert_eq!(
        log,
        [
            r#"{"recv":"0700000005bbbbbbbbbbbbbbbb"}"#,
            r#"{"confirm":{"frame":5,"hash":"aaaaaaaaaaaaaaaa"},"found":[{"frame":5,"local":"aaaaaaaaaaaaaaaa","peer":"bbbbbbbbbbbbbbbb"}]}"#,
            r#"{"confirm":{"frame":6,"hash":"aaaaaaaaaaaaaaaa"}}"#,
            r#"{"recv":"0700000006aaaaaaaaaaaaaaaa","verified":6}"#,
            r#"{"recv":"0700000007aaaaaaaaaaaaaaaa"}"#,
            r#"{"reset":{},"verified":null}"#,
        ]
    );
}

#[test]
fn a_log_with_state_shows_what_has_changed() {
    let log = log_with_state(Chapters::default(), |peer, channel| {
        peer.advance(100, channel).unwrap();
        peer.receive(b"\x10\0\0\0\0\0\0\0\0", channel).unwrap();
        peer.receive(b"\x11\x40\x59\0\0\0\0\0\0", channel).unwrap();
        peer.advance(500, channel).unwrap();
        peer.advance(30, channel).unwrap();
        peer.receive(b"\x03\x40\x82\xc0\0\0\0\0\0", channel).unwrap();
        peer.ready(hash(), channel);
        peer.receive(b"\x06\0\0\0\x010123abcd", channel).unwrap();
        peer.receive(b"\x01\0\x01\0\0\0\0\x01\0\0\0\0\x02\x03", channel).unwrap();
        peer.catch_up(channel);
        peer.receive(b"\x14\0\0\0\0\0", channel).unwrap();
        peer.confirm(1, Digest::from_bytes([0xaa; 8]));
        peer.receive(b"\x07\0\0\0\x02\xbb\xbb\xbb\xbb\xbb\xbb\xbb\xbb", channel).unwrap();
        peer.tick(channel);
        peer.act(0, 9, channel);
        peer.ended(2, channel);
        peer.receive(b"\x05\0\0\0\x03\0\0\0\0", channel).unwrap();
        peer.reset();
    });
    let seen: Vec<&str> = log.iter().map(|it| it.split_once(',').map_or("", |it| it.1)).collect();
    assert_eq!(
        seen,
        [
            r#""sent":["104059000000000000"]}"#,
            r#""sent":["110000000000000000"]}"#,
            r#""validation":"validated"}"#,
            r#""sent":["024082c00000000000"]}"#,
            "",
            r#""round_trips":["403e000000000000"]}"#,
            r#""sent":["06000000013031323361626364"],"episode":{"number":0,"phase":"waiting","end":null,"agreed":null,"start":null,"hashes":null}}"#,
            r#""episode":{"number":0,"phase":"playing","end":null,"agreed":null,"start":"both","hashes":"equal"}}"#,
            r#""held":[[2,3]]}"#,
            r#""sent":["120000000000000001"],"request":[0,1]}"#,
            r#""partner":"hidden"}"#,
            r#""hash":"aaaaaaaaaaaaaaaa"},"queue":[[1,"aaaaaaaaaaaaaaaa"]],"history":[[1,"aaaaaaaaaaaaaaaa"]]}"#,
            r#""map":[[2,"bbbbbbbbbbbbbbbb"]]}"#,
            r#""sent":["0700000001aaaaaaaaaaaaaaaa"],"queue":[]}"#,
            r#""action":9},"sent":["0100000000000001000000000009"]}"#,
            r#""sent":["050000000200000000"],"episode":{"number":0,"phase":"ending","end":null,"agreed":null,"start":"both","hashes":"equal"}}"#,
            r#""held":[],"episode":{"number":0,"phase":"ending","end":2,"agreed":true,"start":"both","hashes":"equal"}}"#,
            r#""map":[],"history":[],"request":null}"#,
        ]
    );
}
