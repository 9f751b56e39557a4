//! The one answer that codec and model have to give. The fuzz targets ask for it too.

use rollwire_codec::{MessageType, decode};
use rollwire_model::{Grade, Model, Outcome, Value, hex};

use crate::typed::{Typed, written};

/// Decodes and encodes again on both sides; panics where they differ. The value, if there is one.
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

/// Encodes through the codec's constructors and decodes again; panics where the model does not list
/// the answer, or where another value comes back. The bytes, if there are any.
pub fn comes_back(model: &Model, typed: &Typed) -> Option<Vec<u8>> {
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
    assert_eq!(back, lower, "what comes back");
    assert_eq!(agree(model, &bytes), Some(lower.value()), "what the model reads");
    Some(bytes)
}
