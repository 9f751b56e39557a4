//! Datagrams: messages as they are, messages with some edits, and bytes behind a type.

use rollwire_model::{Kind, MessageLayout, Model};

use super::random::Random;
use super::values::valid;

/// No datagram is longer.
const LONGEST: usize = 1_500;

/// Counts and other integers at which implementations count wrong.
const NUMBERS: [u64; 9] = [0, 1, 5, 6, 15, 16, 0x7fff_ffff, 0x8000_0000, 0x7ff8_0000_0000_0001];

/// A datagram for this message, or one that was.
pub(super) fn packet(model: &Model, message: &MessageLayout, random: &mut Random) -> Vec<u8> {
    if random.one_in(12) {
        return behind_the_type(message, random);
    }
    let mut bytes = encoded(model, message, random);
    if !random.one_in(3) {
        for _ in 0..=random.below(3) {
            edit(&mut bytes, model, message, random);
            bytes.truncate(LONGEST);
        }
    }
    bytes
}

fn encoded(model: &Model, message: &MessageLayout, random: &mut Random) -> Vec<u8> {
    model.encode(&valid(model, message, random)).unwrap_or_default()
}

/// Any bytes, of a length that the message has or nearly has.
fn behind_the_type(message: &MessageLayout, random: &mut Random) -> Vec<u8> {
    let len = (message.length_with(random.below(4)) + random.below(3)).saturating_sub(1);
    let mut bytes: Vec<u8> = (0..len).map(|_| random.byte()).collect();
    if let Some(first) = bytes.first_mut() {
        *first = message.type_byte;
    }
    if let Some(count) = message.field_of(Kind::Count) {
        let small = random.below(17).to_be_bytes();
        overwrite(&mut bytes, count.offset, &small[small.len() - count.size..]);
    }
    bytes
}

/// One thing that can happen to a datagram, or that a faulty peer does.
fn edit(bytes: &mut Vec<u8>, model: &Model, message: &MessageLayout, random: &mut Random) {
    let len = bytes.len();
    let at = random.below(len);
    match random.below(12) {
        0 => bytes.truncate(at),
        1 => bytes.extend((0..=random.below(6)).map(|_| random.byte())),
        2 => bytes.insert(at.min(len), random.byte()),
        // A datagram can have become empty.
        _ if len == 0 => {}
        3 => drop(bytes.remove(at)),
        4 => bytes[at] = random.byte(),
        5 => bytes[at] ^= 1 << random.below(8),
        6 => bytes.swap(at, random.below(len)),
        7 => {
            let number = random.pick(&NUMBERS).to_be_bytes();
            let size = *random.pick(&[1, 2, 4, 8]);
            overwrite(bytes, at, &number[8 - size..]);
        }
        8 => {
            let other = random.pick(&model.layout().messages).type_byte;
            bytes[0] = if random.one_in(3) { random.byte() } else { other };
        }
        9 => {
            let other = random.pick(&model.layout().messages);
            bytes.extend(encoded(model, other, random));
        }
        10 => {
            // A field of its own, whatever it is.
            let field = random.pick(&message.fields);
            let number = random.integer(8).to_be_bytes();
            let size = field.size.clamp(1, 8);
            overwrite(bytes, field.offset, &number[8 - size..]);
        }
        _ => edit_entries(bytes, message, random),
    }
}

/// Another count with as many entries, or the entries that belong to it.
fn edit_entries(bytes: &mut Vec<u8>, message: &MessageLayout, random: &mut Random) {
    let Some(count) = message.field_of(Kind::Count) else { return };
    let entries = random.below(20);
    let number = entries.to_be_bytes();
    overwrite(bytes, count.offset, &number[number.len() - count.size..]);
    if random.one_in(2) {
        bytes.resize_with(message.length_with(entries), || random.byte());
    }
}

fn overwrite(bytes: &mut [u8], at: usize, with: &[u8]) {
    for (to, byte) in bytes.iter_mut().skip(at).zip(with) {
        *to = *byte;
    }
}
