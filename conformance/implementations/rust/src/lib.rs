//! A rollwire implementation in Rust as a user would write it: [`rollwire_codec`] does the bytes.
//!
//! [`exchange`] and [`digest`] are what a game takes; [`adapter`] is the glue that lets `rollwire check` ask it.
//! [`recorder`] is an exchange that logs its session, for `rollwire trace check`.
//! With the feature `log` the exchange says at debug level which hashes it sent and received.

pub mod adapter;
pub mod digest;
pub mod exchange;
pub mod recorder;
mod session;
mod state;

#[cfg(feature = "log")]
mod logging;
