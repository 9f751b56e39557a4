//! Writes a capture file in the format pcapng: one section, an interface for each side, and packets with
//! comments.
//!
//! A file is a list of blocks. Each begins with its type and its length, and ends with its length again,
//! four bytes each; its content is filled up to a multiple of four. Numbers are little-endian here, which
//! the first block says. Three kinds of blocks are enough:
//!
//! | block | content |
//! |---|---|
//! | Section Header | the byte order, the version, and the program that wrote the file |
//! | Interface Description | a link type, and the name of a side |
//! | Enhanced Packet | an interface, a time in microseconds, the bytes, and comments |

use std::io::{self, Write};

use crate::exported::Direction;

const SECTION_HEADER: u32 = 0x0a0d_0d0a;
const INTERFACE_DESCRIPTION: u32 = 1;
const ENHANCED_PACKET: u32 = 6;

/// The options of these blocks, by their numbers.
const END_OF_OPTIONS: u16 = 0;
const COMMENT: u16 = 1;
const INTERFACE_NAME: u16 = 2;
const INTERFACE_DESCRIPTION_TEXT: u16 = 3;
const PACKET_FLAGS: u16 = 2;
const SECTION_APPLICATION: u16 = 4;

/// The most bytes that a packet may have: Wireshark does not open a file with a larger one.
pub const MOST_BYTES: usize = 262_144;

/// The most bytes that a text may have: a name or a comment.
pub const MOST_TEXT: usize = 65_535;

/// A capture file that is being written.
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    interfaces: u32,
}

/// An interface of the capture file by whose writer it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interface(u32);

impl<W: Write> Writer<W> {
    /// Begins a file that says which program wrote it.
    ///
    /// # Errors
    ///
    /// What the destination reports; or `InvalidInput` for a name longer than [`MOST_TEXT`].
    pub fn new(out: W, application: &str) -> io::Result<Self> {
        let mut content = Vec::new();
        content.extend_from_slice(&0x1a2b_3c4d_u32.to_le_bytes());
        content.extend_from_slice(&1_u16.to_le_bytes());
        content.extend_from_slice(&0_u16.to_le_bytes());
        // The length of the section is not known yet.
        content.extend_from_slice(&u64::MAX.to_le_bytes());
        option(&mut content, SECTION_APPLICATION, application)?;
        end_of_options(&mut content);
        let mut writer = Self { out, interfaces: 0 };
        writer.block(SECTION_HEADER, &content)?;
        Ok(writer)
    }

    /// Adds an interface: a side that packets come from. Its times are microseconds.
    ///
    /// # Errors
    ///
    /// What the destination reports; or `InvalidInput` for a name longer than [`MOST_TEXT`].
    pub fn interface(&mut self, name: &str, link_type: u16) -> io::Result<Interface> {
        self.described_interface(name, "", link_type)
    }

    /// The same, with a description, unless it is empty.
    ///
    /// # Errors
    ///
    /// What the destination reports; or `InvalidInput` for a text longer than [`MOST_TEXT`].
    pub fn described_interface(
        &mut self,
        name: &str,
        description: &str,
        link_type: u16,
    ) -> io::Result<Interface> {
        let mut content = Vec::new();
        content.extend_from_slice(&link_type.to_le_bytes());
        content.extend_from_slice(&0_u16.to_le_bytes());
        // Packets are never cut.
        content.extend_from_slice(&0_u32.to_le_bytes());
        option(&mut content, INTERFACE_NAME, name)?;
        if !description.is_empty() {
            option(&mut content, INTERFACE_DESCRIPTION_TEXT, description)?;
        }
        end_of_options(&mut content);
        self.block(INTERFACE_DESCRIPTION, &content)?;
        let interface = Interface(self.interfaces);
        self.interfaces += 1;
        Ok(interface)
    }

    /// Adds a packet of an interface, at a time in microseconds, and what is to be said about it.
    ///
    /// # Errors
    ///
    /// What the destination reports; or `InvalidInput` for more than [`MOST_BYTES`], and for a comment
    /// longer than [`MOST_TEXT`]. Then nothing is written.
    pub fn packet(
        &mut self,
        interface: Interface,
        microseconds: u64,
        bytes: &[u8],
        comments: &[&str],
    ) -> io::Result<()> {
        self.directed_packet(interface, microseconds, bytes, None, comments)
    }

    /// The same, with the way that it went.
    ///
    /// # Errors
    ///
    /// Those of [`Self::packet`].
    pub fn directed_packet(
        &mut self,
        interface: Interface,
        microseconds: u64,
        bytes: &[u8],
        direction: Option<Direction>,
        comments: &[&str],
    ) -> io::Result<()> {
        if bytes.len() > MOST_BYTES {
            let text = format!("a packet has {} bytes, and at most {MOST_BYTES}", bytes.len());
            return Err(invalid(text));
        }
        let [a, b, c, d, e, f, g, h] = microseconds.to_be_bytes();
        let (high, low) = (u32::from_be_bytes([a, b, c, d]), u32::from_be_bytes([e, f, g, h]));
        let length = length(bytes.len())?;
        let mut content = Vec::with_capacity(bytes.len() + 64);
        for number in [interface.0, high, low, length, length] {
            content.extend_from_slice(&number.to_le_bytes());
        }
        padded(&mut content, bytes);
        for comment in comments {
            option(&mut content, COMMENT, comment)?;
        }
        if let Some(direction) = direction {
            let flags: u32 = match direction {
                Direction::Inbound => 1,
                Direction::Outbound => 2,
            };
            option_of(&mut content, PACKET_FLAGS, &flags.to_le_bytes())?;
        }
        if direction.is_some() || !comments.is_empty() {
            end_of_options(&mut content);
        }
        self.block(ENHANCED_PACKET, &content)
    }

