//! Prints JSON for readers and diffs: a list or an object that fits on a line stays on it.

use serde_json::Value as Json;

/// How long a line may be.
const WIDTH: usize = 100;

/// Prints JSON with two blanks of indentation and a line end.
///
/// Lists and objects that fit are on one line. A list that does not fit is filled line by line with
/// the elements that fit; the others have lines of their own.
#[must_use]
pub fn pretty(json: &Json) -> String {
    let mut text = String::new();
    print(json, 0, 0, &mut text);
    text.push('\n');
    text
}

/// Prints at some depth, after `used` columns of the line.
fn print(json: &Json, depth: usize, used: usize, text: &mut String) {
    let line = one_line(json);
    match json {
        _ if used + line.chars().count() < WIDTH => text.push_str(&line),
        Json::Array(list) if !list.is_empty() => print_list(list, depth + 1, text),
        Json::Object(members) if !members.is_empty() => {
            text.push('{');
            for (index, (name, member)) in members.iter().enumerate() {
                text.push_str(if index == 0 { "" } else { "," });
                new_line(depth + 1, text);
                let name = format!("{}: ", Json::from(name.as_str()));
                text.push_str(&name);
                print(member, depth + 1, 2 * (depth + 1) + name.len(), text);
            }
            new_line(depth, text);
            text.push('}');
        }
        _ => text.push_str(&line),
    }
}

fn print_list(list: &[Json], depth: usize, text: &mut String) {
    text.push('[');
    let mut column = WIDTH;
    for (index, element) in list.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { "," });
        let line = one_line(element);
        if column + line.chars().count() + 2 < WIDTH {
            text.push(' ');
            text.push_str(&line);
            column += line.chars().count() + 2;
            continue;
        }
        new_line(depth, text);
        print(element, depth, 2 * depth, text);
        let fits = 2 * depth + line.chars().count() < WIDTH;
        column = if fits { 2 * depth + line.chars().count() } else { WIDTH };
    }
    new_line(depth - 1, text);
    text.push(']');
}

fn new_line(depth: usize, text: &mut String) {
    text.push('\n');
    text.push_str(&"  ".repeat(depth));
}

/// Everything on one line, with a blank after each comma and colon.
fn one_line(json: &Json) -> String {
    match json {
        Json::Array(list) => {
            format!("[{}]", list.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        Json::Object(members) => {
            let member = |(name, member): (&String, &Json)| {
                format!("{}: {}", Json::from(name.as_str()), one_line(member))
            };
            format!("{{{}}}", members.iter().map(member).collect::<Vec<_>>().join(", "))
        }
        scalar => ascii(&scalar.to_string()),
    }
}

/// The same JSON in ASCII. Other characters, which can be invisible or look like digits, are escaped.
fn ascii(json: &str) -> String {
    let mut text = String::new();
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            text.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}
