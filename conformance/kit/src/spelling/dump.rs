//! Dumps: lines with an offset, bytes in hex, and perhaps the characters, as xxd, `hexdump -C`,
//! `od -t x1`, tcpdump and Wireshark write them.
//!
//! The column of characters can look like hex. It is told from the bytes by what it must hold: the
//! characters of exactly these bytes.

use super::{
    fault::Fault,
    reading::{Reading, Spelling, add},
};
use crate::{protocol::hex::digit, text::shorten};

/// The most bytes in a line.
const LONGEST_LINE: usize = 64;

/// A line of a dump.
struct DumpLine<'a> {
    /// The position of its offset in the text, and of what follows it.
    at: usize,
    at_rest: usize,
    offset: &'a str,
    has_colon: bool,
    /// Everything after the offset, without blanks around it.
    rest: &'a str,
}

/// One way to divide a line into bytes and characters.
struct Division {
    bytes: Vec<u8>,
    has_characters: bool,
    /// How many blanks precede the characters.
    gap: usize,
    /// Whether it explains the whole line: what follows the bytes is nothing, or their characters.
    is_whole: bool,
}

/// Whether a text is a dump: a line of it begins with an offset of zero and is set off from its bytes.
pub(super) fn is_dump(text: &str) -> Result<bool, Fault> {
    let mut first = None;
    for line in lines(text) {
        let Ok(line) = line else { continue };
        let is_zero = line.offset.bytes().all(|byte| byte == b'0') && !line.rest.is_empty();
        if !is_zero {
            continue;
        }
        // An odd number of digits cannot be hex.
        let set_off = line.has_colon
            || line.at_rest > line.at + line.offset.len() + 1
            || !line.offset.len().is_multiple_of(2)
            || text[line.at..].starts_with("0x");
        if set_off {
            return Ok(true);
        }
        first.get_or_insert(line.at);
    }
    match first {
        Some(at) if divided(text) => {
            let what = "this can be a dump that begins with an offset, or hex that begins with a zero \
                        byte; give --as dump or --as hex";
            Err(Fault::at(at, what))
        }
        _ => Ok(false),
    }
}

/// Whether the bytes of all lines are written in pairs, as in a dump.
fn divided(text: &str) -> bool {
    lines(text).all(|line| line.is_ok_and(|line| line.rest.split(' ').all(|it| it.len() <= 2)))
}

/// Reads the datagrams of a dump.
pub(super) fn read(text: &str, reading: &mut Reading) -> Result<(), Fault> {
    let mut dump: Vec<DumpLine<'_>> = Vec::new();
    let (mut skipped, mut first_skipped) = (0_u64, "");
    for line in lines(text) {
        match line {
            Ok(line) => dump.push(line),
            Err(other) if other.trim().is_empty() => {}
            Err(other) => {
                if skipped == 0 {
                    first_skipped = other;
                }
                skipped += 1;
            }
        }
    }
    if skipped > 0 {
        let lines = crate::text::plural(
            skipped,
            "line without an offset was",
            "lines without an offset were",
        );
        let shown = shorten(first_skipped.trim());
        reading.notes.push(format!("{lines} skipped; the first is `{shown}`"));
    }
    swapped_words(&dump)?;
    let radix = [16, 8, 10].into_iter().find(|radix| follows(&dump, *radix).is_ok());
    let Some(radix) = radix else { return follows(&dump, 16) };
    let offsets: Vec<usize> = dump
        .iter()
        .map(|line| usize::from_str_radix(line.offset, radix).unwrap_or_default())
        .collect();
    let mut bytes = Vec::new();
    let mut begin = 0;
    for (at, line) in dump.iter().enumerate() {
        if at > 0 && offsets[at] == 0 && !bytes.is_empty() {
            let packet = (std::mem::take(&mut bytes), Spelling::Dump);
            add(reading, dump[begin].at, packet)?;
            begin = at;
        }
        let next = offsets.get(at + 1).filter(|next| **next > offsets[at]);
        bytes.extend(line_bytes(line, next.map(|next| next - offsets[at]))?);
    }
    if let Some(line) = dump.get(begin)
        && !bytes.is_empty()
    {
        add(reading, line.at, (bytes, Spelling::Dump))?;
    }
    Ok(())
}

/// The bytes of a line, of which the next offset may say how many there are.
fn line_bytes(line: &DumpLine<'_>, expected: Option<usize>) -> Result<Vec<u8>, Fault> {
    if line.rest.is_empty() {
        return Ok(Vec::new());
    }
    let mut divisions = divisions(line.rest);
    if let Some(expected) = expected {
        divisions.retain(|it| it.bytes.len() == expected);
        let what = || format!("this line does not hold the {expected} bytes up to the next offset");
        return divisions.pop().map(|it| it.bytes).ok_or_else(|| Fault::at(line.at, what()));
    }
    divisions.retain(|it| it.is_whole);
    if divisions.len() > 1 {
        // Bytes are set off from each other by one blank, and the characters by more.
        let set_off = |it: &Division| it.has_characters && it.gap > 1 && it.bytes.len() != 8;
        if let Some(at) = divisions.iter().position(set_off) {
            divisions = vec![divisions.swap_remove(at)];
        }
    }
    match (divisions.len(), divisions.pop()) {
        (1, Some(division)) => Ok(division.bytes),
        (0, _) => {
            let shown = shorten(line.rest);
            let what = format!("`{shown}` is not bytes in hex, with or without their characters");
            Err(Fault::at(line.at_rest, what))
        }
        _ => {
            let what =
                "the end of this line can be bytes or their characters; remove the characters";
            Err(Fault::at(line.at_rest, what))
        }
    }
}

