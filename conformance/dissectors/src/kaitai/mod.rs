//! A description for Kaitai Struct: the layouts of one revision as a `.ksy` file.
//!
//! | file | story |
//! |---|---|
//! | `yaml` | a value as YAML |
//!
//! What a strict receiver refuses is refused by the parsers too, as far as the language can say it. The
//! README of this crate lists what it cannot say.

mod yaml;

use rollwire_model::{Field, Kind, Layout, MessageLayout};
use serde_json::{Map, Value, json};

use crate::words;

/// The text of `rollwire.ksy` for a revision. A description has no revisions of its own.
///
/// The compiler of Kaitai Struct 0.11 and newer reads it.
#[must_use]
pub fn description(layout: &Layout, revision: u8) -> String {
    let (version, name) = (env!("CARGO_PKG_VERSION"), "rollwire");
    format!(
        "# {name} datagrams of revision {revision}, for Kaitai Struct. Made by `{name} tools kaitai`,\n\
         # version {version}, from the table of message layouts: change that, and not this file.\n\
         \n\
         {}",
        yaml::yaml(&document(layout, revision))
    )
}

fn document(layout: &Layout, revision: u8) -> Value {
    let known = || layout.messages.iter().filter(|message| message.since <= revision);
    let names = known().map(|it| (format!("0x{:02x}", it.type_byte), Value::from(&*it.name)));
    let cases = known().map(|it| (format!("message_type::{}", it.name), Value::from(&*it.name)));
    let mut types: Map<String, Value> =
        known().map(|it| (it.name.clone(), message(it, revision))).collect();
    types.insert("hex_digit".to_owned(), hex_digit());
    json!({
        "meta": {
            "id": "rollwire",
            "title": format!("A datagram of the rollwire protocol, revision {revision}"),
            "ks-version": "0.11",
            "endian": "be",
        },
        "seq": [
            { "id": "type", "type": "u1", "enum": "message_type", "valid": { "in-enum": true } },
            {
                "id": "fields",
                "type": { "switch-on": "type", "cases": cases.collect::<Map<_, _>>() },
            },
            {
                "id": "surplus",
                "doc": "A datagram ends with its message.",
                "size-eos": true,
                "valid": { "expr": "_.length == 0" },
            },
        ],
        "enums": { "message_type": names.collect::<Map<_, _>>() },
        "types": types,
    })
}

/// A message: what is read, and the values that are only found by reading some bytes once more.
fn message(message: &MessageLayout, revision: u8) -> Value {
    let fields = message.fields.iter().filter(|field| field.kind != Kind::Type);
    let mut seq: Vec<Value> = fields.map(|field| item(message, field, revision)).collect();
    if let Some(ordered) = &message.ordered
        && let Some(last) = seq.iter_mut().find(|item| item["id"] == ordered.last)
    {
        last["valid"] = json!({ "min": ordered.first });
        last["doc"] = format!(
            "{}; at least {} ({})",
            last["doc"].as_str().unwrap_or_default(),
            ordered.first,
            ordered.rule
        )
        .into();
    }
    let mut description =
        Map::from_iter([("doc".to_owned(), Value::from(words::of_message(message)))]);
    if !seq.is_empty() {
        description.insert("seq".to_owned(), Value::from(seq));
    }
    let again: Map<String, Value> = message.fields.iter().filter_map(instance).collect();
    if !again.is_empty() {
        description.insert("instances".to_owned(), Value::from(again));
    }
    if let Some(entries) = message.field_of(Kind::Entries) {
        let seq: Vec<Value> =
            entries.entry.iter().map(|field| item(message, field, revision)).collect();
        description.insert("types".to_owned(), json!({ "entry": { "seq": seq } }));
    }
    Value::from(description)
}

/// The bytes of a field, in their place among the others.
fn item(message: &MessageLayout, field: &Field, revision: u8) -> Value {
    let mut item = Map::from_iter([("id".to_owned(), Value::from(&*field.name))]);
    let read = match field.kind {
        Kind::Type | Kind::Uint => json!({ "type": integer(field) }),
        Kind::Count => {
            let limit = field.limit(revision).map(|it| json!({ "min": it.min, "max": it.max }));
            json!({ "type": integer(field), "valid": limit })
        }
        Kind::Double => json!({ "type": "f8" }),
        Kind::RawHash | Kind::Reserved => json!({ "size": field.size }),
        Kind::TextHash => json!({
            "id": format!("{}_digits", field.name),
            "type": "hex_digit",
            "repeat": "expr",
            "repeat-expr": field.size,
        }),
        Kind::Flag => json!({
            "id": format!("{}_byte", field.name),
            "type": integer(field),
            "valid": { "max": 1 },
        }),
        Kind::Entries => {
            let count = message.field_of(Kind::Count).map_or("0", |count| &*count.name);
            json!({ "type": "entry", "repeat": "expr", "repeat-expr": count })
        }
    };
    if let Value::Object(read) = read {
        item.extend(read.into_iter().filter(|(_, value)| !value.is_null()));
    }
    item.insert("doc".to_owned(), Value::from(words::of_field(field)));
    Value::from(item)
}

/// The value of a field whose bytes are checked or kept in another form.
fn instance(field: &Field) -> Option<(String, Value)> {
    match field.kind {
        Kind::Double => Some((
            format!("{}_bits", field.name),
            json!({
                "pos": field.offset,
                "size": field.size,
                "doc": "The same bytes: some languages have only one NaN.",
            }),
        )),
        Kind::TextHash => Some((
            field.name.clone(),
            json!({ "pos": field.offset, "size": field.size, "type": "str", "encoding": "ASCII" }),
        )),
        Kind::Flag => {
            let value = format!("{}_byte == 1", field.name);
            Some((field.name.clone(), json!({ "value": value })))
        }
        _ => None,
    }
}

fn integer(field: &Field) -> String {
    format!("u{}", field.size)
}

fn hex_digit() -> Value {
    json!({
        "seq": [{
            "id": "byte",
            "type": "u1",
            "valid": { "expr": "(_ >= 0x30 and _ <= 0x39) or (_ >= 0x61 and _ <= 0x66)" },
        }],
    })
}
