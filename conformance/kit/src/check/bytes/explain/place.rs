//! Where in a value or a datagram something is.

use rollwire_model::{Kind, MessageLayout, Model, Part, Value};
use serde_json::Value as Json;

use crate::check::judgement::same_json;

/// A named run of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) offset: usize,
    pub(super) len: usize,
}

/// Two values that differ in one member.
#[derive(Debug, PartialEq)]
pub(super) struct Difference {
    /// `frame`, `entries[3].action`, `entries.length`, `type`.
    pub(super) path: String,
    pub(super) expected: Json,
    pub(super) got: Json,
}

/// The first member in which two values differ, in the order of the expected one.
pub(super) fn first_difference(expected: &Value, got: &Value) -> Option<Difference> {
    if expected.message != got.message {
        let (expected, got) = (Json::from(&*expected.message), Json::from(&*got.message));
        return Some(Difference { path: "type".to_owned(), expected, got });
    }
    let (expected, got) = (Json::Object(expected.fields.clone()), Json::Object(got.fields.clone()));
    different("", &expected, &got)
}

fn different(path: &str, expected: &Json, got: &Json) -> Option<Difference> {
    match (expected, got) {
        _ if same_json(expected, got) => None,
        (Json::Object(one), Json::Object(other)) => {
            let below = |name: &str| {
                if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
            };
            let known = one.iter().find_map(|(name, value)| {
                different(&below(name), value, other.get(name).unwrap_or(&Json::Null))
            });
            known.or_else(|| {
                let (name, value) = other.iter().find(|(name, _)| !one.contains_key(*name))?;
                Some(Difference { path: below(name), expected: Json::Null, got: value.clone() })
            })
        }
        (Json::Array(one), Json::Array(other)) => {
            let inside = one.iter().zip(other).enumerate();
            inside
                .into_iter()
                .find_map(|(at, (one, other))| different(&format!("{path}[{at}]"), one, other))
                .or_else(|| {
                    let path = format!("{path}.length");
                    Some(Difference { path, expected: one.len().into(), got: other.len().into() })
                })
        }
        _ => {
            Some(Difference { path: path.to_owned(), expected: expected.clone(), got: got.clone() })
        }
    }
}

/// The member of a value at a path such as `entries[3].action`.
pub(super) fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Json> {
    let pointer = path.replace("].", "/").replace(['[', '.'], "/");
    let (name, below) = pointer.split_at(pointer.find('/').unwrap_or(pointer.len()));
    value.fields.get(name)?.pointer(below)
}

/// The index of the first byte that differs, or the length of the shorter one.
pub(super) fn first_different_byte(expected: &[u8], got: &[u8]) -> usize {
    let same = expected.iter().zip(got).take_while(|(one, other)| one == other);
    same.count()
}

/// The part that holds this offset.
pub(super) fn containing(parts: &[Part], offset: usize) -> Option<Place> {
    let part = parts.iter().find(|part| (part.offset..part.offset + part.len).contains(&offset))?;
    Some(Place { name: part.name.clone(), offset: part.offset, len: part.len })
}

/// The field that a datagram has no bytes for at this offset, although its layout has.
pub(super) fn missing(model: &Model, bytes: &[u8], offset: usize) -> Option<String> {
    let message = model.named_message(bytes)?;
    let header = message.fields.iter().filter(|field| field.kind != Kind::Entries);
    let cut =
        header.rev().find(|field| (field.offset..field.offset + field.size).contains(&offset));
    cut.or_else(|| message.field_of(Kind::Entries)).map(|field| field.name.clone())
}

/// The rule of the field at a path; an entry's members have that of the list.
pub(super) fn rule_of<'a>(message: &'a MessageLayout, path: &str) -> Option<&'a str> {
    let name = path.split(['[', '.']).next()?;
    let field = message.field(name).filter(|field| field.kind != Kind::Type)?;
    Some(&*field.rule).filter(|rule| !rule.is_empty())
}

/// Where a field of a value stands in the datagram, whatever the datagram holds.
pub(super) fn in_layout(model: &Model, message: &str, path: &str) -> Option<Place> {
    let message = model.layout().message(message)?;
    let (name, rest) = path.split_once(['[', '.']).map_or((path, ""), |(name, rest)| (name, rest));
    let field = message.field(name)?;
    if field.kind != Kind::Entries {
        return Some(Place { name: path.to_owned(), offset: field.offset, len: field.size });
    }
    let Some((index, member)) = rest.split_once("].") else {
        // The list as a whole is wrong, and what says so on the wire is the count.
        let count = message.field_of(Kind::Count)?;
        return Some(Place { name: path.to_owned(), offset: count.offset, len: count.size });
    };
    let member = field.entry.iter().find(|part| part.name == member)?;
    let offset =
        field.offset + index.parse::<usize>().ok()?.checked_mul(field.size)? + member.offset;
    Some(Place { name: path.to_owned(), offset, len: member.size })
}
