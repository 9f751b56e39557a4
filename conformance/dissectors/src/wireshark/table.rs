//! The layouts, the rules that refuse a datagram, and the filters, as one value.

use std::collections::BTreeSet;

use rollwire_model::{Field, Kind, Layout, Limit, MessageLayout, Model, rule};
use serde_json::{Map, Value, json};

use super::filters::{NAME, filters, name, name_in_entry, name_of_bits};

/// Everything that the program in Lua knows about the protocol.
pub(super) fn table(layout: &Layout) -> Value {
    let empty = wire_rule(layout, &[]);
    let unknown = (0..=u8::MAX).find(|byte| layout.messages.iter().all(|it| it.type_byte != *byte));
    let unknown = unknown.map(|byte| wire_rule(layout, &[byte])).unwrap_or_default();
    let mut refusing: BTreeSet<&str> = layout.messages.iter().flat_map(refusing).collect();
    refusing.extend([&*empty, &*unknown]);

    let filters = filters(layout).into_iter().map(|it| {
        let base = match it.kind {
            "uint64" => Some("HEX"),
            _ => None,
        };
        compact(json!({
            "name": it.name, "kind": it.kind, "title": it.title, "about": it.about, "base": base,
        }))
    });
    json!({
        "name": NAME,
        "version": env!("CARGO_PKG_VERSION"),
        "revision": layout.revision,
        "empty_rule": empty,
        "unknown_type_rule": unknown,
        "filters": filters.collect::<Vec<_>>(),
        "messages": layout.messages.iter().map(message).collect::<Vec<_>>(),
        "rules": rules(&refusing),
    })
}

/// The rule by which a datagram is refused that belongs to no message: no table names it, the model does.
fn wire_rule(layout: &Layout, datagram: &[u8]) -> String {
    let refused = Model::new(layout, layout.revision).decode(datagram).err();
    refused.map(|refusal| refusal.rule).unwrap_or_default()
}

/// The rules by which a datagram of this message can be refused.
fn refusing(message: &MessageLayout) -> Vec<&str> {
    let mut rules = vec![message.length_rule.as_str()];
    rules.extend(message.ordered.iter().map(|ordered| ordered.rule.as_str()));
    for field in &message.fields {
        rules.push(refuse_rule(field));
        rules.push(&field.rule);
        rules.extend(field.wrong_length_rule.as_deref());
        rules.extend(field.limits.iter().filter_map(|limit| limit.may_rule.as_deref()));
    }
    rules
}

fn refuse_rule(field: &Field) -> &str {
    field.refuse_rule.as_deref().unwrap_or(&field.rule)
}

fn rules(ids: &BTreeSet<&str>) -> Map<String, Value> {
    let known = ids.iter().filter_map(|id| rule(id));
    known
        .map(|rule| {
            (rule.id.clone(), json!({ "level": rule.level.to_string(), "text": rule.text }))
        })
        .collect()
}

fn message(it: &MessageLayout) -> Value {
    let fields = it.fields.iter().map(|field| {
        let filter = name(it, Some(field));
        let inner: Vec<Value> =
            field.entry.iter().map(|inner| self::field(inner, &name_in_entry(it, inner))).collect();
        let mut value = self::field(field, &filter);
        if field.kind == Kind::Entries {
            value["fields"] = Value::from(inner);
        }
        value
    });
    let ordered = it.ordered.as_ref().map(|ordered| {
        let offset = it.field(&ordered.last).map_or(0, |field| field.offset);
        json!({ "first": ordered.first, "last": ordered.last, "offset": offset, "rule": ordered.rule })
    });
    compact(json!({
        "name": it.name,
        "title": it.title,
        "filter": name(it, None),
        "type": it.type_byte,
        "since": it.since,
        "header": it.header_length(),
        "each": it.field_of(Kind::Entries).map(|field| field.size),
        "length_rule": it.length_rule,
        "ordered": ordered,
        "fields": fields.collect::<Vec<_>>(),
    }))
}

fn field(it: &Field, filter: &str) -> Value {
    let limits = it.limits.iter().map(|limit| self::limit(it, limit)).collect::<Vec<_>>();
    let bits = (it.kind == Kind::Double).then(|| name_of_bits(filter));
    compact(json!({
        "name": it.name,
        "kind": kind(it.kind),
        "offset": it.offset,
        "size": it.size,
        // A field that is called like its unit says enough.
        "unit": (!it.unit.is_empty() && it.unit != it.name).then_some(&it.unit),
        "filter": filter,
        "bits": bits,
        "rule": (!it.rule.is_empty()).then(|| refuse_rule(it)),
        "wrong_length_rule": it.wrong_length_rule.as_ref(),
        "limits": (!limits.is_empty()).then_some(limits),
    }))
}

fn limit(count: &Field, it: &Limit) -> Value {
    compact(json!({
        "since": it.since,
        "last": it.until,
        "min": it.min,
        "max": it.max,
        "may": it.may,
        "may_rule": it.may.map(|_| it.may_rule.as_ref().unwrap_or(&count.rule)),
    }))
}

/// The name of a kind in the table of layouts.
fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Type => "type",
        Kind::Uint => "uint",
        Kind::Double => "double",
        Kind::RawHash => "raw_hash",
        Kind::TextHash => "text_hash",
        Kind::Flag => "flag",
        Kind::Count => "count",
        Kind::Reserved => "reserved",
        Kind::Entries => "entries",
    }
}

/// The same object without the members that are null: in Lua these two are one.
fn compact(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            Value::Object(members.into_iter().filter(|(_, value)| !value.is_null()).collect())
        }
        other => other,
    }
}
