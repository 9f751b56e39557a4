//! A capture as a file of packets, pcapng or pcap, in both ways (`spec/capture.md`, Files of packets).
//!
//! The library `pcap-parser` knows how blocks are laid out. What is here reads one block at a time, of a
//! bounded length, and knows what a packet means: which side recorded it, which way it went, and what its
//! comments say about the channel.
//!
//! | file | story |
//! |---|---|
//! | `fault` | why a block cannot be read |
//! | `source` | bytes, and where they stand |
//! | `blocks` | the blocks of a pcapng |
//! | `classic` | the packets of a pcap |
//! | `clock` | what a time of an interface is in microseconds |
//! | `interface` | an interface: what its packets hold, and who recorded it |
//! | `interfaces` | all of a file, and which of them are sides |
//! | `packet` | a packet: its datagram, its direction and its comments |
//! | `remark` | comments that say what happened |
//! | `reader` | packets become the records of a capture |
//! | `export` | the records of a capture become packets |

mod blocks;
mod classic;
mod clock;
mod export;
mod fault;
mod interface;
mod interfaces;
mod packet;
mod reader;
mod remark;
mod source;

pub(crate) use self::reader::{Packets, Settings};
pub use self::{
    export::Export,
    fault::{Broken, PacketFault},
    packet::Assumed,
};
