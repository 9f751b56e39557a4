//! Reads JSON without building a tree of it.
//!
//! Answers are hostile: a line of 4 MiB can take 100 MiB as a tree. This module finds members and elements,
//! and leaves their contents unread.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::malformed::{FOUR, Malformed};

/// A line that is an object, with the members of an answer.
#[derive(Debug, Default)]
pub(super) struct Envelope<'a> {
    pub(super) id: Option<&'a RawValue>,
    /// Whether `id` is given more than once.
    pub(super) has_several_ids: bool,
    /// Whether it has the member of a request.
    pub(super) has_op: bool,
    /// The members of an answer, in the order of [`FOUR`].
    pub(super) four: [Option<&'a RawValue>; FOUR.len()],
    /// One of these members, if it is given more than once.
    pub(super) repeated: Option<&'static str>,
}

impl<'a> Envelope<'a> {
    /// Reads a line; `None` if it is JSON but not an object.
    ///
    /// # Errors
    /// Where the line is not JSON.
    pub(super) fn read(line: &'a str) -> serde_json::Result<Option<Self>> {
        if line.trim_start().starts_with('{') {
            serde_json::from_str(line).map(Some)
        } else {
            serde_json::from_str::<IgnoredAny>(line).map(|_| None)
        }
    }
}

/// The members of `reject` and `error` that are read.
#[derive(Debug, Default)]
pub(super) struct ClassAndMessage<'a> {
    pub(super) class: Option<&'a RawValue>,
    pub(super) message: Option<&'a RawValue>,
    /// The name of one of them, if it is given more than once.
    repeated: Option<&'static str>,
}

impl<'a> ClassAndMessage<'a> {
    /// Reads a member of this name.
    ///
    /// # Errors
    /// The member is not an object, the names in it are not valid text, or one is given twice.
    pub(super) fn read(member: &'static str, json: &'a RawValue) -> Result<Self, Malformed> {
        let found: Self = serde_json::from_str(json.get())
            .map_err(|error| Malformed::unreadable(member, &error, json.get()))?;
        match (found.repeated, member) {
            (None, _) => Ok(found),
            (Some("class"), "reject") => Err(Malformed::Repeated("reject.class")),
            (Some("message"), "reject") => Err(Malformed::Repeated("reject.message")),
            (Some(_), _) => Err(Malformed::Repeated("error.message")),
        }
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for Envelope<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut envelope = Self::default();
        members(deserializer, |name, value| match name {
            "id" => envelope.has_several_ids |= envelope.id.replace(value).is_some(),
            "op" => envelope.has_op = true,
            _ => {
                if let Some(place) = FOUR.iter().position(|it| *it == name)
                    && envelope.four[place].replace(value).is_some()
                {
                    envelope.repeated = Some(FOUR[place]);
                }
            }
        })?;
        Ok(envelope)
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for ClassAndMessage<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found = Self::default();
        members(deserializer, |name, value| match name {
            "class" if found.class.replace(value).is_some() => found.repeated = Some("class"),
            "message" if found.message.replace(value).is_some() => found.repeated = Some("message"),
            _ => {}
        })?;
        Ok(found)
    }
}

/// Stores a member that may be given once. It is the member of the answer with this path.
///
/// # Errors
/// It was given before.
pub(crate) fn once<'a>(
    place: &mut Option<&'a str>,
    path: &'static str,
    json: &'a str,
) -> Result<(), Malformed> {
    if place.replace(json).is_some() { Err(Malformed::Repeated(path)) } else { Ok(()) }
}

/// Calls `each` for the name and the text of every member of an object, until it returns an error. The
/// object is the member of the answer with this path.
///
/// # Errors
/// The text is not an object, or what `each` returns.
pub(crate) fn each_member<'a>(
    path: &'static str,
    object: &'a str,
    mut each: impl FnMut(&str, &'a str) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    let mut fault = None;
    let mut json = serde_json::Deserializer::from_str(object);
    let read = members(&mut json, |name, value: &'a RawValue| {
        if fault.is_none() {
            fault = each(name, value.get()).err();
        }
    });
    let unreadable = |error| Malformed::unreadable(path, &error, object);
    fault.map_or_else(|| read.map_err(unreadable), Err)
}

/// Calls `each` for the text of every element of a list, until it returns an error. The list is the member
/// of the answer with this path.
///
/// # Errors
/// The text is not a list, or what `each` returns.
pub(crate) fn each_element<'a>(
    path: &'static str,
    list: &'a str,
    each: impl FnMut(&'a str) -> Result<(), Malformed>,
) -> Result<(), Malformed> {
    struct Each<'f, F>(F, &'f mut Option<Malformed>);

    impl<'de, F: FnMut(&'de str) -> Result<(), Malformed>> Visitor<'de> for Each<'_, F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
            while let Some(element) = list.next_element::<&RawValue>()? {
                (self.0)(element.get()).map_err(|malformed| {
                    *self.1 = Some(malformed);
                    A::Error::custom("an element is malformed")
                })?;
            }
            Ok(())
        }
    }

    let mut fault = None;
    let mut json = serde_json::Deserializer::from_str(list);
    let read = json.deserialize_seq(Each(each, &mut fault));
    read.map_err(|error| fault.unwrap_or_else(|| Malformed::unreadable(path, &error, list)))
}

/// Calls `each` for every member of an object.
fn members<'de, D: Deserializer<'de>>(
    deserializer: D,
    each: impl FnMut(&str, &'de RawValue),
) -> Result<(), D::Error> {
    struct Each<F>(F);

    impl<'de, F: FnMut(&str, &'de RawValue)> Visitor<'de> for Each<F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
            while let Some(name) = map.next_key::<Cow<'_, str>>()? {
                (self.0)(&name, map.next_value()?);
            }
            Ok(())
        }
    }

    deserializer.deserialize_map(Each(each))
}
