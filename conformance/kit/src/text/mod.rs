//! Text from outside, made safe to show: no control characters, bounded length.

pub mod describe;

/// How much of a foreign line is shown.
const SHOWN: usize = 160;

/// Text without control characters, at most 160 characters of it.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).flat_map(visible).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// Text without control characters that could move the cursor or colour the terminal.
#[must_use]
pub fn sanitize(text: &str) -> String {
    text.chars().flat_map(visible).collect()
}

/// The beginning of some foreign bytes, quoted.
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
    // Marks that turn the direction of text show a line that is not the one that is there; what is no
    // character makes XML that nobody reads.
    let turns = matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    let none = matches!(character, '\u{fffe}' | '\u{ffff}');
    let escaped = turns || none || character.is_control() && character != '\t';
    let plain = (!escaped).then_some(character);
    let escape = escaped.then(|| character.escape_default());
    plain.into_iter().chain(escape.into_iter().flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_shown_and_not_obeyed() {
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
