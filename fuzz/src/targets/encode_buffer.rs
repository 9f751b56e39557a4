//! Any message into a buffer of any length: one that is too small is an error and stays as it was, and
//! in any other nothing behind the message is written. The input is a drawn message, the difference
//! between the buffer's length and the message's, and the byte that fills the buffer before.

use arbitrary::Unstructured;
use rollwire_codec::{EncodeError, decode};
use rollwire_model::Outcome;

use crate::drawn::Drawn;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let mut rest = Unstructured::new(bytes);
    let Ok(drawn) = rest.arbitrary::<Drawn>() else { return };
    let (Ok(difference), Ok(fill)) = (rest.arbitrary::<i16>(), rest.arbitrary::<u8>()) else {
        return;
    };
    let Some(Outcome::Bytes(wire)) = drawn.typed().encode() else { return };
    let message = decode(&wire).expect("the codec wrote it");
    let needed = wire.len();
    assert_eq!(message.encoded_len(), needed, "the length of {message:?}");
    let available = needed.saturating_add_signed(difference.into());
    let mut out = vec![fill; available];
    let beginning = out.as_ptr();
    match message.encode(&mut out) {
        Ok(written) => {
            assert_eq!(written, wire, "{message:?} into {available} bytes");
            assert_eq!(written.as_ptr(), beginning, "{message:?} is not at the front");
            assert!(out[needed..].iter().all(|&byte| byte == fill), "behind {message:?}");
        }
        Err(error) => {
            assert_eq!(error, EncodeError::BufferTooSmall { needed, available });
            assert!(available < needed, "{message:?} fits into {available} bytes");
            assert!(out.iter().all(|&byte| byte == fill), "{message:?} is written in part");
        }
    }
}
