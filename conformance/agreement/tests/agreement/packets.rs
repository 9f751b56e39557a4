//! Very many packets in one go: `.ci/deep packets`.

use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};
use rollwire_agreement::agree;
use rollwire_codec::MessageType;
use rollwire_conformance::vectors::VectorSet;
use rollwire_model::Model;

/// How many, unless `ROLLWIRE_PACKETS` says otherwise.
const PACKETS: u64 = 10_000_000;

#[test]
#[ignore = "takes minutes; `.ci/deep packets` runs it in release"]
fn packets() {
    let count = std::env::var("ROLLWIRE_PACKETS").map_or(PACKETS, |text| text.parse().unwrap());
    let model = Model::latest();
    let published = VectorSet::builtin().unwrap().bytes();
    let datagrams: Vec<&[u8]> = published.filter_map(|case| case.bytes()).collect();
    let mut rng = ChaCha8Rng::seed_from_u64(count);
    let mut accepted = 0_u64;
    for number in 0..count {
        let bytes = if number % 2 == 0 { random(&mut rng) } else { changed(&mut rng, &datagrams) };
        accepted += u64::from(agree(&model, &bytes).is_some());
    }
    println!("{count} packets, {accepted} of them accepted by codec and model, no difference");
    assert!(accepted > count / 100, "hardly any packet was a message");
}

/// Random bytes behind a message type, most often of a length that some message has.
fn random(rng: &mut ChaCha8Rng) -> Vec<u8> {
    let lengths = [1, 5, 6, 9, 10, 13, 14, 19, 24, below(rng, 40)];
    let mut bytes = vec![0; lengths[below(rng, lengths.len())]];
    rng.fill_bytes(&mut bytes);
    if let Some(first) = bytes.first_mut() {
        *first = MessageType::ALL[below(rng, MessageType::ALL.len())].to_byte();
    }
    // A small count, or hardly any INPUT would come as far as its entries.
    if let [1, _, _, _, _, _, _, count, ..] = &mut bytes[..] {
        *count %= 4;
    }
    bytes
}

/// A published datagram with one to three edits.
fn changed(rng: &mut ChaCha8Rng, datagrams: &[&[u8]]) -> Vec<u8> {
    let mut bytes = datagrams[below(rng, datagrams.len())].to_vec();
    for _ in 0..=below(rng, 3) {
        let at = below(rng, bytes.len().max(1));
        match (below(rng, 8), bytes.get_mut(at)) {
            (0, _) => bytes.truncate(at),
            (1, _) => bytes.push(byte(rng)),
            (2..=4, Some(place)) => *place ^= 1 << below(rng, 8),
            (_, Some(place)) => *place = byte(rng),
            (_, None) => {}
        }
    }
    bytes
}

fn byte(rng: &mut ChaCha8Rng) -> u8 {
    rng.next_u32().to_be_bytes()[0]
}

fn below(rng: &mut ChaCha8Rng, limit: usize) -> usize {
    usize::try_from(rng.next_u64() % limit as u64).unwrap()
}
