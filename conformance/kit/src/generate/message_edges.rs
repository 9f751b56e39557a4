//! Datagrams and values where codecs go wrong although they are right for most: a length that is right in its
//! last 8 or 16 bits, one wrong entry at any place, and text with one character that is not a digit.

use rollwire_model::{Kind, MessageLayout, Model, Value};
use serde_json::{Value as Json, json};

use super::{random::Random, values::valid};

/// What some language takes for a blank, or for the end of a text.
const BLANKS: [char; 11] =
    ['\0', '\t', '\n', '\r', '\u{b}', '\u{c}', ' ', '\u{a0}', '\u{2028}', '\u{3000}', '\u{feff}'];

/// What the readers of numbers of some languages take beside digits.
const STRANGERS: [char; 14] =
    ['+', '-', '_', '\'', '.', 'x', 'h', 'n', 'L', '#', '１', '١', '²', '𝟏'];

/// A valid datagram with a surplus that is a multiple of 256 or 65,536, or a list whose length is that of the
/// datagram in its last bits.
pub(super) fn packet(
    model: &Model,
    message: &MessageLayout,
    random: &mut Random,
    may_be_long: bool,
) -> Vec<u8> {
    let mut bytes = model.encode(&valid(model, message, random)).unwrap_or_default();
    let is_long = may_be_long && random.one_in(16);
    let unit = if is_long { 1 << 16 } else { 1 << 8 };
    match message.field_of(Kind::Count).filter(|count| count.size > 1 && random.one_in(2)) {
        None => {
            let surplus = unit * (1 + if is_long { 0 } else { random.below(3) });
            let byte = *random.pick(&[0, 0, 0xff, 0x30]);
            bytes.resize(bytes.len() + surplus, byte);
        }
        // As many more entries as make the length the same in its last bits.
        Some(count) => {
            let range = count.offset..count.offset + count.size;
            let bits = *random.pick(&[8_u32, 16]);
            let each = message.length_with(1) - message.length_with(0);
            let whole = bytes.len() + (1 << bits);
            let more = (0..each).find(|more| {
                (whole + (more << bits) - message.length_with(0)).is_multiple_of(each)
            });
            let wrapped = more.map(|more| (whole + (more << bits) - message.length_with(0)) / each);
            let number = wrapped.unwrap_or_default().to_be_bytes();
            if let Some(field) = bytes.get_mut(range) {
                field.copy_from_slice(&number[number.len() - count.size..]);
            }
        }
    }
    bytes
}

/// A value with one fault: in one of its entries, in one character of its text, or in its name.
pub(super) fn value(model: &Model, message: &MessageLayout, random: &mut Random) -> Value {
    let mut value = valid(model, message, random);
    let hash = message.fields.iter().find(|it| matches!(it.kind, Kind::RawHash | Kind::TextHash));
    if let Some(text) = hash.and_then(|field| value.fields.get_mut(&field.name))
        && !random.one_in(4)
    {
        let good = text.as_str().unwrap_or_default().to_owned();
        *text = json!(with_a_stranger(&good, random));
        return value;
    }
    let entries =
        message.field_of(Kind::Entries).and_then(|field| value.fields.get_mut(&field.name));
    if let Some(Json::Array(entries)) = entries
        && !random.one_in(4)
    {
        one_wrong_entry(entries, random);
        return value;
    }
    value.message = name(&value.message, random);
    value
}

/// A text with one character that is not a digit, in place of a digit or beside one.
fn with_a_stranger(good: &str, random: &mut Random) -> String {
    let strangers: &[char] = if random.one_in(2) { &BLANKS } else { &STRANGERS };
    // A NUL ends the texts of many languages.
    let stranger = if random.one_in(4) { &'\0' } else { random.pick(strangers) };
    let ends = [0, good.len() - 1];
    let at = if random.one_in(2) { *random.pick(&ends) } else { random.below(good.len()) };
    let (before, behind) = good.split_at(at);
    match random.below(3) {
        0 => format!("{before}{stranger}{}", behind.get(1..).unwrap_or_default()),
        1 if at > 0 => format!("{good}{stranger}"),
        _ => format!("{before}{stranger}{behind}"),
    }
}

/// A list of 2 to 20 entries, or sometimes of more than 256 where that many are there already, with one fault at
/// the first, the last or any place.
fn one_wrong_entry(entries: &mut Vec<Json>, random: &mut Random) {
    let Some(last) = entries.len().checked_sub(1) else { return entries.push(Json::Null) };
    let any = random.below(entries.len());
    let place = *random.pick(&[0, last, any]);
    let wrong = match random.below(4) {
        0 => return entries[place] = Json::Null,
        1 => ("action", json!(256 + random.below(300))),
        2 => ("frame", json!((1_u64 << 32) + random.integer(1))),
        _ => (
            *random.pick(&["action", "frame"]),
            random.pick(&[json!(-1), json!("5"), Json::Null, json!(1.5)]).clone(),
        ),
    };
    if let Some(part) = entries[place].get_mut(wrong.0) {
        *part = wrong.1;
    }
}

/// The name with a blank, or in other letters.
fn name(name: &str, random: &mut Random) -> String {
    let blank = random.pick(&BLANKS);
    match random.below(4) {
        0 => format!("{blank}{name}"),
        1 => name.replace('_', " ") + " ",
        2 => name.to_ascii_uppercase(),
        _ => format!("{name}{blank}"),
    }
}
