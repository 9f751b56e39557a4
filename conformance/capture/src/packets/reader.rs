//! A file of packets becomes the records of a capture.

use std::{
    collections::{BTreeSet, VecDeque},
    io::{self, BufRead},
};

use pcap_parser::pcapng::parse_sectionheaderblock;
use rollwire_conformance::text::{sanitize, shorten};
use rollwire_dissectors::exported::Direction;

use super::{
    blocks::{Blocks, SECTION},
    classic::{Classic, MAGIC},
    clock::{Clock, LATEST},
    fault::{Broken, PacketFault},
    interface::{Interface, Link},
    interfaces::Interfaces,
    packet::{Assumed, Packet, Told},
    source::{Found, Kind, Source},
};
use crate::{
    content::{Content, Numbered, Unreadable},
    line::{LineFault, Moment, Record, What},
};

/// How many blocks that cannot be read may stand before the first datagram.
const MOST_EARLY: usize = 256;
/// How many names of other protocols an error lists.
const LISTED: usize = 4;

/// How a file of packets is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    is_classic: bool,
    assumed: Assumed,
}

impl Settings {
    /// Those of a file that begins with these four bytes; nothing if it does not hold packets.
    pub(crate) fn of(begin: &[u8], assumed: Assumed) -> Option<Self> {
        let is_classic = MAGIC.iter().any(|magic| begin == magic);
        (is_classic || begin == SECTION.to_be_bytes()).then_some(Self { is_classic, assumed })
    }
}

/// The packets of a capture.
#[derive(Debug)]
pub(crate) struct Packets<R> {
    name: String,
    format: Format<R>,
    assumed: Assumed,
    interfaces: Interfaces,
    /// What the last packet has said.
    contents: VecDeque<Content>,
    /// What could not be read before the first header.
    early: Vec<Content>,
    /// What other packets hold.
    others: BTreeSet<String>,
    /// How many packets were read.
    packets: u64,
    has_ended: bool,
    buffer: Vec<u8>,
}

#[derive(Debug)]
enum Format<R> {
    Blocks(Blocks<R>),
    Classic(Classic<R>),
}

impl<R: BufRead> Packets<R> {
    /// Reads up to the first record.
    pub(crate) fn open(name: &str, source: R, settings: Settings) -> Result<Self, Unreadable> {
        let Settings { is_classic, assumed } = settings;
        let source = Source::new(source);
        let mut interfaces = Interfaces::default();
        let format = if is_classic {
            let classic = Classic::open(source);
            let classic =
                classic.map_err(|error| Unreadable::Io { name: name.to_owned(), error })?;
            let classic = classic.ok_or_else(|| Unreadable::NoDatagram {
                name: name.to_owned(),
                why: "it is cut off within its header".to_owned(),
            })?;
            let clock = Clock { resolution: classic.digits(), offset: 0 };
            let only = Interface::plain(Link::new(classic.link_type()), clock);
            // There is room for the first interface of a file.
            let _ = interfaces.add(only);
            Format::Classic(classic)
        } else {
            Format::Blocks(Blocks::new(source))
        };
        let mut packets = Self {
            name: name.to_owned(),
            format,
            assumed,
            interfaces,
            contents: VecDeque::new(),
            early: Vec::new(),
            others: BTreeSet::new(),
            packets: 0,
            has_ended: false,
            buffer: Vec::new(),
        };
        packets.fill()?;
        Ok(packets)
    }

    /// How many packets were read, those of others too.
    pub(crate) const fn packets_read(&self) -> u64 {
        self.packets
    }

