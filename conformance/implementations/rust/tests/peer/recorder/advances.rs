//! Advances in which nothing happens become one line.

use rollwire_reference::peer::Chapters;

use super::{Recorder, log_of, log_with_state};
use crate::support::{NONE, Script};

const QUIET: Chapters = Chapters { focus: true, ..NONE };

#[test]
fn quiet_advances_are_one_line_before_the_next_other_line() {
    let log = log_of(QUIET, |peer, channel| {
        peer.advance(5, channel).unwrap();
        peer.advance(0, channel).unwrap();
        peer.advance(7, channel).unwrap();
        peer.focus(true, 0, channel);
        peer.focus(true, 0, channel);
        peer.advance(0, channel).unwrap();
    });
    let focus = r#"{"focus":{"shown":true,"frame":0}}"#;
    assert_eq!(log, [r#"{"advance":12}"#, focus, focus, r#"{"advance":0}"#]);
}

#[test]
fn a_sum_is_at_most_an_hour() {
    let log = log_of(QUIET, |peer, channel| {
        for _ in 0..3 {
            peer.advance(1_800_000, channel).unwrap();
        }
        peer.advance(1_800_001, channel).unwrap();
    });
    assert_eq!(log, [r#"{"advance":3600000}"#, r#"{"advance":1800000}"#, r#"{"advance":1800001}"#]);
}

#[test]
fn an_advance_that_is_refused_is_not_logged() {
    let log = log_of(QUIET, |peer, channel| {
        peer.advance(3, channel).unwrap();
        assert!(peer.advance(3_600_001, channel).is_err());
        peer.advance(4, channel).unwrap();
    });
    assert_eq!(log, [r#"{"advance":7}"#]);
}

/// The ping of 100 ms is sent, and the one of 600 ms is refused.
#[test]
fn an_advance_in_which_something_happens_has_a_line_of_its_own() {
    let validation = Chapters { validation: true, ..NONE };
    let log = log_with_state(validation, |peer, channel| {
        peer.advance(60, channel).unwrap();
        peer.advance(60, channel).unwrap();
        peer.advance(60, channel).unwrap();
        channel.refuses = true;
        peer.advance(420, channel).unwrap();
        peer.closed();
        peer.opened(channel);
        peer.closed();
        peer.advance(15_000, channel).unwrap();
    });
    assert_eq!(
        log,
        [
            r#"{"advance":60}"#,
            r#"{"advance":60,"sent":["104059000000000000"]}"#,
            r#"{"advance":60}"#,
            r#"{"advance":420,"refused":[0]}"#,
            r#"{"channel":"closed","validation":"idle"}"#,
            r#"{"channel":"open","validation":"validating"}"#,
            r#"{"channel":"closed","validation":"idle"}"#,
            r#"{"advance":15000}"#,
        ]
    );
}

/// The validation fails in the third advance, and only a log with state shows it.
#[test]
fn a_change_of_what_is_shown_is_not_merged() {
    let play = |peer: &mut Recorder, channel: &mut Script| {
        channel.refuses = true;
        for _ in 0..3 {
            peer.advance(7400, channel).unwrap();
        }
        peer.advance(1, channel).unwrap();
    };
    let validation = Chapters { validation: true, ..NONE };
    let log = log_with_state(validation, play);
    assert_eq!(log[2..], [r#"{"advance":7400,"validation":"failed"}"#, r#"{"advance":1}"#]);
    assert_eq!(log_of(validation, play)[2..], [r#"{"advance":7401}"#]);
}
