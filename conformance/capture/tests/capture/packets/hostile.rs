//! Files that are cut off, that lie about their lengths, and that are too much.

use rollwire_capture::{Unreadable, packets::Assumed};

use super::{
    blocks::{File, INBOUND, OUTBOUND},
    check, exported, open, open_as, refusal, told,
};
use crate::files::file;

/// A small file with everything that an export writes.
fn small() -> Vec<u8> {
    exported(
        file("0 open\n1 > PING 7\n2 < 0700\n3 x KEEPALIVE\n4 closed\n5 > KEEPALIVE").as_bytes(),
    )
}

#[test]
fn what_stands_before_a_cut_is_judged() {
    let whole = small();
    let (all, findings) = (told(open(&whole)), check(&whole));
    assert_eq!((all.len(), findings.violations(), findings.cut), (6, (2, 2), None));
    let mut longest = 0;
    for end in 4..whole.len() {
        let opened = match open_as(&whole[..end], Assumed::Nothing) {
            Ok(opened) => opened,
            Err(Unreadable::NoDatagram { why, .. }) => {
                assert_eq!(longest, 0, "{end}: {why}");
                let place = "it is cut off in the block at byte ";
                assert!(why.starts_with(place) || why == "it has no packet", "{end}: {why}");
                continue;
            }
            Err(error) => panic!("{end}: {error}"),
        };
        let told = told(opened);
        assert!(all.starts_with(&told) && told.len() >= longest, "{end}: {told:?}");
        longest = told.len();
        let findings = check(&whole[..end]);
        assert_eq!(findings.malformed, 0, "{end}");
        // Between two blocks, nothing is cut off.
        assert!(findings.cut.is_none_or(|cut| cut == longest as u64 + 1), "{end}: {findings:?}");
    }
    assert_eq!(longest, all.len() - 1);
    assert_eq!(check(&whole[..whole.len() - 1]).cut, Some(6));
}

/// Each byte of a small file set to each of some values: nothing panics, and no error is without its place.
#[test]
fn any_byte_may_be_wrong() {
    let whole = small();
    for at in 4..whole.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff, whole[at] ^ 1] {
            let mut broken = whole.clone();
            broken[at] = value;
            match open_as(&broken, Assumed::Sent) {
                Err(error) => assert!(error.to_string().starts_with("file: "), "{error}"),
                Ok(check) => {
                    for line in check.finish().unwrap().malformed_lines {
                        assert!(line.fault.starts_with("at byte "), "{at} {value}: {line:?}");
                    }
                }
            }
        }
    }
}

/// The faults of a file, without the places.
fn faults(file: &File) -> Vec<String> {
    let lines = check(&file.bytes).malformed_lines.into_iter();
    lines.map(|it| it.fault.splitn(4, ' ').nth(3).unwrap_or_default().to_owned()).collect()
}

/// What is done to a file.
type Damage<'a> = &'a dyn Fn(&mut File);

/// A file with one datagram.
fn begun() -> File {
    let mut file = File::new(false);
    file.interface(147, &[]);
    file.packet(0, 1_000_000, OUTBOUND, &[4]);
    file
}

