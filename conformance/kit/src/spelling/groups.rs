//! Divides a text into datagrams: each line is one, and so is whatever stands in brackets or
//! quotation marks, over several lines if need be.

use super::{
    fault::Fault,
    json,
    numbers::{self, Around},
    reading::{HowToRead, Reading, Spelling, add},
    strings,
};
use crate::text::shorten;

/// How deep brackets may be nested.
const DEEPEST: usize = 8;

/// The longest object that is read, in bytes. The longest datagram needs 1.3 MB as a list, and a tree
/// of JSON takes many times as much memory as its text.
const LONGEST_OBJECT: usize = 2 * 1024 * 1024;

/// Lines of these lengths, with a shorter one at the end, are probably one datagram: `xxd -p` and
/// `base64` break lines so.
const WRAPPED: [usize; 3] = [60, 64, 76];

/// A part of the text, and its position in the whole text.
#[derive(Clone, Copy)]
struct Part<'a> {
    at: usize,
    text: &'a str,
}

impl<'a> Part<'a> {
    fn from(self, begin: usize) -> Self {
        Self { at: self.at + begin, text: &self.text[begin..] }
    }

    fn between(self, begin: usize, end: usize) -> Self {
        Self { at: self.at + begin, text: &self.text[begin..end] }
    }

    /// The part without blanks, commas and semicolons around it.
    fn trimmed(self) -> Self {
        let is_outside = |found: char| found.is_whitespace() || matches!(found, ',' | ';');
        let begin = self.text.len() - self.text.trim_start_matches(is_outside).len();
        let part = self.from(begin);
        Part { at: part.at, text: part.text.trim_end_matches(is_outside) }
    }
}

/// Reads all datagrams of a text.
pub(super) fn read(text: &str, how: HowToRead, reading: &mut Reading) -> Result<(), Fault> {
    let mut reader = Reader { how, reading, bare: Vec::new() };
    reader.part(Part { at: 0, text }, 0)?;
    let bare = std::mem::take(&mut reader.bare);
    if let Some(wrapped) = wrapped(&bare) {
        reading.notes.push(format!(
            "every line is read as a datagram of its own; the lines have {wrapped} characters each, so \
             if they are one datagram that was broken into lines, give --join"
        ));
    }
    Ok(())
}

/// The length that all bare lines but the last have, if it is one at which tools break lines.
fn wrapped(lengths: &[usize]) -> Option<usize> {
    let (last, lines) = lengths.split_last()?;
    let first = *lines.first()?;
    let is_wrapped = WRAPPED.contains(&first) && lines.iter().all(|it| *it == first);
    (is_wrapped && *last <= first).then_some(first)
}

struct Reader<'r> {
    how: HowToRead,
    reading: &'r mut Reading,
    /// The lengths of the lines without brackets and quotation marks.
    bare: Vec<usize>,
}

