//! Untrusted text: read as UTF-8, and shown without control characters and in bounded length.
//!
//! A text from outside is escaped by [`sanitize`] or [`shorten`], the name of a file by [`shown`], JSON
//! by [`json`]. All output goes through a [`Terminal`], which escapes what was forgotten.

pub mod around;
pub mod cause;
pub mod comparison;
pub mod describe;
mod encoding;
mod hidden;
pub mod json;
mod open;
mod policy;
mod terminal;

pub use self::{
    encoding::{NotText, ReadTextFault, read_bytes, read_text, utf8},
    open::{open_regular, open_source},
    policy::policy,
    terminal::Terminal,
};

use std::{path::Path, time::Duration};

use self::hidden::is_hidden;

/// How many characters of an untrusted line are shown.
const SHOWN: usize = 160;

/// The first 160 characters of a text, with control characters escaped.
#[must_use]
pub fn shorten(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    shown = sanitize(&shown);
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The whole text, with control characters escaped: none can move the cursor, colour the terminal, end
/// the line, or hide a part of it. Nor does the text contain `##[`, which begins a command to a workflow
/// wherever it is in a line.
#[must_use]
pub fn sanitize(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'"' | b'$'..=b'~')) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        if is_hidden(character) {
            shown.extend(character.escape_default());
        } else if text[at..].starts_with("##[") {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// Several lines, as one text: the first as it is, and each later one with a mark, so that it cannot be
/// mistaken for a line that rollwire wrote.
#[must_use]
pub fn sanitize_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(sanitize).collect();
    lines.join("\n  | ")
}

/// The name of a file as people see it. Whatever opens the file uses the path.
#[must_use]
pub fn shown(path: &Path) -> String {
    sanitize(&path.display().to_string())
}

/// Whether a text is shown as it is: it has one line, and no character that is escaped.
#[must_use]
pub fn is_shown_whole(text: &str) -> bool {
    !text.chars().any(is_hidden)
}

/// Whether a text shows nothing: it has no character, or only such that look like a blank or like nothing.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|character| character.is_whitespace() || is_hidden(character))
}

/// The beginning of some untrusted bytes, in backquotes.
#[must_use]
pub fn excerpt(bytes: &[u8]) -> String {
    let head = &bytes[..bytes.len().min(SHOWN * 4)];
    format!("`{}`", shorten(&String::from_utf8_lossy(head)))
}

/// The name that is closest to a word, if it is close enough to be what was meant. Case, and the
/// difference between `-`, `_` and a blank, do not count.
#[must_use]
pub fn closest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.trim().to_lowercase().replace(['-', ' '], "_");
    // Comparing takes the product of both lengths.
    let word = plain(word.get(..64).unwrap_or(word));
    let distance = |name: &str| {
        let name = plain(name);
        let begins = word.len() > 2 && name.starts_with(&*word);
        if begins { 1 } else { strsim::damerau_levenshtein(&word, &name) }
    };
    let close = names.into_iter().map(|name| (distance(name), name));
    let (distance, name) = close.min_by_key(|(distance, _)| *distance)?;
    (distance <= word.len() / 3).then_some(name)
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

/// A duration as people say it: `0.4 s`, `12 s`, `3 min 5 s`.
#[must_use]
pub fn duration(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", grouped(seconds / 60), seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(shorten("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\n");
        assert_eq!(sanitize("a\u{202e}b\u{fffe}"), "a\\u{202e}b\\u{fffe}");
        assert_eq!(
            sanitize("\u{61c}\u{200b}\u{2028}\u{e0041}"),
            "\\u{61c}\\u{200b}\\u{2028}\\u{e0041}"
        );
        assert_eq!(sanitize("a\t##[error]x"), "a\t\\u{23}#[error]x");
        assert_eq!(sanitize_lines("a\n::error::\u{1b}"), "a\n  | ::error::\\u{1b}");
        assert_eq!(excerpt(&[b'x'; 1000]).chars().count(), 160 + 3);
    }

    #[test]
    fn what_shows_nothing_is_blank() {
        for blank in ["", " ", "\t", "\u{3000}", "\u{a0}\u{200b}", "\u{2800}\u{3164}"] {
            assert!(is_blank(blank), "{blank:?}");
        }
        assert!(!is_blank("\u{3000}x"));
        assert_eq!(sanitize("\u{3000}x"), "\\u{3000}x");
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(plural(1, "case", "cases"), "1 case");
    }

    #[test]
    fn durations_are_rounded() {
        let said = [40, 9_900, 12_400, 119_000, 185_000].map(Duration::from_millis).map(duration);
        assert_eq!(said, ["0.0 s", "9.9 s", "12 s", "119 s", "3 min 5 s"]);
    }

    #[test]
    fn the_closest_name_is_what_was_meant() {
        let names = ["input", "input_request", "state_hash", "ping", "pong"];
        let closest = |word| closest(word, names);
        assert_eq!(closest("STATE-HASH"), Some("state_hash"));
        assert_eq!(closest("statehash"), Some("state_hash"));
        assert_eq!(closest("Input Request"), Some("input_request"));
        assert_eq!(closest("pign"), Some("ping"));
        assert_eq!(closest("state"), Some("state_hash"));
        for other in ["", "x", "chat", &"state_hash".repeat(1000)] {
            assert_eq!(closest(other), None, "{other}");
        }
    }
}
