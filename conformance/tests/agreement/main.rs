//! The codec against the model, at the latest revision: two implementations that share no code give
//! one answer to everything.

mod cases;
mod exhaustive;
mod packets;
mod random;
mod typed;

use rollwire_codec::{MessageType, decode};
use rollwire_model::{Model, Value, hex};

use crate::typed::{Typed, written};

/// Decodes and encodes again on both sides; panics where they differ. The value, if there is one.
fn agree(model: &Model, bytes: &[u8]) -> Option<Value> {
    let text = || hex::plain(&bytes[..bytes.len().min(64)]);
    match (decode(bytes), model.decode(bytes)) {
        (Ok(message), Ok(value)) => {
            assert_eq!(Typed::from(message).value(), value, "the value of {}", text());
            let again = written(&message);
            assert_eq!(model.encode(&value).as_ref(), Ok(&again), "encoding {} again", text());
            let mut canonical = bytes.to_vec();
            if bytes[0] == MessageType::Input.to_byte() {
                canonical[8] = 0; // the reserved byte is the only one that is not kept (INPUT-9)
            }
            assert!(again == canonical, "{} was changed", text());
            Some(value)
        }
        (Err(error), Err(refusal)) => {
            let codec = (error.class().as_str(), Some(error.offset()));
            assert_eq!(
                codec,
                (refusal.class.as_str(), refusal.offset),
                "the refusal of {}",
                text()
            );
            None
        }
        (codec, model) => panic!("{}: the codec says {codec:?}, the model {model:?}", text()),
    }
}