impl Reader<'_> {
    /// Reads the datagrams of a part. Whatever stands before a bracket names its kind.
    fn part(&mut self, part: Part<'_>, depth: usize) -> Result<(), Fault> {
        if depth > DEEPEST {
            return Err(Fault::at(
                part.at,
                format!("brackets are nested more than {DEEPEST} deep"),
            ));
        }
        let mut begin = 0;
        let mut at = 0;
        while let Some(rest) = part.text.get(at..).filter(|rest| !rest.is_empty()) {
            let character = rest.chars().next().unwrap_or_default();
            let before = part.between(begin, at);
            match character {
                '\n' if ends(before.text) => {
                    self.bare(before)?;
                    begin = at + 1;
                }
                '[' if is_type(rest) => at += rest.find(']').unwrap_or_default(),
                '[' | '{' | '<' => {
                    let close = closing(part.from(at))?;
                    self.brackets(before, part.between(at, at + close + 1), depth)?;
                    at += close;
                    begin = at + 1;
                }
                '"' | '\'' | '`' => {
                    let (content, end) = strings_from(part.from(at), character)?;
                    self.string(before, &content)?;
                    at += end - 1;
                    begin = at + 1;
                }
                '/' if rest.starts_with("/*") => {
                    self.bare(before)?;
                    let end = rest[2..].find("*/").map(|end| end + 2);
                    let end =
                        end.ok_or_else(|| Fault::at(part.at + at, "this comment has no end"))?;
                    at += end + 1;
                    begin = at + 1;
                }
                _ => {}
            }
            at += part.text[at..].chars().next().map_or(1, char::len_utf8);
        }
        self.bare(part.from(begin.min(part.text.len())))
    }

    /// A line, or the rest of one, without brackets and quotation marks.
    fn bare(&mut self, part: Part<'_>) -> Result<(), Fault> {
        let Part { at, text } = part.trimmed();
        // The ends of `Buffer.from([…])` and of `0: 7}`.
        let text = text.trim_start_matches([')', ' ', ',', ';']);
        // `xxd -i` writes the length after the array.
        let is_length = text.starts_with("unsigned int ") && text.contains("_len = ");
        if text.is_empty() || text == "\\" || is_length {
            return Ok(());
        }
        let at = at + part.trimmed().text.len() - text.len();
        self.bare.push(text.len());
        let read = self.bare_bytes(text).map_err(|fault| fault.moved(at))?;
        add(self.reading, at, read)
    }

    fn bare_bytes(&self, text: &str) -> Result<(Vec<u8>, Spelling), Fault> {
        let base64 = || strings::base64(text).map(|bytes| (bytes, Spelling::Base64));
        let not_base64 = || Fault::at(0, format!("`{}` is not base64", shorten(text)));
        match self.how.spelling {
            Some(Spelling::Base64) => return base64().ok_or_else(not_base64),
            Some(Spelling::Escapes) => return escapes(text),
            Some(_) => return numbers::read(text, Around::Nothing, self.how.spelling),
            None if text.contains('\\') => return escapes(text),
            None => {}
        }
        let encoded = text.split_once(";base64,").map_or(text, |(_, encoded)| encoded);
        if encoded.len() < text.len() {
            let bytes = strings::base64(encoded).ok_or_else(not_base64)?;
            return Ok((bytes, Spelling::Base64));
        }
        numbers::read(text, Around::Nothing, None).or_else(|fault| {
            let is_base64 = !text.contains(char::is_whitespace) && strings::looks_like_base64(text);
            is_base64.then(base64).flatten().ok_or(fault)
        })
    }

    /// Brackets with what they hold; `before` is the text before them.
    fn brackets(&mut self, before: Part<'_>, group: Part<'_>, depth: usize) -> Result<(), Fault> {
        let before = before.trimmed();
        let inner = group.between(1, group.text.len() - 1);
        // Node.js prints `ArrayBuffer { [Uint8Contents]: <07 00>, byteLength: 2 }`.
        if let Some(begin) = contents_of_a_buffer(inner.text) {
            let contents = inner.from(begin);
            let end = closing(contents)?;
            return self.brackets(before, contents.between(0, end + 1), depth);
        }
        // Browsers list the properties of an array after its elements.
        let inner = match inner.text.find(", buffer: ") {
            Some(end) => inner.between(0, end),
            None => inner,
        };
        let is_object = group.text.starts_with('{') && inner.text.trim_start().starts_with('"');
        if is_object {
            let is_short = group.text.len() <= LONGEST_OBJECT;
            let json = is_short.then(|| serde_json::from_str(group.text).ok()).flatten();
            let bytes = json.as_ref().and_then(json::bytes_of);
            let what = "this object holds no bytes: it needs `data` with a list of bytes, `hex`, or the \
                        members 0, 1, 2 and so on";
            let bytes = bytes.ok_or_else(|| Fault::at(group.at, what))?;
            return add(self.reading, group.at, bytes);
        }
        let words = check_words(before)?;
        if !group.text.starts_with('<') && inner.text.contains(['[', '{', '<', '"', '\'']) {
            return self.part(inner, depth + 1);
        }
        // Node.js prints `<Buffer 07 00>`, others `Buffer <07 00>`.
        let (inner, words) = match inner.text.trim_start().strip_prefix("Buffer") {
            Some(rest) => (inner.from(inner.text.len() - rest.len()), "Buffer".to_owned()),
            None => (inner, words),
        };
        let around = match () {
            () if group.text.starts_with('<') => Around::Known(Spelling::Hex),
            () if is_array_of_numbers(&words) => Around::Known(Spelling::Decimal),
            () => Around::Brackets,
        };
        let prefixed = inner.text.contains("0x") || inner.text.contains("0X");
        let around = if prefixed && around != Around::Known(Spelling::Hex) {
            Around::Brackets
        } else {
            around
        };
        let spelling = self.how.spelling;
        let (bytes, spelling) =
            numbers::read(inner.text, around, spelling).map_err(|fault| fault.moved(inner.at))?;
        if let Some(declared) = declared_length(&words).filter(|it| *it != bytes.len()) {
            let what =
                format!("`{}` says {declared} bytes, but {} follow", shorten(&words), bytes.len());
            return Err(Fault::at(group.at, what));
        }
        add(self.reading, group.at, (bytes, spelling))
    }

    /// A string, or several that follow each other directly.
    fn string(&mut self, before: Part<'_>, parts: &[Part<'_>]) -> Result<(), Fault> {
        let before = before.trimmed();
        let Some(first) = parts.first() else { return Ok(()) };
        // `Buffer.from("0700", "hex")` names the encoding of the string before it.
        if before.text.is_empty() && ["hex", "base64", "base64url"].contains(&first.text) {
            return Ok(());
        }
        let words = check_words(before)?;
        // `array('B', [7, 0])` of Python names the type of the elements.
        if words.ends_with("array(") {
            return Ok(());
        }
        let is_python = words.ends_with('b') && parts.iter().all(|it| !it.text.contains("\\u"));
        let mut bytes = Vec::new();
        let mut spelling = Spelling::Escapes;
        for part in parts {
            let has_escapes = is_python || part.text.contains('\\');
            let read = match self.how.spelling {
                None if part.text.is_empty() => Ok((Vec::new(), Spelling::Hex)),
                None if has_escapes => escapes(part.text),
                _ => self.bare_bytes(part.text),
            };
            let (some, how) = read.map_err(|fault| fault.moved(part.at))?;
            bytes.extend(some);
            spelling = how;
        }
        add(self.reading, first.at, (bytes, spelling))
    }
}

