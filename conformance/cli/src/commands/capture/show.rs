//! `rollwire capture show`: the records of a capture, a line each.

use std::{
    collections::BTreeMap,
    io::{self, Read, Write},
    sync::atomic::Ordering,
    thread::sleep,
    time::Duration,
};

use rollwire_capture::{
    Check, Judged,
    line::{Moment, Payload, What, write_record},
    monitor::Objection,
    words,
};
use rollwire_conformance::{
    text::{json, sanitize},
    verdict::Exit,
};
use rollwire_model::{Model, peer::Message};
use serde_json::{Value as Json, json as object};

use super::{
    super::dissection,
    source::{Source, begin, source},
};
use crate::{
    args::{CaptureShow, Direction, Trouble},
    failure::Failure,
    signals::interrupts,
    style::red,
    terminal,
};

/// How often the end of a file is looked at, to see whether it has grown.
const LOOK: Duration = Duration::from_millis(100);

pub(super) fn run(arguments: &CaptureShow) -> Result<Exit, Failure> {
    let filter = Filter::new(arguments);
    let (name, source) = source(&arguments.capture)?;
    let source = if arguments.follow {
        Box::new(io::BufReader::new(Growing { source })) as Source
    } else {
        source
    };
    let mut check = Check::new(begin(&name, source, arguments.packets)?);
    let mut out = terminal::stdout();
    let (mut shown, mut models) = (0_u64, BTreeMap::new());
    while let Some(judged) = check.next()? {
        let revision = judged.revision;
        let model = models.entry(revision).or_insert_with(|| Model::specified(revision));
        if !filter.matches(model, &judged) {
            continue;
        }
        shown += 1;
        let tap = &check.side(judged.tap).tap;
        if arguments.json {
            json::write_line(&mut out, &as_json(model, tap, &judged)?)?;
        } else {
            as_text(&mut out, model, tap, &judged, arguments.verbose)?;
        }
        if arguments.follow {
            out.flush()?;
        }
    }
    let findings = check.findings();
    if !arguments.json {
        for line in &findings.malformed_lines {
            let (piece, fault) = (findings.unit.piece(), sanitize(&line.fault));
            writeln!(out, "{} {piece} {} {fault}", red("malformed"), line.line)?;
        }
    }
    out.flush()?;
    if let Ok(signal @ 1..) = u8::try_from(interrupts().load(Ordering::SeqCst)) {
        return Ok(Exit::Signal(signal));
    }
    Ok(match (shown, findings.malformed) {
        (0, 0) => Exit::Nothing,
        (_, 0) => Exit::Conforms,
        _ => Exit::Failed,
    })
}

/// A file that is still written to: its end is not the end, until a signal comes.
struct Growing {
    source: Source,
}

impl Read for Growing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let interrupted = interrupts();
        loop {
            let read = self.source.read(buffer)?;
            if read > 0 || interrupted.load(Ordering::SeqCst) > 0 {
                return Ok(read);
            }
            sleep(LOOK);
        }
    }
}

/// Which records are shown.
struct Filter<'a> {
    arguments: &'a CaptureShow,
    from: Moment,
    to: Option<Moment>,
}

impl<'a> Filter<'a> {
    fn new(arguments: &'a CaptureShow) -> Self {
        let moment = |seconds: f64| Moment::from_at(seconds * 1000.0).unwrap_or_default();
        let from = arguments.from.map(moment).unwrap_or_default();
        Self { arguments, from, to: arguments.to.map(moment) }
    }

