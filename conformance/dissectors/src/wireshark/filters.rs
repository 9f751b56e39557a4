//! The names by which Wireshark finds the fields: `rollwire.state_hash.frame`.

use rollwire_model::{Field, Kind, Layout, MessageLayout};

use crate::words;

/// The name of the protocol, of its dissector, and of everything that it lets Wireshark find.
pub const NAME: &str = "rollwire";

/// One name that a display filter can use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The name: `rollwire.input.entry.action`.
    pub name: String,
    /// The type of its values, as Wireshark's Lua calls it: `uint32`, `string`, or `none` for a part that
    /// is only there or not.
    pub kind: &'static str,
    /// What Wireshark shows before the value: the name of the field.
    pub title: String,
    /// The unit, the allowed values and the rule.
    pub about: String,
}

/// What can be found in every datagram.
const COMMON: [(&str, &str, &str, &str); 7] = [
    ("type", "uint8", "type", "the first byte of the datagram"),
    ("refusal", "string", "refused", "why a strict receiver refuses the datagram"),
    ("refusal.class", "string", "class", "one of the eight classes of refusal"),
    ("refusal.rule", "string", "rule", "the rule that demands the refusal"),
    ("refusal.level", "string", "level", "MUST, or SHOULD or MAY where a receiver may accept it"),
    ("refusal.offset", "uint32", "offset", "the byte at which it is refused"),
    ("cut", "none", "not judged", "the capture holds only the beginning of the datagram"),
];

/// Every name, in the order of the table of layouts; what all datagrams have comes first.
#[must_use]
pub fn filters(layout: &Layout) -> Vec<Filter> {
    let common = COMMON.map(|(name, kind, title, about)| Filter {
        name: format!("{NAME}.{name}"),
        kind,
        title: title.to_owned(),
        about: about.to_owned(),
    });
    common.into_iter().chain(layout.messages.iter().flat_map(of_message)).collect()
}

/// The name of a field of a message, or of the message itself.
pub(super) fn name(message: &MessageLayout, field: Option<&Field>) -> String {
    match field {
        None => format!("{NAME}.{}", message.name),
        // The byte that all messages have.
        Some(field) if field.kind == Kind::Type => format!("{NAME}.type"),
        Some(field) if field.kind == Kind::Entries => format!("{NAME}.{}.entry", message.name),
        Some(field) => format!("{NAME}.{}.{}", message.name, field.name),
    }
}

/// The name of a field of each entry.
pub(super) fn name_in_entry(message: &MessageLayout, field: &Field) -> String {
    format!("{NAME}.{}.entry.{}", message.name, field.name)
}

/// The name of the bits of a double, in which two NaN differ.
pub(super) fn name_of_bits(name: &str) -> String {
    format!("{name}.bits")
}

fn of_message(message: &MessageLayout) -> Vec<Filter> {
    let mut found = vec![Filter {
        name: name(message, None),
        kind: "none",
        title: message.title.clone(),
        about: words::of_message(message),
    }];
    for field in message.fields.iter().filter(|field| field.kind != Kind::Type) {
        let name = name(message, Some(field));
        if field.kind == Kind::Double {
            found.push(of_field(name.clone(), field));
            let about = format!("the bits of {}", field.name);
            let (name, title) = (name_of_bits(&name), "bits".to_owned());
            found.push(Filter { name, kind: "uint64", title, about });
            continue;
        }
        found.push(of_field(name, field));
        let inner = field.entry.iter();
        found.extend(inner.map(|it| of_field(name_in_entry(message, it), it)));
    }
    found
}

fn of_field(name: String, field: &Field) -> Filter {
    let is_entry = field.kind == Kind::Entries;
    let title = if is_entry { "entry".to_owned() } else { field.name.clone() };
    Filter { name, kind: kind(field), title, about: words::of_field(field) }
}

/// The type that Wireshark gives the values of a field.
fn kind(field: &Field) -> &'static str {
    match field.kind {
        Kind::Type | Kind::Uint | Kind::Count => match field.size {
            0..=1 => "uint8",
            2 => "uint16",
            3 => "uint24",
            4 => "uint32",
            _ => "uint64",
        },
        Kind::Double => "double",
        // The text of JSON, so that a filter and a log say the same.
        Kind::RawHash | Kind::TextHash => "string",
        Kind::Flag => "bool",
        Kind::Reserved => "bytes",
        Kind::Entries => "none",
    }
}
