//! What is read in one pass must be what the whole reader says, of right, wrong and hostile answers.

mod peers;

use proptest::{collection::vec, prelude::*, sample::select};
use serde_json::{Map, Value as Json, json};

use super::{super::observe, *};
use crate::protocol::Malformed;

const STIMULI: usize = 3;

const SHOWN: [Visible; 4] = [
    Visible::ALL,
    Visible { inspect: true, detect: false, peer: None },
    Visible { inspect: false, detect: true, peer: None },
    Visible { inspect: false, detect: false, peer: None },
];

fn scanned(ok: &str, shown: Visible) -> Option<Vec<Observation>> {
    let length = observe::longest(STIMULI, Visible::ALL);
    observations(ok, shown, Bounds { count: STIMULI, length })
}

fn read(ok: &str, shown: Visible) -> Result<Vec<Observation>, Malformed> {
    let mut seen = Vec::new();
    observe::read(ok, observe::Wanted::one_for_each(STIMULI), shown, &mut seen).map(|()| seen)
}

/// What is read in one pass must be what the whole reader says, with any capabilities; true if it is
/// read with all of them.
fn is_scanned(ok: &str) -> bool {
    SHOWN.map(|shown| match scanned(ok, shown) {
        None => false,
        Some(scanned) => {
            assert_eq!(Ok(scanned), read(ok, shown), "{shown:?}: {ok}");
            true
        }
    })[0]
}

const RIGHT: &str = r#"{"observations":[{"sent":["0700000005aaaaaaaaaaaaaaaa","04"],"queue":[],"map":[[9,"0123456789abcdef"],[0,"bbbbbbbbbbbbbbbb"]],"history":[[5,"aaaaaaaaaaaaaaaa"]],"verified":4294967295,"events":[{"frame":7,"local":"aaaaaaaaaaaaaaaa","peer":"bbbbbbbbbbbbbbbb"}]}]}"#;