    /// What comes next; nothing at the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Numbered>, Unreadable> {
        self.fill()?;
        let content = self.contents.pop_front();
        Ok(content.map(|content| Numbered { line: self.packets.max(1), content }))
    }

    /// Reads until there is something to tell, or the end of the file.
    fn fill(&mut self) -> Result<(), Unreadable> {
        while self.contents.is_empty() && !self.has_ended {
            let mut buffer = std::mem::take(&mut self.buffer);
            let offset = self.offset();
            let found = self.block(&mut buffer);
            let found = found.map_err(|error| Unreadable::Io { name: self.name.clone(), error })?;
            let done = self.found(found, &buffer, offset);
            self.buffer = buffer;
            if let Err(what) = done {
                self.unreadable(LineFault::Packet(PacketFault { offset, what }))?;
            }
            if self.has_ended {
                self.end()?;
            }
        }
        Ok(())
    }

    fn offset(&self) -> u64 {
        match &self.format {
            Format::Blocks(blocks) => blocks.source.offset(),
            Format::Classic(classic) => classic.source.offset(),
        }
    }

    fn block(&mut self, buffer: &mut Vec<u8>) -> io::Result<Found> {
        match &mut self.format {
            Format::Blocks(blocks) => blocks.next(buffer),
            Format::Classic(classic) => classic.next(buffer),
        }
    }

    /// What the block that was found says.
    fn found(&mut self, found: Found, buffer: &[u8], offset: u64) -> Result<(), Broken> {
        let is_big = matches!(&self.format, Format::Blocks(blocks) if blocks.is_big);
        match found {
            Found::End => self.has_ended = true,
            Found::Cut => {
                self.has_ended = true;
                if self.interfaces.have_begun() {
                    self.packets += 1;
                    self.contents.push_back(Content::Cut);
                } else {
                    self.others.insert(format!("it is cut off in the block at byte {offset}"));
                }
            }
            Found::Broken(broken) => {
                self.has_ended = true;
                return Err(broken);
            }
            Found::Long(kind, length) => {
                if kind == Kind::Interface {
                    // Those after it keep their numbers.
                    let clock = Clock { resolution: 6, offset: 0 };
                    self.interfaces.add(Interface::plain(Link::Other(u16::MAX), clock))?;
                } else {
                    self.packets += 1;
                }
                return Err(Broken::Long(length));
            }
            Found::Whole(Kind::Section) => {
                let Ok((_, section)) = parse_sectionheaderblock(buffer) else {
                    self.has_ended = true;
                    return Err(Broken::Content);
                };
                if section.major_version != 1 {
                    self.has_ended = true;
                    return Err(Broken::Version(section.major_version));
                }
                self.interfaces.section();
            }
            Found::Whole(Kind::Interface) => {
                let interface = Interface::read(buffer, is_big).ok_or(Broken::Content)?;
                self.interfaces.add(interface)?;
            }
            Found::Whole(Kind::Packet) => {
                self.packets += 1;
                let packet = match &self.format {
                    Format::Blocks(_) => Packet::read(buffer, is_big),
                    Format::Classic(classic) => classic
                        .packet(buffer)
                        .map(|packet| Packet::of_classic(&packet, classic.digits())),
                };
                self.packet(packet.ok_or(Broken::Content)?)?;
            }
            Found::Whole(Kind::Simple) => {
                self.packets += 1;
                return Err(Broken::NoTime);
            }
            Found::Whole(Kind::Obsolete) => {
                self.packets += 1;
                return Err(Broken::Obsolete);
            }
            Found::Whole(Kind::Other) => {}
        }
        Ok(())
    }

    fn packet(&mut self, packet: Packet<'_>) -> Result<(), Broken> {
        let place = self.interfaces.place(packet.interface)?;
        let interface = self.interfaces.at(place);
        let (link, time) = (interface.link, interface.clock.micros(packet.units));
        // An error may have to name it.
        let is_first = !self.interfaces.have_begun();
        let dissector = if is_first { packet.dissector() } else { None };
        let Some(told) = packet.told(link)? else {
            if is_first && self.others.len() < LISTED {
                self.others.insert(match (link, dissector) {
                    (Link::Other(number), _) => format!("link type {number}"),
                    (_, name) => {
                        let name = shorten(&sanitize(name.unwrap_or_default()));
                        format!("exported PDUs for the dissector {name:?}")
                    }
                });
            }
            return Ok(());
        };
        let Told { events, carried, direction, was_refused } = told;
        let (place, direction) = match &carried {
            None => (place, None),
            Some(_) => {
                let way = self.interfaces.direction(place, direction, self.assumed);
                let (place, direction) = way.ok_or(Broken::Direction)?;
                (place, Some(direction))
            }
        };
        let at = time.saturating_sub(self.interfaces.origin(place, time));
        if at > LATEST {
            return Err(Broken::Time);
        }
        let tap = match self.interfaces.begin(place, &mut self.contents) {
            Ok(tap) => tap,
            Err(fault) => {
                self.contents.push_back(Content::Unreadable(fault));
                return Ok(());
            }
        };
        self.contents.extend(self.early.drain(..));
        let carried = carried.zip(direction).map(|(payload, direction)| match direction {
            Direction::Inbound => What::Received(payload),
            Direction::Outbound if was_refused => What::Refused(payload),
            Direction::Outbound => What::Sent(payload),
        });
        let records = events.into_iter().chain(carried).map(|what| {
            let record = Record { number: None, at: Moment(at), what, buffered: None };
            Content::Record(tap, record)
        });
        self.contents.extend(records);
        Ok(())
    }

    /// Tells of a block that cannot be read. Before the first datagram, a file may have few of them.
    fn unreadable(&mut self, fault: LineFault) -> Result<(), Unreadable> {
        if self.interfaces.have_begun() {
            self.contents.push_back(Content::Unreadable(fault));
            return Ok(());
        }
        let name = self.name.clone();
        if let LineFault::Packet(PacketFault { offset, what: Broken::Direction }) = fault {
            return Err(Unreadable::NoDirection { name, packet: self.packets, offset });
        }
        if self.early.len() == MOST_EARLY {
            return Err(Unreadable::Broken { name, fault });
        }
        self.early.push(Content::Unreadable(fault));
        Ok(())
    }

    /// The file has ended: it has a header now, or none.
    fn end(&mut self) -> Result<(), Unreadable> {
        if self.interfaces.have_begun() {
            return Ok(());
        }
        let name = self.name.clone();
        if self.interfaces.begin_any(&mut self.contents).is_ok() && self.interfaces.have_begun() {
            self.contents.extend(self.early.drain(..));
            return Ok(());
        }
        if let Some(Content::Unreadable(fault)) = self.early.drain(..).next() {
            return Err(Unreadable::Broken { name, fault });
        }
        let others: Vec<String> = std::mem::take(&mut self.others).into_iter().collect();
        let why = match &others[..] {
            [] => "it has no packet".to_owned(),
            [cut] if cut.starts_with("it is cut off") => cut.clone(),
            _ => format!(
                "it holds only {}; supported are exported PDUs (link type 252) for the dissector \
                 \"rollwire\", and plain datagrams (link types 147 to 162)",
                others.join(", ")
            ),
        };
        Err(Unreadable::NoDatagram { name, why })
    }
}
