//! What Wireshark has to show of a datagram: the model's answer, by the names of filters.

use std::collections::BTreeMap;

use rollwire_model::{Kind, Level, MessageLayout, Model, Refusal, Value};
use serde_json::Value as Json;

/// The values of a datagram by the names of their filters.
pub(super) type Shown = BTreeMap<String, Vec<String>>;

/// Everything that is found in a datagram of this model.
pub(super) fn shown(model: &Model, bytes: &[u8]) -> Shown {
    let mut shown = Shown::new();
    let mut one = |name: &str, value: String| shown.insert(format!("rollwire.{name}"), vec![value]);
    if let Some(byte) = bytes.first() {
        one("type", format!("0x{byte:02x}"));
    }
    let (value, refusal) = match model.decode(bytes) {
        Ok(value) => (Some(value), None),
        Err(refusal) => (refusal.alternative.clone(), Some(refusal)),
    };
    if let Some(refusal) = refusal {
        one("refusal", refusal.to_string());
        one("refusal.class", refusal.class.to_string());
        one("refusal.rule", refusal.rule.clone());
        one("refusal.level", refusal.level.to_string());
        one("refusal.offset", refusal.offset.unwrap_or_default().to_string());
        one(&format!("refused.{}", level(&refusal)), String::new());
    }
    if let Some(value) = value
        && let Some(message) = model.layout().message(&value.message)
    {
        shown.extend(fields(message, &value, bytes));
    }
    shown
}

/// The expert item of a level.
fn level(refusal: &Refusal) -> &'static str {
    match refusal.level {
        Level::Must => "must",
        Level::Should => "should",
        Level::May => "may",
    }
}

fn fields(message: &MessageLayout, value: &Value, bytes: &[u8]) -> Shown {
    let mut shown = Shown::from([(format!("rollwire.{}", message.name), vec![String::new()])]);
    for field in &message.fields {
        let name = format!("rollwire.{}.{}", message.name, field.name);
        let json = value.fields.get(&field.name);
        let text = || match json {
            Some(Json::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => "nothing".to_owned(),
        };
        match field.kind {
            Kind::Type => {}
            Kind::Count => {
                let entries = message.field_of(Kind::Entries).map(|it| &value.fields[&it.name]);
                let count = entries.and_then(Json::as_array).map_or(0, Vec::len);
                shown.insert(name, vec![count.to_string()]);
            }
            Kind::Reserved => {
                let reserved = &bytes[field.offset..field.offset + field.size];
                shown.insert(name, vec![hex(reserved)]);
            }
            Kind::Uint | Kind::RawHash | Kind::Flag => {
                shown.insert(name, vec![text()]);
            }
            Kind::TextHash => {
                shown.insert(name, vec![text().chars().map(escaped).collect()]);
            }
            Kind::Double => {
                let bits = text();
                let number = u64::from_str_radix(&bits, 16).map(f64::from_bits).unwrap_or(f64::NAN);
                shown.insert(format!("{name}.bits"), vec![format!("0x{bits}")]);
                shown.insert(name, vec![rounded(number)]);
            }
            Kind::Entries => {
                let entries = json.and_then(Json::as_array).cloned().unwrap_or_default();
                let base = format!("rollwire.{}.entry", message.name);
                for inner in &field.entry {
                    let column = entries.iter().map(|entry| entry[&inner.name].to_string());
                    shown.insert(format!("{base}.{}", inner.name), column.collect());
                }
                shown.insert(base, vec![String::new(); entries.len()]);
            }
        }
    }
    shown.retain(|_, values| !values.is_empty());
    shown
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A double in 15 digits, as Wireshark 4.0 writes it; the greatest ones read as infinite then. The bits are
/// compared exactly.
pub(super) fn rounded(number: f64) -> String {
    let number = format!("{number:.14e}").parse().unwrap_or(number);
    if number.is_nan() { "nan".to_owned() } else { format!("{number:.14e}") }
}

/// A character of a wrong hash text, as the dissector writes it.
fn escaped(it: char) -> String {
    match it {
        ' '..='[' | ']'..='~' => it.to_string(),
        it => format!("\\x{:02x}", u32::from(it)),
    }
}
