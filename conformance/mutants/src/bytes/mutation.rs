//! What a wrong codec does differently: a fact of its layout, or a change to its input or output.

use rollwire_model::{Field, Kind, Layout, MessageLayout, Model, Value, hex};
use serde_json::{Map, Value as Json};

use super::location::Location;

/// The fields of a value.
pub(super) type Fields = Map<String, Json>;

/// One thing that is done differently, at the location of the mutant.
///
/// The first three change a fact of the layout, which is preferred wherever a layout can express the fault.
/// The others change data: values are changed after decoding and before encoding, bytes before decoding and
/// after encoding.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mutation {
    /// A fact of the field.
    Field(fn(&mut Field)),
    /// A fact of the message.
    Message(fn(&mut MessageLayout, &Location)),
    /// A fact of all messages.
    Layout(fn(&mut Layout)),
    /// The integer in the field. The second argument is its size in bytes.
    Integer(fn(u64, usize) -> u64),
    /// The bits of the double in the field.
    Bits(fn(u64) -> u64),
    /// The text in the field. The second argument is the right number of characters.
    Text(fn(&str, usize) -> String),
    /// The entries in the field.
    List(fn(&mut Vec<Json>, &Context<'_>)),
    /// Any JSON in the field; `None` leaves it unchanged.
    Json(fn(&Json, &Field) -> Option<Json>),
    /// Several fields.
    Fields(fn(&mut Fields, &Context<'_>)),
    /// Refuses what the field holds, as `value`.
    Refuses(fn(&Json, &Field) -> bool),
    /// Refuses what the fields hold, as `value`.
    RefusesFields(fn(&Fields, &Context<'_>) -> bool),
    /// Refuses a datagram, as `value`.
    RefusesDatagram(fn(&[u8], &Context<'_>) -> bool),
    /// The value that a decoder returns instead of a refusal.
    InsteadOfRefusal(fn(&Context<'_>) -> Option<Fields>),
    /// Each byte of the field in the datagram.
    Byte(fn(u8) -> u8),
    /// The datagram.
    Datagram(fn(&mut Vec<u8>, &Context<'_>)),
    /// The datagram that an encoder wrote for a value.
    Written(fn(&mut Vec<u8>, &Value, &Context<'_>)),
    /// Any datagram that is received.
    Received(fn(&mut Vec<u8>, &Layout)),
    /// The name of the message in any value; `None` leaves it unchanged.
    Name(fn(&str, &Layout) -> Option<String>),
}

/// Where a mutation is made, and what is known there.
#[derive(Debug)]
pub(super) struct Context<'a> {
    pub(super) location: &'a Location,
    /// The right model of the revision that is used.
    pub(super) right: &'a Model,
    pub(super) previous: &'a Previous,
}

/// What a codec wrongly remembers of the previous message of the same type.
#[derive(Clone, Debug, Default)]
pub(super) struct Previous {
    /// The fields that were decoded last.
    pub(super) read: Option<Fields>,
    /// The datagram that was decoded last.
    pub(super) datagram: Vec<u8>,
    /// The fields that were encoded last.
    pub(super) given: Option<Fields>,
    /// The datagram that was written last.
    pub(super) written: Vec<u8>,
}

impl Context<'_> {
    /// How many entries the message may have in this revision: the least and the most.
    pub(super) fn limits(&self) -> Option<(usize, usize)> {
        let count = self.location.message().field_of(Kind::Count)?;
        let limit = count.limit(self.right.revision())?;
        Some((usize::try_from(limit.min).ok()?, usize::try_from(limit.max).ok()?))
    }

    /// The most entries that a receiver may accept in this revision.
    pub(super) fn most_accepted(&self) -> Option<usize> {
        let count = self.location.message().field_of(Kind::Count)?;
        let limit = count.limit(self.right.revision())?;
        usize::try_from(limit.may.unwrap_or(limit.max)).ok()
    }

    /// What the count of a datagram says; 0 for a message without entries.
    pub(super) fn count(&self, datagram: &[u8]) -> usize {
        let field = self.location.message().field_of(Kind::Count);
        let bytes = field.and_then(|it| datagram.get(it.offset..it.offset + it.size));
        bytes.unwrap_or_default().iter().fold(0, |count, byte| count << 8 | usize::from(*byte))
    }

    /// Writes the count of a datagram, if the datagram is long enough.
    pub(super) fn set_count(&self, datagram: &mut [u8], count: usize) {
        let Some(field) = self.location.message().field_of(Kind::Count) else { return };
        let bytes = count.to_be_bytes();
        if let Some(context) = datagram.get_mut(field.offset..field.offset + field.size) {
            context.copy_from_slice(&bytes[bytes.len() - field.size..]);
        }
    }

    /// Writes another count.
    pub(super) fn recount(&self, datagram: &mut [u8], change: impl Fn(usize) -> usize) {
        let count = change(self.count(datagram));
        self.set_count(datagram, count);
    }

    /// The length that a datagram should have according to its own count.
    pub(super) fn full_length(&self, datagram: &[u8]) -> usize {
        self.location.message().length_with(self.count(datagram))
    }

    /// The bytes of this field in a datagram; empty if the datagram is too short.
    pub(super) fn bytes_mut<'d>(&self, datagram: &'d mut [u8]) -> &'d mut [u8] {
        let field = self.location.field();
        let bytes = field.and_then(|it| datagram.get_mut(it.offset..it.offset + it.size));
        bytes.unwrap_or_default()
    }
}

impl Mutation {
    /// Whether this is a change of the layout.
    pub(super) const fn edits_the_layout(self) -> bool {
        matches!(self, Self::Field(_) | Self::Message(_) | Self::Layout(_))
    }

    /// Edits a layout, if this is a change of the layout.
    pub(super) fn edit(self, layout: &mut Layout, location: Option<&Location>) {
        if let Self::Layout(edit) = self {
            edit(layout);
        }
        let Some(location) = location else { return };
        let Some(message) = layout.message_mut(&location.message().name) else { return };
        match self {
            Self::Field(edit) => location.field_mut(message).into_iter().for_each(edit),
            Self::Message(edit) => edit(message, location),
            _ => {}
        }
    }

    /// Changes a datagram.
    pub(super) fn datagram(self, datagram: &mut Vec<u8>, context: &Context<'_>) {
        match self {
            Self::Byte(change) => {
                context.bytes_mut(datagram).iter_mut().for_each(|byte| *byte = change(*byte));
            }
            Self::Datagram(change) => change(datagram, context),
            _ => {}
        }
    }

    /// Changes what the fields hold.
    ///
    /// # Errors
    /// If the change is to refuse them.
    pub(super) fn fields(self, fields: &mut Fields, context: &Context<'_>) -> Result<(), Refused> {
        let mut refused = false;
        match self {
            Self::Fields(change) => change(fields, context),
            Self::RefusesFields(refuses) => refused = refuses(fields, context),
            _ => {
                let Some(field) = context.location.field() else { return Ok(()) };
                for json in held(fields, context.location) {
                    match self {
                        Self::Refuses(refuses) => refused |= refuses(json, field),
                        _ => self.json(json, field, context),
                    }
                }
            }
        }
        if refused { Err(Refused) } else { Ok(()) }
    }

    /// Changes what one field holds, if it has the type that the change is for.
    fn json(self, json: &mut Json, field: &Field, context: &Context<'_>) {
        match self {
            Self::Integer(change) => {
                if let Some(number) = json.as_u64().filter(|number| *number <= greatest(field)) {
                    *json = change(number, field.size).into();
                }
            }
            Self::Bits(change) => {
                let text = json.as_str().filter(|text| text.len() == 16);
                if let Some(bits) = text.and_then(|text| u64::from_str_radix(text, 16).ok()) {
                    *json = hex::plain(&change(bits).to_be_bytes()).into();
                }
            }
            Self::Text(change) => {
                if let Some(text) = json.as_str() {
                    *json = change(text, field.hash_digits()).into();
                }
            }
            Self::List(change) => {
                if let Some(list) = json.as_array_mut() {
                    change(list, context);
                }
            }
            Self::Json(change) => {
                if let Some(changed) = change(json, field) {
                    *json = changed;
                }
            }
            _ => {}
        }
    }
}

/// The mutant refuses a right value.
#[derive(Debug)]
pub(super) struct Refused;

/// The values at a location: one, or one in each entry.
fn held<'a>(fields: &'a mut Fields, location: &Location) -> Vec<&'a mut Json> {
    let outer = location.outer().and_then(|field| fields.get_mut(&field.name));
    let Some(name) = location.field().filter(|_| location.is_part()).map(|field| &field.name)
    else {
        return outer.into_iter().collect();
    };
    let entries = outer.and_then(Json::as_array_mut).into_iter().flatten();
    entries.filter_map(|entry| entry.get_mut(name)).collect()
}

/// The greatest integer that a field holds.
pub(super) fn greatest(field: &Field) -> u64 {
    u64::MAX >> (64 - 8 * field.size.clamp(1, 8))
}
