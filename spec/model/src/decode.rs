//! Decodes a datagram into a value, in the order of checks of `spec/refusals.md`.

use serde_json::{Map, Value as Json};

use crate::{
    Endian, Field, Kind, MessageLayout, Model, Refusal, RefusalClass, Value, hex,
    integer::from_big_endian,
};

/// The fields that were read, and the refusal that a SHOULD or a MAY allows.
struct Reading {
    fields: Map<String, Json>,
    objection: Option<Refusal>,
}

impl Model {
    /// Decodes one datagram.
    ///
    /// # Errors
    ///
    /// The [`Refusal`] that the first failed check demands. Where its level is SHOULD or MAY, its
    /// `alternative` is the value that may be accepted instead.
    pub fn decode(&self, bytes: &[u8]) -> Result<Value, Refusal> {
        let message = self.message_of(bytes)?;
        let (count, doubtful_count) = self.entry_count(message, bytes)?;
        exact_length(message, bytes, count)?;

        let mut reading = Reading { fields: Map::new(), objection: doubtful_count };
        for field in &message.fields {
            reading.field(message, field, bytes, count)?;
        }
        reading.ordered(message);

        let value = Value { message: message.name.clone(), fields: reading.fields };
        match reading.objection {
            None => Ok(value),
            Some(objection) => Err(Refusal { alternative: Some(value), ..objection }),
        }
    }

    /// Steps 1 to 3: there is a first byte (WIRE-1), it is a type of this revision (WIRE-2), and the
    /// header is whole (each message's first rule).
    fn message_of(&self, bytes: &[u8]) -> Result<&MessageLayout, Refusal> {
        let Some(&type_byte) = bytes.first() else {
            return Err(
                Refusal::new(RefusalClass::Empty, "WIRE-1", "at least 1 byte", "none").at(0)
            );
        };
        let Some(message) = self.message_of_type(type_byte) else {
            let expected = format!("a message type of revision {}", self.revision());
            return Err(unknown_type(expected, type_byte));
        };
        if bytes.len() < message.header_length() {
            return Err(truncated(message, bytes, message.header_length()));
        }
        Ok(message)
    }

    /// Step 4: the number of entries, and the objection to it, if a rule allows it to be accepted
    /// all the same (INPUT-4 to INPUT-7, `INPUT_RESPONSE-3`).
    fn entry_count(
        &self,
        message: &MessageLayout,
        bytes: &[u8],
    ) -> Result<(usize, Option<Refusal>), Refusal> {
        let Some(field) = message.field_of(Kind::Count) else { return Ok((0, None)) };
        let number = unsigned(message, field, bytes, 0)?;
        let count = usize::try_from(number).unwrap_or(usize::MAX);

        let limit = field.limit(self.revision()).filter(|_| !field.unchecked);
        let Some(limit) = limit else { return Ok((count, None)) };
        if (limit.min..=limit.max).contains(&number) {
            return Ok((count, None));
        }

        let refusal = |rule: Option<&String>| {
            let rule = rule.map_or(field.rule.as_str(), String::as_str);
            let expected = format!("{} to {} entries", limit.min, limit.max);
            Refusal::new(RefusalClass::Count, rule, expected, format!("{number}"))
                .at(field.offset)
                .of(&field.name)
        };
        // A count that a receiver may accept is checked against its length first: INPUT-7 does not
        // apply to it.
        if limit.may.is_some_and(|may| limit.max < number && number <= may) {
            return Ok((count, Some(refusal(limit.may_rule.as_ref()))));
        }
        if bytes.len() == message.length_with(count) {
            Ok((count, Some(refusal(field.refuse_rule.as_ref()))))
        } else {
            Err(refusal(field.wrong_length_rule.as_ref()))
        }
    }
}

/// Step 5: the datagram has the one length of its message.
fn exact_length(message: &MessageLayout, bytes: &[u8], count: usize) -> Result<(), Refusal> {
    let whole = message.length_with(count);
    if bytes.len() < whole {
        return Err(truncated(message, bytes, whole));
    }
    if bytes.len() > whole && !message.ignores_surplus {
        let found = length(bytes.len());
        let refusal =
            Refusal::new(RefusalClass::Trailing, &message.length_rule, length(whole), found);
        return Err(refusal.at(whole));
    }
    Ok(())
}

impl Reading {
    /// Step 6: one field.
    fn field(
        &mut self,
        message: &MessageLayout,
        field: &Field,
        bytes: &[u8],
        count: usize,
    ) -> Result<(), Refusal> {
        if field.kind == Kind::Entries {
            let entries: Result<Vec<Json>, Refusal> = (0..count)
                .map(|index| entry(message, field, bytes, field.offset + index * field.size))
                .collect();
            self.fields.insert(field.name.clone(), Json::Array(entries?));
            return Ok(());
        }
        let bytes_of_field = slice(message, field, bytes, 0)?;
        let json = match field.kind {
            // Known already, or ignored (INPUT-8): not part of the value.
            Kind::Type | Kind::Count | Kind::Reserved | Kind::Entries => return Ok(()),
            Kind::Uint => number(message, field, bytes, 0)?,
            // The bits are copied without arithmetic.
            Kind::Double => Json::from(hex::plain(&ordered_bytes(field, bytes_of_field))),
            Kind::RawHash => Json::from(hex::plain(bytes_of_field)),
            Kind::TextHash => self.text(field, bytes_of_field),
            Kind::Flag => self.flag(field, bytes_of_field),
        };
        self.fields.insert(field.name.clone(), json);
        Ok(())
    }

