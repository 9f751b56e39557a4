//! Values of a message: those that can be encoded, and those with one fault.

use rollwire_model::{Field, Kind, MessageLayout, Model, Value};
use serde_json::{Map, Value as Json, json};

use super::random::Random;

/// A datagram with this number of entries still fits into an Ethernet frame.
const MOST_ENTRIES: usize = 290;

/// A value that can be encoded.
pub(super) fn valid(model: &Model, message: &MessageLayout, random: &mut Random) -> Value {
    let mut fields = Map::new();
    for field in &message.fields {
        if let Some(member) = member(model, message, field, random) {
            fields.insert(field.name.clone(), member);
        }
    }
    if let Some(ordered) = &message.ordered {
        let number = |name: &String| fields.get(name).and_then(Json::as_u64);
        if let (Some(first), Some(last)) = (number(&ordered.first), number(&ordered.last)) {
            fields.insert(ordered.first.clone(), json!(first.min(last)));
            fields.insert(ordered.last.clone(), json!(first.max(last)));
        }
    }
    Value { message: message.name.clone(), fields }
}

fn member(
    model: &Model,
    message: &MessageLayout,
    field: &Field,
    random: &mut Random,
) -> Option<Json> {
    Some(match field.kind {
        Kind::Type | Kind::Count | Kind::Reserved => return None,
        Kind::Uint => json!(random.integer(field.size)),
        Kind::Double => json!(format!("{:016x}", random.double())),
        Kind::RawHash | Kind::TextHash => {
            let digits = field.hash_digits();
            json!(format!("{:016x}", random.integer(8))[16 - digits..])
        }
        Kind::Flag => json!(random.one_in(2)),
        Kind::Entries => {
            let count = entry_count(model, message, random);
            (0..count).map(|_| entry(model, message, field, random)).collect()
        }
    })
}

fn entry(model: &Model, message: &MessageLayout, field: &Field, random: &mut Random) -> Json {
    let members = field
        .entry
        .iter()
        .filter_map(|part| Some((part.name.clone(), member(model, message, part, random)?)));
    Json::Object(members.collect())
}

/// As many entries as are allowed; of very many most often a few.
fn entry_count(model: &Model, message: &MessageLayout, random: &mut Random) -> usize {
    let count = message.field_of(Kind::Count);
    let limit = count.and_then(|field| field.limit(model.revision()));
    let (min, max) = limit.map_or((0, 0), |limit| (usize_of(limit.min), usize_of(limit.max)));
    let often = if random.one_in(32) { MOST_ENTRIES } else { 24 };
    min + random.below(max.min(often) - min.min(often) + 1)
}

/// The value with one fault, at whatever place.
pub(super) fn with_one_fault(
    model: &Model,
    message: &MessageLayout,
    mut value: Value,
    random: &mut Random,
) -> Value {
    if random.one_in(24) {
        value.message = (*random.pick(&["", "pings", "PING", "state-hash", "0x07"])).to_owned();
        return value;
    }
    let present: Vec<&Field> =
        message.fields.iter().filter(|field| value.fields.contains_key(&field.name)).collect();
    let Some(&field) = (!present.is_empty()).then(|| *random.pick(&present)).as_ref() else {
        return value;
    };
    if let Some(ordered) = &message.ordered
        && random.one_in(3)
    {
        let greater = value.fields.remove(&ordered.last).unwrap_or_default();
        let less = value.fields.insert(ordered.first.clone(), greater).unwrap_or_default();
        value.fields.insert(ordered.last.clone(), less);
        return value;
    }
    let Some(member) = value.fields.get_mut(&field.name) else { return value };
    if let Json::Array(entries) = member {
        corrupt_entries(model, message, field, entries, random);
    } else {
        *member = wrong(field, member, random);
    }
    value
}

/// One entry wrong, or more of them than there may be.
fn corrupt_entries(
    model: &Model,
    message: &MessageLayout,
    field: &Field,
    entries: &mut Vec<Json>,
    random: &mut Random,
) {
    let limit = message.field_of(Kind::Count).and_then(|count| count.limit(model.revision()));
    let max = limit.map_or(0, |limit| usize_of(limit.max));
    if max < MOST_ENTRIES && (entries.is_empty() || random.one_in(2)) {
        if random.one_in(4) {
            entries.clear();
            return;
        }
        let count = max + 1 + random.below(MOST_ENTRIES - max);
        entries.resize_with(count, || entry(model, message, field, random));
        return;
    }
    let place = random.below(entries.len());
    let Some(Json::Object(entry)) = entries.get_mut(place) else { return };
    let part = random.pick(&field.entry);
    if let Some(member) = entry.get_mut(&part.name) {
        *member = wrong(part, member, random);
    }
}

/// Something that the field cannot hold.
fn wrong(field: &Field, right: &Json, random: &mut Random) -> Json {
    let types = [json!(null), json!([]), json!({}), json!("5"), json!(true), json!(1), json!(1.5)];
    match (field.kind, right) {
        (Kind::Uint, _) if !random.one_in(3) => {
            let beyond = u64::MAX.checked_shr(64 - 8 * u32_of(field.size)).unwrap_or(u64::MAX);
            let far = beyond.saturating_add(1 + random.integer(3)).min((1 << 53) - 1);
            let minus = -1 - i64::from(random.choose(70_000));
            [json!(beyond + 1), json!(far), json!(-1), json!(minus)][random.below(4)].clone()
        }
        (Kind::RawHash | Kind::TextHash, Json::String(text)) if !random.one_in(4) => {
            json!(wrong_hash(text, random))
        }
        // Every other type than the one that is right.
        _ => {
            let same = std::mem::discriminant(right);
            let others: Vec<Json> =
                types.into_iter().filter(|it| std::mem::discriminant(it) != same).collect();
            random.pick(&others).clone()
        }
    }
}

/// Text that is not a hash, or a hash in capitals, which may be refused.
fn wrong_hash(text: &str, random: &mut Random) -> String {
    let at = random.below(text.len());
    let with = |character: &str| format!("{}{character}{}", &text[..at], &text[at + 1..]);
    match random.below(6) {
        0 => text[..at].to_owned(),
        1 => format!("{text}0"),
        2 => {
            let strangers = ["g", " ", "-", "٣", "é", "x", ":", "\u{0}"];
            with(strangers[random.below(strangers.len())])
        }
        3 => format!("0x{}", &text[2..]),
        4 => format!(" {text}"),
        _ => text.to_ascii_uppercase(),
    }
}

fn usize_of(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(8)
}
