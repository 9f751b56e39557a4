//! An example of each type: its value, and what happens when it is shortened, extended or changed.

mod examples;

use rollwire_codec::{DecodeError, EncodeError, MessageType, decode};

/// A byte that is neither the first nor the last byte of any example.
const UNTOUCHED: u8 = 0xa5;

#[test]
fn every_message_type_has_an_example() {
    let types = examples::all().map(|example| example.message.message_type());
    assert_eq!(types, MessageType::ALL);
}

#[test]
fn every_example_decodes_and_encodes_again() {
    for example in examples::all() {
        assert_eq!(decode(example.wire), Ok(example.message));
        assert_eq!(example.message.encoded_len(), example.wire.len());
        assert_eq!(example.message.encode(&mut [0; 64]), Ok(example.wire));
    }
}

#[test]
fn every_prefix_is_refused_as_truncated_at_its_end() {
    for example in examples::all() {
        for found in 1..example.wire.len() {
            let expected =
                if found < example.header_len { example.header_len } else { example.wire.len() };
            let error = decode(&example.wire[..found]).unwrap_err();
            assert_eq!(error, DecodeError::Truncated { expected, found });
            assert_eq!(error.offset(), found);
        }
        assert_eq!(decode(&example.wire[..0]), Err(DecodeError::Empty));
    }
}

#[test]
fn trailing_bytes_are_refused_at_the_first_of_them() {
    for example in examples::all() {
        let expected = example.wire.len();
        for surplus in [0, 1, 5, UNTOUCHED] {
            let mut wire = example.wire.to_vec();
            for found in expected + 1..expected + 20 {
                wire.push(surplus);
                let error = decode(&wire).unwrap_err();
                assert_eq!(error, DecodeError::Trailing { expected, found });
                assert_eq!(error.offset(), expected);
            }
        }
    }
}

#[test]
fn every_changed_byte_is_another_message_or_a_refusal() {
    for example in examples::all() {
        for index in 0..example.wire.len() {
            let mut wire = example.wire.to_vec();
            let reserved = example.wire[0] == 0x01 && index == 8;
            for byte in (0..=u8::MAX).filter(|&byte| byte != example.wire[index]) {
                wire[index] = byte;
                match decode(&wire) {
                    Ok(message) if reserved => assert_eq!(message, example.message),
                    Ok(message) => {
                        assert_ne!(message, example.message);
                        assert_eq!(message.encode(&mut [0; 64]), Ok(wire.as_slice()));
                    }
                    Err(error) => assert!(error.offset() <= wire.len(), "{error}"),
                }
            }
        }
    }
}

#[test]
fn a_buffer_that_is_too_short_is_not_changed() {
    for example in examples::all() {
        let needed = example.wire.len();
        for available in 0..needed {
            let mut out = vec![UNTOUCHED; available];
            let [needed, available] = [needed, available].map(|len| u32::try_from(len).unwrap());
            let error = EncodeError::BufferTooSmall { needed, available };
            assert_eq!(example.message.encode(&mut out), Err(error));
            assert!(out.iter().all(|&byte| byte == UNTOUCHED));
        }
    }
}

#[test]
fn a_longer_buffer_is_not_changed_after_the_message() {
    for example in examples::all() {
        let needed = example.wire.len();
        for available in needed..needed + 8 {
            let mut out = vec![UNTOUCHED; available];
            assert_eq!(example.message.encode(&mut out), Ok(example.wire));
            assert!(out[needed..].iter().all(|&byte| byte == UNTOUCHED));
        }
    }
}
