//! `rollwire inspect`: decodes a captured packet, or says why it is refused.

use rollwire_conformance::{
    check::bytes::explain::Explainer,
    event::Bytes,
    report::ruler,
    text::{describe, plural},
    verdict::Exit,
};
use rollwire_model::{Model, Refusal, Value};
use serde_json::{Map, Value as Json};

use crate::{
    args::Inspect,
    failure::Failure,
    style::{red, strong},
};

pub(crate) fn run(arguments: &Inspect) -> Result<Exit, Failure> {
    let text: String = arguments.hex.concat().split_whitespace().collect();
    let bytes = rollwire_model::hex::parse(&text)
        .map_err(|error| Failure::usage(format!("HEX: {error}")))?;
    let model = Model::specified(arguments.revision);
    let shown = Explainer::new(&model).bytes("bytes", &bytes, None);
    let length = plural(bytes.len() as u64, "byte", "bytes");
    Ok(match model.decode(&bytes) {
        Ok(value) => {
            let message = model.layout().message(&value.message);
            let title = message.map_or(&*value.message, |message| &message.title);
            anstream::println!("{} · {length}", strong(title));
            accepted(&shown, &value);
            Exit::Conforms
        }
        Err(refusal) => {
            anstream::println!("{} · {length} · {refusal}", red("refused"));
            refused(shown, &refusal);
            Exit::Failed
        }
    })
}

/// The bytes, and one line for each field.
fn accepted(shown: &Bytes, value: &Value) {
    anstream::println!("  {}", ruler(shown).0);
    for part in &shown.parts {
        let meaning = member(&value.fields, &part.name).map_or(String::new(), ToString::to_string);
        let line = format!("  {:>6}  {:<20} {:<18} {meaning}", part.offset, part.name, part.hex);
        anstream::println!("{}", line.trim_end());
    }
    anstream::println!("  {value}");
}

/// Shows the bytes with a mark at the offset of the refusal, and the rule that refuses them.
fn refused(mut shown: Bytes, refusal: &Refusal) {
    let offset = refusal.offset.unwrap_or_default();
    shown.marked = shown
        .parts
        .iter()
        .position(|part| (part.offset..part.offset + part.hex.len() / 2).contains(&offset));
    let (hex, marks) = ruler(&shown);
    let marks = marks.unwrap_or_else(|| format!("{}^", " ".repeat(hex.chars().count())));
    anstream::println!("  {hex}\n  {marks} offset {offset}");
    if let Some(rule) = rollwire_model::rule(&refusal.rule) {
        anstream::println!("{}", describe::rule(rule, 2));
    }
    if let Some(value) = &refusal.alternative {
        anstream::println!("  a lenient peer reads {value}");
    }
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
