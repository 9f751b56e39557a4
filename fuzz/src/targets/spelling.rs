//! Hostile text as captured datagrams: it is refused with a short line that names a place in the text, or
//! every datagram of it, written as plain hex, is read again as the same. The input is the text.

use rollwire_conformance::spelling::{HowToRead, Reading, Spelling, SpellingFault, read};
use rollwire_model::hex::plain;

use crate::printable::assert_printable_line;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let named = Spelling::ALL.map(Some);
    for spelling in named.into_iter().chain([None]) {
        for join in [false, true] {
            let how = HowToRead { spelling, join };
            match read(text, how) {
                Err(fault) => assert_place(text, &fault),
                Ok(reading) => assert_consistent(text, how, &reading),
            }
        }
    }
}

/// Panics unless the fault is a short line about a place of the text.
fn assert_place(text: &str, fault: &SpellingFault) {
    assert_printable_line(&fault.to_string());
    let lines = 1 + text.matches('\n').count();
    assert!((1..=lines).contains(&fault.line), "{fault}");
    assert!((1..=text.len() + 1).contains(&fault.column), "{fault}");
}

fn assert_consistent(text: &str, how: HowToRead, reading: &Reading) {
    reading.notes.iter().for_each(|note| assert_printable_line(note));
    assert!(!reading.packets.is_empty(), "a text without bytes is refused");
    let length: usize = reading.packets.iter().map(|packet| packet.bytes.len()).sum();
    assert!(length <= text.len(), "{length} bytes of {} characters", text.len());
    let lines = 1 + text.matches('\n').count();
    let mut previous = 1;
    for packet in &reading.packets {
        assert!((previous..=lines).contains(&packet.line), "{packet:?} of {lines} lines");
        previous = packet.line;
        // The numbers of a JSON object are decimal, and its strings say what they are.
        let is_of_json = text.contains('{') && text.contains('"');
        let is_as_named = how.spelling.is_none_or(|it| it == packet.spelling);
        assert!(is_as_named || is_of_json || packet.bytes.is_empty(), "{how:?} read {packet:?}");
        if !packet.bytes.is_empty() {
            let again = read(&plain(&packet.bytes), HowToRead::default());
            let again = again.expect("plain hex is read").packets;
            assert_eq!(again.len(), 1);
            assert_eq!(again[0].bytes, packet.bytes);
        }
    }
}
