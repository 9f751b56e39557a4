//! The reader of JSON text. It keeps what a digest needs and readers of maps lose: the spelling
//! of numbers, lone surrogates, and every member of an object.

use std::mem;

use super::values::{Key, Value};
use super::{Form, StateRefusal, numbers, strings};

/// How many objects and arrays may lie in each other (DIGEST-3).
const MAX_DEPTH: usize = 100;

/// The value of a text. Where more than one refusal fits, the text comes before its outermost
/// value, and that before the depth and the first number at fault.
pub(super) fn read(form: Form, text: &str) -> Result<Value, StateRefusal> {
    let mut reader = Reader { form, text, at: 0, open: Vec::new(), deep: Vec::new(), fault: None };
    let value = reader.document().ok_or(StateRefusal::NotJson(reader.at))?;
    match (value, reader.fault) {
        (Value::Leaf(_), _) => Err(StateRefusal::NoContainer),
        (_, Some(fault)) => Err(fault),
        (value, None) => Ok(value),
    }
}

/// An object or array whose end has not come.
enum Open {
    Array(Vec<Value>),
    /// The members so far, and the key of the one that is being read.
    Object(Vec<(Key, Value)>, Key),
}

/// What may stand behind a value.
enum Kind {
    Array,
    Object,
}

struct Reader<'t> {
    form: Form,
    text: &'t str,
    at: usize,
    open: Vec<Open>,
    /// The kinds of what is open deeper than that is allowed: read, but not kept.
    deep: Vec<Kind>,
    /// The first refusal of a text that is JSON.
    fault: Option<StateRefusal>,
}

/// Each method gives `None` where the text ceases to be JSON; `at` is there (DIGEST-1).
impl Reader<'_> {
    fn document(&mut self) -> Option<Value> {
        loop {
            let Some(mut value) = self.leaf_or_begin()? else { continue };
            // A value may be the last one of several that are open.
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

    /// The next value, or the beginning of one that has others in it.
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

    /// DIGEST-3: memory for what lies too deep is one byte a level.
    fn begin(&mut self, open: Open, kind: Kind) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(open);
        } else {
            self.deep.push(kind);
            self.fault.get_or_insert(StateRefusal::TooDeep);
        }
    }

    fn end(&mut self) -> Value {
        if self.deep.pop().is_some() {
            return Value::Leaf(String::new());
        }
        match self.open.pop() {
            Some(Open::Array(elements)) => Value::Array(elements),
            Some(Open::Object(members, _)) => Value::Object(members),
            None => Value::Leaf(String::new()),
        }
    }

    fn innermost(&self) -> Option<Kind> {
        match (self.deep.last(), self.open.last()) {
            (Some(Kind::Array), _) | (None, Some(Open::Array(_))) => Some(Kind::Array),
            (Some(Kind::Object), _) | (None, Some(Open::Object(..))) => Some(Kind::Object),
            (None, None) => None,
        }
    }

    fn keep(&mut self, value: Value) {
        match self.open.last_mut() {
            Some(_) if !self.deep.is_empty() => {}
            Some(Open::Array(elements)) => elements.push(value),
            Some(Open::Object(members, key)) => members.push((mem::take(key), value)),
            None => {}
        }
    }

    fn key(&mut self) -> Option<()> {
        let read = self.string()?;
        self.blanks();
        self.expect(b':')?;
        if let (true, Some(Open::Object(_, key))) = (self.deep.is_empty(), self.open.last_mut()) {
            *key = read;
        }
        Some(())
    }

    /// DIGEST-4.
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
        let written = numbers::written(self.form, self.text.get(from..self.at)?);
        // DIGEST-23, DIGEST-25: also one of a member that will not count.
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
