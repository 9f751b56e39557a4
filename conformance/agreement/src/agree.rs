//! Checks that codec and model give the same answer. The fuzz targets use it too.

use rollwire_codec::{MessageType, decode};
use rollwire_model::{Grade, Model, Outcome, Value, hex};

use crate::typed::{Typed, written};

/// Decodes, and encodes again, with codec and model; panics if they differ. Returns the value, if both accept.
pub fn agree(model: &Model, bytes: &[u8]) -> Option<Value> {
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

/// Encodes through the codec's constructors and decodes again; panics if the model does not list
/// the answer, or if decoding gives another value. Returns the bytes, if the value is accepted.
pub fn round_trips(model: &Model, typed: &Typed) -> Option<Vec<u8>> {
    let answer = typed.encode().expect("its timestamps are bits");
    let listed = model.encode_outcomes(&typed.value());
    assert!(listed.contains(&(Grade::Pass, answer.clone())), "{answer:?}: {listed:?}");
    let Outcome::Bytes(bytes) = answer else { return None };
    let back = Typed::from(decode(&bytes).expect("the codec wrote it"));
    // Upper-case digits, where they are taken, come back in lower case (STATE_HASH-5).
    let lower = match typed.clone() {
        Typed::StateHash { frame, hash } => {
            Typed::StateHash { frame, hash: hash.to_ascii_lowercase() }
        }
        other => other,
    };
    assert_eq!(back, lower, "the value that is decoded again");
    assert_eq!(agree(model, &bytes), Some(lower.value()), "what the model reads");
    Some(bytes)
}
