//! What a wrong codec does differently: a fact of the layout, or what passes one of its doors.

use rollwire_model::{Field, Kind, Layout, MessageLayout, Model, Value, hex};
use serde_json::{Map, Value as Json};

use super::place::Place;

/// The fields of a value.
pub(super) type Fields = Map<String, Json>;

/// One thing that is done differently, at the place of the mutant.
///
/// The facts of the layout come first: whatever a layout can say is said there. The others are doors:
/// what a field holds is changed after decoding and before encoding, bytes are changed before decoding
/// and after encoding.
#[derive(Clone, Copy, Debug)]
pub(super) enum Change {
    /// A fact of the field.
    Field(fn(&mut Field)),
    /// A fact of the message.
    Message(fn(&mut MessageLayout, &Place)),
    /// A fact of all messages.
    Layout(fn(&mut Layout)),
    /// The integer in the field, of so many bytes.
    Integer(fn(u64, usize) -> u64),
    /// The bits of the double in the field.
    Bits(fn(u64) -> u64),
    /// The text in the field, which has so many characters where it is right.
    Text(fn(&str, usize) -> String),
    /// The entries in the field.
    List(fn(&mut Vec<Json>, &Here<'_>)),
    /// Any JSON in the field; none leaves it as it is.
    Json(fn(&Json, &Field) -> Option<Json>),
    /// Several fields.
    Fields(fn(&mut Fields, &Here<'_>)),
    /// Refuses what the field holds, as `value`.
    Refuses(fn(&Json, &Field) -> bool),
    /// Refuses what the fields hold, as `value`.
    RefusesFields(fn(&Fields, &Here<'_>) -> bool),
    /// Refuses a datagram, as `value`.
    RefusesDatagram(fn(&[u8], &Here<'_>) -> bool),
    /// What a decoder gives instead of a refusal.
    InsteadOfRefusal(fn(&Here<'_>) -> Option<Fields>),
    /// Each byte of the field in the datagram.
    Byte(fn(u8) -> u8),
    /// The datagram.
    Datagram(fn(&mut Vec<u8>, &Here<'_>)),
    /// The datagram that an encoder has made of a value.
    Written(fn(&mut Vec<u8>, &Value, &Here<'_>)),
    /// Whatever datagram arrives.
    Received(fn(&mut Vec<u8>, &Layout)),
    /// Whatever name a value has; none leaves it as it is.
    Name(fn(&str, &Layout) -> Option<String>),
}

/// Where a change is made, and what is known there.
#[derive(Debug)]
pub(super) struct Here<'a> {
    pub(super) place: &'a Place,
    /// The right model of the revision that is spoken.
    pub(super) right: &'a Model,
    pub(super) before: &'a Before,
}

/// What a codec that should remember nothing remembers of the last message of this type.
#[derive(Clone, Debug, Default)]
pub(super) struct Before {
    /// The fields that were decoded last.
    pub(super) read: Option<Fields>,
    /// The datagram that was decoded last.
    pub(super) datagram: Vec<u8>,
    /// The fields that were encoded last.
    pub(super) given: Option<Fields>,
    /// The datagram that was written last.
    pub(super) written: Vec<u8>,
}

impl Here<'_> {
    /// How many entries the message may have in this revision: the least and the most.
    pub(super) fn limits(&self) -> Option<(usize, usize)> {
        let count = self.place.message().field_of(Kind::Count)?;
        let limit = count.limit(self.right.revision())?;
        Some((usize::try_from(limit.min).ok()?, usize::try_from(limit.max).ok()?))
    }

    /// The most entries that a receiver may accept in this revision.
    pub(super) fn may(&self) -> Option<usize> {
        let count = self.place.message().field_of(Kind::Count)?;
        let limit = count.limit(self.right.revision())?;
        usize::try_from(limit.may.unwrap_or(limit.max)).ok()
    }

    /// What the count of a datagram says; 0 for a message without entries.
    pub(super) fn count(&self, datagram: &[u8]) -> usize {
        let field = self.place.message().field_of(Kind::Count);
        let bytes = field.and_then(|it| datagram.get(it.offset..it.offset + it.size));
        bytes.unwrap_or_default().iter().fold(0, |count, byte| count << 8 | usize::from(*byte))
    }

    /// Writes the count of a datagram, as far as it is there.
    pub(super) fn set_count(&self, datagram: &mut [u8], count: usize) {
        let Some(field) = self.place.message().field_of(Kind::Count) else { return };
        let bytes = count.to_be_bytes();
        if let Some(here) = datagram.get_mut(field.offset..field.offset + field.size) {
            here.copy_from_slice(&bytes[bytes.len() - field.size..]);
        }
    }

    /// Writes another count.
    pub(super) fn recount(&self, datagram: &mut [u8], change: impl Fn(usize) -> usize) {
        let count = change(self.count(datagram));
        self.set_count(datagram, count);
    }

    /// The length that a datagram should have, by its own count.
    pub(super) fn whole(&self, datagram: &[u8]) -> usize {
        self.place.message().length_with(self.count(datagram))
    }

    /// The bytes of this field in a datagram, as far as they are there.
    pub(super) fn bytes_mut<'d>(&self, datagram: &'d mut [u8]) -> &'d mut [u8] {
        let field = self.place.field();
        let bytes = field.and_then(|it| datagram.get_mut(it.offset..it.offset + it.size));
        bytes.unwrap_or_default()
    }
}

impl Change {
    /// Makes the change to a layout, if it is one of the layout.
    pub(super) fn edit(self, layout: &mut Layout, place: Option<&Place>) {
        if let Self::Layout(edit) = self {
            edit(layout);
        }
        let Some(place) = place else { return };
        let Some(message) = layout.message_mut(&place.message().name) else { return };
        match self {
            Self::Field(edit) => place.field_mut(message).into_iter().for_each(edit),
            Self::Message(edit) => edit(message, place),
            _ => {}
        }
    }

    /// Changes a datagram.
    pub(super) fn datagram(self, datagram: &mut Vec<u8>, here: &Here<'_>) {
        match self {
            Self::Byte(change) => {
                here.bytes_mut(datagram).iter_mut().for_each(|byte| *byte = change(*byte));
            }
            Self::Datagram(change) => change(datagram, here),
            _ => {}
        }
    }

    /// Changes what the fields hold.
    ///
    /// # Errors
    /// When the change is to refuse them.
    pub(super) fn fields(self, fields: &mut Fields, here: &Here<'_>) -> Result<(), Refused> {
        let mut refused = false;
        match self {
            Self::Fields(change) => change(fields, here),
            Self::RefusesFields(refuses) => refused = refuses(fields, here),
            _ => {
                let Some(field) = here.place.field() else { return Ok(()) };
                for json in held(fields, here.place) {
                    match self {
                        Self::Refuses(refuses) => refused |= refuses(json, field),
                        _ => self.json(json, field, here),
                    }
                }
            }
        }
        if refused { Err(Refused) } else { Ok(()) }
    }

    /// Changes what one field holds, if it is what the change is about.
    fn json(self, json: &mut Json, field: &Field, here: &Here<'_>) {
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
                    change(list, here);
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

/// The mutant refuses what is right.
#[derive(Debug)]
pub(super) struct Refused;

/// What is held at a place: one thing, or one in each entry.
fn held<'a>(fields: &'a mut Fields, place: &Place) -> Vec<&'a mut Json> {
    let outer = place.outer().and_then(|field| fields.get_mut(&field.name));
    let Some(name) = place.field().filter(|_| place.is_part()).map(|field| &field.name) else {
        return outer.into_iter().collect();
    };
    let entries = outer.and_then(Json::as_array_mut).into_iter().flatten();
    entries.filter_map(|entry| entry.get_mut(name)).collect()
}

/// The greatest integer that a field holds.
pub(super) fn greatest(field: &Field) -> u64 {
    u64::MAX >> (64 - 8 * field.size.clamp(1, 8))
}
