//! JSON that people read too: what a terminal would not show is escaped, as JSON allows everywhere.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::hidden::is_hidden;

/// Writes a value on one line, and the end of the line.
///
/// # Errors
/// When the sink cannot be written.
pub fn write_line(sink: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *sink, Plain(CompactFormatter)))?;
    sink.write_all(b"\n")
}

/// Writes a value on many lines, and the end of the last line.
///
/// # Errors
/// When the sink cannot be written.
pub fn write_pretty(sink: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *sink, Plain(PrettyFormatter::new())))?;
    sink.write_all(b"\n")
}

/// A formatter that escapes more characters than JSON requires.
struct Plain<F>(F);

/// The methods of the formatter that this one leaves alone.
macro_rules! as_before {
    ($($name:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $name<W: ?Sized + Write>(&mut self, sink: &mut W $(, $argument: $type)*) -> io::Result<()> {
            self.0.$name(sink $(, $argument)*)
        }
    )*};
}

impl<F: Formatter> Formatter for Plain<F> {
    as_before! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        sink: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let escapes = |at: usize, it: char| is_hidden(it) || fragment[at..].starts_with("##[");
        if fragment.is_ascii() && !fragment.contains("##[") && !fragment.contains('\u{7f}') {
            return sink.write_all(fragment.as_bytes());
        }
        let mut text = String::with_capacity(fragment.len());
        for (at, character) in fragment.char_indices() {
            if escapes(at, character) {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(text, "\\u{unit:04x}");
                }
            } else {
                text.push(character);
            }
        }
        sink.write_all(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_does_not_show_is_escaped_and_read_back() {
        let hostile = "a\u{9b}\u{7f}\u{202e}\u{2028}\u{e0041}é🙂\"\\\n##[error]";
        let value = serde_json::json!({ hostile: [hostile, 1, null, {}] });
        for is_pretty in [false, true] {
            let mut text = Vec::new();
            match is_pretty {
                true => write_pretty(&mut text, &value).unwrap(),
                false => write_line(&mut text, &value).unwrap(),
            }
            let text = String::from_utf8(text).unwrap();
            let line = text.replace('\n', "");
            assert!(!line.chars().any(is_hidden) && !line.contains("##["), "{text}");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
        }
        let mut text = Vec::new();
        write_line(&mut text, &"\u{e0041}é\t\u{85}").unwrap();
        assert_eq!(String::from_utf8(text).unwrap(), "\"\\udb40\\udc41é\\t\\u0085\"\n");
    }
}
