//! JSON text as a tree: RFC 8259, nothing more and nothing less.
//!
//! serde_json cannot be used here: it refuses a lone surrogate, keeps only one member for each key,
//! and converts a number into a double unless a feature that affects the whole build is enabled.

use std::{fmt, iter::Peekable, str::Chars};

use super::tree::{Member, State, Units};

/// How deep a tree is nested. The limit is far above that of a state (DIGEST-3), and far too low to
/// exhaust the stack of what walks through the tree. A text that is nested deeper is read to its end.
const DEEPEST: usize = 1000;

/// Text that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// How many characters come before the fault.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
    /// Whether the text is valid JSON that is nested too deep for a tree.
    pub is_deep: bool,
    /// How deep arrays and objects were nested before the fault.
    pub levels: usize,
}

impl fmt::Display for NotJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {} after {} characters", self.expected, self.at)
    }
}

impl std::error::Error for NotJson {}

/// DIGEST-1: reads the whole text as one JSON value.
///
/// # Errors
///
/// [`NotJson`] at the first character that is not allowed there in JSON.
pub fn read(text: &str) -> Result<State, NotJson> {
    let mut reader = Reader { rest: text.chars().peekable(), at: 0, levels: 0, too_deep: None };
    let state = reader.document()?;
    // Only a text that is JSON can be JSON that is nested too deep.
    match (reader.rest.peek(), reader.too_deep) {
        (Some(_), _) => Err(reader.wants("the end")),
        (None, Some(at)) => {
            let expected = "no more nesting";
            Err(NotJson { at, expected, is_deep: true, levels: reader.levels })
        }
        (None, None) => Ok(state),
    }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    at: usize,
    /// The deepest nesting so far.
    levels: usize,
    /// The end of the first array or object below [`DEEPEST`]. Those are read, but not kept: a tree without
    /// a bound would exhaust the stack of whatever walks through it.
    too_deep: Option<usize>,
}

/// An array or object whose end has not been read yet.
enum Open {
    List(Vec<State>),
    /// The members so far, and the key of the value that is being read.
    Object(Vec<Member>, Units),
}

