//! A state as it is spelled: which escape, which exponent and which blanks its text has.
//!
//! The model's tree has its strings read already, and a port may fail at how a string was written.

/// A state, and the blanks behind its commas, colons and brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) root: Part,
    pub(crate) blanks: &'static str,
}

/// A JSON value, its scalars as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A number, a string between its quotes, or a word.
    Token(String),
    /// An array.
    List(Vec<Self>),
    /// An object: keys are tokens too, and may be there more than once.
    Object(Vec<(String, Self)>),
}

impl Spelled {
    /// The text.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        write(&self.root, self.blanks, &mut text);
        text
    }
}

impl Part {
    /// The elements of an array, or the values of an object.
    pub(crate) fn children(&self) -> Vec<&Self> {
        match self {
            Self::Token(_) => Vec::new(),
            Self::List(elements) => elements.iter().collect(),
            Self::Object(members) => members.iter().map(|(_, value)| value).collect(),
        }
    }

    /// The part at the end of a path of places.
    pub(crate) fn at(&mut self, path: &[usize]) -> Option<&mut Self> {
        let Some((place, rest)) = path.split_first() else { return Some(self) };
        let child = match self {
            Self::Token(_) => None,
            Self::List(elements) => elements.get_mut(*place),
            Self::Object(members) => members.get_mut(*place).map(|(_, value)| value),
        };
        child?.at(rest)
    }

    /// The paths of all parts, the outer ones before those within.
    pub(crate) fn paths(&self) -> Vec<Vec<usize>> {
        let mut paths = vec![Vec::new()];
        for (place, child) in self.children().into_iter().enumerate() {
            paths.extend(child.paths().into_iter().map(|mut path| {
                path.insert(0, place);
                path
            }));
        }
        paths
    }
}

fn write(part: &Part, blanks: &str, text: &mut String) {
    let mut list =
        |open: char, close: char, len: usize, each: &mut dyn FnMut(usize, &mut String)| {
            text.push(open);
            for place in 0..len {
                if place > 0 {
                    text.push(',');
                }
                text.push_str(blanks);
                each(place, text);
            }
            text.push(close);
        };
    match part {
        Part::Token(token) => text.push_str(token),
        Part::List(elements) => list('[', ']', elements.len(), &mut |place, text| {
            write(&elements[place], blanks, text);
        }),
        Part::Object(members) => list('{', '}', members.len(), &mut |place, text| {
            let (key, value) = &members[place];
            text.push_str(key);
            text.push(':');
            text.push_str(blanks);
            write(value, blanks, text);
        }),
    }
}
