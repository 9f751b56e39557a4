//! A violation as a file of its own: a datagram as a vector case, anything else as a short capture.

use std::io::BufReader;

use rollwire_capture::{Capture, Check, line::write_record, monitor::Side};
use rollwire_conformance::{
    generate::fuzz::of_bytes,
    vectors::{CaseSeed, Content, file_text},
};
use rollwire_model::{Model, vectors::CheckKind};
use serde::Serialize;

use crate::kept::{Part, line, missing};

/// The longest text that can be copied, in bytes.
pub(crate) const LONGEST: usize = 64 * 1024;
/// How many records a capture may have that shows a violation.
pub(crate) const MOST_RECORDS: usize = 1024;

/// A file that shows a violation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Copied {
    /// A name for it.
    pub(crate) name: String,
    /// Its content.
    pub(crate) text: String,
    /// What to do with it.
    pub(crate) command: String,
}

/// What is wrong: the rule, who broke it, and the kind.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wrong<'a> {
    pub(crate) rule: &'a str,
    pub(crate) side: Side,
    pub(crate) kind: &'a str,
}

/// A vector file with a case about these bytes, which are not a message or are written in another way. There
/// is none if the specification leaves open how they are read, or if they are too long.
pub(crate) fn vector(model: &Model, bytes: &[u8], number: u64) -> Option<Copied> {
    if bytes.len() > LONGEST / 8 {
        return None;
    }
    let kind = match model.decode(bytes) {
        Ok(_) => CheckKind::Reencode,
        Err(_) => CheckKind::Decode,
    };
    let mut case = of_bytes(model, bytes, kind, CaseSeed { seed: 0, number })?;
    let name = match &mut case.content {
        Content::Bytes(case) => {
            case.id = case.id.replacen("fuzz/", "live/", 1);
            case.id.trim_start_matches("live/").replace('/', "-")
        }
        Content::Scenario(_) | Content::Digest(_) => return None,
    };
    let text = file_text(case.content, "live").ok().filter(|text| text.len() <= LONGEST)?;
    let name = format!("{name}.json");
    let command = format!("rollwire check --vectors {name} -- COMMAND");
    Some(Copied { name, text, command })
}

/// The end of this part, as short as it still shows what is wrong at its last record. No record is left out
/// of its middle: what follows from a record that is not there would be a lie.
pub(crate) fn capture(part: &Part, wrong: Wrong<'_>) -> Option<Copied> {
    let all = part.records.len();
    let shows_it = |count| end_of(part, count).is_some_and(|text| shows(&text, wrong));
    // Twice as many each time, until it shows; then half of what is too much.
    let mut long = 1.min(all);
    while !shows_it(long) {
        if long == all {
            return None;
        }
        long = (2 * long).min(all);
    }
    let mut short = long / 2;
    while long - short > 1 {
        let tried = usize::midpoint(short, long);
        if shows_it(tried) {
            long = tried;
        } else {
            short = tried;
        }
    }
    let text = String::from_utf8(end_of(part, long)?).ok()?;
    let name = format!("{}.jsonl", wrong.rule.to_ascii_lowercase());
    let command = format!("rollwire capture check {name}");
    Some(Copied { name, text, command })
}

/// The header and this number of the newest records; nothing if that is too long.
fn end_of(part: &Part, count: usize) -> Option<Vec<u8>> {
    let records = &part.records[part.records.len() - count..];
    let length: usize = records.iter().map(|(_, text)| text.len()).sum();
    if length + part.header.len() > LONGEST {
        return None;
    }
    let mut text = part.header.clone();
    if (part.has_gap || count < part.records.len())
        && let Some((at, _)) = records.first()
    {
        let gap = missing(*at, 1);
        text.extend_from_slice(&line(|sink| write_record(sink, &part.tap, &gap)));
    }
    records.iter().for_each(|(_, record)| text.extend_from_slice(record));
    Some(text)
}

/// Whether a check of this capture finds that this is wrong, and finds it at the last record.
fn shows(text: &[u8], wrong: Wrong<'_>) -> bool {
    let Ok(capture) = Capture::open("", BufReader::new(text)) else { return false };
    let mut check = Check::new(capture);
    let mut last = Vec::new();
    while let Ok(Some(judged)) = check.next() {
        last = judged.objections;
    }
    last.iter().any(|it| it.rule == wrong.rule && it.side == wrong.side && it.kind == wrong.kind)
}

#[cfg(test)]
mod tests {
    use rollwire_capture::line::{Header, Moment, Payload, Record, What};

    use super::*;
    use crate::kept::Kept;

    fn kept(records: &[(u64, What)]) -> Kept {
        let mut kept = Kept::default();
        let (peer, tap) = (String::new(), "game".to_owned());
        kept.header(
            0,
            &Header { peer, revision: 7, origin: None, redundancy: None, setup: None, tap },
        );
        for (number, (at, what)) in records.iter().enumerate() {
            let (at, what) = (Moment::from_millis(*at), what.clone());
            kept.record(0, &Record { number: Some(number as u64), at, what, buffered: None });
        }
        kept
    }

    fn datagram(hex: &str) -> Payload {
        Payload::Datagram(rollwire_model::hex::parse(hex).unwrap())
    }

    #[test]
    fn the_end_of_a_game_that_shows_it_is_short() {
        let mut records = vec![(0, What::Opened)];
        records.extend((1..500).map(|at| (at, What::Sent(datagram("04")))));
        let question = "02407f400000000000";
        records.push((600, What::Received(datagram(question))));
        records.extend((601..2000).step_by(50).map(|at| (at, What::Sent(datagram("04")))));
        let mut text = Vec::new();
        let mut found = None;
        let wrong =
            Wrong { rule: "LIVE-5", side: Side::Own, kind: "a question that is not answered" };
        for count in 500..=records.len() {
            let part = kept(&records[..count]).part(0, MOST_RECORDS).unwrap();
            if let Some(copied) = capture(&part, wrong) {
                text = copied.text.into_bytes();
                found = Some(count);
                break;
            }
        }
        assert!(found.is_some());
        let lines = text.split(|it| *it == b'\n').count();
        assert!((20..30).contains(&lines), "{}", String::from_utf8_lossy(&text));
        assert!(shows(&text, wrong));
    }

    #[test]
    fn what_is_not_wrong_has_no_capture() {
        let part = kept(&[(0, What::Opened), (1, What::Sent(datagram("04")))]).part(0, 9).unwrap();
        let wrong = Wrong { rule: "SYNC-1", side: Side::Own, kind: "an INPUT that skips a frame" };
        assert_eq!(capture(&part, wrong), None);
    }

    #[test]
    fn datagrams_become_cases() {
        let model = Model::specified(7);
        for (hex, word) in [
            ("0700000005aa", "\"reject\": \"truncated\""),
            ("", "reject"),
            ("99", "reject"),
            ("01000000000000010500000000ff", "\"canonical\": \"01"),
        ] {
            let bytes = rollwire_model::hex::parse(hex).unwrap_or_default();
            let copied = vector(&model, &bytes, 12).unwrap();
            assert!(copied.text.contains(word), "{}", copied.text);
            assert!(copied.text.contains("\"id\": \"live/"), "{}", copied.text);
        }
        assert_eq!(vector(&model, &[9; LONGEST], 0), None);
    }
}