impl Reader<'_> {
    fn wants(&self, expected: &'static str) -> NotJson {
        NotJson { at: self.at, expected, is_deep: false, levels: self.levels }
    }

    fn next(&mut self) -> Option<char> {
        self.at += 1;
        self.rest.next()
    }

    fn next_if(&mut self, wanted: impl FnOnce(char) -> bool) -> Option<char> {
        let found = self.rest.next_if(|&character| wanted(character));
        self.at += usize::from(found.is_some());
        found
    }

    fn takes(&mut self, character: char) -> bool {
        self.next_if(|found| found == character).is_some()
    }

    /// DIGEST-4: exactly these four characters.
    fn skip_blanks(&mut self) {
        while self.next_if(|found| matches!(found, ' ' | '\t' | '\n' | '\r')).is_some() {}
    }

    /// A value with the blanks around it, without recursion: a text may have 100,000 brackets.
    fn document(&mut self) -> Result<State, NotJson> {
        let mut open: Vec<Open> = Vec::new(); // the innermost last
        loop {
            self.skip_blanks();
            let Some(mut value) = self.value_or_begin(&mut open)? else { continue };
            // The end of this value may be the end of several that hold it.
            loop {
                self.skip_blanks();
                let whole = match open.last_mut() {
                    None => return Ok(value),
                    Some(Open::List(elements)) => {
                        elements.push(value);
                        self.ends(']', "`,` or `]`")?
                    }
                    Some(Open::Object(members, key)) => {
                        members.push((std::mem::take(key), value));
                        let ends = self.ends('}', "`,` or `}`")?;
                        if !ends {
                            self.skip_blanks();
                            *key = self.key()?;
                        }
                        ends
                    }
                };
                if !whole {
                    break;
                }
                value = self.closed(&mut open);
            }
        }
    }

    /// A scalar or an empty array or object; `None` after the beginning of one that is not empty.
    fn value_or_begin(&mut self, open: &mut Vec<Open>) -> Result<Option<State>, NotJson> {
        if let Some('{' | '[') = self.rest.peek() {
            self.levels = self.levels.max(open.len() + 1);
        }
        let scalar = match self.rest.peek() {
            Some('{') => {
                self.takes('{');
                self.skip_blanks();
                if self.takes('}') {
                    return Ok(Some(State::Object(Vec::new())));
                }
                let key = self.key()?;
                open.push(Open::Object(Vec::new(), key));
                return Ok(None);
            }
            Some('[') => {
                self.takes('[');
                self.skip_blanks();
                if self.takes(']') {
                    return Ok(Some(State::List(Vec::new())));
                }
                open.push(Open::List(Vec::new()));
                return Ok(None);
            }
            Some('"') => State::Text(self.string()?),
            Some('t') => self.word("true", State::Flag(true))?,
            Some('f') => self.word("false", State::Flag(false))?,
            Some('n') => self.word("null", State::Null)?,
            _ => State::Number(self.number()?),
        };
        Ok(Some(scalar))
    }

    /// Whether the innermost array or object ends here; if not, another part follows.
    fn ends(&mut self, close: char, expected: &'static str) -> Result<bool, NotJson> {
        if self.takes(close) {
            return Ok(true);
        }
        if self.takes(',') { Ok(false) } else { Err(self.wants(expected)) }
    }

    /// The innermost array or object, whose end has been read.
    fn closed(&mut self, open: &mut Vec<Open>) -> State {
        let value = match open.pop() {
            Some(Open::List(elements)) => State::List(elements),
            Some(Open::Object(members, _)) => State::Object(members),
            None => State::Null,
        };
        if open.len() < DEEPEST {
            return value;
        }
        self.too_deep.get_or_insert(self.at);
        State::Null
    }

    fn key(&mut self) -> Result<Units, NotJson> {
        let key = self.string()?;
        self.skip_blanks();
        if !self.takes(':') {
            return Err(self.wants("`:`"));
        }
        Ok(key)
    }

    fn word(&mut self, word: &'static str, state: State) -> Result<State, NotJson> {
        if word.chars().all(|character| self.takes(character)) {
            return Ok(state);
        }
        Err(self.wants(word))
    }

    fn number(&mut self) -> Result<String, NotJson> {
        let mut token = String::new();
        token.extend(self.next_if(|found| found == '-'));
        if self.takes('0') {
            token.push('0');
        } else {
            self.digits(&mut token, "a value")?;
        }
        if self.takes('.') {
            token.push('.');
            self.digits(&mut token, "a digit")?;
        }
        if let Some(exponent) = self.next_if(|found| matches!(found, 'e' | 'E')) {
            token.push(exponent);
            token.extend(self.next_if(|found| matches!(found, '+' | '-')));
            self.digits(&mut token, "a digit")?;
        }
        Ok(token)
    }

    fn digits(&mut self, token: &mut String, expected: &'static str) -> Result<(), NotJson> {
        let before = token.len();
        while let Some(digit) = self.next_if(|found| found.is_ascii_digit()) {
            token.push(digit);
        }
        if token.len() == before { Err(self.wants(expected)) } else { Ok(()) }
    }

    /// DIGEST-10: the units that a string stands for.
    fn string(&mut self) -> Result<Units, NotJson> {
        if !self.takes('"') {
            return Err(self.wants("a string"));
        }
        let mut units = Units::new();
        loop {
            match self.next() {
                Some('"') => return Ok(units),
                Some('\\') => units.push(self.escape()?),
                Some(character) if character >= ' ' => {
                    units.extend(character.encode_utf16(&mut [0; 2]).iter());
                }
                Some(_) => return Err(self.wants("an escape in place of a control character")),
                None => return Err(self.wants("the end of the string")),
            }
        }
    }

    fn escape(&mut self) -> Result<u16, NotJson> {
        let unit = match self.next() {
            Some('"') => '"',
            Some('\\') => '\\',
            Some('/') => '/',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('u') => return self.four_digits(),
            _ => return Err(self.wants("an escape that JSON has")),
        };
        Ok(unit as u16)
    }

    fn four_digits(&mut self) -> Result<u16, NotJson> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.next().and_then(|found| found.to_digit(16));
            let digit = digit.and_then(|digit| u16::try_from(digit).ok());
            unit = unit * 16 + digit.ok_or_else(|| self.wants("four hex digits"))?;
        }
        Ok(unit)
    }
}
