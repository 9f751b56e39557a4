//! A value as a literal of Lua.

use std::fmt::Write as _;

use serde_json::Value;

/// The width up to which a table stands on one line.
const WIDTH: usize = 100;

/// The words that are not names of members.
const KEYWORDS: [&str; 22] = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
];

/// The literal. A list becomes a table with numbers from 1 on, an object one with names.
pub(super) fn lua(value: &Value) -> String {
    indented(value, 0)
}

fn indented(value: &Value, depth: usize) -> String {
    let members: Vec<String> = match value {
        Value::Null => return "nil".to_owned(),
        Value::Bool(_) | Value::Number(_) => return value.to_string(),
        Value::String(text) => return string(text),
        Value::Array(list) => list.iter().map(|it| indented(it, depth + 1)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| format!("{} = {}", key(name), indented(value, depth + 1)))
            .collect(),
    };
    if members.is_empty() {
        return "{}".to_owned();
    }
    let line = format!("{{ {} }}", members.join(", "));
    if line.chars().count() <= WIDTH && !line.contains('\n') {
        return line;
    }
    let mut text = "{\n".to_owned();
    for member in members {
        let _ = writeln!(text, "{}{member},", "  ".repeat(depth + 1));
    }
    text + &"  ".repeat(depth) + "}"
}

fn key(name: &str) -> String {
    let is_name = !name.starts_with(|it: char| it.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    if is_name && !KEYWORDS.contains(&name) {
        name.to_owned()
    } else {
        format!("[{}]", string(name))
    }
}

/// Lua reads the bytes of a string as they are, except for these.
fn string(text: &str) -> String {
    let mut literal = "\"".to_owned();
    for it in text.chars() {
        match it {
            '"' | '\\' => literal.extend(['\\', it]),
            it if it.is_ascii_control() => {
                let _ = write!(literal, "\\{:03}", u32::from(it));
            }
            it => literal.push(it),
        }
    }
    literal + "\""
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::lua;

    #[test]
    fn values_are_literals() {
        let value =
            json!({ "a": [1, true, null, "x"], "STATE_HASH-1": {}, "end": 2, "1": 3, "": 4 });
        let expected = r#"{ a = { 1, true, nil, "x" }, ["STATE_HASH-1"] = {}, ["end"] = 2, ["1"] = 3, [""] = 4 }"#;
        assert_eq!(lua(&value), expected);
    }

    #[test]
    fn nothing_ends_a_string_early() {
        let text = json!("\"\\\n\0\u{7f}·");
        assert_eq!(lua(&text), "\"\\\"\\\\\\010\\000\\127·\"");
    }

    #[test]
    fn a_long_table_has_a_line_for_each_member() {
        let long = "x".repeat(60);
        let expected = format!("{{\n  a = {{ \"{long}\" }},\n  b = \"{long}\",\n}}");
        assert_eq!(lua(&json!({ "a": [long], "b": long })), expected);
    }
}
