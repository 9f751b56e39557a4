#![doc = include_str!("../README.md")]

extern crate alloc;

pub mod digest;
pub mod exchange;
pub mod peer;
pub mod recorder;
