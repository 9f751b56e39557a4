//! Bytes as numbers: hex with or without separators, and lists in hex or decimal.

use super::{fault::Fault, reading::Spelling};
use crate::{protocol::hex::digit, text::shorten};

/// What surrounds the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    /// Nothing.
    Nothing,
    /// Brackets, which numbers of either kind may have.
    Brackets,
    /// Words that only one kind of numbers has, such as `Uint8Array` or `<Buffer …>`.
    Known(Spelling),
}

/// One number: its position, its text, and whether it began with `0x`.
struct Token<'a> {
    at: usize,
    text: &'a str,
    has_prefix: bool,
}

/// Reads numbers, and says how they are written.
pub(super) fn read(
    text: &str,
    around: Around,
    spelling: Option<Spelling>,
) -> Result<(Vec<u8>, Spelling), Fault> {
    let tokens = tokens(text)?;
    let spelling = match (spelling, around) {
        (Some(spelling), _) | (None, Around::Known(spelling)) => spelling,
        (None, _) => kind_of(&tokens, text.contains(','), around)?,
    };
    let mut bytes = Vec::with_capacity(text.len() / 2);
    for token in &tokens {
        if spelling == Spelling::Decimal && !token.has_prefix {
            bytes.push(decimal(token)?);
        } else {
            hex(token, &mut bytes)?;
        }
    }
    Ok((bytes, spelling))
}

/// Whether the numbers are hex or decimal, where nothing around them says so.
fn kind_of(tokens: &[Token<'_>], has_commas: bool, around: Around) -> Result<Spelling, Fault> {
    if let Some(token) = tokens.iter().find(|token| token.has_prefix) {
        return match tokens.iter().find(|token| !token.has_prefix) {
            None => Ok(Spelling::Hex),
            Some(other) => Err(Fault::at(
                other.at,
                format!(
                    "`{}` has no `0x`, and `0x{}` has; write all numbers in the same way",
                    shorten(other.text),
                    shorten(token.text)
                ),
            )),
        };
    }
    let is_list = has_commas || around == Around::Brackets;
    let has_letter = |token: &&Token<'_>| token.text.bytes().any(|byte| byte.is_ascii_alphabetic());
    if !is_list || tokens.iter().any(|token| has_letter(&token)) {
        return Ok(Spelling::Hex);
    }
    let decimal =
        tokens.iter().any(|it| matches!(it.text.len(), 1 | 3) || it.text.starts_with('-'));
    let is_hex = |text: &str| match text.len() {
        2 => text.starts_with('0'),
        length => length > 3 && !text.starts_with('-'),
    };
    let hex = tokens.iter().any(|it| is_hex(it.text));
    match (tokens.first(), decimal, hex) {
        (None, _, _) | (_, false, true) => Ok(Spelling::Hex),
        (_, true, false) => Ok(Spelling::Decimal),
        (Some(first), decimal, _) => {
            let text = shorten(first.text);
            let why = if decimal {
                "some of the numbers look like hex and others like decimal"
            } else {
                "the numbers can be hex or decimal"
            };
            Err(Fault::at(first.at, format!("`{text}`: {why}; give --as hex or --as decimal")))
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token<'_>>, Fault> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let begin = rest.find(|found| !is_separator(found)).unwrap_or(rest.len());
        let rest = &rest[begin..];
        if rest.is_empty() {
            break;
        }
        if let Some(comment) = rest.strip_prefix("/*") {
            let end = comment.find("*/");
            let end = end.ok_or_else(|| Fault::at(at + begin, "this comment has no end"))?;
            at += begin + 2 + end + 2;
            continue;
        }
        // A hyphen that follows a number directly separates pairs of digits, as in `07-00`.
        let is_after_digit = text[..at].ends_with(|before: char| before.is_ascii_hexdigit());
        let hyphen = usize::from(begin == 0 && is_after_digit && rest.starts_with('-'));
        let rest = &rest[hyphen..];
        let length = token_length(rest);
        let (word, at_word) = (&rest[..length], at + begin + hyphen);
        at = at_word + length;
        if ["...", "…", "more"].iter().any(|sign| word.starts_with(sign)) {
            let what = "the text is shortened here: bytes are missing; print all of them, for example \
                        with `Buffer.from(bytes).toString('hex')`";
            return Err(Fault::at(at_word, what));
        }
        // Java needs a cast for a byte above 127.
        let uncast = word.strip_prefix("(byte)").unwrap_or(word);
        if uncast.is_empty() {
            continue;
        }
        let (word, at_word) = (uncast, at_word + word.len() - uncast.len());
        let prefixed = ["0x", "0X"].iter().find_map(|prefix| word.strip_prefix(prefix));
        // Rust may write the type after a number.
        let text = prefixed.unwrap_or(word);
        let text = text.strip_suffix("u8").unwrap_or(text);
        tokens.push(Token { at: at_word, text, has_prefix: prefixed.is_some() });
    }
    Ok(tokens)
}

/// Blanks, commas, and what separates pairs of digits in addresses.
fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | ';' | ':')
}

/// The length of the first token. A hyphen within it begins the next one.
fn token_length(rest: &str) -> usize {
    let ends = |found: char| is_separator(found) || found == '-';
    let end = rest.char_indices().skip(1).find(|(_, found)| ends(*found));
    end.map_or(rest.len(), |(at, _)| at)
}

fn decimal(token: &Token<'_>) -> Result<u8, Fault> {
    let number = token.text.parse::<i64>();
    // Java and C print bytes above 127 as negative numbers.
    let byte = number.ok().and_then(|number| {
        u8::try_from(number).ok().or_else(|| i8::try_from(number).ok().map(i8::cast_unsigned))
    });
    byte.ok_or_else(|| {
        let text = shorten(token.text);
        Fault::at(token.at, format!("`{text}` is not a byte; expected a number from 0 to 255"))
    })
}

fn hex(token: &Token<'_>, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    let (text, skipped) = (token.text, if token.has_prefix { 2 } else { 0 });
    let mut digits = Vec::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        digits.push(digit(character).ok_or_else(|| {
            let shown = shorten(&character.to_string());
            Fault::at(token.at + skipped + at, format!("`{shown}` is not a hex digit"))
        })?);
    }
    match &digits[..] {
        [] => return Err(Fault::at(token.at, "a number has no digits")),
        [low] if token.has_prefix => {
            bytes.push(*low);
            return Ok(());
        }
        _ => {}
    }
    let (pairs, rest) = digits.as_chunks::<2>();
    if !rest.is_empty() {
        let shown = shorten(text);
        let what = format!(
            "`{shown}` has an odd number of hex digits; write decimal numbers with commas between them"
        );
        return Err(Fault::at(token.at, what));
    }
    bytes.extend(pairs.iter().map(|[high, low]| high << 4 | low));
    Ok(())
}