fn escapes(text: &str) -> Result<(Vec<u8>, Spelling), Fault> {
    strings::unescape(text).map(|bytes| (bytes, Spelling::Escapes))
}

/// Whether a line break after this text ends a datagram: not after a comma, an assignment or a
/// backslash.
fn ends(before: &str) -> bool {
    let before = before.trim_end();
    let goes_on = before.ends_with(',') || before.ends_with('\\') || before.ends_with(" =");
    !goes_on || before.trim().is_empty()
}

/// Whether these brackets belong to a type, as in `char peer0[13] = {`, `[]byte{`, `new byte[] {` or
/// `let bytes: [u8; 13] = [`, and are not a list.
fn is_type(rest: &str) -> bool {
    let Some((inner, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) else {
        return false;
    };
    let is_length = inner.bytes().all(|byte| byte.is_ascii_digit());
    let after_blanks = after.trim_start_matches([' ', '\t']);
    let has_elements = after.starts_with(char::is_alphabetic) || after_blanks.starts_with('{');
    let is_assigned = after.trim_start().starts_with('=');
    is_length && (has_elements || is_assigned) || inner.starts_with("u8;") && is_assigned
}

/// The position of `<07 00>` in what Node.js prints between the braces of an `ArrayBuffer`.
fn contents_of_a_buffer(inner: &str) -> Option<usize> {
    let contents = inner.trim_start().strip_prefix("[Uint8Contents]:")?.trim_start();
    contents.starts_with('<').then_some(inner.len() - contents.len())
}

/// The position of the bracket that closes the first one.
fn closing(part: Part<'_>) -> Result<usize, Fault> {
    let mut open = Vec::new();
    let mut quoted = None;
    let mut escaped = false;
    for (at, character) in part.text.char_indices() {
        if let Some(quote) = quoted {
            quoted = Some(quote).filter(|quote| escaped || *quote != character);
            escaped = !escaped && character == '\\';
            continue;
        }
        match character {
            '"' | '\'' => quoted = Some(character),
            '[' => open.push(']'),
            '{' => open.push('}'),
            '<' => open.push('>'),
            ']' | '}' | '>' => {
                if open.pop() != Some(character) {
                    let what = format!("`{character}` does not close the bracket before it");
                    return Err(Fault::at(part.at + at, what));
                }
                if open.is_empty() {
                    return Ok(at);
                }
            }
            _ => {}
        }
    }
    let bracket: String = part.text.chars().take(1).collect();
    Err(Fault::at(part.at, format!("`{bracket}` is never closed")))
}

/// The contents of the string that begins here, and of those that follow it directly or after a
/// backslash at the end of the line. Also the length of all of them.
fn strings_from(part: Part<'_>, quote: char) -> Result<(Vec<Part<'_>>, usize), Fault> {
    let (mut contents, mut at) = (Vec::new(), 0);
    loop {
        let begin = at + quote.len_utf8();
        let mut escaped = false;
        let end = part.text[begin..].char_indices().find(|(_, character)| {
            let ends = *character == quote && !escaped;
            escaped = *character == '\\' && !escaped;
            ends
        });
        let Some((length, _)) = end else {
            return Err(Fault::at(part.at + at, format!("`{quote}` is never closed")));
        };
        contents.push(part.between(begin, begin + length));
        let after = begin + length + quote.len_utf8();
        let rest = part.text[after..].trim_start_matches([' ', '\t']);
        let rest = match rest.strip_prefix('\\') {
            Some(next) => next.trim_start(),
            None => rest,
        };
        if !rest.starts_with(quote) {
            return Ok((contents, after));
        }
        at = part.text.len() - rest.len();
    }
}

/// The words before a bracket or a string. They are not read, so they must not be bytes.
fn check_words(before: Part<'_>) -> Result<String, Fault> {
    let is_word = |found: char| {
        found.is_alphanumeric() || found.is_whitespace() || "_.()!&=:;*$[]".contains(found)
    };
    let text = before.text.trim_start_matches([')', ',', ';', ' ']).trim();
    let is_hex = |word: &str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let has_bytes = text.split_whitespace().all(is_hex) && !text.is_empty();
    if has_bytes || !text.chars().all(is_word) {
        let shown = shorten(text);
        let what = format!(
            "`{shown}` before a bracket is not understood; put each datagram on a line of its own"
        );
        return Err(Fault::at(before.at, what));
    }
    Ok(text.to_owned())
}

/// Whether these words begin an array whose elements are printed in decimal.
fn is_array_of_numbers(words: &str) -> bool {
    let words = words.to_ascii_lowercase();
    let of_bytes = ["[]byte", "[]uint8", "byte[", "vec!", "[u8;"];
    ["uint8array", "uint8clampedarray", "int8array", "bytes(", "bytearray", "array.array"]
        .iter()
        .chain(&of_bytes)
        .any(|name| words.contains(name))
}

/// 13 of `Uint8Array(13)`.
fn declared_length(words: &str) -> Option<usize> {
    let (before, digits) = words.trim().strip_suffix(')')?.rsplit_once('(')?;
    before.ends_with(|last: char| last.is_alphanumeric()).then(|| digits.parse().ok()).flatten()
}
