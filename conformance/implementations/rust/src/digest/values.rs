//! A state that has been read, and how its canonical text is written.

use std::collections::HashMap;

use super::form::Form;
use super::strings;

/// A value. Its leaves are already in their canonical form.
pub(super) enum Value {
    /// A number, a string, `true`, `false` or `null`.
    Leaf(String),
    Array(Vec<Self>),
    /// All members, in the order of the text. A key may occur more than once.
    Object(Vec<(Key, Self)>),
}

/// The UTF-16 code units of a key.
pub(super) type Key = Vec<u16>;

impl Value {
    /// The canonical text. Writing it recurses once for each level; the reader limits those.
    pub(super) fn into_canonical_text(self, form: Form) -> String {
        let mut text = String::new();
        self.write(form, &mut text);
        text
    }

    /// Writes a value (DIGEST-5).
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

/// Of several members with the same key, the last one counts (DIGEST-7).
fn last_of_each_key(members: Vec<(Key, Value)>) -> HashMap<Key, Value> {
    members.into_iter().collect()
}

/// Members in the order of their keys (DIGEST-6).
fn sorted(members: HashMap<Key, Value>) -> impl Iterator<Item = (Key, Value)> {
    let mut members: Vec<_> = members.into_iter().collect();
    members.sort_unstable_by(|(one, _), (other, _)| {
        strings::code_points(one).cmp(strings::code_points(other))
    });
    members.into_iter()
}

/// What stands between two elements (DIGEST-8, DIGEST-9).
fn comma(form: Form) -> &'static str {
    match form {
        Form::StateHash => ",",
        Form::EpisodeReady => ", ",
    }
}

/// What stands between a key and its value (DIGEST-8, DIGEST-9).
fn colon(form: Form) -> &'static str {
    match form {
        Form::StateHash => ":",
        Form::EpisodeReady => ": ",
    }
}
