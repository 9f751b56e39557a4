//! All codecs agree on every datagram here: all decode the same value, or all refuse it. The two
//! codecs that report the reason for a refusal report the same one.

use std::{fs, path::Path};

use fastrand::Rng;
use rollwire_codec::{DecodeError, EncodeError, Message, decode};
use rollwire_codec_bench::{
    hand, mix,
    peers::{Binrw, Postcard, Prost, Zerocopy},
    subject::{Hand, Rollwire, Subject},
};
use serde_json::Value;

#[test]
fn on_the_mix_and_what_can_happen_to_it() {
    let mut rng = Rng::with_seed(1);
    for datagram in mix::mix(&mut rng) {
        agree(&datagram);
        for _ in 0..20 {
            agree(&broken(&datagram, &mut rng));
        }
    }
}

#[test]
fn on_every_prefix_and_many_surpluses() {
    let mut rng = Rng::with_seed(2);
    for mut datagram in mix::mix(&mut rng).drain(..1000) {
        for len in 0..datagram.len() {
            agree(&datagram[..len]);
        }
        for _ in 0..20 {
            datagram.push(rng.u8(..));
            agree(&datagram);
        }
    }
}

#[test]
fn on_every_count_at_every_length() {
    let mut rng = Rng::with_seed(3);
    for count in 0..=u8::MAX {
        let input = mix::input(count, &mut rng);
        let response = mix::input_response(u16::from(count) * 7, &mut rng);
        for datagram in [input, response] {
            agree(&datagram);
            agree(&datagram[..datagram.len() - 1]);
            agree(&[&datagram, &[0][..]].concat());
        }
    }
    agree(&mix::input_response(u16::MAX, &mut rng));
}

#[test]
fn on_every_vector() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vectors/codec");
    let mut datagrams = 0;
    for file in fs::read_dir(folder).expect("the vectors are in place") {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let vectors: Value = serde_json::from_str(&text).unwrap();
        for case in vectors["cases"].as_array().expect("a file has cases") {
            if let Some(hex) = case["hex"].as_str() {
                agree(&bytes(hex));
                datagrams += 1;
            }
        }
    }
    assert!(datagrams > 100, "{datagrams}");
}

#[test]
fn on_what_is_measured() {
    let mut rng = Rng::with_seed(0x726f_6c6c);
    let mixed = mix::mix(&mut rng);
    for (datagram, reject) in mixed.iter().zip(mix::rejects(&mixed, &mut rng)) {
        assert!(decode(&reject).is_err(), "{reject:02x?} is a message");
        agree(datagram);
        agree(&reject);
    }
}

/// Both values must give the same sum and the same bytes, in a buffer of any length.
fn agree(datagram: &[u8]) {
    agrees::<Zerocopy>(datagram);
    agrees::<Binrw>(datagram);
    agrees::<Postcard>(datagram);
    agrees::<Prost>(datagram);
    match (decode(datagram), hand::decode(datagram)) {
        (Ok(ours), Ok(theirs)) => {
            assert_eq!(Rollwire::checksum(&ours), Hand::checksum(&theirs), "{datagram:02x?}");
            agree_on_writing(&ours, &theirs, datagram.len());
        }
        (Err(ours), Err(theirs)) => assert_eq!(translate(ours), theirs, "{datagram:02x?}"),
        (ours, theirs) => panic!(
            "{datagram:02x?} is {ours:?} for rollwire-codec and {theirs:?} for the hand-written codec"
        ),
    }
}

/// Another codec decodes the same value, encodes it again, and refuses an invalid datagram.
fn agrees<S: Subject>(datagram: &[u8]) {
    let Ok(message) = hand::decode(datagram) else {
        if S::SAME_BYTES {
            assert!(S::decode(datagram).is_err(), "{} accepts {datagram:02x?}", S::NAME);
        }
        return;
    };
    let wire = S::translate(datagram);
    let Ok(own) = S::decode(&wire) else {
        panic!("{} refuses its own form of {} bytes", S::NAME, wire.len())
    };
    assert_eq!(S::checksum(&own), Hand::checksum(&message), "{}: {datagram:02x?}", S::NAME);
    let mut out = vec![0xa5; 1_000_000];
    let Ok(written) = S::encode(&own, &mut out) else { panic!("{} writes nothing", S::NAME) };
    let mut canonical = wire.clone();
    if S::SAME_BYTES && datagram[0] == 0x01 {
        canonical[8] = 0;
    }
    assert_eq!(written, canonical, "{}", S::NAME);
    assert!(
        S::encode(&own, &mut vec![0; wire.len() - 1]).is_err(),
        "{} in a shorter buffer",
        S::NAME
    );
}

fn agree_on_writing(ours: &Message<'_>, theirs: &hand::Message<'_>, len: usize) {
    for available in [0, len - 1, len, len + 1] {
        let (mut one, mut two) = (vec![0xa5; available], vec![0xa5; available]);
        let ours = ours.encode(&mut one).map_err(|error| {
            let EncodeError::BufferTooSmall { needed, available } = error;
            hand::TooSmall { needed, available }
        });
        assert_eq!(ours, hand::encode(theirs, &mut two));
        assert_eq!(one, two);
    }
}

/// The same error as a value of the hand-written codec.
fn translate(error: DecodeError) -> hand::Error {
    use hand::Class;

    let (class, expected, found) = match error {
        DecodeError::Empty => (Class::Empty, 1, 0),
        DecodeError::UnknownType { found } => (Class::UnknownType, 0, found.into()),
        DecodeError::Truncated { expected, found } => (Class::Truncated, expected, found),
        DecodeError::Trailing { expected, found } => (Class::Trailing, expected, found),
        DecodeError::Count { found } => (Class::Count, 15, found.into()),
        DecodeError::Value { found } => (Class::Value, 1, found.into()),
        DecodeError::Text { found, .. } => (Class::Text, 0, found.into()),
        DecodeError::Range { start, end } => (Class::Range, start as usize, end as usize),
    };
    let [offset, expected, found] =
        [error.offset(), expected, found].map(|n| u32::try_from(n).unwrap());
    hand::Error { class, offset, expected, found }
}

/// The datagram with some bytes changed; half of the time it is also made shorter or longer.
fn broken(datagram: &[u8], rng: &mut Rng) -> Vec<u8> {
    let mut broken = datagram.to_vec();
    for _ in 0..rng.usize(1..4) {
        let at = rng.usize(..broken.len());
        broken[at] = if rng.bool() { rng.u8(..) } else { rng.u8(0..0x18) };
    }
    if rng.bool() {
        broken.resize(rng.usize(..2 * broken.len()), rng.u8(..));
    }
    broken
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u32> =
        hex.chars().filter(|c| *c != ' ').map(|c| c.to_digit(16).expect("a hex digit")).collect();
    assert_eq!(digits.len() % 2, 0, "{hex}");
    digits.chunks(2).map(|pair| (pair[0] * 16 + pair[1]) as u8).collect()
}
