//! The writers that every message is written with.
//!
//! Each checks once that the message fits, so that its fields do not need checks of their own.

use crate::{EncodeError, Entries};

/// Writes a message that always has `LEN` bytes.
#[inline(always)]
pub(crate) fn fixed<const LEN: usize>(
    out: &mut [u8],
    fields: impl FnOnce(&mut [u8; LEN]),
) -> Result<&[u8], EncodeError> {
    let available = out.len();
    match out.first_chunk_mut() {
        Some(wire) => {
            fields(wire);
            Ok(wire)
        }
        None => Err(EncodeError::too_small(LEN, available)),
    }
}

/// Writes a message that has `HEADER` bytes and then entries.
#[inline(always)]
pub(crate) fn counted<'b, const HEADER: usize>(
    out: &'b mut [u8],
    entries: Entries<'_>,
    fields: impl FnOnce(&mut [u8; HEADER]),
) -> Result<&'b [u8], EncodeError> {
    let wire = entries.as_wire().as_flattened();
    let needed = wire.len().saturating_add(HEADER);
    let available = out.len();
    if let Some(message) = out.get_mut(..needed)
        && let Some((header, rest)) = message.split_first_chunk_mut()
        && let Some((tail, [])) = rest.split_at_mut_checked(wire.len())
    {
        fields(header);
        if copy_few(wire, tail) { Ok(message) } else { copy_many::<HEADER>(message, wire) }
    } else {
        Err(EncodeError::too_small(needed, available))
    }
}

/// Copies 4 to 128 bytes, which are one to 25 entries, or does nothing and returns `false`.
///
/// Copying so few bytes costs less than calling `memcpy`. More entries than one come first, because
/// an INPUT repeats entries that were sent before.
#[inline(always)]
fn copy_few(from: &[u8], to: &mut [u8]) -> bool {
    copy_ends::<8>(from, to)
        || copy_ends::<16>(from, to)
        || copy_ends::<32>(from, to)
        || copy_ends::<64>(from, to)
        || copy_ends::<4>(from, to)
}

/// Copies `N` to `2 * N` bytes as their first `N` and their last `N`, which may overlap.
#[inline(always)]
fn copy_ends<const N: usize>(from: &[u8], to: &mut [u8]) -> bool {
    if from.len() == to.len()
        && from.len() <= N.saturating_mul(2)
        && let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>())
        && let Some(front) = to.first_chunk_mut()
    {
        *front = *first;
        if let Some(back) = to.last_chunk_mut() {
            *back = *last;
        }
        true
    } else {
        false
    }
}

/// Copies any number of entries to the end of `message`, which is complete then.
///
/// It is not inlined, and its result is that of its caller: with a call of `memcpy` in its middle,
/// [`Message::encode`](crate::Message::encode) would save registers for every message.
#[inline(never)]
fn copy_many<'b, const HEADER: usize>(
    message: &'b mut [u8],
    from: &[u8],
) -> Result<&'b [u8], EncodeError> {
    match message.get_mut(HEADER..) {
        Some(to) if to.len() == from.len() => {
            to.copy_from_slice(from);
            Ok(message)
        }
        _ => Err(EncodeError::too_small(from.len().saturating_add(HEADER), message.len())),
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use std::{vec, vec::Vec};

    use super::*;
    use crate::{InputEntry, InputResponse, Message};

    /// The entries are copied in another way for each of five ranges of lengths, and the longest ones
    /// in a sixth.
    #[test]
    fn every_byte_of_every_number_of_entries_is_written_and_no_other() {
        let wire: Vec<[u8; InputEntry::LEN]> =
            (0..60_u8).map(|n| [n, 1, !n, n ^ 0x55, 2]).collect();
        for count in 0..=wire.len() {
            let entries = Entries::new(&wire[..count]).unwrap();
            let message = Message::from(InputResponse { player: 0x0102, entries });
            let mut expected = vec![0x13, 1, 2, 0, u8::try_from(count).unwrap()];
            expected.extend(wire[..count].as_flattened());
            let mut out = vec![0xa5; expected.len() + 70];
            assert_eq!(message.encode(&mut out).unwrap(), expected);
            assert!(out[expected.len()..].iter().all(|&byte| byte == 0xa5), "{count} entries");
        }
    }
}
