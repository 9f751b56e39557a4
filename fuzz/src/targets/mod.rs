//! The targets. Each module says what it requires, and each body is a plain function of bytes.

pub mod adapter_line;
pub mod capture;
pub mod decode;
pub mod digest;
pub mod encode_buffer;
pub mod exchange;
pub mod link;
pub mod mutate;
pub mod packets;
pub mod round_trip;
pub mod settings;
pub mod spelling;
pub mod trace;
pub mod vectors_file;

/// A target's body: it panics if a requirement is not met.
pub type Body = fn(&[u8]);

/// Every target by its name.
pub const ALL: [(&str, Body); 14] = [
    ("decode", decode::run),
    ("round_trip", round_trip::run),
    ("mutate", mutate::run),
    ("encode_buffer", encode_buffer::run),
    ("adapter_line", adapter_line::run),
    ("vectors_file", vectors_file::run),
    ("exchange", exchange::run),
    ("digest", digest::run),
    ("trace", trace::run),
    ("spelling", spelling::run),
    ("link", link::run),
    ("capture", capture::run),
    ("packets", packets::run),
    ("settings", settings::run),
];

/// The body of a target.
#[must_use]
pub fn body(name: &str) -> Option<Body> {
    ALL.into_iter().find(|(it, _)| *it == name).map(|(_, body)| body)
}
