//! A line of a capture (`spec/capture.md`): a header or a record.

mod fault;
mod header;
mod record;
mod setup;
mod write;

use rollwire_conformance::{
    protocol::MAX_LINE,
    text::{shorten, utf8},
};
use serde::Deserialize;

pub use self::{
    fault::{LineFault, VERSION},
    header::Header,
    record::{LONGEST_DATAGRAM, Moment, Payload, Record, What},
    setup::PeerSetup,
    write::{write_header, write_record},
};

/// A line of a capture.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// It begins a part of a tap.
    Header(Header),
    /// Something has happened at the channel of the tap with this name.
    Record(String, Record),
}

/// The members of any line. Others are ignored.
#[derive(Debug, Deserialize)]
struct Members {
    #[serde(default)]
    tap: String,

    capture: Option<u64>,
    revision: Option<u64>,
    peer: Option<String>,
    origin: Option<f64>,
    redundancy: Option<u64>,
    setup: Option<setup::Members>,

    n: Option<u64>,
    at: Option<f64>,
    sent: Option<Payload>,
    refused: Option<Payload>,
    received: Option<Payload>,
    channel: Option<State>,
    error: Option<String>,
    missing: Option<u64>,
    buffered: Option<u64>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Open,
    Closed,
}

impl Line {
    /// Reads a line without its end.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn read(bytes: &[u8]) -> Result<Self, LineFault> {
        if bytes.len() > MAX_LINE {
            return Err(LineFault::TooLong);
        }
        let text = utf8(bytes)?;
        // serde would also read a structure from an array of its members.
        if !text.trim_start().starts_with('{') {
            return Err(LineFault::NotObject);
        }
        let members: Members = serde_json::from_str(text).map_err(|error| {
            let error = error.to_string().replace("at line 1 column", "at column");
            LineFault::Unreadable(shorten(&error))
        })?;
        members.line()
    }
}

impl Members {
    fn line(self) -> Result<Line, LineFault> {
        if let Some(version) = self.capture {
            let names = (self.peer.as_deref(), &*self.tap);
            let setup = self.setup.map(setup::Members::peer).transpose()?;
            let chosen = (self.redundancy, setup);
            let header = Header::new((version, self.revision), names, self.origin, chosen)?;
            return Ok(Line::Header(header));
        }
        let what = [
            self.sent.map(What::Sent),
            self.refused.map(What::Refused),
            self.received.map(What::Received),
            self.channel.map(|state| match state {
                State::Open => What::Opened,
                State::Closed => What::Closed,
            }),
            self.error.map(What::Error),
            self.missing.map(What::Missing),
        ];
        let mut all = what.into_iter().flatten();
        let what = all.next().ok_or(LineFault::Nothing)?;
        let more = all.count();
        if more > 0 {
            return Err(LineFault::TooMuch(more + 1));
        }
        if let What::Sent(Payload::Datagram(bytes))
        | What::Refused(Payload::Datagram(bytes))
        | What::Received(Payload::Datagram(bytes)) = &what
            && bytes.len() > LONGEST_DATAGRAM
        {
            return Err(LineFault::LongDatagram(bytes.len()));
        }
        let at = self.at.ok_or(LineFault::NoTime)?;
        let at = Moment::from_at(at).ok_or_else(|| LineFault::Time(at.to_string()))?;
        Ok(Line::Record(self.tap, Record { number: self.n, at, what, buffered: self.buffered }))
    }
}
