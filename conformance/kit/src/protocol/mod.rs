//! The adapter protocol of `spec/adapter.md`: what is asked, and what may be answered.
//!
//! Nothing here does I/O, and nothing here knows an expected answer.

mod answer;
mod hello;
pub mod hex;
mod lines;
pub(crate) mod raw;
mod request;

pub use self::{
    answer::{Answer, Line, LineFault, Members, parse_line},
    hello::{Capability, Hello, HelloFault, Implementation},
    lines::Lines,
    request::{Body, HelloLimits, PROTOCOL_VERSION},
};

/// The longest line either side may send, in bytes: 4 MiB.
pub const MAX_LINE: usize = 4 * 1024 * 1024;
