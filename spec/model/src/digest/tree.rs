//! A state as it is written in its text, before anything is rounded, sorted or removed.

/// The UTF-16 units of a string. They can contain a lone surrogate; a Rust string cannot.
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
    /// The token of a number. Its value depends on the form.
    Number(String),
    /// A string, with its escapes resolved.
    Text(Units),
    /// An array.
    List(Vec<Self>),
    /// An object: all members, in the order of the text, including those with the same key.
    Object(Vec<Member>),
}

/// The units of ordinary text.
#[must_use]
pub fn units(text: &str) -> Units {
    text.encode_utf16().collect()
}

impl State {
    /// How deep arrays and objects are nested; 0 for a scalar.
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

    /// The token of every number, including those in members that a later member replaces.
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
