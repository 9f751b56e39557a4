//! Your implementation, or the way to it. This one knows STATE_HASH and nothing else.
//!
//! STATE_HASH has 13 bytes: 07, the frame as a big-endian u32, and eight raw bytes of hash.

pub const STATE_HASH: u8 = 7;

const LENGTH: usize = 13;

#[derive(Debug, PartialEq)]
pub struct StateHash {
    pub frame: u32,
    pub hash: [u8; 8],
}

/// Why a datagram or a value is refused. Every other failure is a defect.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    /// A class of `rollwire explain refusals.md`.
    pub class: &'static str,
    pub message: String,
}

impl Refusal {
    pub fn new(class: &'static str, message: impl Into<String>) -> Self {
        Self { class, message: message.into() }
    }
}

pub fn decode(datagram: &[u8]) -> Result<StateHash, Refusal> {
    match datagram.first() {
        None => return Err(Refusal::new("empty", "the datagram is empty")),
        Some(&STATE_HASH) => {}
        Some(other) => return Err(Refusal::new("unknown_type", format!("the type is {other}"))),
    }
    let length = datagram.len();
    let Ok(datagram) = <&[u8; LENGTH]>::try_from(datagram) else {
        let class = if length < LENGTH { "truncated" } else { "trailing" };
        return Err(Refusal::new(class, format!("{length} bytes are not {LENGTH}")));
    };
    let [_, a, b, c, d, hash @ ..] = *datagram;
    Ok(StateHash { frame: u32::from_be_bytes([a, b, c, d]), hash })
}

pub fn encode(message: &StateHash) -> Vec<u8> {
    let mut datagram = vec![STATE_HASH];
    datagram.extend(message.frame.to_be_bytes());
    datagram.extend(message.hash);
    datagram
}
