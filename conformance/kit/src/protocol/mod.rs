//! The adapter protocol of `spec/adapter.md`: what is asked, and what may be answered.
//!
//! Nothing here does I/O, and nothing here knows an expected answer.

mod answer;
mod hello;
mod hello_fault;
pub mod hex;
mod lines;
mod malformed;
mod messages;
mod missing;
pub(crate) mod raw;
mod request;

pub use self::{
    answer::{Answer, Line, Members, parse_line},
    hello::{Capability, Hello, Implementation},
    hello_fault::{HelloFault, HelloFaults},
    lines::{LineFault, Lines, MAX_LINE},
    malformed::Malformed,
    messages::{Direction, Messages},
    missing::Missing,
    request::{Body, HelloLimits, PROTOCOL_VERSION},
};
