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
        None => Err(EncodeError::BufferTooSmall { needed: LEN, available }),
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
        tail.copy_from_slice(wire);
        Ok(message)
    } else {
        Err(EncodeError::BufferTooSmall { needed, available })
    }
}
