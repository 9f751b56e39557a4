//! A datagram with the meaning of each byte, or with the reason of its refusal.

use std::io::{self, Write};

use rollwire_conformance::{
    check::bytes::explain::Explainer,
    event::Bytes,
    report::ruler,
    text::{describe, plural, sanitize},
};
use rollwire_model::{Model, Refusal, Value};
use serde_json::{Map, Value as Json};

use crate::style::{red, strong};

/// Shows the bytes with their meaning, or with the reason of the refusal. A note stands in the first line.
pub(super) fn show(
    out: &mut dyn Write,
    bytes: &[u8],
    note: Option<&str>,
    model: &Model,
) -> io::Result<()> {
    let shown = Explainer::new(model).bytes("bytes", bytes, None);
    let mut length = plural(bytes.len() as u64, "byte", "bytes");
    if let Some(note) = note {
        length += &format!(" · {note}");
    }
    match model.decode(bytes) {
        Ok(value) => {
            writeln!(out, "{} · {length}", strong(title(model, &value)))?;
            accepted(out, &shown, &value)
        }
        Err(refusal) => {
            writeln!(out, "{} · {length} · {}", red("refused"), sanitize(&refusal.to_string()))?;
            refused(out, shown, &refusal)
        }
    }
}

pub(super) fn title<'a>(model: &'a Model, value: &'a Value) -> &'a str {
    let message = model.layout().message(&value.message);
    message.map_or(&*value.message, |message| &message.title)
}

/// The bytes, and one line for each field.
fn accepted(out: &mut dyn Write, shown: &Bytes, value: &Value) -> io::Result<()> {
    writeln!(out, "  {}", ruler(shown).0)?;
    for part in &shown.parts {
        let meaning = member(&value.fields, &part.name).map_or(String::new(), ToString::to_string);
        let line = format!("  {:>6}  {:<20} {:<18} {meaning}", part.offset, part.name, part.hex);
        writeln!(out, "{}", sanitize(line.trim_end()))?;
    }
    writeln!(out, "  {}", sanitize(&value.to_string()))
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
        writeln!(out, "  a lenient peer reads {}", sanitize(&value.to_string()))?;
    }
    Ok(())
}

/// The member of a value at a path such as `entries[2].action`.
pub(super) fn member<'a>(fields: &'a Map<String, Json>, path: &str) -> Option<&'a Json> {
    let (name, rest) = path.split_once('[').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let value = fields.get(name)?;
    let Some((index, member)) = rest.and_then(|rest| rest.split_once("].")) else {
        return Some(value);
    };
    value.get(index.parse::<usize>().ok()?)?.get(member)
}
