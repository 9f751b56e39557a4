//! All interfaces of a file: which of them are sides, and which go on with another one.

use std::collections::VecDeque;

use rollwire_dissectors::exported::Direction;

use super::{
    clock::{origin_micros, origin_of},
    fault::{Broken, MOST_INTERFACES},
    interface::{Interface, Link},
    packet::Assumed,
};
use crate::{
    content::{Content, Taps},
    line::{Header, LineFault},
};

/// The interfaces of a file.
#[derive(Debug, Default)]
pub(super) struct Interfaces {
    all: Vec<Interface>,
    /// Where those of this section begin.
    section: usize,
    taps: Taps,
    /// The interface of each tap that it had last.
    newest: Vec<usize>,
    /// Two interfaces of which the first is the own side, and the second its partner.
    pair: Option<[usize; 2]>,
    /// How many interfaces there were when no such two were found: the question is asked for each packet.
    looked_at: usize,
    /// The time of the first record, in microseconds.
    origin: Option<u64>,
}

impl Interfaces {
    /// A section begins, which counts its interfaces anew.
    pub(super) fn section(&mut self) {
        self.section = self.all.len();
        self.pair = None;
    }

    pub(super) fn add(&mut self, interface: Interface) -> Result<(), Broken> {
        if self.all.len() == MOST_INTERFACES {
            return Err(Broken::Interfaces);
        }
        self.all.push(interface);
        Ok(())
    }

    /// The place of the interface with this number in its section.
    pub(super) fn place(&self, number: u32) -> Result<usize, Broken> {
        let place = usize::try_from(number).ok().and_then(|it| it.checked_add(self.section));
        let known = self.all.len() - self.section;
        place.filter(|it| *it < self.all.len()).ok_or(Broken::Interface(number, known))
    }

    pub(super) fn at(&self, place: usize) -> &Interface {
        &self.all[place]
    }

    /// Whether a record has come.
    pub(super) fn have_begun(&self) -> bool {
        !self.taps.is_empty()
    }

    /// Which way a packet of this interface went, and which interface is the side that saw it.
    pub(super) fn direction(
        &mut self,
        place: usize,
        known: Option<Direction>,
        assumed: Assumed,
    ) -> Option<(usize, Direction)> {
        if let Some(direction) = known {
            return Some((place, direction));
        }
        match assumed {
            Assumed::Sent => return Some((place, Direction::Outbound)),
            Assumed::Received => return Some((place, Direction::Inbound)),
            Assumed::Nothing => {}
        }
        if self.pair.is_none() && self.looked_at < self.all.len() {
            self.looked_at = self.all.len();
            self.pair = self.two_that_say_nothing();
        }
        let pair = self.pair?;
        let direction = [Direction::Outbound, Direction::Inbound];
        let at = pair.iter().position(|it| *it == place)?;
        Some((pair[0], direction[at]))
    }

    /// The interfaces of this section that hold datagrams, if there are two and neither is a known side.
    fn two_that_say_nothing(&self) -> Option<[usize; 2]> {
        let mut two = (self.section..self.all.len())
            .filter(|place| !matches!(self.all[*place].link, Link::Other(_)));
        let pair = [two.next()?, two.next()?];
        let say_nothing =
            pair.iter().all(|it| self.all[*it].header.is_none() && self.all[*it].tap.is_none());
        (two.next().is_none() && say_nothing).then_some(pair)
    }

    /// The microseconds of the origin of this interface. The first record makes the one of those without a
    /// header.
    pub(super) fn origin(&mut self, place: usize, time: u64) -> u64 {
        match &self.all[place].header {
            Some(header) => origin_micros(header.origin),
            None => *self.origin.get_or_insert(time),
        }
    }

    /// The tap of this interface. If it has none yet, or if its tap has gone on elsewhere, a part begins.
    pub(super) fn begin(
        &mut self,
        place: usize,
        contents: &mut VecDeque<Content>,
    ) -> Result<usize, LineFault> {
        if let Some(tap) = self.all[place].tap {
            if self.newest[tap] != place {
                self.newest[tap] = place;
                let header = Header { tap: self.taps.name(tap).to_owned(), ..self.header(place) };
                contents.push_back(Content::Header(tap, header));
            }
            return Ok(tap);
        }
        // The sides of an export are taps in the order in which they are described.
        for before in self.section..place {
            let interface = &self.all[before];
            if interface.header.is_some() && interface.part == 1 && interface.tap.is_none() {
                self.begin_new(before, contents)?;
            }
        }
        self.begin_new(place, contents)
    }

    /// Begins a side that has no record, if an export has described one.
    pub(super) fn begin_any(&mut self, contents: &mut VecDeque<Content>) -> Result<(), LineFault> {
        let described = self.all.iter().position(|it| it.header.is_some());
        described.map_or(Ok(()), |place| self.begin_new(place, contents).map(|_| ()))
    }

    fn begin_new(
        &mut self,
        place: usize,
        contents: &mut VecDeque<Content>,
    ) -> Result<usize, LineFault> {
        let before = self.part_before(place);
        if let Some(before) = before {
            self.all[before].is_followed = true;
        }
        let mut header = self.header(place);
        let tap = match before.and_then(|before| self.all[before].tap) {
            Some(tap) => tap,
            None => self.taps.number(&self.free_name(&header.tap, place))?,
        };
        self.taps.name(tap).clone_into(&mut header.tap);
        if tap == self.newest.len() {
            self.newest.push(place);
        }
        self.newest[tap] = place;
        self.all[place].tap = Some(tap);
        contents.push_back(Content::Header(tap, header));
        Ok(tap)
    }

    /// The interface with the part before that of this one, if an export has written both.
    fn part_before(&self, place: usize) -> Option<usize> {
        let interface = &self.all[place];
        let header = interface.header.as_ref()?;
        let part = interface.part.checked_sub(1)?;
        self.all.iter().position(|it| {
            it.tap.is_some()
                && !it.is_followed
                && it.part == part
                && it
                    .header
                    .as_ref()
                    .is_some_and(|it| (&it.peer, &it.tap) == (&header.peer, &header.tap))
        })
    }

    /// A name for the tap of this interface that no other tap has.
    fn free_name(&self, name: &str, place: usize) -> String {
        if self.taps.known(name).is_none() {
            return name.to_owned();
        }
        let number = place + 1;
        let names = (0..).map(|times| format!("interface {number}{}", "'".repeat(times)));
        let mut free = names.filter(|name| self.taps.known(name).is_none());
        free.next().unwrap_or_default()
    }

    fn header(&self, place: usize) -> Header {
        let interface = &self.all[place];
        interface.header.clone().unwrap_or_else(|| Header {
            peer: interface.name.clone(),
            revision: rollwire_model::Layout::builtin().revision,
            origin: self.origin.map(origin_of),
            redundancy: None,
            setup: None,
            tap: String::new(),
        })
    }
}