#[test]
fn a_length_that_lies_ends_the_reading_and_another_fault_does_not() {
    let after = |broken: Damage<'_>| {
        let mut file = begun();
        broken(&mut file);
        file.packet(0, 2_000_000, INBOUND, &[4]);
        (faults(&file), told(open(&file.bytes)).len())
    };
    for length in [0, 8, 11, 13, 0x8000_0001] {
        let (faults, records) = after(&|file| file.bytes.extend(file.numbers(&[6, length])));
        assert!(faults[0].starts_with(&format!("has a length of {length} bytes")), "{faults:?}");
        assert_eq!(records, 1);
    }
    let (faults, records) = after(&|file| file.bytes.extend(file.numbers(&[9, 16, 0, 20])));
    assert_eq!(
        faults,
        [
            "has a length of 16 bytes at its beginning and of 20 at its end; the rest of the file is not read"
        ]
    );
    assert_eq!(records, 1);
    let goes_on: [(Damage<'_>, &str); 9] = [
        (&|file| file.block(6, &[0; 8]), "cannot be read: its parts are longer than it is"),
        (&|file| file.block(6, &[0xff; 24]), "cannot be read: its parts are longer"),
        (&|file| file.block(1, &[]), "cannot be read: its parts are longer than it is"),
        (
            &|file| file.packet(7, 0, OUTBOUND, &[4]),
            "refers to interface 7, but the section describes only 1 before it",
        ),
        (&|file| file.block(3, &[0; 8]), "is a simple packet, which has no time"),
        (&|file| file.block(2, &[0; 40]), "is a packet of the obsolete kind"),
        (
            &|file| file.packet(0, u64::MAX, OUTBOUND, &[4]),
            "has a time that is more than 1e15 milliseconds",
        ),
        (
            &|file| file.packet(0, 0, OUTBOUND, &[0; 65_537]),
            "is a datagram of 65537 bytes; the most are 65536",
        ),
        (
            &|file| file.packet(0, 0, OUTBOUND, &vec![0; 600_000]),
            "is 600044 bytes long, but at most 524288 are read",
        ),
    ];
    for (broken, expected) in goes_on {
        let (faults, records) = after(broken);
        assert!(faults[0].starts_with(expected), "{expected}: {faults:?}");
        assert_eq!((faults.len(), records), (1, 2), "{expected}");
    }
    // Of other blocks, nothing is kept, however long they are.
    let (faults, records) = after(&|file| file.block(0x0bad, &vec![0; 3 << 20]));
    assert_eq!((faults.len(), records), (0, 2));
}

#[test]
fn a_section_that_cannot_be_read_is_the_end() {
    let mut file = begun();
    file.bytes.extend(file.numbers(&[0x0a0d_0d0a, 28, 0, 1, 0, 0, 28]));
    assert!(faults(&file)[0].starts_with("begins a section without a byte order"));
    let mut file = begun();
    file.bytes.extend(file.numbers(&[0x0a0d_0d0a, 28, 0x1a2b_3c4d, 2, 0, 0, 28]));
    assert!(faults(&file)[0].starts_with("begins a section of version 2 of pcapng"));
    let broken = refusal(&file.bytes[file.bytes.len() - 28..]);
    assert!(broken.contains("the block at byte 0 begins a section of version 2"), "{broken}");
    // A section may have another byte order, and counts its interfaces anew.
    let mut file = begun();
    let mut other = File::new(true);
    other.interface(148, &[]);
    other.packet(0, 1_500_000, INBOUND, &[4]);
    file.bytes.extend(other.bytes);
    assert_eq!(told(open(&file.bytes)), ["@0 Sent(([4]))", "interface 2@500000 Received(([4]))"]);
}

#[test]
fn thousands_of_interfaces_and_options_are_bounded() {
    let mut file = File::new(false);
    (0..5000).for_each(|_| file.interface(147, &[(2, &[b'x'; 1000])]));
    (0..20).for_each(|interface| file.packet(interface, 0, OUTBOUND, &[4]));
    // They stand before the first datagram, and are too many not to be read.
    let text = refusal(&file.bytes);
    assert!(text.contains("describes one more interface than the 4096"), "{text}");
    let mut file = File::new(false);
    (0..20).for_each(|_| file.interface(147, &[]));
    (0..20).for_each(|interface| file.packet(interface, 0, OUTBOUND, &[4]));
    let findings = check(&file.bytes);
    assert_eq!((findings.sides.len(), findings.malformed), (16, 4));
    assert!(findings.malformed_lines[0].fault.contains("one more tap than the 16"));
    // A hundred thousand options, of which a few dozen are read.
    let mut file = begun();
    let remark: (u16, &[u8]) = (1, b"1 record is missing");
    file.packet_with(0, 1_000_000, &[], &vec![remark; 15_000]);
    file.packet_with(0, 1_000_000, &[], &vec![(7, &[][..]); 100_000]);
    assert_eq!(check(&file.bytes).sides[0].missing, 64);
}
