//! Structured values from a fuzzer's bytes, and the bytes that give a value: with them, a published
//! message or scenario can be a seed.
//!
//! The encodings are written by hand, because a derived `Arbitrary` can only be read.

pub(crate) mod message;
pub(crate) mod stimuli;
