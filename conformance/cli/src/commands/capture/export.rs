//! `rollwire capture export`: a capture for Wireshark, as the PDUs that it exports itself.

use std::{
    collections::BTreeMap,
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
};

use rollwire_capture::{
    Check, Judged, Side,
    line::{Payload, What},
};
use rollwire_conformance::{
    text::{sanitize, shown},
    verdict::Exit,
};
use rollwire_dissectors::{
    exported,
    pcapng::{Interface, MOST_TEXT, Writer},
};

use super::source::open;
use crate::{
    args::CaptureExport,
    failure::Failure,
    files::{Files, PATIENCE, create},
    input_files::is_stdin,
};

pub(super) fn run(arguments: &CaptureExport) -> Result<Exit, Failure> {
    let mut files = Files::default();
    files.reads("FILE", &arguments.capture);
    files.writes("--output", &arguments.output)?;
    let mut check = Check::new(open(&arguments.capture)?);
    let (name, file) = sink(&arguments.output)?;
    let fault = |error: io::Error| Failure::unwritable(&name, &error);
    let mut export = Export::new(BufWriter::new(file)).map_err(fault)?;
    while let Some(judged) = check.next()? {
        let side = check.side(judged.tap);
        export.record(side, &judged).map_err(fault)?;
    }
    export.writer.into_inner().flush().map_err(fault)?;
    Ok(if check.findings().datagrams() == 0 { Exit::Nothing } else { Exit::Conforms })
}

/// The file, or standard output for `-`, and its name.
fn sink(path: &Path) -> Result<(String, Box<dyn Write>), Failure> {
    if !is_stdin(path) {
        let name = shown(path);
        let file = create(path, PATIENCE).map_err(|error| Failure::unwritable(&name, &error))?;
        return Ok((name, file));
    }
    let stdout = io::stdout();
    if stdout.is_terminal() {
        return Err(Failure::usage(
            "--output -: this is not text, and standard output is a terminal; name a file, or pipe it to `wireshark -k -i -`",
        ));
    }
    Ok(("standard output".to_owned(), Box::new(stdout.lock())))
}

/// A capture file that is being written.
struct Export<W> {
    writer: Writer<W>,
    /// One for each tap and direction.
    interfaces: BTreeMap<(usize, Way), Interface>,
    /// What is to be said about a tap, with its next datagram.
    said: BTreeMap<usize, Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Sent,
    Refused,
    Received,
}

/// A tap may have this many remarks that wait for a datagram.
const MOST_REMARKS: usize = 64;

impl<W: Write> Export<W> {
    fn new(sink: W) -> io::Result<Self> {
        let writer = Writer::new(sink, concat!("rollwire ", env!("CARGO_PKG_VERSION")))?;
        Ok(Self { writer, interfaces: BTreeMap::new(), said: BTreeMap::new() })
    }

    fn record(&mut self, side: &Side, judged: &Judged) -> io::Result<()> {
        let (way, bytes) = match &judged.record.what {
            What::Sent(Payload::Datagram(bytes)) => (Way::Sent, bytes),
            What::Refused(Payload::Datagram(bytes)) => (Way::Refused, bytes),
            What::Received(Payload::Datagram(bytes)) => (Way::Received, bytes),
            What::Opened => return self.says(judged.tap, "the channel opened".to_owned()),
            What::Closed => return self.says(judged.tap, "the channel closed".to_owned()),
            What::Error(text) => {
                return self.says(judged.tap, format!("error: {}", sanitize(text)));
            }
            What::Missing(count) => {
                return self.says(judged.tap, format!("{count} records are missing"));
            }
            What::Sent(_) | What::Refused(_) | What::Received(_) => return Ok(()),
        };
        let mut comments = self.said.remove(&judged.tap).unwrap_or_default();
        comments.extend(judged.objections.iter().map(|objection| {
            let place = match objection.line {
                line if line == judged.line => String::new(),
                line => format!(" of line {line}"),
            };
            format!(
                "{}{place}: {}: {}",
                objection.rule,
                objection.kind,
                sanitize(&objection.detail)
            )
        }));
        comments.iter_mut().for_each(|comment| {
            let most = comment.len().min(MOST_TEXT);
            let end = (0..=most).rev().find(|at| comment.is_char_boundary(*at));
            comment.truncate(end.unwrap_or(0));
        });
        let comments: Vec<&str> = comments.iter().map(String::as_str).collect();
        let interface = self.interface(side, judged.tap, way)?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a time of day that no clock shows is cut to one that a capture can hold"
        )]
        let origin = (side.origin * 1000.0).max(0.0) as u64;
        let at = origin.saturating_add(judged.record.at.0);
        let packet = exported::packet("rollwire", bytes);
        self.writer.packet(interface, at, &packet, &comments)
    }

    fn says(&mut self, tap: usize, remark: String) -> io::Result<()> {
        let said = self.said.entry(tap).or_default();
        if said.len() < MOST_REMARKS {
            said.push(remark);
        }
        Ok(())
    }

    fn interface(&mut self, side: &Side, tap: usize, way: Way) -> io::Result<Interface> {
        if let Some(known) = self.interfaces.get(&(tap, way)) {
            return Ok(*known);
        }
        let name = match (&*side.peer, &*side.tap) {
            ("", "") => "own side".to_owned(),
            ("", tap) => sanitize(tap),
            (peer, _) => sanitize(peer),
        };
        let way_name = match way {
            Way::Sent => "sent",
            Way::Refused => "refused",
            Way::Received => "received",
        };
        let interface =
            self.writer.interface(&format!("{name} {way_name}"), exported::LINK_TYPE)?;
        self.interfaces.insert((tap, way), interface);
        Ok(interface)
    }
}
