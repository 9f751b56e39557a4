//! A value as YAML, in blocks.

use serde_json::Value;

/// The words that YAML, in one of its versions, does not read as text.
const NOT_TEXT: [&str; 11] =
    ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];

/// The text of a document.
pub(super) fn yaml(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

/// A list or an object that is not empty, on lines of its own.
fn block(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                text.push_str(&format!("{indent}{}:", scalar(name)));
                after(value, depth + 1, text);
            }
        }
        Value::Array(list) => {
            for item in list {
                let mut inner = String::new();
                block(item, depth + 1, &mut inner);
                // The first line of an item stands beside its dash.
                text.push_str(&format!("{indent}- {}", inner.trim_start()));
            }
        }
        other => text.push_str(&format!("{indent}{}\n", inline(other))),
    }
}

/// What comes after the name of a member.
fn after(value: &Value, depth: usize, text: &mut String) {
    let is_block = match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    if is_block {
        text.push('\n');
        block(value, depth, text);
    } else {
        text.push_str(&format!(" {}\n", inline(value)));
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        other => other.to_string(),
    }
}

/// A text without quotation marks where no reader can take it for anything else. A string of JSON is one
/// of YAML.
fn scalar(text: &str) -> String {
    let word = text.strip_prefix('-').unwrap_or(text);
    let is_plain = word.starts_with(|it: char| it.is_ascii_alphabetic())
        && text.ends_with(|it: char| it.is_ascii_alphanumeric())
        && text.chars().all(|it| it.is_ascii_alphanumeric() || "_-.:".contains(it))
        && !NOT_TEXT.contains(&&*text.to_ascii_lowercase());
    let is_type_byte = text.len() == 4
        && text.strip_prefix("0x").is_some_and(|it| it.chars().all(|it| it.is_ascii_hexdigit()));
    if is_plain || is_type_byte { text.to_owned() } else { Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::yaml;

    #[test]
    fn blocks_are_indented_and_empty_ones_are_not() {
        let value =
            json!({ "seq": [{ "id": "a", "size": 8 }, { "id": "b" }], "types": {}, "x": [] });
        let expected = "seq:\n  - id: a\n    size: 8\n  - id: b\ntypes: {}\nx: []\n";
        assert_eq!(yaml(&value), expected);
    }

    #[test]
    fn only_what_is_surely_text_has_no_quotation_marks() {
        let words =
            ["message_type::ping", "size-eos", "-rule", "0x07", "no", "_ == 1", "", "-1", "a:"];
        let value = json!(words);
        let expected = "- message_type::ping\n- size-eos\n- -rule\n- 0x07\n- \"no\"\n- \"_ == 1\"\n- \"\"\n- \"-1\"\n- \"a:\"\n";
        assert_eq!(yaml(&value), expected);
    }
}
