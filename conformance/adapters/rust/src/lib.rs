//! A rollwire implementation in Rust as a user would write it: [`rollwire_codec`] does the bytes.
//!
//! [`exchange`] and [`digest`] are what a game takes; [`adapter`] is the glue that lets `rollwire check` ask it.
//! With the feature `log` the exchange says at debug level which hashes it sent and received.

pub mod adapter;
pub mod digest;
pub mod exchange;
mod session;
mod state;

#[cfg(feature = "log")]
mod logging;
