//! Encodes a value as a datagram: first all checks, then the bytes.

use serde_json::Value as Json;

use crate::{
    Endian, Field, Kind, MessageLayout, Model, Refusal, RefusalClass, Value, hex,
    integer::{big_endian, greatest, integer},
};

impl Model {
    /// Encodes one value.
    ///
    /// Upper-case hash text is written as the lower-case text (`EPISODE_READY-6`, `STATE_HASH-5`).
    ///
    /// # Errors
    ///
    /// The [`Refusal`] of the first thing that cannot be written unchanged.
    pub fn encode(&self, value: &Value) -> Result<Vec<u8>, Refusal> {
        let Some(message) = self.message_of_name(&value.message) else {
            let expected = format!("a message name of revision {}", self.revision());
            return Err(Refusal::new(
                RefusalClass::UnknownType,
                "WIRE-4",
                expected,
                format!("{:?}", value.message),
            ));
        };
        self.check(message, value)?;
        Ok(write(message, value))
    }

    /// The bytes of a value that was accepted by way of an alternative: written as if every rule for
    /// encoders allowed it. `None` for a name that is not a message.
    pub(crate) fn canonical(&self, value: &Value) -> Option<Vec<u8>> {
        self.message_of_name(&value.message).map(|message| write(message, value))
    }

    /// The hash field that contains upper-case digits and is valid otherwise, if there is one.
    pub(crate) fn upper_case_hash(&self, value: &Value) -> Option<&Field> {
        let fields = self.message_of_name(&value.message)?.fields.iter();
        let mut hashes =
            fields.filter(|field| matches!(field.kind, Kind::RawHash | Kind::TextHash));
        hashes.find(|field| {
            let text = value.fields.get(&field.name).and_then(Json::as_str).unwrap_or_default();
            is_hash_text(field, text)
                && text.contains(|character: char| character.is_ascii_uppercase())
        })
    }

    fn check(&self, message: &MessageLayout, value: &Value) -> Result<(), Refusal> {
        for name in value.fields.keys() {
            let in_json =
                |field: &Field| !matches!(field.kind, Kind::Type | Kind::Count | Kind::Reserved);
            if !message.field(name).is_some_and(in_json) {
                return Err(refuse_value(message, name, "no such field", "one"));
            }
        }
        for field in message.fields.iter().filter(|field| !field.unchecked) {
            let json = value.fields.get(&field.name).unwrap_or(&Json::Null);
            match field.kind {
                Kind::Type | Kind::Reserved => {}
                Kind::Count => self.check_count(message, field, value)?,
                Kind::Uint => check_integer(message, field, json, || field.name.clone())?,
                Kind::Double => check_double(message, field, json)?,
                Kind::RawHash | Kind::TextHash => check_hash(message, field, json)?,
                Kind::Flag if json.is_boolean() => {}
                Kind::Flag => {
                    return Err(refuse_value(
                        message,
                        &field.name,
                        "true or false",
                        &json.to_string(),
                    ));
                }
                Kind::Entries => check_entries(message, field, json)?,
            }
        }
        check_ordered(message, value)
    }

    /// The list is as long as the message allows (INPUT-11, `INPUT_RESPONSE-5`). Whether it is a list
    /// at all is checked with the entries.
    fn check_count(
        &self,
        message: &MessageLayout,
        field: &Field,
        value: &Value,
    ) -> Result<(), Refusal> {
        let entries =
            message.field_of(Kind::Entries).and_then(|entries| value.fields.get(&entries.name));
        let Some(list) = entries.and_then(Json::as_array) else { return Ok(()) };
        let Some(limit) = field.limit(self.revision()) else { return Ok(()) };
        let allowed =
            u64::try_from(list.len()).is_ok_and(|count| (limit.min..=limit.max).contains(&count));
        if allowed {
            return Ok(());
        }
        let rule = field.encode_rule.as_deref().unwrap_or(&message.encode_rule);
        let expected = format!("{} to {} entries", limit.min, limit.max);
        Err(Refusal::new(RefusalClass::Count, rule, expected, format!("{}", list.len()))
            .of("entries"))
    }
}

/// An integer within its field: no wrapping, no rounding, no conversion from text.
fn check_integer(
    message: &MessageLayout,
    field: &Field,
    json: &Json,
    name: impl Fn() -> String,
) -> Result<(), Refusal> {
    let Some(integer) = integer(json) else {
        return Err(refuse_value(message, &name(), "an integer", &json.to_string()));
    };
    if (0..=greatest(field.size)).contains(&integer) {
        return Ok(());
    }
    let expected = format!("0 to {}", greatest(field.size));
    Err(Refusal::new(RefusalClass::Range, &message.encode_rule, expected, json.to_string())
        .of(name()))
}

/// The 16 hex digits of the bits.
fn check_double(message: &MessageLayout, field: &Field, json: &Json) -> Result<(), Refusal> {
    let bits = json.as_str().and_then(|text| hex::parse(text).ok());
    if bits.is_some_and(|bits| bits.len() == field.size) {
        return Ok(());
    }
    Err(refuse_value(message, &field.name, "the 16 hex digits of a double", &json.to_string()))
}

/// Text, and exactly as many ASCII hex digits as the hash has.
fn check_hash(message: &MessageLayout, field: &Field, json: &Json) -> Result<(), Refusal> {
    let Some(text) = json.as_str() else {
        return Err(refuse_value(message, &field.name, "text", &json.to_string()));
    };
    if is_hash_text(field, text) {
        return Ok(());
    }
    let rule = field.encode_rule.as_deref().unwrap_or(&message.encode_rule);
    let expected = format!("{} hex digits", field.hash_digits());
    Err(Refusal::new(RefusalClass::Text, rule, expected, json.to_string()).of(&field.name))
}

