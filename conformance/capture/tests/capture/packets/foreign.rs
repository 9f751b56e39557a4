//! What other programs write: both byte orders, user link types, other clocks, and files that do not say
//! everything.

use rollwire_capture::packets::Assumed;
use rollwire_dissectors::exported::{self, Direction};

use super::{
    blocks::{File, INBOUND, OUTBOUND},
    check, open, open_as, refusal, told,
};

const USER0: u16 = 147;
const ETHERNET: u16 = 1;

#[test]
fn user_link_types_hold_datagrams_in_either_byte_order() {
    for is_big in [false, true] {
        let mut file = File::new(is_big);
        file.interface(USER0, &[(2, b"host")]);
        file.packet(0, 5_000_000, OUTBOUND, &[4]);
        file.packet(0, 5_000_250, INBOUND, &[7, 0]);
        let expected = ["@0 Sent(([4]))", "@250 Received(([7, 0]))"];
        assert_eq!(told(open(&file.bytes)), expected, "{is_big}");
        let findings = check(&file.bytes);
        assert_eq!((&*findings.sides[0].peer, findings.lines), ("host", 2));
        let violation = &findings.sides[0].violations[0];
        assert_eq!((&*violation.rule, violation.line), ("STATE_HASH-1", 2));
    }
    for (link_type, is_read) in [(146, false), (147, true), (162, true), (163, false)] {
        let mut file = File::new(false);
        file.interface(link_type, &[]);
        file.packet(0, 0, OUTBOUND, &[4]);
        let opened = open_as(&file.bytes, Assumed::Nothing);
        assert_eq!(opened.is_ok(), is_read, "{link_type}");
    }
}

#[test]
fn a_clock_may_have_any_resolution_and_offset() {
    let offset = |is_big: bool| -> [u8; 8] {
        if is_big { (-3_i64).to_be_bytes() } else { (-3_i64).to_le_bytes() }
    };
    for is_big in [false, true] {
        let mut file = File::new(is_big);
        file.interface(USER0, &[(9, &[9]), (14, &offset(is_big))]);
        file.interface(USER0, &[(9, &[0x8a])]);
        file.packet(0, 10_000_000_000, OUTBOUND, &[4]);
        file.packet(0, 10_000_002_999, OUTBOUND, &[4]);
        // The first record is the origin of all: 7 s after 1970. This is 2 s later.
        file.packet(1, 9 << 10, OUTBOUND, &[4]);
        // Before the origin, nothing is.
        file.packet(1, 0, OUTBOUND, &[4]);
        let expected = ["@0 Sent(([4]))", "@2 Sent(([4]))", "interface 2@2000000 Sent(([4]))"];
        let told = told(open(&file.bytes));
        assert_eq!(told[..3], expected, "{is_big}");
        assert_eq!(told[3], "interface 2@0 Sent(([4]))");
    }
}

#[test]
fn an_exported_pdu_says_its_direction_in_a_tag_or_in_flags() {
    let mut file = File::new(false);
    file.interface(exported::LINK_TYPE, &[]);
    let packet = |direction| exported::directed_packet("rollwire", direction, &[4]);
    file.packet(0, 0, 0, &packet(Some(Direction::Outbound)));
    file.packet(0, 0, 0, &packet(Some(Direction::Inbound)));
    file.packet(0, 0, INBOUND, &packet(None));
    // Other protocols are not ours; what a comment says about the channel is.
    file.packet(0, 0, 0, &exported::packet("dns", &[1, 2]));
    file.packet_with(0, 0, &exported::packet("dns", &[]), &[(1, b"the channel closed")]);
    file.packet_with(0, 0, &packet(Some(Direction::Outbound)), &[(1, b"refused by the channel")]);
    // An export has written this, and its comment was lost.
    file.packet(0, 0, 0, &exported::packet("data", &[]));
    // This does not say which way it went, and nothing is assumed.
    file.packet(0, 0, 0, &packet(None));
    let expected = [
        "@0 Sent(([4]))",
        "@0 Received(([4]))",
        "@0 Received(([4]))",
        "@0 Closed",
        "@0 Refused(([4]))",
        "@0 Missing(0)",
    ];
    assert_eq!(told(open(&file.bytes)), expected);
    let findings = check(&file.bytes);
    assert_eq!((findings.malformed, findings.lines), (1, 8));
    let fault = &findings.malformed_lines[0];
    assert_eq!(fault.line, 8);
    assert!(fault.fault.contains("does not say whether it was sent or received"), "{fault:?}");
    let offset: usize = fault.fault.split(' ').nth(2).unwrap().parse().unwrap();
    assert_eq!(file.bytes[offset..offset + 4], [6, 0, 0, 0]);
}

