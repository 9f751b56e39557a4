//! What a peer can be created with, and how much time passes at once.

use rollwire_reference::peer::{AdvanceError, Chapters, Options, OptionsError, Parameters, Peer};

use crate::support::{NONE, channel};

fn refusal(options: Options) -> String {
    Peer::new(options).unwrap_err().to_string()
}

fn with(parameters: Parameters) -> Options {
    Options { parameters, ..Options::default() }
}

#[test]
fn a_number_out_of_range_is_refused() {
    let local = Options { local: 2, ..Options::default() };
    assert_eq!(refusal(local), "expected a `local` of 0 to 1, found 2");
    let usual = Parameters::default();
    for (least, most, name) in [
        (
            Parameters { redundancy: 0, ..usual },
            Parameters { redundancy: 16, ..usual },
            "`redundancy` of 1 to 15",
        ),
        (
            Parameters { ahead: 255, ..usual },
            Parameters { ahead: 4097, ..usual },
            "`ahead` of 256 to 4096",
        ),
        (
            Parameters { kept: 1023, ..usual },
            Parameters { kept: 1_000_001, ..usual },
            "`kept` of 1024 to 1000000",
        ),
    ] {
        assert!(refusal(with(least)).contains(name), "{name}");
        assert!(refusal(with(most)).contains(name), "{name}");
    }
    let repeats = Parameters { request_repeats: 3, ..usual };
    assert!(refusal(with(repeats)).contains("`request_repeats` of 0 to 2"));
}

#[test]
fn a_chapter_without_the_one_it_needs_is_refused() {
    for (chapters, chapter) in [
        (Chapters { episodes: true, ..NONE }, "episodes"),
        (Chapters { catch_up: true, ..NONE }, "catch_up"),
    ] {
        let options = Options { chapters, ..Options::default() };
        assert_eq!(Peer::new(options).unwrap_err(), OptionsError::NeedsInputs { chapter });
    }
    assert!(Peer::new(Options { chapters: NONE, ..Options::default() }).is_ok());
}

#[test]
fn an_hour_may_pass_at_once_and_no_more() {
    let mut peer = Peer::new(Options::default()).unwrap();
    let before = format!("{peer:?}");
    let error = peer.advance(3_600_001, &mut channel()).unwrap_err();
    assert_eq!(error, AdvanceError { found: 3_600_001 });
    assert_eq!(error.to_string(), "expected at most 3600000 milliseconds, found 3600001");
    assert_eq!(format!("{peer:?}"), before);
    assert!(peer.advance(Peer::MAX_ADVANCE, &mut channel()).is_ok());
}
