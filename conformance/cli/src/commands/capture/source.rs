//! The file or the stream from which a capture is read.

use std::{
    io::{self, BufRead, BufReader},
    path::Path,
};

use rollwire_capture::{Capture, Unreadable, packets::Assumed};
use rollwire_conformance::text::{open_source, shown};

use crate::{
    args::{AssumedDirection, PacketOptions},
    failure::Failure,
};

/// Captures are read in pieces of this size.
const PIECE: usize = 256 * 1024;

/// What a capture is read from.
pub(super) type Source = Box<dyn BufRead>;

pub(super) fn source(path: &Path) -> Result<(String, Source), Failure> {
    if path == Path::new("-") {
        let source = BufReader::with_capacity(PIECE, io::stdin());
        return Ok(("standard input".to_owned(), Box::new(source)));
    }
    let name = shown(path);
    let file = open_source(path).map_err(|error| Unreadable::Io { name: name.clone(), error })?;
    Ok((name, Box::new(BufReader::with_capacity(PIECE, file))))
}

pub(super) fn open(path: &Path, packets: PacketOptions) -> Result<Capture<Source>, Failure> {
    let (name, source) = source(path)?;
    begin(&name, source, packets)
}

/// The capture in this source, whatever its format.
pub(super) fn begin(
    name: &str,
    source: Source,
    packets: PacketOptions,
) -> Result<Capture<Source>, Failure> {
    let assumed = match packets.assume_direction {
        None => Assumed::Nothing,
        Some(AssumedDirection::Sent) => Assumed::Sent,
        Some(AssumedDirection::Received) => Assumed::Received,
    };
    Ok(Capture::open_any(name, source, assumed)?)
}
