//! Datagrams as a game receives them: within a larger buffer that the next datagram overwrites.
//!
//! The codec borrows from the buffer, so the compiler already refuses a message that outlives its datagram.

use std::cell::RefCell;

use serde_json::Value;

use crate::answer::Failure;

/// How many other bytes are before and after a datagram. It is odd, so no field is aligned by chance.
const AROUND: usize = 3;

/// What the other bytes are.
const FILLER: u8 = 0xa5;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Calls `read` with the datagram of a request. It is the kit's own hex, so anything else is a malformed
/// request.
pub(crate) fn received<T>(
    request: &Value,
    read: impl FnOnce(&[u8]) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let Some(digits) = request["hex"].as_str() else {
        return Err(Failure::error("`hex` is not text"));
    };
    BUFFER.with_borrow_mut(|buffer| {
        let end = AROUND + digits.len() / 2;
        buffer.clear();
        buffer.resize(end + AROUND, FILLER);
        let datagram = buffer.get_mut(AROUND..end).unwrap_or_default();
        hex::decode_to_slice(digits, datagram)
            .map_err(|error| Failure::error(format!("`hex` is not hex: {error}")))?;
        read(datagram)
    })
}