    fn matches(&self, model: &Model, judged: &Judged) -> bool {
        let CaptureShow { message, frames, direction, only, .. } = self.arguments;
        let at = judged.record.at;
        if at < self.from || self.to.is_some_and(|to| at > to) {
            return false;
        }
        let went = match &judged.record.what {
            What::Sent(payload) => Some((Direction::Sent, payload)),
            What::Refused(payload) => Some((Direction::Refused, payload)),
            What::Received(payload) => Some((Direction::Received, payload)),
            _ => None,
        };
        if direction.is_some() && *direction != went.map(|went| went.0) {
            return false;
        }
        if let Some(only) = only
            && (*only == Trouble::Wrong) == own_objections(judged).next().is_none()
        {
            return false;
        }
        if message.is_empty() && frames.is_none() {
            return true;
        }
        let Some((_, Payload::Datagram(bytes))) = went else { return false };
        let Ok(value) = model.decode(bytes) else { return false };
        let is_named = message.is_empty() || message.contains(&value.message);
        let is_in =
            |frame: u32| frames.is_none_or(|frames| (frames.first..=frames.last).contains(&frame));
        is_named && (frames.is_none() || Message::of(&value).is_some_and(|it| about(&it, is_in)))
    }
}

/// Whether a message is about one of these frames.
fn about(message: &Message, is_in: impl Fn(u32) -> bool) -> bool {
    match message {
        Message::Input { entries, .. } | Message::InputResponse { entries, .. } => {
            entries.iter().any(|entry| is_in(entry.0))
        }
        Message::InputRequest { start, end } => is_in(*start) || is_in(*end),
        Message::EpisodeEnd { frame, .. }
        | Message::StateHash { frame, .. }
        | Message::FocusState { frame, .. } => is_in(*frame),
        _ => false,
    }
}

/// What is wrong with the datagram of this record, and not with an earlier one.
fn own_objections(judged: &Judged) -> impl Iterator<Item = &Objection> {
    judged.objections.iter().filter(|objection| objection.line == judged.line)
}

fn as_text(
    out: &mut dyn Write,
    model: &Model,
    tap: &str,
    judged: &Judged,
    verbose: bool,
) -> io::Result<()> {
    let (what, text) = words::record(model, &judged.record.what);
    let tap = if tap.is_empty() { String::new() } else { format!("{} ", sanitize(tap)) };
    write!(
        out,
        "{:>6} {:>10}  {tap}{what:<8}  {}",
        judged.line,
        judged.record.at,
        sanitize(&text)
    )?;
    for objection in own_objections(judged) {
        write!(out, "  {}", red(&objection.rule))?;
    }
    writeln!(out)?;
    for objection in &judged.objections {
        let Objection { rule, kind, detail, line, .. } = objection;
        let place = if *line == judged.line { String::new() } else { format!(" of line {line}") };
        let text = format!("{rule}{place}: {kind}: {detail}");
        writeln!(out, "                   {}", red(&sanitize(&text)))?;
    }
    if verbose
        && let What::Sent(Payload::Datagram(bytes))
        | What::Refused(Payload::Datagram(bytes))
        | What::Received(Payload::Datagram(bytes)) = &judged.record.what
    {
        dissection::show(out, bytes, None, model)?;
        writeln!(out)?;
    }
    Ok(())
}

/// The record as it stands in the capture, with its line, its value and what is wrong with it.
fn as_json(model: &Model, tap: &str, judged: &Judged) -> Result<Json, Failure> {
    let mut line = Vec::new();
    write_record(&mut line, tap, &judged.record)?;
    let mut record: Json = serde_json::from_slice(&line).unwrap_or_default();
    record["line"] = judged.line.into();
    if let What::Sent(Payload::Datagram(bytes))
    | What::Refused(Payload::Datagram(bytes))
    | What::Received(Payload::Datagram(bytes)) = &judged.record.what
    {
        match model.decode(bytes) {
            Ok(value) => record["value"] = object!({"type": value.message, "fields": value.fields}),
            Err(refusal) => {
                record["refusal"] = object!({"class": refusal.class, "rule": refusal.rule, "offset": refusal.offset});
            }
        }
    }
    let objections = judged.objections.iter().map(|it| {
        object!({"rule": it.rule, "side": it.side, "kind": it.kind, "detail": it.detail, "line": it.line})
    });
    record["objections"] = objections.collect();
    Ok(record)
}
