//! Files of packets: the exports of captures, and the same datagrams as other programs write them.

use rollwire_capture::{
    Capture, Check,
    packets::{Assumed, Export},
};
use rollwire_dissectors::{exported::Direction, pcapng::Writer};

use super::captures;

/// How many of the captures become packets: the files of neighbours differ only in their datagrams.
const CAPTURES: usize = 48;

/// Each file behind the byte that says what is assumed.
pub(super) fn files() -> Vec<Vec<u8>> {
    let captures: Vec<Vec<u8>> = captures::files().into_iter().take(CAPTURES).collect();
    let mut files: Vec<Vec<u8>> = captures.iter().filter_map(|it| exported(it)).collect();
    files.extend([user_link_types(), two_interfaces(), classic(147), classic(252)]);
    let behind =
        (0..).zip(files).map(|(number, file): (u8, Vec<u8>)| [&[number % 3], &*file].concat());
    behind.collect()
}

fn exported(capture: &[u8]) -> Option<Vec<u8>> {
    let mut check = Check::new(Capture::open_any("seed", capture, Assumed::Nothing).ok()?);
    let mut export = Export::new(Vec::new(), "seed").ok()?;
    while let Some(step) = check.step().ok()? {
        export.step(&step).ok()?;
    }
    Some(export.into_inner())
}

fn user_link_types() -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), "seed").expect("a vector accepts every write");
    let interface = writer.interface("host", 147).expect("a vector accepts every write");
    for (time, direction) in (0..).zip([Direction::Outbound, Direction::Inbound]) {
        let comments = ["the channel opened", "2 records are missing", "a note"];
        let written = writer.directed_packet(interface, time, &[4], Some(direction), &comments);
        written.expect("a vector accepts every write");
    }
    writer.into_inner()
}

fn two_interfaces() -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), "seed").expect("a vector accepts every write");
    let interfaces =
        ["one", "other"].map(|name| writer.interface(name, 162).expect("a vector accepts it"));
    for interface in interfaces {
        writer.packet(interface, 7, &[4], &[]).expect("a vector accepts every write");
    }
    writer.into_inner()
}

/// A pcap with a KEEPALIVE.
fn classic(link_type: u32) -> Vec<u8> {
    let numbers = [0xa1b2_c3d4, 4 << 16 | 2, 0, 0, 262_144, link_type, 5, 9, 1, 1];
    let bytes = numbers.iter().flat_map(|it: &u32| it.to_le_bytes());
    bytes.chain([4]).collect()
}
