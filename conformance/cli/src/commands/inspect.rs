//! `rollwire inspect`: decodes captured packets, or says why they are refused.

use std::io::{self, IsTerminal, Write};

use rollwire_conformance::{
    spelling::{self, HowToRead, MAX_TEXT, Packet, Reading, Spelling},
    text::{json, sanitize, shown},
    verdict::Exit,
};
use rollwire_model::Model;
use serde_json::{Value as Json, json as object};

use super::dissection::{self, member, title};
use crate::{
    args::Inspect,
    failure::Failure,
    input_files::text_of,
    terminal::{self, complain},
};

pub(crate) fn run(arguments: &Inspect) -> Result<Exit, Failure> {
    let sources = sources(arguments)?;
    let model = Model::specified(arguments.revision);
    let is_alone = sources.len() == 1 && sources[0].reading.packets.len() == 1;
    let mut out = terminal::stdout();
    let (mut exit, mut number) = (Exit::Conforms, 0_u64);
    for Source { name, reading } in &sources {
        for note in reading.notes.iter().filter(|_| !arguments.json) {
            complain!("note: {}: {}", sanitize(name), sanitize(note));
        }
        for packet in &reading.packets {
            number += 1;
            if model.decode(&packet.bytes).is_err() {
                exit = Exit::Failed;
            }
            if arguments.json {
                let place = Place { number, name, notes: &reading.notes };
                json::write_line(&mut out, &as_json(&place, packet, &model))?;
                continue;
            }
            if !is_alone {
                let gap = if number > 1 { "\n" } else { "" };
                let place = format!("{}:{}", sanitize(name), packet.line);
                writeln!(out, "{gap}packet {number} · {place}")?;
            }
            show(&mut out, packet, &model)?;
        }
    }
    out.flush()?;
    Ok(exit)
}

/// A text, and the datagrams in it.
struct Source {
    name: String,
    reading: Reading,
}

/// The texts that the command line names: its own words, files, or standard input.
fn sources(arguments: &Inspect) -> Result<Vec<Source>, Failure> {
    let how = HowToRead { spelling: arguments.spelling.map(Into::into), join: arguments.join };
    let mut texts = Vec::new();
    let words = arguments.bytes.join(" ");
    let wants_stdin = words == "-"
        || arguments.bytes.is_empty() && arguments.file.is_empty() && !io::stdin().is_terminal();
    if wants_stdin {
        texts.push(("standard input".to_owned(), text_of("-".as_ref(), MAX_TEXT as u64)?));
    } else if !arguments.bytes.is_empty() {
        texts.push(("BYTES".to_owned(), words));
    }
    for path in &arguments.file {
        texts.push((shown(path), text_of(path, MAX_TEXT as u64)?));
    }
    if texts.is_empty() {
        let text =
            "there is nothing to inspect: give the bytes, `--file FILE`, or `-` for standard input";
        return Err(Failure::usage(text));
    }
    let read = |(name, text): (String, String)| match spelling::read(&text, how) {
        Ok(reading) => Ok(Source { name, reading }),
        Err(fault) => {
            let is_file = name == "BYTES" && std::path::Path::new(&text).is_file();
            let hint = if is_file { "; a file has this name: did you mean `--file`?" } else { "" };
            Err(Failure::usage(format!("{name}: {}{hint}", sanitize(&fault.to_string()))))
        }
    };
    texts.into_iter().map(read).collect()
}

/// The bytes with their meaning, or with the reason of the refusal.
fn show(out: &mut dyn Write, packet: &Packet, model: &Model) -> io::Result<()> {
    let spelling = packet.spelling;
    let note = (spelling != Spelling::Hex).then(|| format!("read as {}", spelling.as_str()));
    dissection::show(out, &packet.bytes, note.as_deref(), model)
}

/// Where a datagram comes from.
struct Place<'a> {
    number: u64,
    name: &'a str,
    notes: &'a [String],
}

/// A datagram as an object of `inspect.schema.json`.
fn as_json(place: &Place<'_>, packet: &Packet, model: &Model) -> Json {
    let mut object = object!({
        "packet": place.number,
        "source": place.name,
        "line": packet.line,
        "spelling": packet.spelling.as_str(),
        "notes": place.notes,
        "revision": model.revision(),
        "length": packet.bytes.len(),
        "hex": rollwire_model::hex::plain(&packet.bytes),
    });
    let (name, content) = match model.decode(&packet.bytes) {
        Ok(value) => {
            let parts: Vec<Json> = model
                .parts(&packet.bytes)
                .iter()
                .map(|part| {
                    let bytes = packet.bytes.get(part.offset..part.offset + part.len);
                    let hex = rollwire_model::hex::plain(bytes.unwrap_or_default());
                    let mut json = object!({"name": part.name, "offset": part.offset, "hex": hex});
                    if let Some(value) = member(&value.fields, &part.name) {
                        json["value"] = value.clone();
                    }
                    json
                })
                .collect();
            let title = title(model, &value);
            let accepted = object!({
                "type": value.message, "title": title, "fields": value.fields, "parts": parts,
            });
            ("accepted", accepted)
        }
        Err(refusal) => {
            let refused = object!({
                "class": refusal.class.as_str(),
                "offset": refusal.offset,
                "field": refusal.field,
                "rule": refusal.rule,
                "level": refusal.level,
                "expected": refusal.expected,
                "found": refusal.found,
                "alternative": refusal.alternative,
            });
            ("refused", refused)
        }
    };
    object[name] = content;
    object
}