    /// Characters `0-9a-f`; any other may be read as the character of its byte (`EPISODE_READY-4`).
    fn text(&mut self, field: &Field, bytes: &[u8]) -> Json {
        let bad = bytes.iter().position(|byte| !matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if let Some(index) = bad.filter(|_| !field.unchecked) {
            let found = format!("byte 0x{:02x}", bytes[index]);
            let refusal = Refusal::new(
                RefusalClass::Text,
                refuse_rule(field),
                "a character 0-9 or a-f",
                found,
            );
            self.object(refusal.at(field.offset + index).of(&field.name));
        }
        Json::from(bytes.iter().map(|&byte| char::from(byte)).collect::<String>())
    }

    /// 0 is false and 1 is true; anything else may be read as false (`FOCUS_STATE-3`).
    fn flag(&mut self, field: &Field, bytes: &[u8]) -> Json {
        let number = from_big_endian(bytes);
        if number > 1 && !field.unchecked {
            let refusal = Refusal::new(
                RefusalClass::Value,
                refuse_rule(field),
                "0 or 1",
                format!("{number}"),
            );
            self.object(refusal.at(field.offset).of(&field.name));
        }
        Json::from(number == 1)
    }

    /// Step 7: start is not greater than end (`INPUT_REQUEST-4`).
    fn ordered(&mut self, message: &MessageLayout) {
        let Some(ordered) = &message.ordered else { return };
        let number = |name: &String| self.fields.get(name).and_then(Json::as_i64);
        let (Some(first), Some(last)) = (number(&ordered.first), number(&ordered.last)) else {
            return;
        };
        if first > last {
            let expected = format!("at least {}, which is {first}", ordered.first);
            let refusal =
                Refusal::new(RefusalClass::Range, &ordered.rule, expected, format!("{last}"));
            let offset = message.field(&ordered.last).map_or(0, |field| field.offset);
            self.object(refusal.at(offset).of(&ordered.last));
        }
    }

    /// Keeps the first objection: it is the check that fails first.
    fn object(&mut self, refusal: Refusal) {
        self.objection.get_or_insert(refusal);
    }
}

/// One entry that begins at `base`.
fn entry(
    message: &MessageLayout,
    entries: &Field,
    bytes: &[u8],
    base: usize,
) -> Result<Json, Refusal> {
    let mut fields = Map::new();
    for field in &entries.entry {
        fields.insert(field.name.clone(), number(message, field, bytes, base)?);
    }
    Ok(Json::Object(fields))
}

/// An integer as a JSON number; as two's complement only where a layout is wrong on purpose.
fn number(
    message: &MessageLayout,
    field: &Field,
    bytes: &[u8],
    base: usize,
) -> Result<Json, Refusal> {
    let number = unsigned(message, field, bytes, base)?;
    let modulus = 1_i128 << (8 * field.size);
    let signed = i128::from(number) - modulus;
    if field.signed && i128::from(number) >= modulus / 2 {
        return Ok(i64::try_from(signed).map_or(Json::Null, Json::from));
    }
    Ok(Json::from(number))
}

/// The unsigned integer in the bytes of a field.
fn unsigned(
    message: &MessageLayout,
    field: &Field,
    bytes: &[u8],
    base: usize,
) -> Result<u64, Refusal> {
    Ok(from_big_endian(&ordered_bytes(field, slice(message, field, bytes, base)?)))
}

/// The bytes of a field, the most significant first.
fn ordered_bytes(field: &Field, bytes: &[u8]) -> Vec<u8> {
    match field.endian {
        Endian::Big => bytes.to_vec(),
        Endian::Little => bytes.iter().rev().copied().collect(),
    }
}

/// The bytes of a field. They exist once the length was checked, unless the layout was edited.
fn slice<'a>(
    message: &MessageLayout,
    field: &Field,
    bytes: &'a [u8],
    base: usize,
) -> Result<&'a [u8], Refusal> {
    let start = base + field.offset;
    bytes
        .get(start..start + field.size)
        .ok_or_else(|| truncated(message, bytes, start + field.size))
}

fn refuse_rule(field: &Field) -> &str {
    field.refuse_rule.as_deref().unwrap_or(&field.rule)
}

fn truncated(message: &MessageLayout, bytes: &[u8], whole: usize) -> Refusal {
    let expected = length(whole);
    let found = length(bytes.len());
    Refusal::new(RefusalClass::Truncated, &message.length_rule, expected, found).at(bytes.len())
}

fn unknown_type(expected: String, type_byte: u8) -> Refusal {
    Refusal::new(RefusalClass::UnknownType, "WIRE-2", expected, format!("0x{type_byte:02x}")).at(0)
}

/// A number of bytes, in words.
fn length(bytes: usize) -> String {
    if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") }
}
