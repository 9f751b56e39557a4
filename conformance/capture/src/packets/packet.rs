//! A packet: what it carries, which way it went, and what its comments say.

use pcap_parser::{
    LegacyPcapBlock,
    pcapng::{EnhancedPacketBlock, parse_enhancedpacketblock_be, parse_enhancedpacketblock_le},
    traits::PcapNGPacketBlock,
};
use rollwire_conformance::text::utf8;
use rollwire_dissectors::{
    exported::{self, Direction},
    wireshark,
};

use super::{
    fault::Broken,
    interface::{Link, options},
    remark::Remark,
};
use crate::line::{LONGEST_DATAGRAM, Payload, What};

/// The options of a packet.
const COMMENT: u16 = 1;
const FLAGS: u16 = 2;

/// The most comments of a packet that are read.
const MOST_COMMENTS: usize = 64;

/// The direction to assume for packets that do not state one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Assumed {
    /// Nothing is assumed: such a file is refused.
    #[default]
    Nothing,
    /// The own side sent them.
    Sent,
    /// They arrived at the own side.
    Received,
}

/// A packet.
#[derive(Debug)]
pub(super) struct Packet<'a> {
    /// The number of its interface in its section.
    pub(super) interface: u32,
    /// Its time, in units of the clock of its interface.
    pub(super) units: u64,
    bytes: &'a [u8],
    /// Whether the file holds all of its bytes.
    is_whole: bool,
    direction: Option<Direction>,
    remarks: Vec<Remark>,
}

/// What a packet says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// What happened before it.
    pub(super) events: Vec<What>,
    pub(super) carried: Option<Payload>,
    pub(super) direction: Option<Direction>,
    pub(super) was_refused: bool,
}

impl<'a> Packet<'a> {
    /// Reads an enhanced packet; nothing if its parts do not fit into it.
    pub(super) fn read(block: &'a [u8], is_big: bool) -> Option<Self> {
        let parse =
            if is_big { parse_enhancedpacketblock_be } else { parse_enhancedpacketblock_le };
        let (_, block): (_, EnhancedPacketBlock<'a>) = parse(block).ok()?;
        let mut remarks = Vec::new();
        let mut direction = None;
        for option in options(&block.options) {
            match (option.code.0, option.as_bytes()) {
                (COMMENT, Ok(text)) if remarks.len() < MOST_COMMENTS => {
                    // Some programs end a text with a zero.
                    let text = str::from_utf8(text).unwrap_or_default();
                    remarks.extend(Remark::read(text.trim_end_matches('\0')));
                }
                (FLAGS, Ok([first, _, _, last])) => {
                    let lowest = if is_big { last } else { first };
                    direction = match lowest & 3 {
                        1 => Some(Direction::Inbound),
                        2 => Some(Direction::Outbound),
                        _ => None,
                    };
                }
                _ => {}
            }
        }
        Some(Self {
            interface: block.if_id,
            units: u64::from(block.ts_high) << 32 | u64::from(block.ts_low),
            bytes: block.data.get(..usize::try_from(block.caplen).ok()?)?,
            is_whole: !block.truncated(),
            direction,
            remarks,
        })
    }

    /// The same from a pcap, whose times have this number of digits after the point of a second.
    pub(super) fn of_classic(packet: &LegacyPcapBlock<'a>, digits: u8) -> Self {
        let per_second = 10_u64.pow(digits.into());
        Self {
            interface: 0,
            units: u64::from(packet.ts_sec) * per_second + u64::from(packet.ts_usec),
            bytes: packet.data,
            is_whole: packet.caplen >= packet.origlen,
            direction: None,
            remarks: Vec::new(),
        }
    }

    /// What it says about the channel; nothing if it belongs to something else.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn told(self, link: Link) -> Result<Option<Told>, Broken> {
        let (mut events, mut was_refused, mut is_text) = (Vec::new(), false, false);
        for remark in self.remarks {
            match remark {
                Remark::Event(event) => events.push(event),
                Remark::Refused => was_refused = true,
                Remark::Text => is_text = true,
            }
        }
        let mut told = Told { events, carried: None, direction: self.direction, was_refused };
        if !self.is_whole {
            // Something went over the channel, and what it was is not known.
            told.events.push(What::Missing(1));
            return Ok((!matches!(link, Link::Other(_))).then_some(told));
        }
        let bytes = match link {
            Link::Other(_) => return Ok(None),
            Link::Plain => self.bytes,
            Link::Exported => {
                let exported = exported::read(self.bytes).ok_or(Broken::Tags)?;
                told.direction = told.direction.or(exported.direction);
                match exported.dissector {
                    wireshark::NAME => exported.datagram,
                    exported::PLAIN if is_text => exported.datagram,
                    // An export has written it, and its comment was lost.
                    exported::PLAIN if told.events.is_empty() => {
                        told.events.push(What::Missing(0));
                        return Ok(Some(told));
                    }
                    _ => return Ok((!told.events.is_empty()).then_some(told)),
                }
            }
        };
        if is_text {
            told.carried = Some(Payload::Text(utf8(bytes).map_err(Broken::NotText)?.to_owned()));
        } else if bytes.len() > LONGEST_DATAGRAM {
            return Err(Broken::LongDatagram(bytes.len()));
        } else if told.events.is_empty() || !bytes.is_empty() {
            told.carried = Some(Payload::Datagram(bytes.to_vec()));
        }
        Ok(Some(told))
    }

    /// The name of its dissector, if it is an exported PDU.
    pub(super) fn dissector(&self) -> Option<&'a str> {
        exported::read(self.bytes).map(|exported| exported.dissector)
    }
}
