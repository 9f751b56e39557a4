//! Hostile files of packets, pcapng and pcap: each is refused with a short line, or judged and printed in short
//! rows. What is exported of it is read again as the same datagrams of the same sides. The input is the file,
//! behind a byte that says what is assumed of packets without a direction.

use rollwire_capture::{
    Capture, Check, Step, Unit,
    line::{Moment, Payload, What},
    packets::{Assumed, Export},
    show,
};

use crate::printable::assert_printable_line;

/// No row of the output is longer: a packet is not repeated.
const LONGEST_ROW: usize = 4_096;

/// A datagram, with the number of its side.
type Datagram = (usize, &'static str, Payload);

/// Below this time, 71 years, a number of JavaScript holds each microsecond. An origin is such a number, so later
/// times are exported as others, and the latest may be too late then.
const EXACT: u64 = 1 << 51;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let assumed = [Assumed::Nothing, Assumed::Sent, Assumed::Received][usize::from(first % 3)];
    let Some((datagrams, exported, is_exact)) = read(bytes, assumed) else { return };
    let (again, ..) = read(&exported, Assumed::Nothing).expect("what was exported is read");
    assert!(!is_exact || again == datagrams, "{again:?} is not {datagrams:?}");
}

/// The datagrams and text frames of a file, its export, and whether its times are exact; nothing if it is
/// refused, or consists of lines.
fn read(bytes: &[u8], assumed: Assumed) -> Option<(Vec<Datagram>, Vec<u8>, bool)> {
    let capture = match Capture::open_any("packets", bytes, assumed) {
        Ok(capture) if capture.unit() == Unit::Lines => return None,
        Ok(capture) => capture,
        Err(fault) => {
            assert_printable_line(&fault.to_string());
            return None;
        }
    };
    let mut check = Check::new(capture);
    let mut export = Export::new(Vec::new(), "fuzz").expect("a vector accepts every write");
    let (mut datagrams, mut last, mut is_exact) = (Vec::new(), 1, true);
    while let Some(step) = check.step().expect("bytes can be read") {
        export.step(&step).expect("a vector accepts every write");
        let judged = match step {
            Step::Record(judged) => judged,
            Step::Gap(fault) => {
                assert_printable_line(&fault);
                continue;
            }
            Step::Header(..) => continue,
        };
        assert!(judged.line >= last, "packets are numbered in their order");
        last = judged.line;
        is_exact &= judged.record.at < Moment(EXACT);
        let (way, payload) = match judged.record.what {
            What::Sent(payload) => ("sent", payload),
            What::Refused(payload) => ("refused", payload),
            What::Received(payload) => ("received", payload),
            _ => continue,
        };
        datagrams.push((judged.tap, way, payload));
    }
    let findings = check.findings();
    assert!(findings.lines >= last || datagrams.is_empty(), "every packet is counted");
    assert!(findings.lines <= bytes.len() as u64 / 12 + 1, "no packet is counted twice");
    let mut output = Vec::new();
    show(&mut output, &findings).expect("a vector accepts every write");
    let output = String::from_utf8(output).expect("the output is UTF-8");
    for row in output.lines() {
        assert!(row.len() < LONGEST_ROW, "{row}");
    }
    Some((datagrams, export.into_inner(), is_exact))
}
