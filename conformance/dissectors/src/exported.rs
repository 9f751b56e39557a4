//! A datagram as Wireshark exports it: without the layers below, and with the name of its dissector.
//!
//! A list of tags, each a number and a length of two bytes, big-endian, and a value that is filled up with
//! zeros to a multiple of four bytes. After the tag 0 comes the datagram.

/// The link type of a capture that holds such packets, `LINKTYPE_WIRESHARK_UPPER_PDU`.
pub const LINK_TYPE: u16 = 252;

/// The dissector of Wireshark for bytes that have no other.
pub const PLAIN: &str = "data";

/// The tag of the dissector's name, `EXP_PDU_TAG_DISSECTOR_NAME`.
const DISSECTOR_NAME: u16 = 12;

/// The tag of the direction, `EXP_PDU_TAG_P2P_DIRECTION`: 0 is sent and 1 is received, in four bytes.
const DIRECTION: u16 = 35;

/// The tag after which the datagram begins.
const END: u16 = 0;

/// Which way a packet went, seen from the side that recorded it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// It arrived.
    Inbound,
    /// It was sent.
    Outbound,
}

/// What such a packet holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exported<'a> {
    /// The name of the dissector; empty if there is none, or if it is not text.
    pub dissector: &'a str,
    /// Which way it went, if a tag says so.
    pub direction: Option<Direction>,
    /// What comes after the tags.
    pub datagram: &'a [u8],
}

/// The bytes of a packet whose datagram Wireshark gives to the dissector of that name.
#[must_use]
pub fn packet(dissector: &str, datagram: &[u8]) -> Vec<u8> {
    directed_packet(dissector, None, datagram)
}

/// The same, with the direction as a tag.
#[must_use]
pub fn directed_packet(dissector: &str, direction: Option<Direction>, datagram: &[u8]) -> Vec<u8> {
    let mut packet = Vec::with_capacity(datagram.len() + 24);
    tag(&mut packet, DISSECTOR_NAME, dissector.as_bytes());
    if let Some(direction) = direction {
        let number: u32 = match direction {
            Direction::Outbound => 0,
            Direction::Inbound => 1,
        };
        tag(&mut packet, DIRECTION, &number.to_be_bytes());
    }
    tag(&mut packet, END, &[]);
    packet.extend_from_slice(datagram);
    packet
}

/// A value of more than 65535 bytes is cut: no dissector has such a name.
fn tag(packet: &mut Vec<u8>, number: u16, value: &[u8]) {
    let length = u16::try_from(value.len().next_multiple_of(4)).unwrap_or(u16::MAX - 3);
    packet.extend_from_slice(&number.to_be_bytes());
    packet.extend_from_slice(&length.to_be_bytes());
    let padded = value.iter().copied().chain(std::iter::repeat(0));
    packet.extend(padded.take(usize::from(length)));
}

/// Reads such a packet; nothing if its tags do not end. Other tags are skipped.
#[must_use]
pub fn read(packet: &[u8]) -> Option<Exported<'_>> {
    let (mut dissector, mut direction, mut rest) = ("", None, packet);
    loop {
        let (number, after) = rest.split_first_chunk::<2>()?;
        let (length, after) = after.split_first_chunk::<2>()?;
        let (value, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
        rest = after;
        match u16::from_be_bytes(*number) {
            END => return Some(Exported { dissector, direction, datagram: rest }),
            DISSECTOR_NAME => {
                let end = value.iter().position(|byte| *byte == 0).unwrap_or(value.len());
                dissector = str::from_utf8(&value[..end]).unwrap_or_default();
            }
            DIRECTION => {
                direction = match value {
                    [0, 0, 0, 0] => Some(Direction::Outbound),
                    [0, 0, 0, 1] => Some(Direction::Inbound),
                    _ => None,
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Direction, Exported, directed_packet, packet, read};

    #[test]
    fn the_name_is_filled_up_to_four_bytes() {
        let expected = b"\0\x0c\0\x08rollwire\0\0\0\0\x04";
        assert_eq!(packet("rollwire", &[4]), expected);
        assert_eq!(packet("ping", &[]), b"\0\x0c\0\x04ping\0\0\0\0");
        assert_eq!(packet("pings", &[]), b"\0\x0c\0\x08pings\0\0\0\0\0\0\0");
        assert_eq!(packet(&"a".repeat(70_000), &[]).len(), 4 + 65_532 + 4);
    }

    #[test]
    fn what_is_written_is_read_again() {
        for direction in [None, Some(Direction::Inbound), Some(Direction::Outbound)] {
            for (dissector, datagram) in [("rollwire", &[4][..]), ("pings", &[]), ("", &[0; 9])] {
                let written = directed_packet(dissector, direction, datagram);
                assert_eq!(read(&written), Some(Exported { dissector, direction, datagram }));
            }
        }
    }

    #[test]
    fn tags_that_do_not_end_are_not_read() {
        let whole = directed_packet("rollwire", Some(Direction::Inbound), &[]);
        for end in 0..whole.len() {
            assert_eq!(read(&whole[..end]), None, "{end} bytes");
        }
        assert_eq!(read(&[0, 12, 0xff, 0xff, 0, 0, 0, 0]), None);
        // A direction of no meaning, a name that is not text, and a tag of another kind.
        let strange =
            b"\0\x23\0\x04\0\0\0\x02\0\x0c\0\x04\xff\xff\xff\xff\0\x63\0\x02ab\0\0\0\0\x04";
        let expected = Exported { dissector: "", direction: None, datagram: &[4] };
        assert_eq!(read(strange), Some(expected));
    }
}
