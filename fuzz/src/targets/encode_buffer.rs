//! Any message into a buffer of any length: a buffer that is too small gives an error and is not
//! changed, and nothing is written after the message. The input is a structured message, the difference
//! between the buffer's length and the message's, and the byte that the buffer is filled with first.

use arbitrary::Unstructured;
use rollwire_codec::{EncodeError, decode};
use rollwire_model::Outcome;

use crate::structured::message::AnyMessage;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let mut rest = Unstructured::new(bytes);
    let Ok(any) = rest.arbitrary::<AnyMessage>() else { return };
    let (Ok(difference), Ok(fill)) = (rest.arbitrary::<i16>(), rest.arbitrary::<u8>()) else {
        return;
    };
    let Some(Outcome::Bytes(wire)) = any.typed().encode() else { return };
    let message = decode(&wire).expect("the codec wrote it");
    let needed = wire.len();
    assert_eq!(message.encoded_len(), needed, "the length of {message:?}");
    let available = needed.saturating_add_signed(difference.into());
    let mut out = vec![fill; available];
    let beginning = out.as_ptr();
    match message.encode(&mut out) {
        Ok(written) => {
            assert_eq!(written, wire, "{message:?} into {available} bytes");
            assert_eq!(written.as_ptr(), beginning, "{message:?} was not written at the front");
            assert!(
                out[needed..].iter().all(|&byte| byte == fill),
                "bytes after {message:?} were written"
            );
        }
        Err(error) => {
            assert!(available < needed, "{message:?} fits into {available} bytes");
            let EncodeError::BufferTooSmall { needed: said, available: found } = error;
            assert_eq!((said as usize, found as usize), (needed, available), "{message:?}");
            assert!(out.iter().all(|&byte| byte == fill), "{message:?} was written in part");
        }
    }
}
