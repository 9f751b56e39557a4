//! Reads observations in one pass, where they are written in the usual way.
//!
//! A run reads some eighty megabytes of observations, nearly all of them right and plain. They are read
//! here without a tree of JSON. Whatever is written in another way, or is wrong, is left to
//! [`seen`](super::seen), which reads it again and says what is wrong with it.

use rollwire_model::exchange::{Datagram, Entry, Member, Mismatch, Observation, StateHash};

use super::seen::{Shown, by_frame};

/// How much of an answer is read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    /// The most observations.
    pub(super) count: usize,
    /// The longest text of an observation, in bytes.
    pub(super) length: usize,
}

/// The observations in the JSON text of an `ok`, as [`seen`](super::seen) reads them; none where only
/// that module can tell.
pub(super) fn observations(ok: &str, shown: Shown, bounds: Bounds) -> Option<Vec<Observation>> {
    let mut text = Text { rest: ok.as_bytes(), entries: Vec::new() };
    let mut list = None;
    text.object(|text, name| {
        if name != b"observations" || list.is_some() {
            return None;
        }
        let seen = list.insert(Vec::new());
        text.list(|text| {
            seen.push(text.observation(shown, bounds.length)?);
            (seen.len() <= bounds.count).then_some(())
        })
    })?;
    text.peek().is_none().then(|| list.unwrap_or_default())
}

/// The rest of a JSON text. Each method takes one thing from its beginning, or gives none where
/// something else is there.
struct Text<'a> {
    rest: &'a [u8],
    /// Room for the entries of a list, until it is known how many there are.
    entries: Vec<Entry>,
}

impl<'a> Text<'a> {
    /// The first byte that is not a blank, which stays.
    fn peek(&mut self) -> Option<u8> {
        while let [b' ' | b'\t' | b'\n' | b'\r', rest @ ..] = self.rest {
            self.rest = rest;
        }
        self.rest.first().copied()
    }

    /// This byte, and the blanks before it.
    fn byte(&mut self, byte: u8) -> Option<()> {
        let found = self.peek()?;
        self.rest = &self.rest[1..];
        (found == byte).then_some(())
    }

    /// Whatever lies between two brackets, separated by commas.
    fn between(
        &mut self,
        [open, close]: [u8; 2],
        mut each: impl FnMut(&mut Self) -> Option<()>,
    ) -> Option<()> {
        self.byte(open)?;
        if self.peek()? == close {
            return self.byte(close);
        }
        loop {
            each(self)?;
            if self.peek()? == close {
                return self.byte(close);
            }
            self.byte(b',')?;
        }
    }

    fn list(&mut self, each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.between(*b"[]", each)
    }

    /// An object: `each` is given the name of a member, and takes its value.
    fn object(&mut self, mut each: impl FnMut(&mut Self, &[u8]) -> Option<()>) -> Option<()> {
        self.between(*b"{}", |text| {
            let name = text.string()?;
            text.byte(b':')?;
            each(text, name)
        })
    }

