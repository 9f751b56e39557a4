//! A reader for the JSON of requests, and quoted text for answers. Nothing here knows the protocol: if
//! your project has `serde_json`, use that in its place.

use std::fmt::Write;

/// Deeper texts are refused, because reading them needs as much stack.
const DEEPEST: usize = 64;

#[derive(Debug, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    Integer(i64),
    /// A number that is not an `i64`.
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    /// The member of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Self::Object(members) = self else { return None };
        members.iter().find(|(it, _)| it == name).map(|(_, value)| value)
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    pub fn integer(&self) -> Option<i64> {
        if let Self::Integer(integer) = self {
            Some(*integer)
        } else {
            None
        }
    }
}

/// Reads one value and nothing after it. The error says at which byte the text is wrong.
pub fn parse(text: &str) -> Result<Json, String> {
    let mut reader = Reader { text, at: 0 };
    let value = reader.value(0).filter(|_| {
        reader.blanks();
        reader.at == text.len()
    });
    value.ok_or_else(|| format!("not JSON at byte {}", reader.at))
}

/// The text as a JSON string, with its quotation marks.
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\0'..='\u{1f}' => _ = write!(out, "\\u{:04x}", u32::from(character)),
            _ => out.push(character),
        }
    }
    out + "\""
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// Every function leaves `at` where it found a fault, and then returns `None`.
impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    fn take(&mut self, word: &str) -> Option<()> {
        self.text[self.at..].starts_with(word).then(|| self.at += word.len())
    }

    fn blanks(&mut self) {
        while b" \t\r\n".contains(&self.peek()) {
            self.at += 1;
        }
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.blanks();
        match self.peek() {
            b'{' if depth < DEEPEST => {
                let member = |reader: &mut Self| {
                    let name = reader.string()?;
                    reader.blanks();
                    reader.take(":")?;
                    Some((name, reader.value(depth + 1)?))
                };
                self.all("{", "}", member).map(Json::Object)
            }
            b'[' if depth < DEEPEST => {
                self.all("[", "]", |reader| reader.value(depth + 1)).map(Json::List)
            }
            b'"' => self.string().map(Json::Text),
            b't' => self.take("true").map(|()| Json::Flag(true)),
            b'f' => self.take("false").map(|()| Json::Flag(false)),
            b'n' => self.take("null").map(|()| Json::Null),
            _ => self.number(),
        }
    }

    /// Items with commas between them, and a bracket on both sides.
    fn all<T>(
        &mut self,
        open: &str,
        close: &str,
        item: impl Fn(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.take(open)?;
        self.blanks();
        let mut items = Vec::new();
        while self.take(close).is_none() {
            if !items.is_empty() {
                self.take(",")?;
                self.blanks();
            }
            items.push(item(self)?);
            self.blanks();
        }
        Some(items)
    }

    fn digits(&mut self) -> Option<()> {
        let from = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > from).then_some(())
    }

    fn number(&mut self) -> Option<Json> {
        let from = self.at;
        _ = self.take("-");
        if self.take("0").is_none() {
            self.digits()?;
        }
        if self.take(".").is_some() {
            self.digits()?;
        }
        if self.take("e").or_else(|| self.take("E")).is_some() {
            _ = self.take("+").or_else(|| self.take("-"));
            self.digits()?;
        }
        let number = &self.text[from..self.at];
        number.parse().map(Json::Integer).or_else(|_| number.parse().map(Json::Number)).ok()
    }

    fn string(&mut self) -> Option<String> {
        self.take("\"")?;
        let mut text = String::new();
        loop {
            let character = self.text[self.at..].chars().next().filter(|it| *it >= ' ')?;
            self.at += character.len_utf8();
            match character {
                '"' => return Some(text),
                '\\' => text.push(self.escaped()?),
                _ => text.push(character),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        let escape = self.peek();
        let character = match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => return None,
        };
        self.at += 1;
        Some(character)
    }

    /// One character of one or two escapes; half a surrogate pair is not a character.
    fn unicode(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        self.take("\\")?;
        let second = self.unit().filter(|it| (0xdc00..0xe000).contains(it))?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))
    }

    fn unit(&mut self) -> Option<u32> {
        self.take("u")?;
        let digits = self.text.get(self.at..self.at + 4)?;
        let unit = u32::from_str_radix(digits, 16).ok().filter(|_| !digits.starts_with('+'))?;
        self.at += 4;
        Some(unit)
    }
}
