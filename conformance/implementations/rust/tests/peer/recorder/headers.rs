//! What the header says of a peer.

use rollwire_reference::peer::{Chapters, HashSends, Options, Parameters, Peer};

use super::{Recorder, lines};
use crate::support::NONE;

fn header(options: Options) -> String {
    lines(Recorder::new(Peer::new(options).unwrap(), Vec::new())).remove(0)
}

#[test]
fn a_peer_with_everything_and_the_defaults() {
    let usual = Options { local: 1, first_frame: 7, ..Options::default() };
    let expected = r#"{"trace":1,"capabilities":["exchange","detect","inputs","liveness","validation","episodes","catch-up","focus"],"peer":{"local":1,"first_frame":7}}"#;
    assert_eq!(header(usual), expected);
    let shown = Recorder::showing_state(Peer::new(usual).unwrap(), Vec::new());
    assert_eq!(lines(shown), [expected.replace(r#""focus"]"#, r#""focus","inspect"]"#)]);
}

#[test]
fn a_peer_without_the_exchange_declares_neither_it_nor_its_hashes() {
    let parameters = Parameters { lasting_hashes: Some(HashSends::Once), ..Parameters::default() };
    let chapters = Chapters { liveness: true, ..NONE };
    assert_eq!(
        header(Options { chapters, parameters, ..Options::default() }),
        r#"{"trace":1,"capabilities":["liveness"],"peer":{"local":0,"first_frame":0}}"#
    );
}

#[test]
fn parameters_that_differ_from_the_defaults_are_named() {
    let parameters = Parameters {
        redundancy: 15,
        ahead: 256,
        kept: 1025,
        repeats_validation: false,
        repeats_end: false,
        request_repeats: 0,
        lasting_hashes: Some(HashSends::ThreeTimes),
    };
    let chapters = Chapters { exchange: true, ..NONE };
    assert_eq!(
        header(Options { chapters, parameters, ..Options::default() }),
        r#"{"trace":1,"capabilities":["exchange","detect","lasting-hashes"],"peer":{"local":0,"first_frame":0},"parameters":{"redundancy":15,"ahead":256,"kept":1025,"validation_repeat_ms":0,"end_repeat_ms":0,"request_repeats":0,"hash_sends":3}}"#
    );
}
