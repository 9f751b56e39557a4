//! A valid message with structured edits: codec and model agree after each edit. The input is a structured
//! message, then edits.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use rollwire_agreement::{agree, round_trips};
use rollwire_model::{Model, Outcome};

use crate::structured::message::AnyMessage;

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// A datagram is not made longer than this.
const LONGEST: usize = 1_500;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let mut rest = Unstructured::new(bytes);
    let Ok(message) = rest.arbitrary::<AnyMessage>() else { return };
    let Some(mut datagram) = round_trips(&MODEL, message.typed()) else { return };
    let Ok(edits) = rest.arbitrary::<Vec<Edit>>() else { return };
    // Both decode after each edit: the next one may hide a difference.
    for edit in edits {
        edit.apply(&mut datagram);
        datagram.truncate(LONGEST);
        agree(&MODEL, &datagram);
    }
}

/// A change to a datagram. An index beyond the end wraps around.
#[derive(Arbitrary, Debug)]
enum Edit {
    Set { at: u16, byte: u8 },
    Flip { at: u16, bit: u8 },
    Truncate { len: u16 },
    Append { byte: u8 },
    Insert { at: u16, byte: u8 },
    Remove { at: u16 },
    Swap { one: u16, other: u16 },
    Repeat { from: u16, len: u8 },
    Number { at: u16, which: u8 },
    Type { which: u8 },
    Join { other: AnyMessage },
}

/// Numbers at which implementations overflow or go off by one.
const NUMBERS: [u64; 10] = [
    0,
    1,
    15,
    16,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x8000_0000_0000_0000,
    0x7ff8_0000_0000_0000,
    u64::MAX,
];

impl Edit {
    fn apply(self, datagram: &mut Vec<u8>) {
        let len = datagram.len();
        let index = |at: u16| usize::from(at).checked_rem(len).unwrap_or_default();
        match self {
            Self::Append { byte } => datagram.push(byte),
            Self::Insert { at, byte } => datagram.insert(index(at), byte),
            Self::Join { other } => {
                if let Some(Outcome::Bytes(bytes)) = other.typed().encode() {
                    datagram.extend(bytes);
                }
            }
            // The others need at least one byte.
            _ if len == 0 => {}
            Self::Set { at, byte } => datagram[index(at)] = byte,
            Self::Flip { at, bit } => datagram[index(at)] ^= 1 << (bit % 8),
            Self::Truncate { len } => datagram.truncate(index(len)),
            Self::Remove { at } => drop(datagram.remove(index(at))),
            Self::Swap { one, other } => datagram.swap(index(one), index(other)),
            Self::Repeat { from, len: count } => {
                let from = index(from);
                let to = (from + usize::from(count)).min(len);
                datagram.extend_from_within(from..to);
            }
            Self::Number { at, which } => {
                // Its lowest bytes, in one of the widths of integers on the wire.
                let bytes = NUMBERS[usize::from(which >> 4) % NUMBERS.len()].to_be_bytes();
                let width = [1, 2, 4, 8][usize::from(which) % 4];
                let at = index(at);
                for (to, byte) in datagram[at..].iter_mut().zip(&bytes[8 - width..]) {
                    *to = *byte;
                }
            }
            Self::Type { which } => {
                let types = rollwire_codec::MessageType::ALL;
                datagram[0] = types[usize::from(which) % types.len()].to_byte();
            }
        }
    }
}
