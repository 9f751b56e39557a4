//! A reader of JSON text. It keeps what a digest needs and most JSON readers lose: how a number is
//! written, lone surrogates, and members whose key occurs twice.

use std::mem;

use super::form::Form;
use super::refusal::StateRefusal;
use super::values::{Key, Value};
use super::{numbers, strings};

/// How many levels of objects and arrays a state may have (DIGEST-3).
const MAX_DEPTH: usize = 100;

/// Reads the value of a text.
///
/// If there is more than one reason to refuse it, malformed JSON comes first, then the kind of the
/// outermost value, then whichever comes first of a level too deep and a number out of range.
pub(super) fn read(form: Form, text: &str) -> Result<Value, StateRefusal> {
    let mut reader =
        Reader { form, text, at: 0, open: Vec::new(), too_deep: Vec::new(), fault: None };
    let value = reader.document().ok_or(StateRefusal::NotJson(reader.at))?;
    match (value, reader.fault) {
        (Value::Leaf(_), _) => Err(StateRefusal::NotAContainer),
        (_, Some(fault)) => Err(fault),
        (value, None) => Ok(value),
    }
}

/// An object or array whose end has not been read yet.
enum Open {
    Array(Vec<Value>),
    /// The members so far, and the key of the member that is being read.
    Object(Vec<(Key, Value)>, Key),
}

/// What a value stands in, which decides what may follow it.
enum Kind {
    Array,
    Object,
}

struct Reader<'t> {
    form: Form,
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    /// The open objects and arrays below the deepest level allowed. They are read, but not kept.
    too_deep: Vec<Kind>,
    /// The first reason to refuse the text, should it turn out to be JSON.
    fault: Option<StateRefusal>,
}

/// Each method returns `None` where the text stops being JSON; `at` is that place (DIGEST-1).
impl Reader<'_> {
    fn document(&mut self) -> Option<Value> {
        loop {
            let Some(mut value) = self.leaf_or_begin()? else { continue };
            // The end of this value may also be the end of several that contain it.
            loop {
                self.blanks();
                let Some(kind) = self.innermost() else {
                    return (self.at == self.text.len()).then_some(value);
                };
                self.keep(value);
                if self.eat(b',') {
                    self.blanks();
                    if matches!(kind, Kind::Object) {
                        self.key()?;
                    }
                    break;
                }
                self.expect(if matches!(kind, Kind::Array) { b']' } else { b'}' })?;
                value = self.end();
            }
        }
    }

    /// Reads a whole value, or the beginning of an object or array that is not empty.
    fn leaf_or_begin(&mut self) -> Option<Option<Value>> {
        self.blanks();
        match self.peek()? {
            b'[' => self.begin_array(),
            b'{' => self.begin_object(),
            b'"' => {
                let mut leaf = String::new();
                strings::write(&self.string()?, &mut leaf);
                Some(Some(Value::Leaf(leaf)))
            }
            b'-' | b'0'..=b'9' => Some(Some(Value::Leaf(self.number()?))),
            _ => ["null", "true", "false"]
                .into_iter()
                .find(|word| self.eat_word(word))
                .map(|word| Some(Value::Leaf(word.to_owned()))),
        }
    }

    fn begin_array(&mut self) -> Option<Option<Value>> {
        self.expect(b'[')?;
        self.blanks();
        self.begin(Open::Array(Vec::new()), Kind::Array);
        Some(self.eat(b']').then(|| self.end()))
    }

    fn begin_object(&mut self) -> Option<Option<Value>> {
        self.expect(b'{')?;
        self.blanks();
        self.begin(Open::Object(Vec::new(), Key::new()), Kind::Object);
        if self.eat(b'}') {
            return Some(Some(self.end()));
        }
        self.key()?;
        Some(None)
    }

    /// A level that is too deep takes one byte of memory (DIGEST-3).
    fn begin(&mut self, open: Open, kind: Kind) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(open);
        } else {
            self.too_deep.push(kind);
            self.fault.get_or_insert(StateRefusal::TooDeep);
        }
    }

    fn end(&mut self) -> Value {
        if self.too_deep.pop().is_some() {
            return Value::Leaf(String::new());
        }
        match self.open.pop() {
            Some(Open::Array(elements)) => Value::Array(elements),
            Some(Open::Object(members, _)) => Value::Object(members),
            None => Value::Leaf(String::new()),
        }
    }

    fn innermost(&self) -> Option<Kind> {
        match (self.too_deep.last(), self.open.last()) {
            (Some(Kind::Array), _) | (None, Some(Open::Array(_))) => Some(Kind::Array),
            (Some(Kind::Object), _) | (None, Some(Open::Object(..))) => Some(Kind::Object),
            (None, None) => None,
        }
    }

    fn keep(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(_) if !self.too_deep.is_empty() => {}
            Some(Open::Array(elements)) => elements.push(value),
            Some(Open::Object(members, key)) => members.push((mem::take(key), value)),
            None => {}
        }
    }

    fn key(&mut self) -> Option<()> {
        let read = self.string()?;
        self.blanks();
        self.expect(b':')?;
        if let (true, Some(Open::Object(_, key))) = (self.too_deep.is_empty(), self.open.last_mut())
        {
            *key = read;
        }
        Some(())
    }

    /// Passes over blanks (DIGEST-4).
    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn number(&mut self) -> Option<String> {
        let from = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        let written = numbers::canonical(self.form, self.text.get(from..self.at)?);
        // DIGEST-23, DIGEST-25 hold also for a member that a later one of the same key replaces.
        Some(written.unwrap_or_else(|fault| {
            self.fault.get_or_insert(fault);
            String::new()
        }))
    }

    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn string(&mut self) -> Option<Vec<u16>> {
        self.expect(b'"')?;
        let mut units = Vec::new();
        loop {
            let next = self.text.get(self.at..)?.chars().next()?;
            match next {
                '"' => {
                    self.at += 1;
                    return Some(units);
                }
                '\\' => units.push(self.escape()?),
                '\0'..' ' => return None,
                _ => {
                    self.at += next.len_utf8();
                    units.extend_from_slice(next.encode_utf16(&mut [0; 2]));
                }
            }
        }
    }

    fn escape(&mut self) -> Option<u16> {
        self.expect(b'\\')?;
        let unit = match self.peek()? {
            letter @ (b'"' | b'\\' | b'/') => letter.into(),
            b'b' => 0x08,
            b'f' => 0x0C,
            b'n' => 0x0A,
            b'r' => 0x0D,
            b't' => 0x09,
            b'u' => {
                let digits = self.text.get(self.at + 1..self.at + 5)?;
                let unit = hex::decode(digits).ok()?.try_into().map(u16::from_be_bytes).ok()?;
                self.at += 5;
                return Some(unit);
            }
            _ => return None,
        };
        self.at += 1;
        Some(unit)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        self.eat(byte).then_some(())
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let there = self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        self.at += if there { word.len() } else { 0 };
        there
    }
}
