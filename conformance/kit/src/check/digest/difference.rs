//! The first place at which two states differ.
//!
//! Canonical texts are compared: what a digest does not depend on is not a difference.

use std::cmp::Ordering;

use rollwire_model::digest::{DigestRules, Form, Member, State, read};

use crate::text::shorten;

/// Where two states differ, and what each of them has there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The JSON path: `$.players[1].x`, `$["a key"]`.
    pub path: String,
    /// What the first one has there, shortened; nothing if there is no such element or member.
    pub one: Option<String>,
    /// What the other one has there.
    pub other: Option<String>,
}

/// The first difference of two canonical texts, in their order; none if they are equal.
#[must_use]
pub fn first_difference(one: &str, other: &str) -> Option<Difference> {
    // Canonical text is JSON: in the order of its keys, and each of them once.
    let (one, other) = (read(one).ok()?, read(other).ok()?);
    let mut path = String::from("$");
    descend(&one, &other, &mut path)
}

/// Goes down to the first difference. Without a difference, `path` is unchanged.
fn descend(one: &State, other: &State, path: &mut String) -> Option<Difference> {
    match (one, other) {
        (State::List(one), State::List(other)) => {
            for index in 0..one.len().max(other.len()) {
                let len = path.len();
                path.push_str(&format!("[{index}]"));
                let found = pair(one.get(index), other.get(index), path);
                if found.is_some() {
                    return found;
                }
                path.truncate(len);
            }
            None
        }
        (State::Object(one), State::Object(other)) => members(one, other, path),
        _ => (one != other).then(|| Difference {
            path: path.clone(),
            one: Some(shown(one)),
            other: Some(shown(other)),
        }),
    }
}

/// Walks both lists of members, which are in the same order.
fn members(one: &[Member], other: &[Member], path: &mut String) -> Option<Difference> {
    let (mut left, mut right) = (one.iter().peekable(), other.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return None,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some((one, _)), Some((other, _))) => (DigestRules::SPECIFIED.order)(one, other),
        };
        let left = if order.is_le() { left.next() } else { None };
        let right = if order.is_ge() { right.next() } else { None };
        let (key, _) = left.or(right)?;
        let len = path.len();
        path.push_str(&step(key));
        let found = pair(left.map(|(_, value)| value), right.map(|(_, value)| value), path);
        if found.is_some() {
            return found;
        }
        path.truncate(len);
    }
}

/// Two values, one of which may be missing.
fn pair(one: Option<&State>, other: Option<&State>, path: &mut String) -> Option<Difference> {
    if let (Some(one), Some(other)) = (one, other) {
        return descend(one, other, path);
    }
    Some(Difference { path: path.clone(), one: one.map(shown), other: other.map(shown) })
}

/// A key as a step of a path: a plain name behind a point, any other as a string of JSON.
fn step(key: &[u16]) -> String {
    let text = String::from_utf16_lossy(key);
    let is_name = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name && !text.starts_with(|c: char| c.is_ascii_digit()) {
        return format!(".{text}");
    }
    format!("[{}]", canonical(&State::Text(key.to_vec())))
}

fn shown(state: &State) -> String {
    shorten(&canonical(state))
}

/// A part of a canonical text, with blanks for the reader: the 8-digit form leaves numbers and strings
/// of either form as they are.
fn canonical(state: &State) -> String {
    DigestRules::SPECIFIED.text(state, Form::EpisodeReady)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn differ(one: &str, other: &str, path: &str, values: [Option<&str>; 2]) {
        let difference = first_difference(one, other).unwrap();
        assert_eq!(difference.path, path);
        assert_eq!([difference.one.as_deref(), difference.other.as_deref()], values);
        let back = first_difference(other, one).unwrap();
        assert_eq!(
            (back.path, back.one, back.other),
            (difference.path, difference.other, difference.one)
        );
    }

    #[test]
    fn equal_texts_have_none() {
        assert_eq!(first_difference(r#"{"a":[1,{"b":null}]}"#, r#"{"a":[1,{"b":null}]}"#), None);
    }

    #[test]
    fn the_first_one_is_found_at_any_depth() {
        differ(
            r#"{"a":1,"b":[{"x":1},{"x":0.3}]}"#,
            r#"{"a":1,"b":[{"x":1},{"x":0.1}]}"#,
            "$.b[1].x",
            [Some("0.3"), Some("0.1")],
        );
        differ("[1,1e-10,-0.0]", "[1,1e-10,0.0]", "$[2]", [Some("-0.0"), Some("0.0")]);
        differ("[[]]", "[{}]", "$[0]", [Some("[]"), Some("{}")]);
        differ("[1]", r#"["1"]"#, "$[0]", [Some("1"), Some("\"1\"")]);
    }

    #[test]
    fn what_only_one_of_them_has_is_a_difference() {
        differ("[1,2]", "[1]", "$[1]", [Some("2"), None]);
        differ(r#"{"a":1,"b":{"c":[]}}"#, r#"{"a":1}"#, "$.b", [Some(r#"{"c": []}"#), None]);
        // In the order of the canonical text: U+FF61 before U+1F600.
        let (one, other) = (r#"{"\uff61":1}"#, r#"{"\ud83d\ude00":1}"#);
        differ(one, other, r#"$["\uff61"]"#, [Some("1"), None]);
    }

    #[test]
    fn keys_that_are_no_names_are_quoted() {
        for (key, path) in
            [("", r#"$[""]"#), ("a b", r#"$["a b"]"#), ("9", r#"$["9"]"#), ("_9", "$._9")]
        {
            differ(
                &format!(r#"{{"{key}":1}}"#),
                &format!(r#"{{"{key}":2}}"#),
                path,
                [Some("1"), Some("2")],
            );
        }
    }
}
