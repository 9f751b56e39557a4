//! Writes the lines of a capture.

use std::io::{self, Write};

use rollwire_model::hex;
use serde_json::{Map, Value as Json, json};

use super::{Header, Payload, Record, VERSION, What};

/// Writes a header, with the end of its line.
///
/// # Errors
/// If the sink cannot be written.
pub fn write_header(sink: &mut dyn Write, header: &Header) -> io::Result<()> {
    let mut members = Map::new();
    members.insert("capture".to_owned(), json!(VERSION));
    if !header.peer.is_empty() {
        members.insert("peer".to_owned(), json!(header.peer));
    }
    members.insert("revision".to_owned(), json!(header.revision));
    if let Some(origin) = header.origin {
        members.insert("origin".to_owned(), json!(origin));
    }
    if let Some(redundancy) = header.redundancy {
        members.insert("redundancy".to_owned(), json!(redundancy));
    }
    if let Some(setup) = header.setup {
        members.insert("setup".to_owned(), setup.json());
    }
    end(sink, members, &header.tap)
}

/// Writes a record of the tap with this name, with the end of its line.
///
/// # Errors
/// If the sink cannot be written.
pub fn write_record(sink: &mut dyn Write, tap: &str, record: &Record) -> io::Result<()> {
    let mut members = Map::new();
    if let Some(number) = record.number {
        members.insert("n".to_owned(), json!(number));
    }
    let (milliseconds, rest) = (record.at.0 / 1000, record.at.0 % 1000);
    #[expect(clippy::cast_precision_loss, reason = "a time of 285 years still fits")]
    let at = if rest == 0 { json!(milliseconds) } else { json!(record.at.0 as f64 / 1000.0) };
    members.insert("at".to_owned(), at);
    let (name, value) = match &record.what {
        What::Sent(payload) => ("sent", of(payload)),
        What::Refused(payload) => ("refused", of(payload)),
        What::Received(payload) => ("received", of(payload)),
        What::Opened => ("channel", json!("open")),
        What::Closed => ("channel", json!("closed")),
        What::Error(text) => ("error", json!(text)),
        What::Missing(count) => ("missing", json!(count)),
    };
    members.insert(name.to_owned(), value);
    if let Some(buffered) = record.buffered {
        members.insert("buffered".to_owned(), json!(buffered));
    }
    end(sink, members, tap)
}

fn of(payload: &Payload) -> Json {
    match payload {
        Payload::Datagram(bytes) => json!(hex::plain(bytes)),
        Payload::Text(text) => json!({ "text": text }),
    }
}

fn end(sink: &mut dyn Write, mut members: Map<String, Json>, tap: &str) -> io::Result<()> {
    if !tap.is_empty() {
        members.insert("tap".to_owned(), json!(tap));
    }
    serde_json::to_writer(&mut *sink, &members)?;
    sink.write_all(b"\n")
}
