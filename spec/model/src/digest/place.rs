//! What stands at a place of a state's text, and which line and column that is.

use std::fmt;

/// How many characters of a word are shown.
const SHOWN: usize = 24;

/// A place in a text: its line and column, both counted in characters from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    line: usize,
    column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

impl Place {
    /// The place after this many characters.
    pub(super) fn after(text: &str, characters: usize) -> Self {
        let mut place = Self { line: 1, column: 1 };
        for character in text.chars().take(characters) {
            if character == '\n' {
                place = Self { line: place.line + 1, column: 1 };
            } else {
                place.column += 1;
            }
        }
        place
    }

    /// The place of the first number with this token, in text that is JSON.
    pub(super) fn of_number(text: &str, token: &str) -> Option<Self> {
        let mut before = ' ';
        outside_of_strings(text).find_map(|(at, offset, character)| {
            let begins = !is_in_number(before) && is_in_number(character);
            before = character;
            let rest = text[offset..].strip_prefix(token)?;
            (begins && !rest.starts_with(is_in_number)).then(|| Self::after(text, at))
        })
    }

    /// The place where the first level beyond this many begins, in text that is JSON.
    pub(super) fn of_level_beyond(text: &str, deepest: usize) -> Option<Self> {
        let mut depth = 0_usize;
        outside_of_strings(text).find_map(|(at, _, character)| {
            match character {
                '[' | '{' => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth > deepest).then(|| Self::after(text, at))
        })
    }
}

/// What stands after this many characters, as a report shows it.
pub(super) fn found_after(text: &str, characters: usize) -> String {
    let mut rest = text.chars().skip(characters).peekable();
    match rest.peek() {
        None => "the end of the text".to_owned(),
        Some('\u{feff}') => "a byte order mark (U+FEFF)".to_owned(),
        Some(' '..='~') => {
            // A name such as `np.float64(1.5)` is shown as a whole.
            let is_word = |found: &char| found.is_ascii_alphanumeric() || "_.()+-".contains(*found);
            let mut word: String = rest.clone().take_while(is_word).take(SHOWN + 1).collect();
            if word.len() > SHOWN {
                word.truncate(SHOWN);
                word.push('…');
            }
            match word.chars().next() {
                Some(first) if first.is_ascii_alphanumeric() || "_-+.".contains(first) => {
                    format!("`{word}`")
                }
                _ => format!("`{}`", rest.next().unwrap_or_default()),
            }
        }
        Some(other) => format!("the character U+{:04X}", u32::from(*other)),
    }
}

fn is_in_number(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '+' | '.')
}

/// The characters that are not part of a string, each with the number of characters and of bytes
/// before it.
fn outside_of_strings(text: &str) -> impl Iterator<Item = (usize, usize, char)> {
    let (mut in_string, mut escaped) = (false, false);
    text.char_indices().enumerate().filter_map(move |(at, (offset, character))| {
        if in_string {
            in_string = escaped || character != '"';
            escaped = !escaped && character == '\\';
            return None;
        }
        in_string = character == '"';
        (!in_string).then_some((at, offset, character))
    })
}
