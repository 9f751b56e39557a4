//! Captured datagrams for the eyes of other tools: a dissector for Wireshark, a description for Kaitai
//! Struct, and the capture files that Wireshark opens.
//!
//! Both texts are made from the layouts of `spec/messages.toml`, and from nothing else: a message that is
//! added to the table appears in both.
//!
//! | room | story |
//! |---|---|
//! | [`wireshark`] | the layouts as a table in Lua, and the dissector that reads the table |
//! | [`kaitai`] | the layouts as a `.ksy` file |
//! | `words` | what both say about a message and about a field |
//! | [`pcapng`] | writes a capture file |
//! | [`exported`] | a datagram as Wireshark exports it, which names its dissector, read and written |
//!
//! ```
//! use rollwire_dissectors::{exported, pcapng};
//!
//! let mut capture = pcapng::Writer::new(Vec::new(), "a game")?;
//! let host = capture.interface("host", exported::LINK_TYPE)?;
//! let datagram = [0x07, 0, 0, 0, 0x96, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
//! let packet = exported::packet("rollwire", &datagram);
//! capture.packet(host, 20_000, &packet, &["sent after the rollback"])?;
//! let bytes: Vec<u8> = capture.into_inner();
//! # assert_eq!(bytes.len() % 4, 0);
//! # Ok::<(), std::io::Error>(())
//! ```

pub mod exported;
pub mod kaitai;
pub mod pcapng;
pub mod wireshark;
mod words;
