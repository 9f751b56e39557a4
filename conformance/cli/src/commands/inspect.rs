//! `rollwire inspect`: decodes captured packets, or says why they are refused.

use std::io::{self, IsTerminal, Write};

use rollwire_conformance::{
    check::bytes::explain::Explainer,
    event::Bytes,
    report::ruler,
    spelling::{self, HowToRead, MAX_TEXT, Packet, Reading, Spelling},
    text::{describe, plural, sanitize},
    verdict::Exit,
};
use rollwire_model::{Model, Refusal, Value};
use serde_json::{Map, Value as Json, json};

use crate::{
    args::Inspect,
    failure::Failure,
    input_files::text_of,
    say::remark,
    style::{red, strong},
};

pub(crate) fn run(arguments: &Inspect) -> Result<Exit, Failure> {
    let sources = sources(arguments)?;
    let model = Model::specified(arguments.revision);
    let is_alone = sources.len() == 1 && sources[0].reading.packets.len() == 1;
    let mut out = io::BufWriter::new(anstream::stdout());
    let (mut exit, mut number) = (Exit::Conforms, 0_u64);
    for Source { name, reading } in &sources {
        for note in reading.notes.iter().filter(|_| !arguments.json) {
            remark!("note: {}: {}", sanitize(name), sanitize(note));
        }
        for packet in &reading.packets {
            number += 1;
            if model.decode(&packet.bytes).is_err() {
                exit = Exit::Failed;
            }
            if arguments.json {
                let place = Place { number, name, notes: &reading.notes };
                writeln!(out, "{}", as_json(&place, packet, &model))?;
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
        texts.push((path.display().to_string(), text_of(path, MAX_TEXT as u64)?));
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
    let shown = Explainer::new(model).bytes("bytes", &packet.bytes, None);
    let mut length = plural(packet.bytes.len() as u64, "byte", "bytes");
    if packet.spelling != Spelling::Hex {
        length += &format!(" · read as {}", packet.spelling.as_str());
    }
    match model.decode(&packet.bytes) {
        Ok(value) => {
            writeln!(out, "{} · {length}", strong(title(model, &value)))?;
            accepted(out, &shown, &value)
        }
        Err(refusal) => {
            writeln!(out, "{} · {length} · {refusal}", red("refused"))?;
            refused(out, shown, &refusal)
        }
    }
}

fn title<'a>(model: &'a Model, value: &'a Value) -> &'a str {
    let message = model.layout().message(&value.message);
    message.map_or(&*value.message, |message| &message.title)
}

/// The bytes, and one line for each field.
fn accepted(out: &mut dyn Write, shown: &Bytes, value: &Value) -> io::Result<()> {
    writeln!(out, "  {}", ruler(shown).0)?;
    for part in &shown.parts {
        let meaning = member(&value.fields, &part.name).map_or(String::new(), ToString::to_string);
        let line = format!("  {:>6}  {:<20} {:<18} {meaning}", part.offset, part.name, part.hex);
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out, "  {value}")
}

/// Shows the bytes with a mark at the offset of the refusal, and the rule that refuses them.
fn refused(out: &mut dyn Write, mut shown: Bytes, refusal: &Refusal) -> io::Result<()> {
    let offset = refusal.offset.unwrap_or_default();
    shown.marked = shown
        .parts
        .iter()
        .position(|part| (part.offset..part.offset + part.hex.len() / 2).contains(&offset));
    let (hex, marks) = ruler(&shown);
    let marks = marks.unwrap_or_else(|| format!("{}^", " ".repeat(hex.chars().count())));
    writeln!(out, "  {hex}\n  {marks} offset {offset}")?;
    if let Some(rule) = rollwire_model::rule(&refusal.rule) {
        writeln!(out, "{}", describe::rule(rule, 2))?;
    }
    if let Some(value) = &refusal.alternative {
        writeln!(out, "  a lenient peer reads {value}")?;
    }
    Ok(())
}

/// Where a datagram comes from.
struct Place<'a> {
    number: u64,
    name: &'a str,
    notes: &'a [String],
}

/// A datagram as an object of `inspect.schema.json`.
fn as_json(place: &Place<'_>, packet: &Packet, model: &Model) -> Json {
    let mut object = json!({
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
                    let mut json = json!({"name": part.name, "offset": part.offset, "hex": hex});
                    if let Some(value) = member(&value.fields, &part.name) {
                        json["value"] = value.clone();
                    }
                    json
                })
                .collect();
            let title = title(model, &value);
            let accepted = json!({
                "type": value.message, "title": title, "fields": value.fields, "parts": parts,
            });
            ("accepted", accepted)
        }
        Err(refusal) => {
            let refused = json!({
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

/// The member of a value at a path such as `entries[2].action`.
fn member<'a>(fields: &'a Map<String, Json>, path: &str) -> Option<&'a Json> {
    let (name, rest) = path.split_once('[').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let value = fields.get(name)?;
    let Some((index, member)) = rest.and_then(|rest| rest.split_once("].")) else {
        return Some(value);
    };
    value.get(index.parse::<usize>().ok()?)?.get(member)
}
