//! Reads datagrams in the spellings that people have in their clipboard: hex with all kinds of
//! separators, arrays as languages print them, escapes, base64, and dumps with offsets.
//!
//! A text that two spellings read differently is a fault that names both; nothing is guessed. The
//! text is hostile: its length, its nesting and the number of datagrams are bounded.
//!
//! | file | story |
//! |---|---|
//! | `reading` | the spellings, and what is read |
//! | `groups` | divides a text into datagrams: by lines, brackets and quotation marks |
//! | `numbers` | hex, and lists of bytes in hex or decimal |
//! | `strings` | escapes and base64 |
//! | `json` | buffers as JSON, and requests of the adapter protocol |
//! | `dump` | dumps of xxd, hexdump, od, tcpdump and Wireshark |
//! | `fault` | why a text cannot be read, and where |

mod dump;
mod fault;
mod groups;
mod json;
mod numbers;
mod reading;
mod strings;

use self::fault::{Fault, locate};
pub use self::{
    fault::SpellingFault,
    reading::{HowToRead, MAX_PACKETS, Packet, Reading, Spelling},
};

/// The longest text that is read, in bytes: 4 MiB.
pub const MAX_TEXT: usize = 4 * 1024 * 1024;

/// Reads all datagrams of a text.
///
/// # Errors
/// A text that is not understood, or that can be understood in two ways.
pub fn read(text: &str, how: HowToRead) -> Result<Reading, SpellingFault> {
    if text.len() > MAX_TEXT {
        let what = format!("the text has {} bytes; at most {MAX_TEXT} are read", text.len());
        return Err(SpellingFault { line: 1, column: 1, what });
    }
    let is_dump = match how.spelling {
        Some(spelling) => Ok(spelling == Spelling::Dump),
        None => dump::is_dump(text),
    };
    let located = |fault: Fault| locate(text, fault);
    let mut reading = Reading::default();
    if is_dump.map_err(located)? {
        dump::read(text, &mut reading).map_err(located)?;
    } else if how.join {
        // Every line break becomes a blank of the same length, so that positions stay right.
        let joined = text.replace(['\n', '\r'], " ");
        groups::read(&joined, how, &mut reading).map_err(located)?;
    } else {
        groups::read(text, how, &mut reading).map_err(located)?;
    }
    number_lines(text, &mut reading.packets);
    if reading.packets.is_empty() {
        let fault =
            Fault::at(0, "the input is empty; for the empty datagram, write two quotation marks");
        return Err(locate(text, fault));
    }
    Ok(reading)
}

/// Replaces the position of each datagram by its line, in one pass over the text.
fn number_lines(text: &str, packets: &mut [Packet]) {
    let (mut line, mut counted) = (1, 0);
    for packet in packets {
        let passed = text.as_bytes().get(counted..packet.line).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count();
        counted = counted.max(packet.line);
        packet.line = line;
    }
}

#[cfg(test)]
mod tests;
