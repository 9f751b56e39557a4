//! The parsers that read the fields of every message.
//!
//! They are complete nom parsers, not streaming ones: a datagram arrives whole or not at all.
//! They do not use nom's own integer parsers: without link-time optimisation, which a library cannot
//! switch on, each of those remains a function call.

use nom::{
    Err, IResult, Parser,
    error::{ErrorKind, ParseError},
    sequence::preceded,
};

use crate::{DecodeError, Entries, InputEntry};

/// A parsed value and the input after it.
pub(crate) type Parsed<'a, T> = IResult<&'a [u8], T, Short>;

/// The only error of these parsers: the input is too short.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Short;

impl<I> ParseError<I> for Short {
    fn from_error_kind(_: I, _: ErrorKind) -> Self {
        Self
    }

    fn append(_: I, _: ErrorKind, other: Self) -> Self {
        other
    }
}

/// The next `N` bytes, borrowed.
#[inline(always)]
pub(crate) fn array<const N: usize>(input: &[u8]) -> Parsed<'_, &[u8; N]> {
    match input.split_first_chunk() {
        Some((array, rest)) => Ok((rest, array)),
        None => Err(Err::Error(Short)),
    }
}

/// One byte.
#[inline(always)]
pub(crate) fn byte(input: &[u8]) -> Parsed<'_, u8> {
    let (rest, &[byte]) = array(input)?;
    Ok((rest, byte))
}

/// A big-endian `u16`.
#[inline(always)]
pub(crate) fn be_u16(input: &[u8]) -> Parsed<'_, u16> {
    let (rest, &wire) = array(input)?;
    Ok((rest, u16::from_be_bytes(wire)))
}

/// A big-endian `u32`.
#[inline(always)]
pub(crate) fn be_u32(input: &[u8]) -> Parsed<'_, u32> {
    let (rest, &wire) = array(input)?;
    Ok((rest, u32::from_be_bytes(wire)))
}

/// A big-endian `u64`.
#[inline(always)]
pub(crate) fn be_u64(input: &[u8]) -> Parsed<'_, u64> {
    let (rest, &wire) = array(input)?;
    Ok((rest, u64::from_be_bytes(wire)))
}

/// `count` entries, borrowed.
#[inline(always)]
pub(crate) fn entries<'a>(count: u16) -> impl Fn(&'a [u8]) -> Parsed<'a, Entries<'a>> {
    move |input| match input.split_at_checked(InputEntry::wire_len(count)) {
        Some((wire, rest)) => Ok((rest, Entries::from_chunks(wire.as_chunks().0))),
        None => Err(Err::Error(Short)),
    }
}

/// Reads a message of exactly `len` bytes: its type, then `fields`.
///
/// The length is checked first, so that the fields do not need checks of their own.
#[inline(always)]
pub(crate) fn whole<'a, T>(
    datagram: &'a [u8],
    len: usize,
    fields: impl Parser<&'a [u8], Output = T, Error = Short>,
) -> Result<T, DecodeError> {
    if datagram.len() == len
        && let Ok(([], value)) = preceded(byte, fields).parse_complete(datagram)
    {
        Ok(value)
    } else {
        Err(DecodeError::wrong_length(len, datagram.len()))
    }
}

/// Reads a header of `len` bytes, a type and `fields`, and also returns the bytes after it.
#[inline(always)]
pub(crate) fn header<'a, T>(
    datagram: &'a [u8],
    len: usize,
    fields: impl Parser<&'a [u8], Output = T, Error = Short>,
) -> Result<(&'a [u8], T), DecodeError> {
    if let Some((header, rest)) = datagram.split_at_checked(len)
        && let Ok(([], value)) = preceded(byte, fields).parse_complete(header)
    {
        Ok((rest, value))
    } else {
        Err(DecodeError::wrong_length(len, datagram.len()))
    }
}

/// Reads everything after a header of `header_len` bytes, which must be exactly `count` entries.
#[inline(always)]
pub(crate) fn tail(rest: &[u8], header_len: usize, count: u16) -> Result<Entries<'_>, DecodeError> {
    if let Ok(([], entries)) = entries(count)(rest) {
        Ok(entries)
    } else {
        let expected = header_len.saturating_add(InputEntry::wire_len(count));
        let found = header_len.saturating_add(rest.len());
        Err(DecodeError::wrong_length(expected, found))
    }
}
