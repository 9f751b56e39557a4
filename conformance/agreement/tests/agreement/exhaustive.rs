//! Whole neighbourhoods of the datagrams that mean something.

use rollwire_agreement::agree;
use rollwire_codec::{EncodeError, MessageType, decode};
use rollwire_model::{Model, hex};

use crate::cases::valid_datagrams;

/// All lengths below that of a datagram, but for the middle of one that is huge.
fn shorter(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let (len, edge) = (bytes.len(), 2_000);
    (0..len).filter(move |at| *at < edge || len - at < 32)
}

#[test]
fn every_prefix_and_every_surplus_byte_is_refused_alike() {
    let model = Model::latest();
    for bytes in valid_datagrams(&model) {
        for len in shorter(&bytes) {
            assert_eq!(agree(&model, &bytes[..len]), None);
        }
        for surplus in [0x00, 0xff] {
            assert_eq!(agree(&model, &[&bytes[..], &[surplus]].concat()), None);
        }
    }
}

#[test]
fn every_short_string_and_every_beginning_is_judged_alike() {
    let model = Model::latest();
    agree(&model, &[]);
    for first in 0..=u8::MAX {
        agree(&model, &[first]);
        for second in 0..=u8::MAX {
            agree(&model, &[first, second]);
            for (len, fill) in
                [(5, 0x00), (6, 0x01), (9, 0x00), (9, 0xff), (13, 0x00), (13, b'a'), (14, 0x01)]
            {
                let mut bytes = vec![fill; len];
                bytes[..2].copy_from_slice(&[first, second]);
                agree(&model, &bytes);
            }
        }
    }
}

#[test]
#[ignore = "takes a while; `.ci/deep exhaustive` runs it in release"]
fn every_string_of_up_to_three_bytes_is_judged_alike() {
    let model = Model::latest();
    let (mut strings, mut accepted) = (0_u64, 0_u64);
    for len in 0..=3 {
        for number in 0..1_u32 << (8 * len) {
            strings += 1;
            accepted += u64::from(agree(&model, &number.to_be_bytes()[4 - len..]).is_some());
        }
    }
    println!("{strings} strings of up to 3 bytes, {accepted} of them accepted, no difference");
    assert_eq!(accepted, 1, "KEEPALIVE is the only message that short");
}

#[test]
#[ignore = "takes a while; `.ci/deep exhaustive` runs it in release"]
fn every_change_of_one_byte_of_every_valid_datagram_is_judged_alike() {
    let model = Model::latest();
    let (mut datagrams, mut changes, mut accepted) = (0_u64, 0_u64, 0_u64);
    for mut bytes in valid_datagrams(&model).into_iter().filter(|it| it.len() <= LONGEST_CHANGED) {
        datagrams += 1;
        for at in 0..bytes.len() {
            let right = bytes[at];
            for other in 1..=u8::MAX {
                bytes[at] = right ^ other;
                changes += 1;
                accepted += u64::from(agree(&model, &bytes).is_some());
            }
            bytes[at] = right;
        }
    }
    println!(
        "{datagrams} datagrams, {changes} changes of one byte, {accepted} accepted, no difference"
    );
    assert!(accepted > 0 && accepted < changes, "nothing depends on what is changed");
}

/// Stored datagrams are no longer than this; the two that are made at run time have 65,535 entries
/// that are all alike.
const LONGEST_CHANGED: usize = 1_500;

/// One datagram of every message, with no two neighbouring bytes equal where there is a choice.
const EVERY_MESSAGE: [&str; MessageType::ALL.len()] = [
    "01 0102 03040506 02 00 0708090a0b 0c0d0e0f10",
    "02 40590a1b2c3d4e5f",
    "03 c0590a1b2c3d4e5f",
    "04",
    "05 01020304 05060708",
    "06 01020304 3061396266376538",
    "07 01020304 0123456789abcdef",
    "10 7ff8000000000001",
    "11 8000000000000000",
    "12 01020304 01020305",
    "13 0102 0002 0708090a0b 0c0d0e0f10",
    "14 01 02030405",
];

#[test]
fn every_byte_of_every_message_may_have_every_value() {
    let model = Model::latest();
    for (text, message_type) in EVERY_MESSAGE.into_iter().zip(MessageType::ALL) {
        let bytes = hex::parse(text).unwrap();
        assert_eq!(agree(&model, &bytes).unwrap().message, message_type.name());
        for at in 0..bytes.len() {
            for byte in 0..=u8::MAX {
                let mut changed = bytes.clone();
                changed[at] = byte;
                agree(&model, &changed);
            }
        }
    }
}

#[test]
fn no_buffer_that_is_too_short_is_written_to() {
    for bytes in valid_datagrams(&Model::latest()) {
        let message = decode(&bytes).unwrap();
        let needed = bytes.len();
        for available in shorter(&bytes) {
            let mut out = vec![0xa5; available];
            let [needed, available] = [needed, available].map(|len| u32::try_from(len).unwrap());
            let error = EncodeError::BufferTooSmall { needed, available };
            assert_eq!(message.encode(&mut out), Err(error));
            assert!(out.iter().all(|&byte| byte == 0xa5), "{message:?} into {available} bytes");
        }
    }
}
