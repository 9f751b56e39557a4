//! A valid message with structured edits: codec and model agree on what is left of it. The input is a
//! drawn message, then edits.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use rollwire_model::{Model, Outcome};

use crate::{
    agree::{agree, round_trips},
    drawn::Drawn,
};

static MODEL: LazyLock<Model> = LazyLock::new(Model::latest);

/// A datagram is not made longer than this.
const LONGEST: usize = 1_500;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let mut rest = Unstructured::new(bytes);
    let Ok(drawn) = rest.arbitrary::<Drawn>() else { return };
    let Some(mut datagram) = round_trips(&MODEL, drawn.typed()) else { return };
    let Ok(edits) = rest.arbitrary::<Vec<Edit>>() else { return };
    // Each edit is judged by itself: the one after it may hide a difference.
    for edit in edits {
        edit.apply(&mut datagram);
        datagram.truncate(LONGEST);
        agree(&MODEL, &datagram);
    }
}

/// What can happen to a datagram. A place beyond its end is counted from its beginning again.
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
    Join { other: Drawn },
}

/// Numbers at which implementations count wrong.
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
        let place = |at: u16| usize::from(at).checked_rem(len).unwrap_or_default();
        match self {
            Self::Append { byte } => datagram.push(byte),
            Self::Insert { at, byte } => datagram.insert(place(at), byte),
            Self::Join { other } => {
                if let Some(Outcome::Bytes(bytes)) = other.typed().encode() {
                    datagram.extend(bytes);
                }
            }
            // The others need a byte to begin with.
            _ if len == 0 => {}
            Self::Set { at, byte } => datagram[place(at)] = byte,
            Self::Flip { at, bit } => datagram[place(at)] ^= 1 << (bit % 8),
            Self::Truncate { len } => datagram.truncate(place(len)),
            Self::Remove { at } => drop(datagram.remove(place(at))),
            Self::Swap { one, other } => datagram.swap(place(one), place(other)),
            Self::Repeat { from, len: count } => {
                let from = place(from);
                let to = (from + usize::from(count)).min(len);
                datagram.extend_from_within(from..to);
            }
            Self::Number { at, which } => {
                // Its lowest bytes, as many as an integer of the wire has.
                let bytes = NUMBERS[usize::from(which >> 4) % NUMBERS.len()].to_be_bytes();
                let width = [1, 2, 4, 8][usize::from(which) % 4];
                let at = place(at);
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