/// The ways to divide what follows an offset. One that leaves something unexplained is of use only if
/// the number of bytes is known.
fn divisions(rest: &str) -> Vec<Division> {
    let mut divisions = Vec::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut left = rest;
    loop {
        let after = left.trim_start();
        let gap = left.len() - after.len();
        if !bytes.is_empty() {
            let characters = after.trim_end();
            divisions.push(Division {
                bytes: bytes.clone(),
                has_characters: !after.is_empty(),
                gap,
                is_whole: after.is_empty() || characters_are(characters, &bytes),
            });
        }
        let word = &after[..after.find(char::is_whitespace).unwrap_or(after.len())];
        let digits: Option<Vec<u8>> = word.chars().map(digit).collect();
        let pairs = digits.filter(|it| !it.is_empty() && it.len().is_multiple_of(2));
        let Some(pairs) = pairs.filter(|it| bytes.len() + it.len() / 2 <= LONGEST_LINE) else {
            return divisions;
        };
        bytes.extend(pairs.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]));
        left = &after[word.len()..];
    }
}

/// Whether a column shows the characters of these bytes. Blanks do not count: some tools write one in
/// the middle.
fn characters_are(column: &str, bytes: &[u8]) -> bool {
    let column = column.strip_prefix('|').unwrap_or(column);
    let column = column.strip_suffix('|').unwrap_or(column);
    let shown = column.chars().filter(|it| *it != ' ').map(|it| if it == '·' { '.' } else { it });
    let of = |byte: &u8| if (0x20..0x7f).contains(byte) { char::from(*byte) } else { '.' };
    shown.eq(bytes.iter().map(of).filter(|it| *it != ' '))
}

/// `hexdump` without `-C`, and `od -x`, swap the bytes of each word on most machines.
fn swapped_words(dump: &[DumpLine<'_>]) -> Result<(), Fault> {
    let Some(first) = dump.first() else { return Ok(()) };
    let words = dump.iter().all(|line| {
        !line.has_colon
            && line.offset.len() == 7
            && line.rest.split_whitespace().all(|word| word.len() == 4)
    });
    if words && !first.rest.is_empty() {
        let what = "this looks like the output of `hexdump` without -C or of `od -x`, which swap the \
                    bytes of each word; use `xxd` or `hexdump -C`";
        return Err(Fault::at(first.at, what));
    }
    Ok(())
}

/// Whether each offset is zero, or follows the bytes of the line before it.
fn follows(dump: &[DumpLine<'_>], radix: u32) -> Result<(), Fault> {
    let mut previous: Option<(usize, &DumpLine<'_>)> = None;
    for line in dump {
        let offset = usize::from_str_radix(line.offset, radix)
            .map_err(|_| Fault::at(line.at, "the offset is not a number"))?;
        if let Some((before, last)) = previous
            && offset != 0
        {
            let length = offset.checked_sub(before).filter(|length| *length <= LONGEST_LINE);
            let holds = |length| divisions(last.rest).iter().any(|it| it.bytes.len() == length);
            if !length.is_some_and(holds) {
                let (shown, before) = (shorten(line.offset), shorten(last.offset));
                let what = format!(
                    "the offset {shown} does not follow the line at {before}; is a line missing?"
                );
                return Err(Fault::at(line.at, what));
            }
        } else if offset != 0 {
            let shown = shorten(line.offset);
            let what = format!("the first offset is {shown}; expected 0, so is a line missing?");
            return Err(Fault::at(line.at, what));
        }
        previous = Some((offset, line));
    }
    Ok(())
}

/// The lines of a text, or the text of a line that has no offset.
fn lines(text: &str) -> impl Iterator<Item = Result<DumpLine<'_>, &str>> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let begin = at;
        at += line.len() + 1;
        let trimmed = line.trim_start();
        let at = begin + line.len() - trimmed.len();
        let prefix = if trimmed.starts_with("0x") { 2 } else { 0 };
        let number = &trimmed[prefix..];
        let length = number.find(|it: char| !it.is_ascii_hexdigit()).unwrap_or(number.len());
        let after = &number[length..];
        let colon = after.strip_prefix(':');
        let rest = colon.unwrap_or(after);
        let is_offset =
            (4..=8).contains(&length) && (rest.is_empty() || rest.starts_with([' ', '\t', '\r']));
        if !is_offset {
            return Err(line);
        }
        let blanks = rest.len() - rest.trim_start().len();
        Ok(DumpLine {
            at,
            at_rest: at + prefix + length + usize::from(colon.is_some()) + blanks,
            offset: &number[..length],
            has_colon: colon.is_some(),
            rest: rest.trim(),
        })
    })
}
