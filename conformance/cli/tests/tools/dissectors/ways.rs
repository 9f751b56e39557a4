//! The ways by which datagrams reach the dissector, and a capture that holds only their beginnings.

use std::fs;

use libtest_mimic::Failed;
use rollwire_dissectors::{exported, pcapng, wireshark};

use super::tshark::Bench;
use crate::support::{Outcome, TSHARK, Test, ensure, trial};

pub(super) fn tests() -> Vec<Test> {
    vec![
        trial("wireshark_loads_it_from_the_folder_of_plugins", &[&TSHARK], plugin),
        trial("wireshark_reads_user_link_types", &[&TSHARK], user_link_types),
        trial("wireshark_reads_packets_of_sctp_if_told_to", &[&TSHARK], sctp),
        trial("wireshark_does_not_judge_what_the_capture_has_cut", &[&TSHARK], cut),
    ]
}

const STATE_HASH: [u8; 13] = [0x07, 0, 0, 0, 0x96, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];

/// What the packet list shows of it.
const ROW: &str = "STATE_HASH frame 150 hash 0123456789abcdef";

/// A capture of one link type.
fn capture(bench: &Bench, link_type: u16, packets: &[Vec<u8>]) -> Result<(), Failed> {
    let mut writer = pcapng::Writer::new(Vec::new(), "rollwire")?;
    let interface = writer.interface("host", link_type)?;
    for packet in packets {
        writer.packet(interface, 0, packet, &[])?;
    }
    Ok(fs::write(bench.path("game.pcapng"), writer.into_inner())?)
}

/// Whether the packet list shows this for the first packet.
fn shows(bench: &Bench, arguments: &[&str], row: &str, does: bool) -> Outcome {
    let printed = bench.tshark(arguments)?;
    let found = printed.lines().next().unwrap_or_default().trim_end().ends_with(row);
    ensure(found == does, || format!("{arguments:?}: {printed}"))
}

fn plugin() -> Outcome {
    let bench = Bench::new()?;
    capture(&bench, exported::LINK_TYPE, &[exported::packet(wireshark::NAME, &STATE_HASH)])?;
    let without = bench.plain(&["-Y", "frame"])?;
    ensure(!without.contains(ROW), || without)?;
    let folders = bench.plain(&["-G", "folders"])?;
    let folder = folders.lines().find_map(|line| line.strip_prefix("Personal Lua Plugins:"));
    let folder = folder.ok_or("no folder for plugins")?.trim();
    fs::create_dir_all(folder)?;
    fs::copy(bench.path("rollwire.lua"), format!("{folder}/rollwire.lua"))?;
    let with = bench.plain(&["-Y", "frame"])?;
    ensure(with.contains(ROW), || with)
}

fn user_link_types() -> Outcome {
    let bench = Bench::new()?;
    capture(&bench, 147, &[STATE_HASH.to_vec()])?;
    shows(&bench, &[], ROW, true)?;
    shows(&bench, &["-o", "rollwire.link_types:"], ROW, false)?;
    capture(&bench, 162, &[STATE_HASH.to_vec()])?;
    shows(&bench, &[], ROW, false)?;
    shows(&bench, &["-o", "rollwire.link_types:150,160-162"], ROW, true)?;
    capture(&bench, 147, &[vec![4; pcapng::MOST_BYTES]])?;
    let surplus = "refused: trailing at byte 1: expected 1 byte, found 262144 bytes (KEEPALIVE-1)";
    shows(&bench, &[], surplus, true)?;
    // The table of Wireshark itself knows the dissector too.
    let table = "uat:user_dlts:\"User 15 (DLT=162)\",\"rollwire\",\"0\",\"\",\"0\",\"\"";
    capture(&bench, 162, &[STATE_HASH.to_vec()])?;
    shows(&bench, &["-o", table], ROW, true)
}

/// A packet of SCTP with one chunk for each message, each of them a binary message of WebRTC.
fn sctp_packet(messages: &[&[u8]]) -> Vec<u8> {
    const WEBRTC_BINARY: u32 = 53;
    let mut packet = vec![0x13, 0x88, 0x13, 0x88, 0, 0, 0, 1, 0, 0, 0, 0];
    for (number, message) in (1_u32..).zip(messages) {
        let length = 16 + message.len();
        packet.extend([0, 7]);
        packet.extend(u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes());
        packet.extend(number.to_be_bytes());
        packet.extend([0, 0, 0, 0]);
        packet.extend(WEBRTC_BINARY.to_be_bytes());
        packet.extend(*message);
        packet.resize(packet.len().next_multiple_of(4), 0);
    }
    packet
}

fn sctp() -> Outcome {
    /// The link type of packets of SCTP without the layers below, as `text2pcap -l 248` writes them.
    const SCTP: u16 = 248;
    let bench = Bench::new()?;
    let messages: [&[u8]; 2] = [&STATE_HASH, &[4]];
    capture(&bench, SCTP, &[sctp_packet(&messages)])?;
    let decode_as = ["-d", "sctp.ppi==53,rollwire"];
    let filtered = |filter| {
        let all = [&decode_as[..], &["-Y", filter, "-T", "fields", "-e", "rollwire.type"]].concat();
        bench.tshark(&all)
    };
    for filter in ["rollwire.state_hash.frame == 150", "rollwire.keepalive"] {
        let types = filtered(filter)?;
        ensure(types.trim() == "0x07,0x04", || format!("{filter}: {types:?}"))?;
    }
    let rows = bench.tshark(&decode_as)?;
    ensure(rows.contains(&format!("{ROW}, KEEPALIVE")), || rows)?;
    // Other protocols use these messages as well, so it is the user who chooses.
    let found = bench.tshark(&["-Y", "rollwire"])?;
    ensure(found.is_empty(), || found)
}

fn cut() -> Outcome {
    let bench = Bench::new()?;
    let packet = exported::packet(wireshark::NAME, &STATE_HASH);
    capture(&bench, exported::LINK_TYPE, &[packet])?;
    shows(&bench, &[], ROW, true)?;
    // The packet was 100 bytes longer on the wire: the number before its bytes says so.
    let mut bytes = fs::read(bench.path("game.pcapng"))?;
    let begin = bytes.windows(4).position(|it| it == b"\0\x0c\0\x08").ok_or("no packet")?;
    bytes[begin - 4] += 100;
    fs::write(bench.path("game.pcapng"), bytes)?;
    shows(&bench, &[], "not judged: the capture holds 13 of 113 bytes", true)?;
    let found = bench.tshark(&["-Y", "rollwire.cut && !rollwire.refusal"])?;
    ensure(found.lines().count() == 1, || found)
}
