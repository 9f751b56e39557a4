//! `rollwire capture check`: which rules the datagrams of a channel broke.

use std::{
    io::{self, Write},
    path::Path,
};

use rollwire_capture::{
    Check, Findings, Picture,
    crossing::{Crossing, picture_both, picture_one},
    html, show, show_crossing,
};
use rollwire_conformance::{text::json, verdict::Exit};
use serde::Serialize;

use super::source::open;
use crate::{
    args::{CaptureCheck, CaptureFormat},
    failure::Failure,
    files::{Files, PATIENCE},
    output::sink,
};

pub(super) fn run(arguments: &CaptureCheck) -> Result<Exit, Failure> {
    let inputs = [Some(&arguments.capture), arguments.other.as_ref()];
    if let [Some(one), Some(other)] = inputs
        && one == other
        && other == Path::new("-")
    {
        return Err(Failure::usage("`-` is standard input, which can be read only once"));
    }
    let mut files = Files::default();
    for (name, input) in ["FILE", "OTHER"].into_iter().zip(inputs) {
        if let Some(input) = input {
            files.reads(name, input);
        }
    }
    files.writes("--output", &arguments.output)?;
    let Checked { captures, crossing, picture } = check(arguments)?;
    let exit = exit(&captures);
    let (name, mut out) = sink(&arguments.output, PATIENCE)?;
    let written = match arguments.format {
        CaptureFormat::Text => as_text(&mut out, &captures, crossing.as_ref()),
        CaptureFormat::Html => {
            out.write_all(html(&captures, crossing.as_ref(), &picture).as_bytes())
        }
        CaptureFormat::Json => as_json(&mut out, captures, crossing, exit),
    };
    let written = written.and_then(|()| out.flush());
    written.map_err(|error| {
        Failure::new(Exit::Incomplete, format!("{name}: cannot be written: {error}"))
    })?;
    Ok(exit)
}

/// What was found in one capture or in two.
struct Checked {
    captures: Vec<Findings>,
    crossing: Option<Crossing>,
    picture: Picture,
}

fn check(arguments: &CaptureCheck) -> Result<Checked, Failure> {
    let first = Check::new(open(&arguments.capture, arguments.packets)?);
    let Some(other) = &arguments.other else {
        let (findings, crossing, picture) = picture_one(first)?;
        return Ok(Checked { captures: vec![findings], crossing, picture });
    };
    let (pair, picture) = picture_both(first, Check::new(open(other, arguments.packets)?))?;
    Ok(Checked { captures: pair.captures, crossing: Some(pair.crossing), picture })
}

/// The exit code for these findings.
fn exit(captures: &[Findings]) -> Exit {
    let faults: u64 = captures.iter().map(|it| it.violations().0 + it.malformed).sum();
    let is_empty = captures.iter().any(|it| it.datagrams() == 0);
    match (faults, is_empty) {
        (0, true) => Exit::Nothing,
        (0, false) => Exit::Conforms,
        _ => Exit::Failed,
    }
}

fn as_text(
    out: &mut dyn Write,
    captures: &[Findings],
    crossing: Option<&Crossing>,
) -> io::Result<()> {
    for capture in captures {
        show(out, capture)?;
    }
    let Some(crossing) = crossing else { return Ok(()) };
    match captures {
        [one, other] => {
            let peer = |capture: &Findings| match &capture.sides[..] {
                [only] => only.peer.clone(),
                _ => String::new(),
            };
            let peers = [peer(one), peer(other)];
            let names = [&*one.name, &*other.name];
            show_crossing(out, names_of(&peers, names), crossing)
        }
        [both] => {
            let of = |at: usize| both.sides.get(at).map_or(("", ""), |it| (&*it.peer, &*it.tap));
            let peers = [of(0).0.to_owned(), of(1).0.to_owned()];
            show_crossing(out, names_of(&peers, [of(0).1, of(1).1]), crossing)
        }
        _ => Ok(()),
    }
}

/// The names of the two sides, if they can be told apart; else those of their files or taps.
fn names_of<'a>(peers: &'a [String; 2], others: [&'a str; 2]) -> [&'a str; 2] {
    let [one, other] = peers;
    if one.is_empty() || other.is_empty() || one == other { others } else { [one, other] }
}

/// One JSON object, with the exit code in it.
fn as_json(
    out: &mut dyn Write,
    captures: Vec<Findings>,
    crossing: Option<Crossing>,
    exit: Exit,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Report {
        exit: Exit,
        captures: Vec<Findings>,
        #[serde(skip_serializing_if = "Option::is_none")]
        crossing: Option<Crossing>,
    }
    json::write_pretty(out, &Report { exit, captures, crossing })
}
