//! A state as JSON text with its spelling: which escapes, which exponents and which blanks it has.
//!
//! The model's tree holds strings as they are read, and a port may fail because of how a string is written.

/// A state with its spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateText {
    /// The object or array.
    pub root: Node,
    /// The blanks after each bracket that opens, comma and colon.
    pub blanks: String,
}

/// A JSON value, its scalars as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A number, a string between its quotes, or a word.
    Token(String),
    /// An array.
    List(Vec<Self>),
    /// An object: keys are tokens too, and may be there more than once.
    Object(Vec<(String, Self)>),
}

impl StateText {
    /// The state of a text that is valid JSON, as the model reads it, with an object or an array outermost;
    /// none for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        rollwire_model::digest::read(text).ok()?;
        let mut reader = Reader { rest: text, blanks: None };
        let root = reader.node(DEEPEST).filter(|root| !matches!(root, Node::Token(_)))?;
        Some(Self { root, blanks: reader.blanks.unwrap_or_default().to_owned() })
    }

    /// The text.
    pub fn text(&self) -> String {
        let mut text = String::new();
        write(&self.root, &self.blanks, &mut text);
        text
    }
}

impl Node {
    /// The elements of an array, or the values of an object.
    pub fn children(&self) -> Vec<&Self> {
        match self {
            Self::Token(_) => Vec::new(),
            Self::List(elements) => elements.iter().collect(),
            Self::Object(members) => members.iter().map(|(_, value)| value).collect(),
        }
    }

    /// The part at the end of a path of places.
    pub fn at(&mut self, path: &[usize]) -> Option<&mut Self> {
        let Some((place, rest)) = path.split_first() else { return Some(self) };
        let child = match self {
            Self::Token(_) => None,
            Self::List(elements) => elements.get_mut(*place),
            Self::Object(members) => members.get_mut(*place).map(|(_, value)| value),
        };
        child?.at(rest)
    }

    /// The paths of all parts, the outer ones before those within.
    pub fn paths(&self) -> Vec<Vec<usize>> {
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

fn write(part: &Node, blanks: &str, text: &mut String) {
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
        Node::Token(token) => text.push_str(token),
        Node::List(elements) => list('[', ']', elements.len(), &mut |place, text| {
            write(&elements[place], blanks, text);
        }),
        Node::Object(members) => list('{', '}', members.len(), &mut |place, text| {
            let (key, value) = &members[place];
            text.push_str(key);
            text.push(':');
            text.push_str(blanks);
            write(value, blanks, text);
        }),
    }
}

/// No state that is worth shrinking is nested deeper; the reader below calls itself once for each level.
const DEEPEST: usize = 128;

/// Reads text that is known to be valid.
struct Reader<'a> {
    rest: &'a str,
    /// The blanks after the first bracket, comma or colon.
    blanks: Option<&'a str>,
}

impl<'a> Reader<'a> {
    fn node(&mut self, levels: usize) -> Option<Node> {
        self.skip_blanks();
        match self.rest.as_bytes().first()? {
            b'[' => {
                let levels = levels.checked_sub(1)?;
                let mut elements = Vec::new();
                while self.goes_on(b'[', b']')? {
                    elements.push(self.node(levels)?);
                }
                Some(Node::List(elements))
            }
            b'{' => {
                let levels = levels.checked_sub(1)?;
                let mut members = Vec::new();
                while self.goes_on(b'{', b'}')? {
                    self.skip_blanks();
                    let key = self.token()?.to_owned();
                    self.skip_blanks();
                    self.mark(b':')?;
                    members.push((key, self.node(levels)?));
                }
                Some(Node::Object(members))
            }
            _ => self.token().map(|token| Node::Token(token.to_owned())),
        }
    }

    /// Takes the bracket or the comma before the next element; false after the last one.
    fn goes_on(&mut self, open: u8, close: u8) -> Option<bool> {
        self.skip_blanks();
        let first = *self.rest.as_bytes().first()?;
        if first == close {
            self.mark(close)?;
            return Some(false);
        }
        self.mark(if first == open { open } else { b',' })?;
        self.skip_blanks();
        let is_empty = self.rest.as_bytes().first() == Some(&close) && first == open;
        if is_empty {
            self.mark(close)?;
        }
        Some(!is_empty)
    }

    /// Takes a bracket, a comma or a colon, and notes the blanks after the first one.
    fn mark(&mut self, mark: u8) -> Option<()> {
        self.rest = self.rest.strip_prefix(char::from(mark))?;
        let blanks = self.rest.len() - self.rest.trim_start_matches(is_blank).len();
        self.blanks.get_or_insert(&self.rest[..blanks]);
        Some(())
    }

    /// Takes a string with its quotes, a number or a word.
    fn token(&mut self) -> Option<&'a str> {
        let bytes = self.rest.as_bytes();
        let len = if bytes.first() == Some(&b'"') {
            let mut at = 1;
            while *bytes.get(at)? != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
            at + 1
        } else {
            let ends = |c: char| is_blank(c) || [',', ':', ']', '}'].contains(&c);
            self.rest.find(ends).unwrap_or(self.rest.len())
        };
        let (token, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(token)
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(is_blank);
    }
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_as_it_was() {
        for text in [
            "[]",
            "{}",
            r#"[1,-0,1.50e+2,"\u00E9\"]",null,[[]],{}]"#,
            r#"{"a":1,"a":{"":[true]}}"#,
            "[\n1,\n{\n\"a\":\n2}]",
        ] {
            assert_eq!(StateText::parse(text).map(|state| state.text()).as_deref(), Some(text));
        }
    }

    #[test]
    fn text_that_is_not_a_valid_state_is_not_read() {
        for text in ["", "[1", "[01]", "1", "[\u{a0}1]"] {
            assert_eq!(StateText::parse(text), None, "{text}");
        }
        let deep = "[".repeat(200) + &"]".repeat(200);
        assert_eq!(StateText::parse(&deep), None);
    }
}
