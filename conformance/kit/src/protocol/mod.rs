//! The adapter protocol of `spec/adapter.md`: what is asked, and what may be answered.
//!
//! Nothing here does I/O, and nothing here knows an expected answer.

mod answer;
mod hello;
pub mod hex;
pub(crate) mod json;
mod lines;
mod malformed;
mod messages;
pub(crate) mod raw;
mod request;

pub use self::{
    answer::{Answer, Line, Members, parse_line},
    hello::{Capability, Hello, HelloFault, HelloFaults, Implementation},
    lines::{LineFault, Lines, MAX_LINE},
    malformed::Malformed,
    messages::{Direction, Messages, Missing},
    request::{Body, HelloLimits, PROTOCOL_VERSION},
};
