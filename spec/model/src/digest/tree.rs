//! A state as its text has it, before anything is rounded, sorted or thrown away.

/// The UTF-16 units of a string. They can hold a lone surrogate, which a Rust string cannot.
pub type Units = Vec<u16>;

/// A member of an object: its key and its value.
pub type Member = (Units, State);

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number, as it is spelled: which number it is depends on the form.
    Number(String),
    /// A string, its escapes read.
    Text(Units),
    /// An array.
    List(Vec<Self>),
    /// An object: all members, in the order of the text, also those with the same key.
    Object(Vec<Member>),
}

/// The units of ordinary text.
#[must_use]
pub fn units(text: &str) -> Units {
    text.encode_utf16().collect()
}

impl State {
    /// How many arrays and objects lie within each other at the deepest place; 0 for a scalar.
    #[must_use]
    pub fn depth(&self) -> usize {
        let deepest = |depths: &mut dyn Iterator<Item = usize>| 1 + depths.max().unwrap_or(0);
        match self {
            Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_) => 0,
            Self::List(elements) => deepest(&mut elements.iter().map(Self::depth)),
            Self::Object(members) => deepest(&mut members.iter().map(|(_, value)| value.depth())),
        }
    }

    /// Every string, keys included.
    pub(super) fn strings(&self) -> Vec<&Units> {
        match self {
            Self::Null | Self::Flag(_) | Self::Number(_) => Vec::new(),
            Self::Text(text) => vec![text],
            Self::List(elements) => elements.iter().flat_map(Self::strings).collect(),
            Self::Object(members) => members
                .iter()
                .flat_map(|(key, value)| [key].into_iter().chain(value.strings()))
                .collect(),
        }
    }

    /// The token of every number, also of those in members that a later one replaces.
    pub(super) fn numbers(&self) -> Vec<&str> {
        match self {
            Self::Null | Self::Flag(_) | Self::Text(_) => Vec::new(),
            Self::Number(token) => vec![token],
            Self::List(elements) => elements.iter().flat_map(Self::numbers).collect(),
            Self::Object(members) => {
                members.iter().flat_map(|(_, value)| value.numbers()).collect()
            }
        }
    }
}
