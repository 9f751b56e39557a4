//! The borrowed list of inputs that INPUT and INPUT_RESPONSE carry.

use core::{error::Error, fmt, iter::FusedIterator, slice};

use crate::RefusalClass;

/// What one player does in one frame.
///
/// | offset | bytes | field | |
/// |---:|---:|---|---|
/// | 0 | 4 | `frame` | u32, big-endian |
/// | 4 | 1 | `action` | u8 |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InputEntry {
    /// The frame in which the action executes.
    pub frame: u32,
    /// The action; the game defines what it means.
    pub action: u8,
}

impl InputEntry {
    /// The length of an entry in bytes.
    pub const LEN: usize = 4 + 1;

    /// Reads an entry. Any five bytes are a valid entry.
    #[inline]
    pub const fn from_wire(wire: [u8; Self::LEN]) -> Self {
        let [f0, f1, f2, f3, action] = wire;
        Self { frame: u32::from_be_bytes([f0, f1, f2, f3]), action }
    }

    /// Writes the entry in the form that [`Entries`] borrows.
    #[inline]
    pub const fn to_wire(self) -> [u8; Self::LEN] {
        let [f0, f1, f2, f3] = self.frame.to_be_bytes();
        [f0, f1, f2, f3, self.action]
    }

    /// The length of `count` entries in bytes.
    #[inline(always)]
    pub(crate) const fn wire_len(count: u16) -> usize {
        (count as usize).saturating_mul(Self::LEN)
    }
}

/// Up to 65,535 inputs, borrowed in wire form.
///
/// The entries keep the order in which the sender wrote them, repeats included: they are neither
/// sorted nor deduplicated.
/// A sender does not need to allocate: [`InputEntry::to_wire`] returns the form that is borrowed.
///
/// ```
/// use rollwire_codec::{Entries, InputEntry};
///
/// let wire = [7, 8, 9].map(|frame| InputEntry { frame, action: 2 }.to_wire());
/// let entries = Entries::new(&wire)?;
/// assert_eq!(entries.len(), 3);
/// assert!(entries.iter().map(|entry| entry.frame).eq(7..=9));
/// # Ok::<(), rollwire_codec::CountError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Entries<'a> {
    wire: &'a [[u8; InputEntry::LEN]],
}

impl<'a> Entries<'a> {
    /// No entries.
    pub const EMPTY: Entries<'static> = Entries { wire: &[] };

    /// The greatest number of entries in a list: 65,535.
    pub const MAX: usize = u16::MAX as usize;

    /// Borrows a list.
    ///
    /// # Errors
    ///
    /// If there are more than [`Entries::MAX`].
    pub const fn new(wire: &'a [[u8; InputEntry::LEN]]) -> Result<Self, CountError> {
        if wire.len() > Self::MAX {
            return Err(CountError { min: 0, max: Self::MAX, found: wire.len() });
        }
        Ok(Self { wire })
    }

    /// Borrows a list whose length is already limited by a count field of the wire format.
    #[inline(always)]
    pub(crate) const fn from_chunks(wire: &'a [[u8; InputEntry::LEN]]) -> Self {
        Self { wire }
    }

    /// How many entries there are.
    #[inline]
    pub const fn len(self) -> usize {
        self.wire.len()
    }

    /// Whether there are no entries.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.wire.is_empty()
    }

    /// The entry at `index`, counted from 0.
    #[inline]
    pub fn get(self, index: usize) -> Option<InputEntry> {
        self.wire.get(index).copied().map(InputEntry::from_wire)
    }

    /// The entries in the order of the wire.
    #[inline]
    pub fn iter(self) -> EntryIter<'a> {
        EntryIter { wire: self.wire.iter() }
    }

    /// The entries in wire form.
    #[inline]
    pub const fn as_wire(self) -> &'a [[u8; InputEntry::LEN]] {
        self.wire
    }

    /// How many entries there are, as the count field of INPUT_RESPONSE holds it.
    #[inline(always)]
    pub(crate) const fn count(self) -> u16 {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "both constructors limit the length to a u16"
        )]
        let count = self.wire.len() as u16;
        count
    }
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> IntoIterator for Entries<'a> {
    type Item = InputEntry;
    type IntoIter = EntryIter<'a>;

    #[inline]
    fn into_iter(self) -> EntryIter<'a> {
        self.iter()
    }
}

