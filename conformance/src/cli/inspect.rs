//! `rollwire inspect`: what a captured packet is, or why the peer refused it.

use rollwire_model::{Layout, Model};

use super::{
    Failure,
    args::Inspect,
    output::{red, strong},
};
use crate::{detail::Explainer, report::ruler, verdict::Exit};

pub(super) fn run(arguments: &Inspect) -> Result<Exit, Failure> {
    let text: String = arguments.hex.concat().split_whitespace().collect();
    let bytes = rollwire_model::hex::parse(&text)
        .map_err(|error| Failure::usage(format!("HEX: {error}")))?;
    let model = Model::new(&Layout::builtin(), arguments.revision);
    let explainer = Explainer::new(&model, &[]);
    match model.decode(&bytes) {
        Ok(value) => {
            let message = model.layout().message(&value.message);
            let title = message.map_or(&*value.message, |message| &message.title);
            anstream::println!("{} · {} bytes", strong(title), bytes.len());
            let shown = explainer.bytes("bytes", &bytes, None);
            let (hex, _) = ruler(&shown);
            anstream::println!("  {hex}");
            for part in &shown.parts {
                let meaning =
                    member(&value.fields, &part.name).map_or(String::new(), ToString::to_string);
                anstream::println!(
                    "  {:>6}  {:<20} {:<18} {meaning}",
                    part.offset,
                    part.name,
                    part.hex
                );
            }
            anstream::println!("  {value}");
            Ok(Exit::Conforms)
        }
        Err(refusal) => {
            anstream::println!("{} · {} bytes · {refusal}", red("refused"), bytes.len());
            let parts = explainer.bytes("bytes", &bytes, None).parts;
            let offset = refusal.offset.unwrap_or_default();
            let marked = parts
                .iter()
                .position(|part| (part.offset..part.offset + part.hex.len() / 2).contains(&offset));
            let shown = crate::event::Bytes { role: "bytes".to_owned(), parts, marked };
            let (hex, marks) = ruler(&shown);
            anstream::println!("  {hex}");
            if let Some(marks) = marks {
                anstream::println!("  {marks} offset {offset}");
            }
            if let Some(rule) = rollwire_model::rule(&refusal.rule) {
                anstream::println!("  {} {} {}", rule.id, rule.level, rule.text);
            }
            if let Some(value) = &refusal.alternative {
                anstream::println!("  a lenient peer reads {value}");
            }
            Ok(Exit::Failed)
        }
    }
}

/// The member of a value at a path such as `entries[2].action`.
fn member<'a>(
    fields: &'a serde_json::Map<String, serde_json::Value>,
    path: &str,
) -> Option<&'a serde_json::Value> {
    let (name, rest) = path.split_once('[').map_or((path, None), |(name, rest)| (name, Some(rest)));
    let value = fields.get(name)?;
    let Some((index, member)) = rest.and_then(|rest| rest.split_once("].")) else {
        return Some(value);
    };
    value.get(index.parse::<usize>().ok()?)?.get(member)
}
