//! A rollwire implementation as a Rust user would write it: [`rollwire_codec`] does the bytes.
//!
//! [`adapter`] is the glue that lets `rollwire check` ask it.

pub mod adapter;