#[test]
fn what_is_written_in_the_usual_way_is_read_in_one_pass() {
    assert!(is_scanned(RIGHT));
    assert!(is_scanned("{}"));
    assert!(is_scanned(r#" { "observations" : [ ] } "#));
    for (from, to) in [
        (",", " ,\r\n\t"),
        ("aaaaaaaaaaaaaaaa\",\"04", "AAAAAAAAAAAAAAAA\",\"04"),
        ("\"04\"", "\"\""),
        ("4294967295", "null"),
        ("[0,", "[9,"),
    ] {
        assert!(RIGHT.contains(from), "{from}");
        assert!(is_scanned(&RIGHT.replace(from, to)), "{from} as {to}");
    }
}

/// Right or wrong, only the whole reader can say.
#[test]
fn what_is_written_in_another_way_is_left_to_the_whole_reader() {
    for (from, to) in [
        // Right.
        ("\"sent\":", "\"note\":[{}],\"sent\":"),
        ("\"sent\":", "\"sent\":5,\"sent\":"),
        ("\"sent\":", "\"\\u0073ent\":"),
        ("\"07", "\"\\u00307"),
        ("[5,\"a", "[5,\"\\u0061"),
        ("\"frame\":", "\"note\":1,\"frame\":"),
        ("\"frame\":", "\"frame\":1,\"frame\":"),
        ("\"observations\":[", "\"observations\":[],\"observations\":["),
        ("\"observations\":", "\"note\":1,\"observations\":"),
        // Wrong.
        ("[5,\"a", "[5,\" a"),
        ("[5,\"aaaaaaaaaaaaaaaa", "[5,\"aaaaaaaaaaaaaaaa "),
        ("\"04\"", "\"04 \""),
        ("\"04\"", "\" 04\""),
        ("\"queue\"", "\"queue \""),
        ("[5,\"a", "[5,\"A"),
        ("[5,\"a", "[5,\"g"),
        ("[5,\"a", "[5,\""),
        ("[5,\"a", "[5,\"aa"),
        ("[5,", "[5.0,"),
        ("[5,", "[5e0,"),
        ("[5,", "[-0,"),
        ("[5,", "[05,"),
        ("[5,", "[,"),
        ("[5,", "[\"5\","),
        ("[5,", "[5,5,"),
        ("[5,", "[5,\"aaaaaaaaaaaaaaaa\","),
        ("[5,\"aaaaaaaaaaaaaaaa\"]", "[5]"),
        ("4294967295", "4294967296"),
        ("4294967295", "nul"),
        ("4294967295", "\"null\""),
        ("\"04\"", "\"0\""),
        ("\"04\"", "\"0x04\""),
        ("\"04\"", "4"),
        ("\"queue\":[],", ""),
        ("\"queue\":[],", "\"queue\":[],,"),
        ("\"queue\":[]", "\"queue\":{}"),
        ("\"queue\":[]", "\"queue\":null"),
        (",\"peer\":\"bbbbbbbbbbbbbbbb\"", ""),
        ("}]}", "}]}}"),
        ("}]}", "}],}"),
        ("}]}", "}]"),
    ] {
        assert!(RIGHT.contains(from), "{from}");
        assert!(!is_scanned(&RIGHT.replace(from, to)), "{from} as {to}");
    }
}

#[test]
fn an_observation_too_many_or_too_long_is_left_to_the_whole_reader() {
    let one = &RIGHT[r#"{"observations":["#.len()..RIGHT.len() - 2];
    let list = |list: &[&str]| format!(r#"{{"observations":[{}]}}"#, list.join(","));
    assert!(is_scanned(&list(&[one; STIMULI])));
    assert!(!is_scanned(&list(&[one; STIMULI + 1])));
    let room = observe::longest(STIMULI, Visible::ALL) - one.len();
    let of_length = |blanks| list(&[&one.replacen('{', &format!("{{{}", " ".repeat(blanks)), 1)]);
    assert!(is_scanned(&of_length(room)));
    assert!(!is_scanned(&of_length(room + 1)));
}

fn hash() -> impl Strategy<Value = StateHash> {
    any::<[u8; 8]>().prop_map(StateHash)
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    vec((prop_oneof![0..5_u32, any::<u32>()], hash()), 0..5)
}

fn observation() -> impl Strategy<Value = Observation> {
    let datagram = prop_oneof![
        (any::<u32>(), hash()).prop_map(|(frame, hash)| Datagram::state_hash(frame, hash)),
        vec(any::<u8>(), 0..20).prop_map(Datagram::new),
    ];
    let event = (any::<u32>(), hash(), hash());
    let event = event.prop_map(|(frame, local, peer)| Mismatch { frame, local, peer });
    let lists = (vec(datagram, 0..4), entries(), entries(), entries(), vec(event, 0..3));
    (lists, any::<Option<u32>>()).prop_map(|((sent, queue, map, history, events), verified)| {
        Observation { sent, queue, map, history, verified, events, ..Observation::default() }
    })
}

/// The members of an object in any order.
fn in_any_order(json: &Json) -> impl Strategy<Value = Json> + use<> {
    let members: Vec<(String, Json)> =
        json.as_object().into_iter().flatten().map(|(n, v)| (n.clone(), v.clone())).collect();
    Just(members).prop_shuffle().prop_map(|it| Json::Object(Map::from_iter(it)))
}

/// Right answers: observations with members in any order, and blanks wherever they may be.
fn right() -> impl Strategy<Value = String> {
    let json = |it: &Observation| serde_json::to_value(it).unwrap_or_default();
    let one = observation().prop_flat_map(move |it| in_any_order(&json(&it)));
    let blank = select(&["", "", " ", "\n", "\r\t"][..]);
    (vec(one, 0..=STIMULI), vec((select(&[',', ':', '[', ']', '{', '}'][..]), blank), 0..6))
        .prop_map(|(list, blanks)| {
            let text = json!({"observations": list}).to_string();
            // No text in an observation holds a bracket, a comma or a colon.
            blanks
                .into_iter()
                .fold(text, |text, (at, blank)| text.replace(at, &format!("{blank}{at}{blank}")))
        })
}

/// One place of a text, as a share of its length, and what is done to it.
#[derive(Clone, Debug)]
enum Edit {
    Cut(usize),
    Repeat(usize),
    Insert(&'static str),
    Replace(char),
}

fn edit() -> impl Strategy<Value = (f64, Edit)> {
    let pieces = [
        "1e0",
        ".0",
        "e5",
        "-",
        "0",
        "null",
        "true",
        " ",
        "\n",
        "\\u0061",
        "\\",
        "\"",
        ",",
        ":",
        "[",
        "]",
        "{",
        "}",
        "[]",
        "{}",
        "\"queue\":[],",
        "\"note\":1e400,",
        "\"frame\":3,",
        "\"sent\":5,",
        "[5,\"aaaaaaaaaaaaaaaa\"],",
        "A",
        "g",
        "é",
        "\u{0}",
        "4294967296",
    ];
    let deed = prop_oneof![
        (1..30_usize).prop_map(Edit::Cut),
        (1..60_usize).prop_map(Edit::Repeat),
        select(pieces.to_vec()).prop_map(Edit::Insert),
        "[0-9a-fA-F \",:{}\\[\\]]".prop_map(|it| Edit::Replace(it.chars().next().unwrap_or('0'))),
    ];
    (0.0..1.0, deed)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share of a short text"
)]
fn edited(text: &str, (place, edit): &(f64, Edit)) -> String {
    let characters: Vec<char> = text.chars().collect();
    let (head, tail) = characters.split_at((place * characters.len() as f64) as usize);
    let after = |length: usize| tail.iter().skip(length).copied();
    let within = |length: usize| tail.iter().take(length).copied();
    let head = head.iter().copied();
    match edit {
        Edit::Cut(length) => head.chain(after(*length)).collect(),
        Edit::Repeat(length) => head.chain(within(*length)).chain(after(0)).collect(),
        Edit::Insert(piece) => head.chain(piece.chars()).chain(after(0)).collect(),
        Edit::Replace(character) => head.chain([*character]).chain(after(1)).collect(),
    }
}

proptest! {
    #[test]
    fn right_answers_are_read_in_one_pass(ok in right()) {
        prop_assert!(is_scanned(&ok), "{}", ok);
    }

    #[test]
    fn hostile_answers_are_never_read_in_two_ways(ok in right(), edits in vec(edit(), 1..4)) {
        let ok = edits.iter().fold(ok, |text, it| edited(&text, it));
        is_scanned(&ok);
    }
}