fn is_hash_text(field: &Field, text: &str) -> bool {
    text.len() == field.hash_digits() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A list of objects that have exactly the fields of an entry.
fn check_entries(message: &MessageLayout, field: &Field, json: &Json) -> Result<(), Refusal> {
    let Some(list) = json.as_array() else {
        return Err(refuse_value(message, &field.name, "a list of entries", &json.to_string()));
    };
    for (index, json) in list.iter().enumerate() {
        let name = || format!("{}[{index}]", field.name);
        let Some(entry) = json.as_object().filter(|entry| entry.len() == field.entry.len()) else {
            return Err(refuse_value(message, &name(), "an entry", &json.to_string()));
        };
        for part in field.entry.iter().filter(|part| !part.unchecked) {
            let number = entry.get(&part.name).unwrap_or(&Json::Null);
            check_integer(message, part, number, || format!("{}.{}", name(), part.name))?;
        }
    }
    Ok(())
}

/// Start is not greater than end (`INPUT_REQUEST-5`).
fn check_ordered(message: &MessageLayout, value: &Value) -> Result<(), Refusal> {
    let Some(ordered) = &message.ordered else { return Ok(()) };
    let number = |name: &String| value.fields.get(name).and_then(integer);
    match (number(&ordered.first), number(&ordered.last)) {
        (Some(first), Some(last)) if first > last => {
            let expected = format!("at least {}, which is {first}", ordered.first);
            let refusal = Refusal::new(
                RefusalClass::Range,
                &ordered.encode_rule,
                expected,
                format!("{last}"),
            );
            Err(refusal.of(&ordered.last))
        }
        _ => Ok(()),
    }
}

fn refuse_value(message: &MessageLayout, field: &str, expected: &str, found: &str) -> Refusal {
    Refusal::new(RefusalClass::Value, &message.encode_rule, expected, found).of(field)
}

/// The bytes of a value, without checks. A value that does not fit, which only a layout that is
/// wrong on purpose allows, is wrapped, padded or cut.
fn write(message: &MessageLayout, value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    for field in &message.fields {
        let json = value.fields.get(&field.name).unwrap_or(&Json::Null);
        let list = entries_of(message, value);
        match field.kind {
            Kind::Type => put(&mut bytes, field.offset, &[message.type_byte]),
            // Always 0, also if another value was decoded (INPUT-9).
            Kind::Reserved => put(&mut bytes, field.offset, &vec![0; field.size]),
            Kind::Count => {
                let count = i128::try_from(list.len()).unwrap_or(i128::MAX);
                put(&mut bytes, field.offset, &in_order(field, big_endian(count, field.size)));
            }
            Kind::Uint => put(&mut bytes, field.offset, &integer_bytes(field, json)),
            Kind::Double => {
                put(&mut bytes, field.offset, &in_order(field, digits_bytes(field, json)));
            }
            Kind::RawHash => put(&mut bytes, field.offset, &digits_bytes(field, json)),
            Kind::TextHash => put(&mut bytes, field.offset, &characters(field, json)),
            Kind::Flag => put(
                &mut bytes,
                field.offset,
                &big_endian(i128::from(*json == Json::Bool(true)), field.size),
            ),
            Kind::Entries => {
                for (index, entry) in list.iter().enumerate() {
                    for part in &field.entry {
                        let offset = field.offset + index * field.size + part.offset;
                        put(
                            &mut bytes,
                            offset,
                            &integer_bytes(part, entry.get(&part.name).unwrap_or(&Json::Null)),
                        );
                    }
                }
            }
        }
    }
    bytes
}

/// Writes bytes at an offset, over anything that was written before.
fn put(datagram: &mut Vec<u8>, offset: usize, bytes: &[u8]) {
    let end = offset + bytes.len();
    if datagram.len() < end {
        datagram.resize(end, 0);
    }
    datagram[offset..end].copy_from_slice(bytes);
}

fn entries_of<'a>(message: &MessageLayout, value: &'a Value) -> &'a [Json] {
    let entries = message.field_of(Kind::Entries).and_then(|field| value.fields.get(&field.name));
    entries.and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

fn integer_bytes(field: &Field, json: &Json) -> Vec<u8> {
    in_order(field, big_endian(integer(json).unwrap_or(0), field.size))
}

fn in_order(field: &Field, mut bytes: Vec<u8>) -> Vec<u8> {
    if field.endian == Endian::Little {
        bytes.reverse();
    }
    bytes
}

/// Two hex digits a byte, the high digit first (`STATE_HASH-3`).
fn digits_bytes(field: &Field, json: &Json) -> Vec<u8> {
    let text: Vec<char> = json.as_str().unwrap_or_default().chars().collect();
    let mut bytes: Vec<u8> = text
        .chunks(2)
        .map(|pair| {
            hex::parse(&pair.iter().collect::<String>())
                .ok()
                .and_then(|bytes| bytes.first().copied())
                .unwrap_or(0)
        })
        .collect();
    bytes.resize(field.size, 0);
    bytes
}

/// One byte a character, hex digits in lower case (`EPISODE_READY-3`, `EPISODE_READY-6`).
fn characters(field: &Field, json: &Json) -> Vec<u8> {
    let text = json.as_str().unwrap_or_default();
    let lower = if is_hash_text(field, text) { text.to_ascii_lowercase() } else { text.to_owned() };
    let code = |character: char| big_endian(i128::from(u32::from(character)), 1);
    let mut bytes: Vec<u8> = lower.chars().flat_map(code).collect();
    bytes.resize(field.size, 0);
    bytes
}
