//! The packets of a pcap, the format before pcapng: a header of the file, and then packets of one link type,
//! without directions and comments.

use std::io::{self, BufRead};

use pcap_parser::{
    LegacyPcapBlock, PcapHeader, parse_pcap_frame, parse_pcap_frame_be, parse_pcap_header,
};

use super::{
    fault::MOST_BLOCK,
    source::{Found, Kind, Source},
};

/// The bytes of the header of a file.
const HEADER: usize = 24;
/// The bytes before a packet.
const BEFORE: usize = 16;

/// How such a file begins: either byte order, with microseconds or nanoseconds.
pub(super) const MAGIC: [[u8; 4]; 4] = [
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0xa1, 0xb2, 0xc3, 0xd4],
    [0x4d, 0x3c, 0xb2, 0xa1],
    [0xa1, 0xb2, 0x3c, 0x4d],
];

/// Packets that are being read.
#[derive(Debug)]
pub(super) struct Classic<R> {
    pub(super) source: Source<R>,
    header: PcapHeader,
}

impl<R: BufRead> Classic<R> {
    /// Reads the header of the file; nothing if it is cut off.
    pub(super) fn open(mut source: Source<R>) -> io::Result<Option<Self>> {
        let mut header = Vec::new();
        if !source.read(&mut header, HEADER)? {
            return Ok(None);
        }
        Ok(parse_pcap_header(&header).ok().map(|(_, header)| Self { source, header }))
    }

    /// What its packets hold. The bits above the number say how frames of a cable were checked.
    pub(super) fn link_type(&self) -> u16 {
        let [.., high, low] = self.header.network.0.to_be_bytes();
        u16::from_be_bytes([high, low])
    }

    /// How many digits its times have after the point of a second.
    pub(super) fn digits(&self) -> u8 {
        if self.header.is_nanosecond_precision() { 9 } else { 6 }
    }

    /// Reads the next packet into the buffer.
    pub(super) fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Found> {
        buffer.clear();
        if self.source.is_at_end()? {
            return Ok(Found::End);
        }
        if !self.source.read(buffer, BEFORE)? {
            return Ok(Found::Cut);
        }
        let length = buffer[8..].first_chunk().copied().unwrap_or_default();
        let is_big = self.header.is_bigendian();
        let length = if is_big { u32::from_be_bytes(length) } else { u32::from_le_bytes(length) };
        if length > MOST_BLOCK {
            let is_there = self.source.skip(length.into())?;
            return Ok(if is_there { Found::Long(Kind::Packet, length) } else { Found::Cut });
        }
        let is_there = self.source.read(buffer, length as usize)?;
        Ok(if is_there { Found::Whole(Kind::Packet) } else { Found::Cut })
    }

    /// The packet in the buffer.
    pub(super) fn packet<'a>(&self, buffer: &'a [u8]) -> Option<LegacyPcapBlock<'a>> {
        let parse = if self.header.is_bigendian() { parse_pcap_frame_be } else { parse_pcap_frame };
        parse(buffer).ok().map(|(_, packet)| packet)
    }
}
