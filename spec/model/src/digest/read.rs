//! JSON text as a tree: RFC 8259, nothing more and nothing less.
//!
//! serde_json cannot be used here: it refuses a lone surrogate, keeps only one member for each key,
//! and converts a number into a double unless a feature that affects the whole build is enabled.

use std::{fmt, iter::Peekable, str::Chars};

use super::tree::{Member, State, Units};

/// How deep the reader nests. The limit is far above that of a state (DIGEST-3), and far too low to
/// exhaust the stack.
const DEEPEST: usize = 1000;

/// Text that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotJson {
    /// How many characters come before the fault.
    pub at: usize,
    /// What was expected there.
    pub expected: &'static str,
    /// Whether the text may be valid JSON that is nested too deep for the reader.
    pub is_deep: bool,
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
    let mut reader = Reader { rest: text.chars().peekable(), at: 0 };
    reader.skip_blanks();
    let state = reader.value(0)?;
    reader.skip_blanks();
    match reader.rest.peek() {
        None => Ok(state),
        Some(_) => Err(reader.wants("the end")),
    }
}

struct Reader<'a> {
    rest: Peekable<Chars<'a>>,
    at: usize,
}

impl Reader<'_> {
    fn wants(&self, expected: &'static str) -> NotJson {
        NotJson { at: self.at, expected, is_deep: false }
    }

    /// The fault at the character that was taken last, or at the end of the text.
    fn wanted(&self, expected: &'static str) -> NotJson {
        NotJson { at: self.at.saturating_sub(1), expected, is_deep: false }
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

    fn value(&mut self, depth: usize) -> Result<State, NotJson> {
        if depth > DEEPEST {
            return Err(NotJson { is_deep: true, ..self.wants("at most 100 levels") });
        }
        match self.rest.peek() {
            Some('{') => self.object(depth),
            Some('[') => self.list(depth),
            Some('"') => Ok(State::Text(self.string()?)),
            Some('t') => self.word("true", State::Flag(true)),
            Some('f') => self.word("false", State::Flag(false)),
            Some('n') => self.word("null", State::Null),
            _ => Ok(State::Number(self.number()?)),
        }
    }

    fn word(&mut self, word: &'static str, state: State) -> Result<State, NotJson> {
        let at = self.at;
        if word.chars().all(|character| self.takes(character)) {
            return Ok(state);
        }
        Err(NotJson { at, expected: "a value", is_deep: false })
    }

    fn list(&mut self, depth: usize) -> Result<State, NotJson> {
        let mut elements = Vec::new();
        self.takes('[');
        self.skip_blanks();
        if self.takes(']') {
            return Ok(State::List(elements));
        }
        loop {
            self.skip_blanks();
            elements.push(self.value(depth + 1)?);
            self.skip_blanks();
            if self.takes(']') {
                return Ok(State::List(elements));
            }
            if !self.takes(',') {
                return Err(self.wants("`,` or `]`"));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<State, NotJson> {
        let mut members: Vec<Member> = Vec::new();
        self.takes('{');
        self.skip_blanks();
        if self.takes('}') {
            return Ok(State::Object(members));
        }
        loop {
            self.skip_blanks();
            let key = self.string()?;
            self.skip_blanks();
            if !self.takes(':') {
                return Err(self.wants("`:`"));
            }
            self.skip_blanks();
            members.push((key, self.value(depth + 1)?));
            self.skip_blanks();
            if self.takes('}') {
                return Ok(State::Object(members));
            }
            if !self.takes(',') {
                return Err(self.wants("`,` or `}`"));
            }
        }
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
                Some(_) => return Err(self.wanted("an escape in place of a control character")),
                None => return Err(self.wanted("the end of the string")),
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
            _ => return Err(self.wanted("an escape that JSON has")),
        };
        Ok(unit as u16)
    }

    fn four_digits(&mut self) -> Result<u16, NotJson> {
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.next().and_then(|found| found.to_digit(16));
            let digit = digit.and_then(|digit| u16::try_from(digit).ok());
            unit = unit * 16 + digit.ok_or_else(|| self.wanted("four hex digits"))?;
        }
        Ok(unit)
    }
}
