//! JSON in answers: exact integers, and every member once.
//!
//! `15.0` and `1e0` are integers, because some languages write 15 and 1 in that way
//! (`spec/common.md`). `5.0000000000000000001` is not an integer, although the nearest double is 5.
//! A tree of serde_json holds only the double, so the text of each number is read here first.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Value};

use crate::text::shorten;

/// An integer with more digits is left as it is written: it is too large for every field.
const LONGEST_INTEGER: usize = 24;

/// A JSON text as a tree. A number whose value is an integer is an integer in the tree, however it
/// is written.
///
/// # Errors
/// Text that is not JSON, a member that is given twice, or a number that only a double would take
/// for an integer.
pub(crate) fn tree(text: &str) -> serde_json::Result<Value> {
    let text = with_exact_integers(text).map_err(serde_json::Error::custom)?;
    serde_json::from_str::<Tree>(&text).map(|tree| tree.0)
}

/// The natural number that a JSON text is, if it is one.
pub(crate) fn natural(text: &str) -> Option<u64> {
    serde_json::from_str(&with_exact_integers(text.trim()).ok()?).ok()
}

/// A JSON text in which each number whose value is an integer is written as one.
///
/// # Errors
/// The first number that is not an integer although its nearest double is one.
pub(crate) fn with_exact_integers(text: &str) -> Result<Cow<'_, str>, String> {
    let mut written = String::new();
    let mut copied = 0;
    for (at, token) in Numbers::of(text) {
        match exact(token) {
            Number::Plain | Number::Fraction => {}
            Number::Integer(digits) => {
                written.push_str(&text[copied..at]);
                written.push_str(&digits);
                copied = at + token.len();
            }
            Number::Inexact => {
                let token = shorten(token);
                return Err(format!(
                    "{token} is not an integer, although its nearest double is one"
                ));
            }
        }
    }
    if copied == 0 {
        return Ok(Cow::Borrowed(text));
    }
    written.push_str(&text[copied..]);
    Ok(Cow::Owned(written))
}

/// A JSON text without the blanks between its tokens.
pub(crate) fn without_blanks(text: &str) -> String {
    let (mut in_string, mut escaped) = (false, false);
    let mut kept = |character: &char| {
        if in_string {
            in_string = escaped || *character != '"';
            escaped = !escaped && *character == '\\';
            return true;
        }
        in_string = *character == '"';
        !matches!(character, ' ' | '\t' | '\n' | '\r')
    };
    text.chars().filter(|character| kept(character)).collect()
}

/// The beginning of a JSON text for a report. Blanks do not hide what follows them.
pub(crate) fn excerpt(text: &str) -> String {
    shorten(&without_blanks(text))
}

/// What a token of a number stands for.
#[derive(Debug, PartialEq, Eq)]
enum Number {
    /// An integer that is written as one.
    Plain,
    /// An integer that is written in another way: its digits.
    Integer(String),
    /// Not an integer.
    Fraction,
    /// Not an integer, although its nearest double is one.
    Inexact,
}

fn exact(token: &str) -> Number {
    let (sign, magnitude) = match token.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", token),
    };
    let (number, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() == magnitude.len() && token != "-0" {
        return Number::Plain;
    }
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    let trailing = digits.len() - significant.len();
    let significant = significant.trim_start_matches('0');
    if significant.is_empty() {
        return Number::Integer("0".to_owned());
    }
    // An exponent that does not fit is far beyond every digit of the number.
    let limit = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
    let exponent = exponent.parse::<i64>().unwrap_or(limit);
    let length = |text: usize| i64::try_from(text).unwrap_or(i64::MAX / 2);
    let zeros = exponent.saturating_sub(length(fraction.len())).saturating_add(length(trailing));
    if zeros < 0 {
        let double: f64 = token.parse().unwrap_or(f64::NAN);
        return if double.fract() == 0.0 { Number::Inexact } else { Number::Fraction };
    }
    match usize::try_from(zeros) {
        Ok(zeros) if significant.len().saturating_add(zeros) <= LONGEST_INTEGER => {
            Number::Integer(format!("{sign}{significant}{}", "0".repeat(zeros)))
        }
        _ => Number::Plain,
    }
}

/// The tokens of numbers in a JSON text, with their positions.
struct Numbers<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Numbers<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, at: 0 }
    }
}

impl<'a> Iterator for Numbers<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
        loop {
            match bytes.get(self.at)? {
                b'"' => {
                    self.at += 1;
                    while let Some(byte) = bytes.get(self.at).filter(|byte| **byte != b'"') {
                        self.at += if *byte == b'\\' { 2 } else { 1 };
                    }
                    self.at += 1;
                }
                b'-' | b'0'..=b'9' => {
                    let (begin, rest) = (self.at, &bytes[self.at..]);
                    let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
                    self.at += length;
                    return Some((begin, &self.text[begin..self.at]));
                }
                _ => self.at += 1,
            }
        }
    }
}

/// A tree in which no object has a member twice.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Self)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::from(flag))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::from(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(Tree(element)) = list.next_element()? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if members.contains_key(&name) {
                let name = shorten(&name);
                let text = format!("the member `{name}` is given more than once");
                return Err(A::Error::custom(text));
            }
            let Tree(value) = map.next_value()?;
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn integers(text: &str) -> String {
        with_exact_integers(text).unwrap_or_else(Cow::Owned).into_owned()
    }

    #[test]
    fn an_integer_is_one_however_it_is_written() {
        for (written, read) in [
            ("15.0", "15"),
            ("1e0", "1"),
            ("1.5E1", "15"),
            ("1500e-2", "15"),
            ("-3.000", "-3"),
            ("-0", "0"),
            ("0.0e999999999999999999999", "0"),
            ("1e3", "1000"),
            ("[1.0,\"1.0\",{\"a\\\"1.0\":2e0}]", "[1,\"1.0\",{\"a\\\"1.0\":2}]"),
            ("4294967295", "4294967295"),
            ("1.5", "1.5"),
            ("1e400", "1e400"),
            ("1e99999999999999999999", "1e99999999999999999999"),
            ("9007199254740993.0", "9007199254740993"),
        ] {
            assert_eq!(integers(written), read, "{written}");
        }
        assert_eq!(natural("1.0"), Some(1));
        assert_eq!(natural("-1"), None);
        assert_eq!(natural("\"1\""), None);
    }

    #[test]
    fn what_only_a_double_takes_for_an_integer_is_named() {
        for text in ["5.0000000000000000001", "4.9999999999999999999", "1e-400", "[1,50.1e-99999]"]
        {
            let fault = tree(text).unwrap_err().to_string();
            assert!(
                fault.ends_with("is not an integer, although its nearest double is one"),
                "{fault}"
            );
        }
    }

    #[test]
    fn a_member_that_is_given_twice_is_named() {
        let fault = tree(r#"{"a":{"frame":1,"frame":1}}"#).unwrap_err().to_string();
        assert!(
            fault.starts_with("the member `frame` is given more than once at line 1"),
            "{fault}"
        );
        let right = r#"{"a":[null,true,-1,1.5,"x\n",{}],"b":18446744073709551615}"#;
        assert_eq!(tree(right).unwrap(), serde_json::from_str::<Value>(right).unwrap());
    }

    #[test]
    fn blanks_are_removed_outside_of_strings_only() {
        assert_eq!(without_blanks("{ \"a \\\" b\" :\t[ 1 , 2 ]\r\n}"), "{\"a \\\" b\":[1,2]}");
    }
}
