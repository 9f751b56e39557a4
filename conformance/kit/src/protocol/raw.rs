//! JSON read without building a tree of it.
//!
//! Answers are hostile: a line of 4 MiB can be a tree of a hundred. Here members and elements are found,
//! and what is in them is left alone.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::answer::FOUR;

/// A line that is an object, with the members of an answer.
#[derive(Debug, Default)]
pub(super) struct Envelope<'a> {
    pub(super) id: Option<&'a RawValue>,
    /// Whether it has the member of a request.
    pub(super) has_op: bool,
    /// The members of an answer, in the order of [`FOUR`].
    pub(super) four: [Option<&'a RawValue>; FOUR.len()],
}

impl<'a> Envelope<'a> {
    /// Reads a line; none for JSON that is no object. Of two members of the same name the last counts.
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

/// The members of `reject` and `error` that matter.
#[derive(Debug, Default)]
pub(super) struct Words<'a> {
    pub(super) class: Option<&'a RawValue>,
    pub(super) message: Option<&'a RawValue>,
}

impl<'a, 'de: 'a> Deserialize<'de> for Envelope<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut envelope = Self::default();
        members(deserializer, |name, value| match name {
            "id" => envelope.id = Some(value),
            "op" => envelope.has_op = true,
            _ => {
                if let Some(place) = FOUR.iter().position(|it| *it == name) {
                    envelope.four[place] = Some(value);
                }
            }
        })?;
        Ok(envelope)
    }
}

impl<'a, 'de: 'a> Deserialize<'de> for Words<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut words = Self::default();
        members(deserializer, |name, value| match name {
            "class" => words.class = Some(value),
            "message" => words.message = Some(value),
            _ => {}
        })?;
        Ok(words)
    }
}

/// Calls `each` for the name and the text of every member of an object.
///
/// # Errors
/// The text is no object, or what `each` says.
pub(crate) fn each_member<'a>(
    object: &'a str,
    mut each: impl FnMut(&str, &'a str) -> Result<(), String>,
) -> Result<(), String> {
    let mut fault = None;
    let mut json = serde_json::Deserializer::from_str(object);
    let read = members(&mut json, |name, value: &'a RawValue| {
        if fault.is_none() {
            fault = each(name, value.get()).err();
        }
    });
    fault.map_or_else(|| read.map_err(|error| error.to_string()), Err)
}

/// Calls `each` for the text of every element of a list, until it says that something is wrong.
///
/// # Errors
/// The text is no list, or what `each` says.
pub(crate) fn each_element<'a>(
    list: &'a str,
    each: impl FnMut(&'a str) -> Result<(), String>,
) -> Result<(), String> {
    struct Each<'f, F>(F, &'f mut Option<String>);

    impl<'de, F: FnMut(&'de str) -> Result<(), String>> Visitor<'de> for Each<'_, F> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
            while let Some(element) = list.next_element::<&RawValue>()? {
                (self.0)(element.get()).map_err(|text| {
                    *self.1 = Some(text);
                    A::Error::custom("left in the middle")
                })?;
            }
            Ok(())
        }
    }

    let mut fault = None;
    let mut json = serde_json::Deserializer::from_str(list);
    let read = json.deserialize_seq(Each(each, &mut fault));
    read.map_err(|error| fault.unwrap_or_else(|| error.to_string()))
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