    /// The destination, with everything that was written.
    #[must_use]
    pub fn into_inner(self) -> W {
        self.out
    }

    fn block(&mut self, kind: u32, content: &[u8]) -> io::Result<()> {
        let length = length(content.len() + 12)?.to_le_bytes();
        self.out.write_all(&kind.to_le_bytes())?;
        self.out.write_all(&length)?;
        self.out.write_all(content)?;
        self.out.write_all(&length)
    }
}

/// An option whose value is text.
fn option(content: &mut Vec<u8>, number: u16, text: &str) -> io::Result<()> {
    option_of(content, number, text.as_bytes())
}

fn option_of(content: &mut Vec<u8>, number: u16, value: &[u8]) -> io::Result<()> {
    let length = u16::try_from(value.len()).map_err(|_| {
        invalid(format!("a text has {} bytes, and at most {MOST_TEXT}", value.len()))
    })?;
    content.extend_from_slice(&number.to_le_bytes());
    content.extend_from_slice(&length.to_le_bytes());
    padded(content, value);
    Ok(())
}

/// The end of a list of options. No option needs no list.
fn end_of_options(content: &mut Vec<u8>) {
    content.extend_from_slice(&END_OF_OPTIONS.to_le_bytes());
    content.extend_from_slice(&0_u16.to_le_bytes());
}

fn padded(content: &mut Vec<u8>, bytes: &[u8]) {
    content.extend_from_slice(bytes);
    content.resize(content.len().next_multiple_of(4), 0);
}

fn length(bytes: usize) -> io::Result<u32> {
    u32::try_from(bytes).map_err(|_| invalid(format!("a block has {bytes} bytes")))
}

fn invalid(text: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use pcap_parser::{Block, parse_block_le};

    use super::{MOST_BYTES, MOST_TEXT, Writer};
    use crate::exported::Direction;

    /// The blocks of a file, read by a library that others use.
    fn blocks(mut bytes: &[u8]) -> Vec<Block<'_>> {
        let mut blocks = Vec::new();
        while !bytes.is_empty() {
            let (rest, block) = parse_block_le(bytes).expect("a block");
            blocks.push(block);
            bytes = rest;
        }
        blocks
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let mut writer = Writer::new(Vec::new(), "a game").unwrap();
        let host = writer.described_interface("host", "a side", 252).unwrap();
        let guest = writer.interface("guest…", 147).unwrap();
        let late = (5 << 32) + 7;
        writer.packet(guest, late, &[1, 2, 3, 4, 5], &["lost", "a rollback"]).unwrap();
        writer.packet(host, 0, &[], &[]).unwrap();
        writer.directed_packet(host, 0, &[9], Some(Direction::Outbound), &["x"]).unwrap();
        let bytes = writer.into_inner();
        let blocks = blocks(&bytes);
        let [
            Block::SectionHeader(section),
            Block::InterfaceDescription(one),
            Block::InterfaceDescription(two),
            Block::EnhancedPacket(first),
            Block::EnhancedPacket(second),
            Block::EnhancedPacket(third),
        ] = &blocks[..]
        else {
            panic!("{blocks:?}")
        };
        let text = |option: &pcap_parser::pcapng::PcapNGOption| {
            let value = &option.value[..usize::from(option.len)];
            (option.code.0, String::from_utf8(value.to_vec()).unwrap())
        };
        assert_eq!((section.major_version, section.section_len), (1, -1));
        assert_eq!(text(&section.options[0]), (4, "a game".to_owned()));
        assert_eq!((one.linktype.0, text(&one.options[0])), (252, (2, "host".to_owned())));
        assert_eq!(text(&one.options[1]), (3, "a side".to_owned()));
        assert_eq!((two.linktype.0, text(&two.options[0])), (147, (2, "guest…".to_owned())));
        assert_eq!((first.if_id, first.ts_high, first.ts_low), (1, 5, 7));
        assert_eq!((first.caplen, first.origlen, &first.data[..5]), (5, 5, &[1, 2, 3, 4, 5][..]));
        let comments: Vec<_> = first.options.iter().map(text).collect();
        let expected = [(1, "lost"), (1, "a rollback"), (0, "")];
        assert_eq!(comments, expected.map(|(code, it)| (code, it.to_owned())));
        assert_eq!((second.if_id, second.caplen, second.options.len()), (0, 0, 0));
        let options: Vec<_> = third.options.iter().map(|it| (it.code.0, &*it.value)).collect();
        assert_eq!(options, [(1, b"x\0\0\0" as &[u8]), (2, &[2, 0, 0, 0]), (0, &[])]);
    }

    #[test]
    fn what_is_too_large_is_not_written() {
        let mut writer = Writer::new(Vec::new(), "").unwrap();
        let host = writer.interface("host", 252).unwrap();
        writer.packet(host, 0, &vec![0; MOST_BYTES], &[&"a".repeat(MOST_TEXT)]).unwrap();
        let error = writer.packet(host, 0, &vec![0; MOST_BYTES + 1], &[]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(error.to_string(), "a packet has 262145 bytes, and at most 262144");
        let error = writer.packet(host, 0, &[], &[&"a".repeat(MOST_TEXT + 1)]).unwrap_err();
        assert_eq!(error.to_string(), "a text has 65536 bytes, and at most 65535");
        let error = writer.interface(&"a".repeat(MOST_TEXT + 1), 252).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput);
        assert_eq!(blocks(&writer.into_inner()).len(), 3);
    }
}