/// The entries of a list, in the order of the wire.
#[derive(Clone, Debug)]
pub struct EntryIter<'a> {
    wire: slice::Iter<'a, [u8; InputEntry::LEN]>,
}

impl Iterator for EntryIter<'_> {
    type Item = InputEntry;

    #[inline]
    fn next(&mut self) -> Option<InputEntry> {
        self.wire.next().copied().map(InputEntry::from_wire)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.wire.size_hint()
    }

    #[inline]
    fn fold<B, F>(self, init: B, f: F) -> B
    where
        F: FnMut(B, InputEntry) -> B,
    {
        self.wire.copied().map(InputEntry::from_wire).fold(init, f)
    }
}

impl DoubleEndedIterator for EntryIter<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<InputEntry> {
        self.wire.next_back().copied().map(InputEntry::from_wire)
    }
}

impl ExactSizeIterator for EntryIter<'_> {}

impl FusedIterator for EntryIter<'_> {}

/// The error for a list of entries that is shorter or longer than its message allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CountError {
    /// The fewest entries allowed.
    pub min: usize,
    /// The most entries allowed.
    pub max: usize,
    /// How many there are.
    pub found: usize,
}

impl CountError {
    /// Always [`RefusalClass::Count`].
    pub const fn class(self) -> RefusalClass {
        RefusalClass::Count
    }
}

impl fmt::Display for CountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { min, max, found } = self;
        write!(f, "expected {min} to {max} entries, found {found}")
    }
}

impl Error for CountError {}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::{format, string::ToString, vec};

    use super::*;

    #[test]
    fn an_entry_is_a_frame_and_an_action() {
        let entry = InputEntry { frame: 0x0102_0304, action: 5 };
        assert_eq!(entry.to_wire(), [1, 2, 3, 4, 5]);
        assert_eq!(InputEntry::from_wire([1, 2, 3, 4, 5]), entry);
    }

    #[test]
    fn a_list_is_walked_from_both_ends() {
        let wire = [[0, 0, 0, 1, 10], [0, 0, 0, 2, 20]];
        let entries = Entries::new(&wire).unwrap();
        let [first, last] = wire.map(InputEntry::from_wire);
        assert_eq!(entries.get(0), Some(first));
        assert_eq!(entries.get(1), Some(last));
        assert_eq!(entries.get(2), None);
        assert!(entries.into_iter().eq([first, last]));
        assert!(entries.iter().rev().eq([last, first]));
        assert_eq!(entries.iter().len(), 2);
        assert_eq!(entries.as_wire(), &wire);
        assert!(!entries.is_empty());
        assert!(Entries::EMPTY.is_empty());
    }

    #[test]
    fn a_list_prints_its_entries() {
        let wire = [[0, 0, 0, 1, 10]];
        let entries = Entries::new(&wire).unwrap();
        assert_eq!(format!("{entries:?}"), "[InputEntry { frame: 1, action: 10 }]");
    }

    #[test]
    fn a_list_holds_65535_entries_and_no_more() {
        let wire = vec![[0; InputEntry::LEN]; Entries::MAX + 1];
        assert_eq!(Entries::new(&wire[1..]).unwrap().count(), u16::MAX);
        let error = Entries::new(&wire).unwrap_err();
        assert_eq!(error.to_string(), "expected 0 to 65535 entries, found 65536");
        assert_eq!(error.class(), RefusalClass::Count);
    }
}
