//! A datagram as Wireshark exports it: without the layers below, and with the name of its dissector.
//!
//! A list of tags, each a number and a length of two bytes, big-endian, and a value that is filled up with
//! zeros to a multiple of four bytes. After the tag 0 comes the datagram.

/// The link type of a capture that holds such packets, `LINKTYPE_WIRESHARK_UPPER_PDU`.
pub const LINK_TYPE: u16 = 252;

/// The tag of the dissector's name, `EXP_PDU_TAG_DISSECTOR_NAME`.
const DISSECTOR_NAME: u16 = 12;

/// The tag after which the datagram begins.
const END: u16 = 0;

/// The bytes of a packet whose datagram Wireshark gives to the dissector of that name.
#[must_use]
pub fn packet(dissector: &str, datagram: &[u8]) -> Vec<u8> {
    let mut packet = Vec::with_capacity(datagram.len() + 16);
    tag(&mut packet, DISSECTOR_NAME, dissector.as_bytes());
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

#[cfg(test)]
mod tests {
    use super::packet;

    #[test]
    fn the_name_is_filled_up_to_four_bytes() {
        let expected = b"\0\x0c\0\x08rollwire\0\0\0\0\x04";
        assert_eq!(packet("rollwire", &[4]), expected);
        assert_eq!(packet("ping", &[]), b"\0\x0c\0\x04ping\0\0\0\0");
        assert_eq!(packet("pings", &[]), b"\0\x0c\0\x08pings\0\0\0\0\0\0\0");
        assert_eq!(packet(&"a".repeat(70_000), &[]).len(), 4 + 65_532 + 4);
    }
}
