//! Captures with the published datagrams, and descriptions of links.

use rollwire_capture::line::{
    Header, Moment, Payload, PeerSetup, Record, What, write_header, write_record,
};
use rollwire_interop::link::NAMED;
use rollwire_model::peer::{Areas, Parameters, Setup};

use crate::published;

/// How many datagrams a capture has.
const DATAGRAMS: usize = 8;

/// Captures of one tap and of two, and each kind of line as a file of its own.
pub(super) fn files() -> Vec<Vec<u8>> {
    let datagrams = published::set().bytes().filter_map(|case| Some(case.bytes()?.to_vec()));
    let datagrams: Vec<Vec<u8>> = datagrams.filter(|bytes| bytes.len() < 100).collect();
    let captures = datagrams.chunks(DATAGRAMS).enumerate();
    let mut files: Vec<Vec<u8>> = captures.map(|(at, part)| capture(at % 2 == 1, part)).collect();
    let lines: Vec<Vec<u8>> = files
        .iter()
        .take(2)
        .flat_map(|file| file.split_inclusive(|it| *it == b'\n'))
        .map(<[u8]>::to_vec)
        .collect();
    files.extend(lines);
    files
}

fn capture(has_two_taps: bool, datagrams: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    let taps: &[&str] = if has_two_taps { &["1", "2"] } else { &[""] };
    for tap in taps {
        let header = Header {
            peer: "ann".to_owned(),
            revision: 7,
            origin: Some(1_790_000_000_000.5),
            redundancy: Some(10),
            setup: (!has_two_taps).then(followed),
            tap: (*tap).to_owned(),
        };
        write_header(&mut file, &header).expect("a vector accepts every write");
    }
    let payloads = datagrams.iter().cloned().map(Payload::Datagram);
    let datagrams = payloads.enumerate().map(|(at, payload)| match at % 4 {
        0 | 2 => What::Sent(payload),
        1 => What::Received(payload),
        _ => What::Refused(payload),
    });
    let text = What::Received(Payload::Text("{\"type\":\"hello\"}".to_owned()));
    let rest = [What::Missing(3), What::Error("it broke".to_owned()), text, What::Closed];
    let all = std::iter::once(What::Opened).chain(datagrams).chain(rest);
    for ((at, what), number) in all.enumerate().zip(0..) {
        let buffered = matches!(what, What::Sent(_)).then_some(16);
        let at = (Moment(16_667 * number), taps[at % taps.len()]);
        let record = Record { number: Some(number), at: at.0, what, buffered };
        write_record(&mut file, at.1, &record).expect("a vector accepts every write");
    }
    file
}

/// The links with names, their words one by one, and words that are next to what can be given.
pub(super) fn links() -> Vec<Vec<u8>> {
    let mut texts: Vec<String> = NAMED.map(|(_, text)| text.to_owned()).into();
    let delays = ["delay 0", "delay 60+-20", "delay 10000±10000", "delay 10001", "delay 5±"];
    let losses = ["loss 0%", "loss 99%", "loss 100%", "loss 10"];
    let others = ["burst 1", "burst 100", "duplicate 2%", "burst 0"];
    let spans = ["part 3s@20s", "close 700ms@9s", "full 3600s@0s", "part 1000ms@1ms", "full 1s"];
    let all = [&delays[..], &losses, &others, &spans].concat();
    texts.extend(all.iter().map(|it| (*it).to_owned()));
    texts.extend(delays.iter().zip(spans).map(|(one, other)| format!("{other} {one}")));
    for (loss, other) in losses.iter().zip(others) {
        texts.extend(spans.iter().map(|span| format!("{loss} {other} {span} {span}")));
    }
    texts.into_iter().map(String::into_bytes).collect()
}

/// What a peer that is followed was created with.
fn followed() -> PeerSetup {
    PeerSetup {
        setup: Setup::default(),
        parameters: Parameters::default(),
        areas: Areas { exchange: false, detect: false, ..Areas::ALL },
    }
}
