//! A state as it was read, and how it is written.

use std::collections::HashMap;

use super::{Form, strings};

/// A value whose leaves are canonical text already.
pub(super) enum Value {
    /// A word, a number or a string.
    Leaf(String),
    Array(Vec<Self>),
    /// All members in the order of the text, the same key perhaps more than once.
    Object(Vec<(Key, Self)>),
}

/// The UTF-16 units of a key.
pub(super) type Key = Vec<u16>;

impl Value {
    /// The canonical text. It calls itself once a level, of which the reader allows few.
    pub(super) fn written(self, form: Form) -> String {
        let mut text = String::new();
        self.write(form, &mut text);
        text
    }

    /// DIGEST-5.
    fn write(self, form: Form, text: &mut String) {
        match self {
            Self::Leaf(leaf) => text.push_str(&leaf),
            Self::Array(elements) => {
                text.push('[');
                for (index, element) in elements.into_iter().enumerate() {
                    text.push_str(if index == 0 { "" } else { comma(form) });
                    element.write(form, text);
                }
                text.push(']');
            }
            Self::Object(members) => {
                text.push('{');
                for (index, (key, value)) in sorted(last_of_each_key(members)).enumerate() {
                    text.push_str(if index == 0 { "" } else { comma(form) });
                    strings::write(&key, text);
                    text.push_str(colon(form));
                    value.write(form, text);
                }
                text.push('}');
            }
        }
    }
}

/// DIGEST-7.
fn last_of_each_key(members: Vec<(Key, Value)>) -> HashMap<Key, Value> {
    members.into_iter().collect()
}

/// DIGEST-6.
fn sorted(members: HashMap<Key, Value>) -> impl Iterator<Item = (Key, Value)> {
    let mut members: Vec<_> = members.into_iter().collect();
    members.sort_unstable_by(|(one, _), (other, _)| {
        strings::code_points(one).cmp(strings::code_points(other))
    });
    members.into_iter()
}

/// DIGEST-8, DIGEST-9.
fn comma(form: Form) -> &'static str {
    match form {
        Form::StateHash => ",",
        Form::EpisodeReady => ", ",
    }
}

/// DIGEST-8, DIGEST-9.
fn colon(form: Form) -> &'static str {
    match form {
        Form::StateHash => ":",
        Form::EpisodeReady => ": ",
    }
}