    /// What stands between two quotation marks. No caller expects anything with an escape in it.
    fn string(&mut self) -> Option<&'a [u8]> {
        self.byte(b'"')?;
        let end = self.rest.iter().position(|byte| *byte == b'"')?;
        let (string, rest) = self.rest.split_at(end);
        self.rest = &rest[1..];
        Some(string)
    }

    fn frame(&mut self) -> Option<u32> {
        let first = self.peek()?;
        let mut frame = 0_u32;
        let mut rest = self.rest;
        while let [digit @ b'0'..=b'9', after @ ..] = rest {
            frame = frame.checked_mul(10)?.checked_add(u32::from(digit - b'0'))?;
            rest = after;
        }
        let digits = self.rest.len() - rest.len();
        self.rest = rest;
        (digits == 1 || digits > 1 && first != b'0').then_some(frame)
    }

    fn hash(&mut self) -> Option<StateHash> {
        self.byte(b'"')?;
        let (digits, rest) = self.rest.split_first_chunk::<16>()?;
        self.rest = rest;
        let (mut hash, mut wrong) = ([0; 8], false);
        for (byte, [high, low]) in hash.iter_mut().zip(digits.as_chunks().0) {
            let (high, low) = (DIGITS[usize::from(*high)], DIGITS[usize::from(*low)]);
            wrong |= high > 15 || low > 15;
            *byte = high << 4 | low;
        }
        self.byte(b'"')?;
        (!wrong).then_some(StateHash(hash))
    }

    /// An observation, every shown member of it exactly once.
    fn observation(&mut self, shown: Shown, longest: usize) -> Option<Observation> {
        self.peek()?;
        let length = self.rest.len();
        let mut seen = Observation::default();
        let mut missing = Member::ALL.map(Some);
        self.object(|text, name| {
            let mut members = missing.iter_mut();
            let member = members.find(|it| it.is_some_and(|it| it.as_str().as_bytes() == name))?;
            match member.take()? {
                Member::Sent => seen.sent = text.sent()?,
                Member::Queue => seen.queue = text.entries()?,
                Member::Map => seen.map = by_frame(text.entries()?),
                Member::History => seen.history = by_frame(text.entries()?),
                Member::Verified => seen.verified = text.verified()?,
                Member::Events => seen.events = text.events()?,
            }
            Some(())
        })?;
        if !shown.inspect {
            (seen.queue, seen.map, seen.history) = (Vec::new(), Vec::new(), Vec::new());
        }
        if !shown.detect {
            (seen.verified, seen.events) = (None, Vec::new());
        }
        let complete = !missing.into_iter().flatten().any(|member| shown.shows(member));
        (complete && length - self.rest.len() <= longest).then_some(seen)
    }

    /// The STATE_HASHes among the datagrams.
    fn sent(&mut self) -> Option<Vec<Datagram>> {
        let mut sent = Vec::new();
        self.list(|text| {
            let digits = std::str::from_utf8(text.string()?).ok()?;
            let bytes = crate::hex::decode(digits).ok()?;
            if bytes.first() == Some(&0x07) {
                sent.push(Datagram::new(bytes));
            }
            Some(())
        })?;
        Some(sent)
    }

    fn entries(&mut self) -> Option<Vec<Entry>> {
        self.entries.clear();
        self.list(|text| {
            text.byte(b'[')?;
            let frame = text.frame()?;
            text.byte(b',')?;
            let hash = text.hash()?;
            text.entries.push((frame, hash));
            text.byte(b']')
        })?;
        Some(self.entries.clone())
    }

    fn verified(&mut self) -> Option<Option<u32>> {
        if self.peek()? != b'n' {
            return self.frame().map(Some);
        }
        self.rest = self.rest.strip_prefix(b"null")?;
        Some(None)
    }

    fn events(&mut self) -> Option<Vec<Mismatch>> {
        let mut events = Vec::new();
        self.list(|text| {
            let (mut frame, mut local, mut peer) = (None, None, None);
            text.object(|text, name| {
                let again = match name {
                    b"frame" => frame.replace(text.frame()?).is_some(),
                    b"local" => local.replace(text.hash()?).is_some(),
                    b"peer" => peer.replace(text.hash()?).is_some(),
                    _ => return None,
                };
                (!again).then_some(())
            })?;
            events.push(Mismatch { frame: frame?, local: local?, peer: peer? });
            Some(())
        })?;
        Some(events)
    }
}

/// The value of each byte as a digit of a hash: 0 to 15, or 255 for what is none.
const DIGITS: [u8; 256] = {
    let (mut values, mut value) = ([255; 256], 0);
    while value < 16 {
        values[b"0123456789abcdef"[value as usize] as usize] = value;
        value += 1;
    }
    values
};

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*, sample::select};
    use serde_json::{Map, Value as Json, json};

    use super::{super::seen, *};

    const STIMULI: usize = 3;

    const SHOWN: [Shown; 4] = [
        Shown::ALL,
        Shown { inspect: true, detect: false },
        Shown { inspect: false, detect: true },
        Shown { inspect: false, detect: false },
    ];

    fn scanned(ok: &str, shown: Shown) -> Option<Vec<Observation>> {
        let length = seen::longest(STIMULI);
        observations(ok, shown, Bounds { count: STIMULI, length })
    }

    fn read(ok: &str, shown: Shown) -> Result<Vec<Observation>, String> {
        let mut seen = Vec::new();
        seen::read(ok, STIMULI, shown, &mut seen).map(|()| seen)
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
        let three = RIGHT.replace("}]}", "}]},").replace("},]}", "}]}");
        assert!(!is_scanned(&three), "{three}");
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
        let room = seen::longest(STIMULI) - one.len();
        let of_length =
            |blanks| list(&[&one.replacen('{', &format!("{{{}", " ".repeat(blanks)), 1)]);
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
            Observation { sent, queue, map, history, verified, events }
        })
    }

    /// The members of an object in any order.
    fn in_any_order(json: Json) -> impl Strategy<Value = Json> {
        let members: Vec<(String, Json)> =
            json.as_object().into_iter().flatten().map(|(n, v)| (n.clone(), v.clone())).collect();
        Just(members).prop_shuffle().prop_map(|it| Json::Object(Map::from_iter(it)))
    }

    /// Right answers: observations with members in any order, and blanks wherever they may be.
    fn right() -> impl Strategy<Value = String> {
        let json = |it: &Observation| serde_json::to_value(it).unwrap_or_default();
        let one = observation().prop_flat_map(move |it| in_any_order(json(&it)));
        let blank = select(&["", "", " ", "\n", "\r\t"][..]);
        (vec(one, 0..=STIMULI), vec((select(&[',', ':', '[', ']', '{', '}'][..]), blank), 0..6))
            .prop_map(|(list, blanks)| {
                let text = json!({"observations": list}).to_string();
                // No text in an observation holds a bracket, a comma or a colon.
                blanks.into_iter().fold(text, |text, (at, blank)| {
                    text.replace(at, &format!("{blank}{at}{blank}"))
                })
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
            "[0-9a-fA-F \",:{}\\[\\]]"
                .prop_map(|it| Edit::Replace(it.chars().next().unwrap_or('0'))),
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
}