#[test]
fn comments_before_a_datagram_say_what_happened() {
    let mut file = File::new(true);
    file.interface(USER0, &[]);
    let flags = OUTBOUND.to_be_bytes();
    let comments = [(1, &b"the channel opened"[..]), (1, b"a note of mine"), (2, &flags)];
    file.packet_with(0, 0, &[4], &comments);
    file.packet_with(0, 7, &[], &[(1, b"2 records are missing\0"), (1, b"error: lost")]);
    let expected = ["@0 Opened", "@0 Sent(([4]))", "@7 Missing(2)", "@7 Error(\"lost\")"];
    assert_eq!(told(open(&file.bytes)), expected);
}

/// A file in which nothing says who sent a packet.
fn silent(interfaces: &[u16]) -> Vec<u8> {
    let mut file = File::new(false);
    interfaces.iter().for_each(|link_type| file.interface(*link_type, &[]));
    for (number, link_type) in (0..).zip(interfaces) {
        let datagram: &[u8] = if *link_type == ETHERNET { &[0; 60] } else { &[4] };
        file.packet(number, 9, 0, datagram);
    }
    file.bytes
}

#[test]
fn of_two_interfaces_without_directions_the_first_is_the_own_side() {
    let expected = ["@0 Sent(([4]))", "@0 Received(([4]))"];
    assert_eq!(told(open(&silent(&[USER0, USER0]))), expected);
    assert_eq!(told(open(&silent(&[USER0, ETHERNET, 162]))), expected);
}

#[test]
fn a_file_that_does_not_say_who_sent_is_refused_unless_something_is_assumed() {
    for interfaces in [&[USER0][..], &[USER0; 3], &[USER0, ETHERNET]] {
        let file = silent(interfaces);
        let text = refusal(&file);
        let offset = 28 + 24 * interfaces.len();
        let place = format!("file: packet 1, in the block at byte {offset}, does not say");
        assert!(text.starts_with(&place), "{text}");
        assert!(
            text.contains("text2pcap -D") && text.contains("--assume-direction sent"),
            "{text}"
        );
        for (assumed, expected) in [(Assumed::Sent, "Sent"), (Assumed::Received, "Received")] {
            let told = told(open_as(&file, assumed).unwrap());
            assert!(told.iter().all(|it| it.contains(expected)), "{told:?}");
        }
    }
}

#[test]
fn a_pcap_has_one_side_and_no_directions() {
    for is_big in [false, true] {
        for has_nanoseconds in [false, true] {
            let mut file = File::classic(is_big, has_nanoseconds, USER0.into());
            file.classic_packet([3, 500], &[4], 0);
            file.classic_packet([4, 9500], &[7], 5);
            assert!(refusal(&file.bytes).contains("file: packet 1, in the block at byte 24"));
            let later = if has_nanoseconds { 1_000_009 } else { 1_009_000 };
            let expected = ["@0 Sent(([4]))".to_owned(), format!("@{later} Missing(1)")];
            assert_eq!(told(open_as(&file.bytes, Assumed::Sent).unwrap()), expected);
        }
    }
    let mut file = File::classic(false, false, exported::LINK_TYPE.into());
    file.classic_packet(
        [0, 0],
        &exported::directed_packet("rollwire", Some(Direction::Inbound), &[4]),
        0,
    );
    assert_eq!(told(open(&file.bytes)), ["@0 Received(([4]))"]);
}

#[test]
fn a_file_without_datagrams_says_what_it_holds() {
    let mut file = File::new(false);
    assert_eq!(refusal(&file.bytes), "file: holds no datagram of rollwire: it has no packet");
    file.interface(ETHERNET, &[]);
    file.interface(exported::LINK_TYPE, &[]);
    file.packet(0, 0, 0, &[0; 60]);
    file.packet(1, 0, 0, &exported::packet("dns\u{202e}", &[0; 60]));
    let text = refusal(&file.bytes);
    assert!(text.contains("it holds only exported PDUs for the dissector \"dns"), "{text}");
    assert!(text.contains("link type 1; supported are exported PDUs"), "{text}");
    assert!(!text.contains('\u{202e}'), "{text}");
}

#[test]
fn the_comments_of_the_chapter_are_read() {
    let chapter = include_str!("../../../../../spec/capture.md");
    let table = chapter.split_once("| Comment | Record |\n|---|---|\n").unwrap().1;
    let rows = table.lines().take_while(|row| row.starts_with('|'));
    let mut count = 0;
    for row in rows {
        let comments = row.split('|').nth(1).unwrap();
        for comment in comments.split('`').skip(1).step_by(2) {
            let comment = comment.replace('N', "7").replace("TEXT", "it broke");
            let mut file = File::new(false);
            file.interface(USER0, &[]);
            let flags = OUTBOUND.to_le_bytes();
            file.packet_with(0, 0, b"x", &[(1, comment.as_bytes()), (2, &flags)]);
            let told = told(open(&file.bytes));
            assert_ne!(told, ["@0 Sent(([120]))"], "{comment}");
            count += 1;
        }
    }
    assert_eq!(count, 8);
}
