//! The records of a capture become packets, as Wireshark exports them itself.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{self, Write},
};

use rollwire_conformance::text::sanitize;
use rollwire_dissectors::{
    exported::{self, Direction},
    pcapng::{Interface, MOST_BYTES, MOST_TEXT, Writer},
    wireshark,
};

use super::{clock::origin_micros, remark::Remark};
use crate::{
    findings::Step,
    judged::Judged,
    line::{Header, Payload, What, write_header},
};

/// A pcapng that is being written: an interface for each part of a tap, and a packet for each record. What is
/// wrong with a record, and what happened without a datagram, is a comment.
#[derive(Debug)]
pub struct Export<W> {
    writer: Writer<W>,
    taps: BTreeMap<usize, Tap>,
    /// How many packets were written.
    packets: u64,
    /// The newest lines, and the numbers of their packets.
    places: VecDeque<(u64, u64)>,
}

/// How many lines are known: what is wrong with an earlier one is said without its place.
const PLACES: usize = 4096;

/// What is known of a tap.
#[derive(Debug)]
struct Tap {
    interface: Interface,
    /// How many headers it had.
    parts: u64,
    /// The time of day of its origin, and of its newest record, in microseconds.
    origin: u64,
    newest: u64,
    /// The number of its next record, if it counts them.
    next: Option<u64>,
}

/// A packet of a record.
struct Packet<'a> {
    dissector: &'static str,
    bytes: &'a [u8],
    /// What Wireshark shows, and what a pcap keeps too.
    directions: [Option<Direction>; 2],
    remarks: Vec<Remark>,
}

impl<W: Write> Export<W> {
    /// Begins a file that says which program wrote it.
    ///
    /// # Errors
    /// If the sink cannot be written.
    pub fn new(sink: W, program: &str) -> io::Result<Self> {
        let writer = Writer::new(sink, program)?;
        Ok(Self { writer, taps: BTreeMap::new(), packets: 0, places: VecDeque::new() })
    }

    /// Writes what a line or a packet has brought.
    ///
    /// # Errors
    /// If the sink cannot be written.
    pub fn step(&mut self, step: &Step) -> io::Result<()> {
        match step {
            Step::Header(tap, header) => self.header(*tap, header),
            Step::Record(judged) => self.record(judged),
            // It is not known whose record it was.
            Step::Gap(_) => {
                let taps: Vec<usize> = self.taps.keys().copied().collect();
                taps.into_iter().try_for_each(|tap| self.event(tap, What::Missing(0)))
            }
        }
    }

    /// The sink, with everything that was written.
    #[must_use]
    pub fn into_inner(self) -> W {
        self.writer.into_inner()
    }

    fn header(&mut self, tap: usize, header: &Header) -> io::Result<()> {
        let parts = self.taps.get(&tap).map_or(1, |tap| tap.parts + 1);
        let name = match (&*header.peer, &*header.tap) {
            ("", "") => "own side".to_owned(),
            ("", tap) => sanitize(tap),
            (peer, _) => sanitize(peer),
        };
        let mut line = Vec::new();
        write_header(&mut line, header)?;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        let line = line.strip_suffix('}').unwrap_or(line);
        let description =
            if parts > 1 { format!("{line},\"part\":{parts}}}") } else { format!("{line}}}") };
        let interface =
            self.writer.described_interface(&name, &description, exported::LINK_TYPE)?;
        let origin = origin_micros(header.origin);
        self.taps.insert(tap, Tap { interface, parts, origin, newest: origin, next: None });
        Ok(())
    }

    fn record(&mut self, judged: &Judged) -> io::Result<()> {
        let record = &judged.record;
        let Some(tap) = self.taps.get_mut(&judged.tap) else { return Ok(()) };
        tap.newest = tap.origin.saturating_add(record.at.0);
        let lost = tap.next.filter(|next| record.number != Some(*next));
        tap.next = record.number.map(|number| number.saturating_add(1));
        if let Some(next) = lost {
            let count = record.number.unwrap_or_default().saturating_sub(next).max(1);
            self.event(judged.tap, What::Missing(count))?;
        }
        let mut packet = match &record.what {
            What::Sent(payload) => packet(payload, Direction::Outbound),
            What::Received(payload) => packet(payload, Direction::Inbound),
            What::Refused(payload) => {
                let mut packet = packet(payload, Direction::Outbound);
                // A pcap has no comments: in it, this does not look as if it had been sent.
                packet.directions[1] = None;
                packet.remarks.push(Remark::Refused);
                packet
            }
            What::Opened | What::Closed | What::Error(_) | What::Missing(_) => {
                event(record.what.clone())
            }
        };
        if judged.tap > 0 {
            // A pcap has no interfaces: in it, this does not look as if the first side had seen it.
            packet.directions[1] = None;
        }
        if self.places.len() == PLACES {
            self.places.pop_front();
        }
        self.places.push_back((judged.line, self.packets + 1));
        let wrong = judged.objections.iter().map(|objection| {
            let place = match objection.line {
                line if line == judged.line => String::new(),
                line => self.place(line).map_or(String::new(), |it| format!(" of packet {it}")),
            };
            let detail = sanitize(&objection.detail);
            format!("{}{place}: {}: {detail}", objection.rule, objection.kind)
        });
        let wrong = wrong.collect();
        self.write(judged.tap, &packet, wrong)
    }

    /// The number of the packet of a line.
    fn place(&self, line: u64) -> Option<u64> {
        let at = self.places.partition_point(|(known, _)| *known < line);
        self.places.get(at).filter(|(known, _)| *known == line).map(|(_, packet)| *packet)
    }

    /// Writes something that happened without a datagram.
    fn event(&mut self, tap: usize, what: What) -> io::Result<()> {
        self.write(tap, &event(what), Vec::new())
    }

    fn write(&mut self, tap: usize, packet: &Packet<'_>, wrong: Vec<String>) -> io::Result<()> {
        let Some(tap) = self.taps.get(&tap) else { return Ok(()) };
        self.packets += 1;
        let remarks = packet.remarks.iter().map(ToString::to_string);
        let comments: Vec<String> = remarks.chain(wrong).map(cut).collect();
        let comments: Vec<&str> = comments.iter().map(String::as_str).collect();
        let [shown, kept] = packet.directions;
        let bytes = exported::directed_packet(packet.dissector, kept, packet.bytes);
        self.writer.directed_packet(tap.interface, tap.newest, &bytes, shown, &comments)
    }
}

fn packet(payload: &Payload, direction: Direction) -> Packet<'_> {
    let directions = [Some(direction); 2];
    match payload {
        Payload::Datagram(bytes) => {
            Packet { dissector: wireshark::NAME, bytes, directions, remarks: Vec::new() }
        }
        Payload::Text(text) => {
            // The tags have room before it.
            let end = floor(text, MOST_BYTES - 64);
            let bytes = &text.as_bytes()[..end];
            Packet { dissector: exported::PLAIN, bytes, directions, remarks: vec![Remark::Text] }
        }
    }
}

fn event(what: What) -> Packet<'static> {
    let remarks = vec![Remark::Event(what)];
    Packet { dissector: exported::PLAIN, bytes: &[], directions: [None; 2], remarks }
}

/// A comment of a length that a packet may have.
fn cut(mut comment: String) -> String {
    comment.truncate(floor(&comment, MOST_TEXT));
    comment
}

/// The last place up to this one at which a text can be cut.
fn floor(text: &str, most: usize) -> usize {
    let mut places = (0..=most.min(text.len())).rev();
    places.find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
