//! The same of what a peer shows.

use rollwire_model::peer::{
    Areas, Double, EpisodeView, Hashes, Page, Phase, Start, ValidationPhase, View,
};

use super::*;

const fn shown(inspect: bool, detect: bool, areas: Areas) -> Visible {
    Visible { inspect, detect, peer: Some(areas) }
}

const SHOWN: [Visible; 5] = [
    shown(true, true, Areas::ALL),
    shown(true, false, Areas { detect: false, ..Areas::ALL }),
    shown(false, true, Areas::ALL),
    shown(true, true, Areas { exchange: false, detect: false, ..Areas::ALL }),
    shown(true, true, Areas { episodes: false, focus: false, inputs: false, ..Areas::ALL }),
];

/// What is read in one pass must be what the whole reader says, with any chapters; true if it is read with
/// all of them.
fn is_scanned(ok: &str) -> bool {
    SHOWN.map(|shown| match scanned(ok, shown) {
        None => false,
        Some(scanned) => {
            assert_eq!(Ok(scanned), read(ok, shown), "{shown:?}: {ok}");
            true
        }
    })[0]
}

const RIGHT: &str = r#"{"observations":[{"sent":["0700000005aaaaaaaaaaaaaaaa","04"],"queue":[],"map":[],"history":[],"verified":null,"events":[],"confirmed":7,"held":[[9,2],[8,255]],"round_trips":["4049000000000000"],"validation":"validated","episode":{"number":1,"phase":"ending","end":9,"agreed":true,"start":"both","hashes":null},"request":[8,9],"partner":"hidden"}]}"#;

#[test]
fn what_a_peer_shows_in_the_usual_way_is_read_in_one_pass() {
    assert!(is_scanned(RIGHT));
    for (from, to) in [
        (",", " ,\r\n\t"),
        (":", " : "),
        ("\"confirmed\":7", "\"confirmed\":null"),
        ("[8,9]", "null"),
        ("\"ending\"", "\"waiting\""),
        ("\"number\":1,\"phase\":\"ending\"", "\"phase\":\"complete\",\"number\":1"),
        ("\"agreed\":true", "\"agreed\":false"),
        ("\"start\":\"both\"", "\"start\":null"),
    ] {
        assert!(RIGHT.contains(from), "{from}");
        assert!(is_scanned(&RIGHT.replace(from, to)), "{from} as {to}");
    }
}

/// Whatever a peer declares, nothing of what it sends is dropped; of an exchange only its own is kept.
#[test]
fn what_a_peer_sends_is_kept_whole() {
    let text = RIGHT.replace("\"04\"]", "\"04\",\"\",\"ff\",\"140100000000\"]");
    for shown in SHOWN {
        let seen = scanned(&text, shown).unwrap();
        let sent: Vec<String> = seen[0].sent.iter().map(ToString::to_string).collect();
        assert_eq!(sent, ["0700000005aaaaaaaaaaaaaaaa", "04", "", "ff", "140100000000"]);
        assert_eq!(read(&text, shown), Ok(seen), "{shown:?}");
    }
    let seen = read(&text, Visible::ALL).unwrap();
    assert_eq!(seen[0].sent.len(), 1);
}

#[test]
fn what_a_peer_shows_in_another_way_is_left_to_the_whole_reader() {
    for (from, to) in [
        ("\"hashes\":null", "\"hashes\":null,\"note\":1"),
        (",\"hashes\":null", ""),
        ("\"end\":9", "\"end\":9,\"end\":9"),
        ("\"end\":9", "\"end\":-1"),
        ("\"ending\"", "\"Ending\""),
        ("\"ending\"", "null"),
        ("[8,255]", "[8,256]"),
        ("[8,255]", "[8]"),
        ("[8,255]", "[8,255,1]"),
        ("[8,9]", "[8,9,10]"),
        ("[8,9]", "[]"),
        ("[8,9]", "nul"),
        ("4049000000000000", "404900000000000"),
        ("4049000000000000", "404900000000000G"),
        ("\"hidden\"", "\"away\""),
        ("\"agreed\":true", "\"agreed\":truth"),
        ("\"agreed\":true", "\"agreed\":1"),
        ("\"partner\":\"hidden\"", "\"note\":1"),
    ] {
        assert!(RIGHT.contains(from), "{from}");
        assert!(!is_scanned(&RIGHT.replace(from, to)), "{from} as {to}");
    }
}

fn episode() -> impl Strategy<Value = EpisodeView> {
    let phase = select(&[Phase::Waiting, Phase::Playing, Phase::Ending, Phase::Complete][..]);
    let start = select(&[None, Some(Start::Both), Some(Start::Alone)][..]);
    let hashes = select(&[None, Some(Hashes::Equal), Some(Hashes::Different)][..]);
    let all = (any::<u32>(), phase, any::<Option<u32>>(), any::<Option<bool>>(), start, hashes);
    all.prop_map(|(number, phase, end, agreed, start, hashes)| EpisodeView {
        number,
        phase,
        end,
        agreed,
        start,
        hashes,
    })
}

fn view() -> impl Strategy<Value = View> {
    use ValidationPhase::{Failed, Idle, Validated, Validating};
    let validation = select(&[Idle, Validating, Validated, Failed][..]);
    let partner = select(&[Page::Shown, Page::Hidden][..]);
    let lists = (vec(any::<(u32, u8)>(), 0..4), vec(any::<u64>().prop_map(Double), 0..4));
    let rest = (any::<Option<u32>>(), proptest::option::of(episode()), any::<Option<(u32, u32)>>());
    (lists, rest, validation, partner).prop_map(|(lists, rest, validation, partner)| View {
        confirmed: rest.0,
        held: lists.0,
        round_trips: lists.1,
        validation,
        episode: rest.1,
        request: rest.2,
        partner,
    })
}

/// An answer whose observations show all members, in any order.
fn right() -> impl Strategy<Value = String> {
    let one = (observation(), view()).prop_flat_map(|(observation, view)| {
        let mut members = serde_json::to_value(observation).unwrap_or_default();
        let of_peer = serde_json::to_value(view).unwrap_or_default();
        if let (Json::Object(all), Json::Object(more)) = (&mut members, of_peer) {
            all.remove("peer");
            all.extend(more);
        }
        in_any_order(&members)
    });
    vec(one, 0..=STIMULI).prop_map(|list| json!({"observations": list}).to_string())
}

proptest! {
    #[test]
    fn right_answers_of_a_peer_are_read_in_one_pass(ok in right()) {
        prop_assert!(is_scanned(&ok), "{}", ok);
    }

    #[test]
    fn hostile_answers_of_a_peer_are_never_read_in_two_ways(ok in right(), edits in vec(edit(), 1..4)) {
        let ok = edits.iter().fold(ok, |text, it| edited(&text, it));
        is_scanned(&ok);
    }
}
