//! Captures: what a tap has recorded of a channel, judged as far as it can be seen on the wire.
//!
//! The format is `spec/capture.md`. A capture is read line by line, in bounded memory, and each side of a
//! channel is watched by a [`Monitor`](monitor::Monitor), which knows the rules and no game.
//!
//! | module | story |
//! |---|---|
//! | `line` | a line: a header or a record, read and written |
//! | `messages` | reads messages, the many plain INPUTs without the model |
//! | `monitor` | which rules were broken, and by whom |
//! | `content` | what a line or a packet holds |
//! | `lines` | a file of lines |
//! | `packets` | a file of packets, pcapng or pcap, read and written |
//! | `reader` | a file of either format |
//! | `judged` | a record that was judged |
//! | `shadow` | the model plays the own side along, where the clock is that of the peer |
//! | `side` | what was recorded of one side, and what broke a rule |
//! | `findings` | a file from its beginning to its end |
//! | `axis` | one axis of time for all parts of a tap |
//! | `progress` | which frames a side has told, heard, confirmed and verified |
//! | `crossing` | the captures of both sides: what was lost, late, or different |
//! | `buckets` | what is collected over time, in a fixed number of buckets |
//! | `picture` | what is drawn of a capture |
//! | `words` | datagrams and records in a few words |
//! | `text` | the report for a terminal |
//! | `page` | the report as one HTML file, with pictures |

mod axis;
mod buckets;
mod content;
pub mod crossing;
mod findings;
mod judged;
pub mod line;
mod lines;
mod messages;
pub mod monitor;
pub mod packets;
mod page;
mod picture;
mod progress;
mod reader;
mod shadow;
mod side;
mod text;
pub mod words;

pub use self::{
    content::{Content, MOST_TAPS, Numbered, Unit, Unreadable},
    findings::{Check, Findings, MalformedLine, Step},
    judged::Judged,
    messages::Messages,
    page::html,
    picture::Picture,
    reader::Capture,
    side::{ContextLine, Side, SideFindings, Violation},
    text::{show, show_crossing},
};
