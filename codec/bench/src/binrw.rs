//! The same wire format with [binrw](https://docs.rs/binrw): one enum whose variants have magic
//! bytes, with its counts and assertions.
//!
//! A reader stops at the end of the message, so trailing bytes are refused afterwards.

use std::io::Cursor;

use ::binrw::{BinRead, BinWrite, binrw};

#[derive(BinRead, BinWrite, Clone, Copy, Debug)]
#[brw(big)]
pub struct Entry {
    pub frame: u32,
    pub action: u8,
}

#[binrw]
#[derive(Clone, Debug)]
#[brw(big)]
pub enum Message {
    #[brw(magic = 0x01u8)]
    Input {
        player: u16,
        current_frame: u32,
        #[br(temp, assert((1..=15).contains(&count)))]
        #[bw(calc = entries.len() as u8)]
        count: u8,
        #[br(temp)]
        #[bw(calc = 0)]
        _reserved: u8,
        #[br(count = count)]
        entries: Vec<Entry>,
    },
    #[brw(magic = 0x02u8)]
    Ping { timestamp: u64 },
    #[brw(magic = 0x03u8)]
    Pong { timestamp: u64 },
    #[brw(magic = 0x04u8)]
    Keepalive,
    #[brw(magic = 0x05u8)]
    EpisodeEnd { frame: u32, episode: u32 },
    #[brw(magic = 0x06u8)]
    EpisodeReady {
        episode: u32,
        #[br(assert(hash.iter().all(|byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))))]
        hash: [u8; 8],
    },
    #[brw(magic = 0x07u8)]
    StateHash { frame: u32, hash: [u8; 8] },
    #[brw(magic = 0x10u8)]
    ValidationPing { timestamp: u64 },
    #[brw(magic = 0x11u8)]
    ValidationPong { timestamp: u64 },
    #[brw(magic = 0x12u8)]
    InputRequest {
        start: u32,
        #[br(assert(start <= end))]
        end: u32,
    },
    #[brw(magic = 0x13u8)]
    InputResponse {
        player: u16,
        #[br(temp)]
        #[bw(calc = entries.len() as u16)]
        count: u16,
        #[br(count = count)]
        entries: Vec<Entry>,
    },
    #[brw(magic = 0x14u8)]
    FocusState {
        #[br(assert(focused <= 1))]
        focused: u8,
        frame: u32,
    },
}

pub fn decode(datagram: &[u8]) -> Result<Message, ::binrw::Error> {
    let mut reader = Cursor::new(datagram);
    let message = Message::read(&mut reader)?;
    let pos = reader.position();
    if pos != datagram.len() as u64 {
        return Err(::binrw::Error::AssertFail { pos, message: "surplus bytes".to_owned() });
    }
    Ok(message)
}

pub fn encode<'b>(message: &Message, out: &'b mut [u8]) -> Result<&'b [u8], ::binrw::Error> {
    let mut writer = Cursor::new(&mut *out);
    message.write(&mut writer)?;
    let len = usize::try_from(writer.position()).unwrap_or(usize::MAX);
    Ok(&out[..len])
}
