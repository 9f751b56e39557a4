//! What the channel refuses, and a log that cannot be written.

use std::io::{self, Write};

use rollwire_reference::{
    peer::{Channel, Chapters, Options, Peer, Refused},
    recorder::PeerRecorder,
};

use super::log_of;
use crate::support::{NONE, channel};

/// A channel that refuses every second datagram, beginning with the first.
struct EverySecond(usize);

impl Channel for EverySecond {
    fn send(&mut self, _: &[u8]) -> Result<(), Refused> {
        self.0 += 1;
        if self.0 % 2 == 1 { Err(Refused) } else { Ok(()) }
    }
}

#[test]
fn refusals_are_counted_over_all_datagrams_of_a_stimulus() {
    let chapters = Chapters { liveness: true, inputs: true, exchange: true, ..NONE };
    let log = log_of(chapters, |peer, _| {
        let mut channel = EverySecond(0);
        peer.advance(3000, &mut channel).unwrap();
        peer.act(0, 1, &mut channel);
        peer.act(1, 1, &mut channel);
        peer.closed();
        peer.act(2, 1, &mut channel);
        peer.advance(500, &mut channel).unwrap();
    });
    assert_eq!(
        log,
        [
            r#"{"advance":3000,"sent":["02408f400000000000","02409f400000000000","0240a7700000000000"],"refused":[0,2,4]}"#,
            r#"{"act":{"frame":0,"action":1},"refused":[0]}"#,
            r#"{"act":{"frame":1,"action":1},"sent":["01000000000001020000000000010000000101"]}"#,
            r#"{"channel":"closed"}"#,
            r#"{"act":{"frame":2,"action":1}}"#,
            r#"{"advance":500}"#,
        ]
    );
}

/// Accepts a number of bytes, and fails once after that.
struct Full {
    left: usize,
    failed: bool,
}

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.left == 0 {
            assert!(!self.failed, "written to after it failed");
            self.failed = true;
            return Err(io::ErrorKind::StorageFull.into());
        }
        let written = bytes.len().min(self.left);
        self.left -= written;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_log_that_cannot_be_written_does_not_disturb_the_game() {
    let chapters = Chapters { inputs: true, ..NONE };
    let peer = Peer::new(Options { chapters, ..Options::default() }).unwrap();
    let mut peer = PeerRecorder::new(peer, Full { left: 100, failed: false });
    for frame in 0..10 {
        peer.act(frame, 1, &mut channel());
        peer.advance(50, &mut channel()).unwrap();
    }
    assert_eq!(peer.own_action(9), Some(1));
    let error = peer.finish().map(drop).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}

#[test]
fn the_last_advance_that_cannot_be_written_is_an_error_too() {
    let chapters = Chapters { focus: true, ..NONE };
    let peer = Peer::new(Options { chapters, ..Options::default() }).unwrap();
    let header = r#"{"trace":1,"capabilities":["focus"],"peer":{"local":0,"first_frame":0}}"#.len();
    let log = Full { left: header + 1, failed: false };
    let mut peer = PeerRecorder::new(peer, log);
    peer.advance(50, &mut channel()).unwrap();
    assert!(peer.finish().is_err());
}
