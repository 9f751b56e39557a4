//! Links only if neither decoding nor encoding a message can panic, for any bytes.

use std::{
    hint::black_box,
    io::{self, Read},
};

use no_panic::no_panic;
use rollwire_codec::{
    DecodeError, Digest, EncodeError, Entries, HashText, Input, InputRequest, Message, TextError,
};

fn main() -> io::Result<()> {
    let mut datagram = Vec::new();
    io::stdin().read_to_end(&mut datagram)?;
    if let Ok(message) = decode(&datagram) {
        black_box(encode(&message, &mut [0; 1500]).is_ok());
        let entries = match message {
            Message::Input(input) => input.entries(),
            Message::InputResponse(response) => response.entries,
            _ => Entries::EMPTY,
        };
        black_box(walk(entries));
    }
    if let Ok(text) = str::from_utf8(&datagram) {
        black_box(digest(text).is_ok());
        black_box(hash_text(text).is_ok());
    }
    black_box(construct(&[[0; 5]; 16]));
    Ok(())
}

#[no_panic]
#[inline(never)]
fn decode(datagram: &[u8]) -> Result<Message<'_>, DecodeError> {
    rollwire_codec::decode(datagram)
}

#[no_panic]
#[inline(never)]
fn encode<'b>(message: &Message<'_>, out: &'b mut [u8]) -> Result<&'b [u8], EncodeError> {
    message.encode(out)
}

#[no_panic]
#[inline(never)]
fn walk(entries: Entries<'_>) -> u32 {
    let mut sum = entries.iter().rev().fold(0, |sum: u32, entry| sum.wrapping_add(entry.frame));
    for entry in entries {
        sum = sum.wrapping_add(entry.action.into());
    }
    sum.wrapping_add(entries.get(15).map_or(0, |entry| entry.frame))
}

#[no_panic]
#[inline(never)]
fn digest(text: &str) -> Result<Digest, TextError> {
    text.parse()
}

#[no_panic]
#[inline(never)]
fn hash_text(text: &str) -> Result<&str, TextError> {
    HashText::new(text).map(HashText::as_str)
}

#[no_panic]
#[inline(never)]
fn construct(wire: &[[u8; 5]]) -> bool {
    let input = Entries::new(wire).and_then(|entries| Input::new(0, 0, entries));
    input.is_ok() && InputRequest::new(1, 2).is_ok()
}
