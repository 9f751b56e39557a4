//! Untrusted text: read as UTF-8, and shown without control characters and in bounded length.

pub mod describe;
mod encoding;

pub use self::encoding::{NotText, ReadTextFault, read_bytes, read_text, utf8};

/// How many characters of an untrusted line are shown.
const SHOWN: usize = 160;

/// The first 160 characters of a text, with control characters escaped.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(visible).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The whole text, with control characters escaped: none can move the cursor or colour the terminal.
#[must_use]
pub fn sanitize(text: &str) -> String {
    text.chars().flat_map(visible).collect()
}

/// The beginning of some untrusted bytes, in backquotes.
#[must_use]
pub fn excerpt(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(SHOWN * 4)];
    format!("`{}`", shorten(&String::from_utf8_lossy(head)))
}

/// `1 case`, `2 cases`.
#[must_use]
pub fn plural(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `1,234,567`.
#[must_use]
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn visible(character: char) -> impl Iterator<Item = char> {
    // Direction marks make a terminal show a line in another order than it has, and noncharacters are
    // not allowed in XML.
    let changes_direction = matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let noncharacter = matches!(character, '\u{fffe}' | '\u{ffff}');
    let escaped = changes_direction || noncharacter || character.is_control() && character != '\t';
    let plain = (!escaped).then_some(character);
    let escape = escaped.then(|| character.escape_default());
    plain.into_iter().chain(escape.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(shorten("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\n");
        assert_eq!(sanitize("a\u{202e}b\u{fffe}"), "a\\u{202e}b\\u{fffe}");
        assert_eq!(excerpt(&[b'x'; 1000]).chars().count(), 160 + 3);
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(plural(1, "case", "cases"), "1 case");
    }
}
