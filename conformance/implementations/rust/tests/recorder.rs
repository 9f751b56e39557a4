//! The log of a recorder, line by line.

use std::io::{self, Write};

use rollwire_codec::Digest;
use rollwire_reference::{
    exchange::{Channel, Exchange, HashSends, Refused},
    recorder::Recorder,
};

/// A channel that accepts a number of datagrams. After those it refuses all others, or closes.
struct Failing {
    is_open: bool,
    accept: usize,
    closes: bool,
}

impl Channel for Failing {
    fn is_open(&self) -> bool {
        self.is_open
    }

    fn send(&mut self, _: &[u8; 13]) -> Result<(), Refused> {
        if self.accept == 0 {
            return Err(Refused);
        }
        self.accept -= 1;
        self.is_open = self.accept > 0 || !self.closes;
        Ok(())
    }
}

fn digest(byte: u8) -> Digest {
    Digest::from_bytes([byte; 8])
}

fn state_hash(frame: u8, byte: u8) -> Vec<u8> {
    [&[7, 0, 0, 0, frame], &[byte; 8][..]].concat()
}

fn log_of(exchange: Exchange, play: impl FnOnce(&mut Recorder<Vec<u8>>)) -> Vec<String> {
    let mut recorder = Recorder::new(exchange, Vec::new());
    play(&mut recorder);
    let log = String::from_utf8(recorder.finish().unwrap()).unwrap();
    assert!(log.ends_with('\n'));
    log.lines().map(str::to_owned).collect()
}

#[test]
fn a_session_with_everything_in_it() {
    let log = log_of(Exchange::new(), |exchange| {
        for frame in 1..=4 {
            exchange.confirm(frame, digest(0xaa));
        }
        // Two datagrams are accepted and the third is refused.
        let mut channel = Failing { is_open: true, accept: 2, closes: false };
        assert_eq!(exchange.tick(&mut channel), 2);
        // The channel closes after the next one, so the last cannot be sent.
        channel = Failing { is_open: true, accept: 1, closes: true };
        assert_eq!(exchange.tick(&mut channel), 1);
        assert_eq!(exchange.tick(&mut channel), 0);
        exchange.receive(&state_hash(2, 0xaa)).unwrap();
        exchange.receive(&state_hash(1, 0xbb)).unwrap();
        assert!(exchange.receive(&[7]).is_err());
        exchange.begin_rollback(1);
        exchange.end_rollback();
        channel.is_open = true;
        exchange.tick(&mut channel);
        assert_eq!(exchange.take_events().len(), 1);
        exchange.begin_rollback(0);
        exchange.reset();
    });
    assert_eq!(
        log,
        [
            r#"{"trace":1,"revision":7,"capabilities":["exchange","detect"]}"#,
            r#"{"confirm":{"frame":1,"hash":"aaaaaaaaaaaaaaaa"}}"#,
            r#"{"confirm":{"frame":2,"hash":"aaaaaaaaaaaaaaaa"}}"#,
            r#"{"confirm":{"frame":3,"hash":"aaaaaaaaaaaaaaaa"}}"#,
            r#"{"confirm":{"frame":4,"hash":"aaaaaaaaaaaaaaaa"}}"#,
            r#"{"tick":{},"sent":["0700000001aaaaaaaaaaaaaaaa","0700000002aaaaaaaaaaaaaaaa"],"refused":[2]}"#,
            r#"{"tick":{},"sent":["0700000003aaaaaaaaaaaaaaaa"],"refused":[1]}"#,
            r#"{"channel":"closed"}"#,
            r#"{"tick":{}}"#,
            r#"{"recv":"0700000002aaaaaaaaaaaaaaaa","verified":2}"#,
            r#"{"recv":"0700000001bbbbbbbbbbbbbbbb","found":[{"frame":1,"local":"aaaaaaaaaaaaaaaa","peer":"bbbbbbbbbbbbbbbb"}]}"#,
            r#"{"recv":"07"}"#,
            r#"{"rollback":{"begin":1},"verified":0}"#,
            r#"{"rollback":"end"}"#,
            r#"{"channel":"open"}"#,
            r#"{"tick":{}}"#,
            r#"{"rollback":{"begin":0},"verified":null}"#,
            r#"{"reset":{}}"#,
        ]
    );
}

#[test]
fn several_mismatches_of_one_call_are_in_one_line() {
    let log = log_of(Exchange::new(), |exchange| {
        exchange.begin_rollback(0);
        for frame in [6, 5] {
            exchange.receive(&state_hash(frame, 2)).unwrap();
            exchange.confirm(frame.into(), digest(1));
        }
        exchange.end_rollback();
    });
    let event = |frame| {
        format!(r#"{{"frame":{frame},"local":"0101010101010101","peer":"0202020202020202"}}"#)
    };
    let line = format!(r#"{{"rollback":"end","found":[{},{}]}}"#, event(5), event(6));
    assert_eq!(log.last(), Some(&line));
}

#[test]
fn an_exchange_without_detection_declares_none() {
    let log = log_of(Exchange::without_detection(), |_| ());
    assert_eq!(log, [r#"{"trace":1,"revision":7,"capabilities":["exchange"]}"#]);
}

#[test]
fn hashes_that_last_are_declared_with_the_number_of_sends() {
    let header = |sends| log_of(Exchange::new().with_lasting_hashes(sends), |_| ()).remove(0);
    assert_eq!(
        header(HashSends::Once),
        r#"{"trace":1,"revision":7,"capabilities":["exchange","detect","lasting-hashes"]}"#
    );
    assert_eq!(
        header(HashSends::Twice),
        r#"{"trace":1,"revision":7,"capabilities":["exchange","detect","lasting-hashes"],"parameters":{"hash_sends":2}}"#
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
    let mut exchange = Recorder::new(Exchange::new(), Full { left: 100, failed: false });
    for frame in 0..10 {
        exchange.confirm(frame.into(), digest(1));
        exchange.receive(&state_hash(frame, 1)).unwrap();
    }
    assert_eq!(exchange.verified(), Some(9));
    let error = exchange.finish().map(drop).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
}
