//! An interface of a file of packets: what its packets hold, and who recorded them.

use std::ops::RangeInclusive;

use pcap_parser::{
    OptionCode, PcapNGOption,
    pcapng::{
        InterfaceDescriptionBlock, parse_interfacedescriptionblock_be,
        parse_interfacedescriptionblock_le,
    },
};
use rollwire_dissectors::exported;
use serde::Deserialize;

use super::clock::Clock;
use crate::line::{Header, Line};

/// `LINKTYPE_USER0` to `LINKTYPE_USER15`.
const USER: RangeInclusive<u16> = 147..=162;

/// The longest name of a side that is kept, in characters.
const LONGEST_NAME: usize = 200;

/// What the packets of an interface hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// Tags, and then what the dissector that they name reads.
    Exported,
    /// A datagram.
    Plain,
    /// Something else: this is the number of the link type.
    Other(u16),
}

impl Link {
    pub(super) fn new(number: u16) -> Self {
        match number {
            exported::LINK_TYPE => Self::Exported,
            number if USER.contains(&number) => Self::Plain,
            number => Self::Other(number),
        }
    }
}

/// An interface.
#[derive(Debug)]
pub(super) struct Interface {
    pub(super) link: Link,
    pub(super) clock: Clock,
    /// Its name; empty if it has none.
    pub(super) name: String,
    /// The header that an export has written into its description.
    pub(super) header: Option<Header>,
    /// The number of its part among those of its tap, from 1.
    pub(super) part: u64,
    /// The tap that it became with its first record.
    pub(super) tap: Option<usize>,
    /// Whether another interface holds the next part of its tap.
    pub(super) is_followed: bool,
}

/// What an export adds to the members of a header.
#[derive(Deserialize)]
struct Part {
    #[serde(default = "first")]
    part: u64,
}

const fn first() -> u64 {
    1
}

impl Interface {
    /// An interface of which only the link type and the clock are known.
    pub(super) fn plain(link: Link, clock: Clock) -> Self {
        let (name, header) = (String::new(), None);
        Self { link, clock, name, header, part: 1, tap: None, is_followed: false }
    }

    /// Reads the description of an interface; nothing if its parts do not fit into it.
    pub(super) fn read(block: &[u8], is_big: bool) -> Option<Self> {
        let parse = if is_big {
            parse_interfacedescriptionblock_be
        } else {
            parse_interfacedescriptionblock_le
        };
        let (_, block): (_, InterfaceDescriptionBlock<'_>) = parse(block).ok()?;
        let link = u16::try_from(block.linktype.0).map_or(Link::Other(u16::MAX), Link::new);
        let mut clock = Clock { resolution: 6, offset: 0 };
        let mut interface = Self::plain(link, clock);
        for option in options(&block.options) {
            let Ok(value) = option.as_bytes() else { continue };
            match (option.code, value) {
                (OptionCode::IfName, name) => {
                    let name = String::from_utf8_lossy(name);
                    interface.name = name.chars().take(LONGEST_NAME).collect();
                }
                (OptionCode::IfDescription, text) => {
                    if let Ok(Line::Header(header)) = Line::read(text) {
                        let part = serde_json::from_slice(text).map_or(1, |part: Part| part.part);
                        (interface.header, interface.part) = (Some(header), part);
                    }
                }
                (OptionCode::IfTsresol, [resolution, ..]) => clock.resolution = *resolution,
                (OptionCode::IfTsoffset, value) => {
                    // The library reads it in one byte order alone.
                    let Some(value) = value.first_chunk().copied() else { continue };
                    clock.offset =
                        if is_big { i64::from_be_bytes(value) } else { i64::from_le_bytes(value) };
                }
                _ => {}
            }
        }
        interface.clock = clock;
        Some(interface)
    }
}

/// The options up to the end of their list.
pub(super) fn options<'a, 'b>(
    all: &'a [PcapNGOption<'b>],
) -> impl Iterator<Item = &'a PcapNGOption<'b>> {
    all.iter().take_while(|option| option.code != OptionCode::EndOfOpt)
}
