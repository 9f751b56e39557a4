//! The same wire format as views with [zerocopy](https://docs.rs/zerocopy): a message is a
//! reference to its datagram, and a field is converted when it is read.
//!
//! What a layout cannot express (counts, flags, ranges, texts) is checked after the reference is
//! created, so that the same datagrams are refused. Encoding copies the referenced bytes.

use ::zerocopy::{
    FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned,
    big_endian::{U16, U32, U64},
};

macro_rules! wire {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* })*) => {$(
        $(#[$doc])*
        #[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
        #[repr(C, packed)] // every field consists of bytes; only this form allows a slice at the end
        pub struct $name { kind: u8, $(pub $field: $type),* }
    )*};
}

wire! {
    Stamped { timestamp: U64 }
    Keepalive {}
    EpisodeEnd { frame: U32, episode: U32 }
    EpisodeReady { episode: U32, hash: [u8; 8] }
    StateHash { frame: U32, hash: [u8; 8] }
    InputRequest { start: U32, end: U32 }
    FocusState { focused: u8, frame: U32 }
    Input { player: U16, current_frame: U32, count: u8, reserved: u8, entries: [Entry] }
    InputResponse { player: U16, count: U16, entries: [Entry] }
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub struct Entry {
    pub frame: U32,
    pub action: u8,
}

#[derive(Clone, Copy)]
pub enum Message<'a> {
    Input(&'a Input),
    Ping(&'a Stamped),
    Pong(&'a Stamped),
    Keepalive(&'a Keepalive),
    EpisodeEnd(&'a EpisodeEnd),
    EpisodeReady(&'a EpisodeReady),
    StateHash(&'a StateHash),
    ValidationPing(&'a Stamped),
    ValidationPong(&'a Stamped),
    InputRequest(&'a InputRequest),
    InputResponse(&'a InputResponse),
    FocusState(&'a FocusState),
}

/// The datagram is not a valid message.
#[derive(Clone, Copy, Debug)]
pub struct Refused;

fn whole<T: FromBytes + KnownLayout + Immutable + Unaligned>(
    datagram: &[u8],
) -> Result<&T, Refused> {
    T::ref_from_bytes(datagram).map_err(|_| Refused)
}

/// The reference, if the condition is true.
fn checked<T: ?Sized>(
    message: Result<&T, Refused>,
    holds: impl FnOnce(&T) -> bool,
) -> Result<&T, Refused> {
    message.and_then(|message| holds(message).then_some(message).ok_or(Refused))
}

pub fn decode(datagram: &[u8]) -> Result<Message<'_>, Refused> {
    Ok(match datagram.first().ok_or(Refused)? {
        0x01 => {
            let count = *datagram.get(7).ok_or(Refused)?;
            let input = Input::ref_from_bytes_with_elems(datagram, count.into());
            let input = input.map_err(|_| Refused);
            Message::Input(checked(input, |input| matches!(input.count, 1..=15))?)
        }
        0x02 => Message::Ping(whole(datagram)?),
        0x03 => Message::Pong(whole(datagram)?),
        0x04 => Message::Keepalive(whole(datagram)?),
        0x05 => Message::EpisodeEnd(whole(datagram)?),
        0x06 => Message::EpisodeReady(checked(whole(datagram), |ready: &EpisodeReady| {
            ready.hash.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
        })?),
        0x07 => Message::StateHash(whole(datagram)?),
        0x10 => Message::ValidationPing(whole(datagram)?),
        0x11 => Message::ValidationPong(whole(datagram)?),
        0x12 => Message::InputRequest(checked(whole(datagram), |request: &InputRequest| {
            request.start.get() <= request.end.get()
        })?),
        0x13 => {
            let count = datagram.get(3..5).ok_or(Refused)?;
            let count = U16::ref_from_bytes(count).map_err(|_| Refused)?;
            let response = InputResponse::ref_from_bytes_with_elems(datagram, count.get().into());
            Message::InputResponse(response.map_err(|_| Refused)?)
        }
        0x14 => {
            Message::FocusState(checked(whole(datagram), |focus: &FocusState| focus.focused <= 1)?)
        }
        _ => return Err(Refused),
    })
}

/// The buffer is too short.
#[derive(Clone, Copy, Debug)]
pub struct TooSmall;

pub fn encode<'b>(message: &Message<'_>, out: &'b mut [u8]) -> Result<&'b [u8], TooSmall> {
    fn copy<'b, T: IntoBytes + Immutable + ?Sized>(
        message: &T,
        out: &'b mut [u8],
    ) -> Result<&'b mut [u8], TooSmall> {
        let bytes = message.as_bytes();
        let out = out.get_mut(..bytes.len()).ok_or(TooSmall)?;
        out.copy_from_slice(bytes);
        Ok(out)
    }
    Ok(match message {
        Message::Input(input) => {
            let out = copy(*input, out)?;
            out[8] = 0; // reserved: written as 0
            out
        }
        Message::Ping(m) | Message::Pong(m) => copy(*m, out)?,
        Message::ValidationPing(m) | Message::ValidationPong(m) => copy(*m, out)?,
        Message::Keepalive(m) => copy(*m, out)?,
        Message::EpisodeEnd(m) => copy(*m, out)?,
        Message::EpisodeReady(m) => copy(*m, out)?,
        Message::StateHash(m) => copy(*m, out)?,
        Message::InputRequest(m) => copy(*m, out)?,
        Message::InputResponse(m) => copy(*m, out)?,
        Message::FocusState(m) => copy(*m, out)?,
    })
}
