//! Words that a fuzzer is unlikely to find by itself: `rollwire.dict`, which every target is given.

use std::{collections::BTreeSet, fmt::Write as _};

use rollwire_conformance::protocol::Capability;
use rollwire_model::{Model, RefusalClass, exchange::Member, vectors::CheckKind};

/// The members of lines and files, and other words in them that no type lists.
const MEMBERS: [&str; 63] = [
    "accept",
    "at",
    "baseline",
    "buffered",
    "canonical",
    "capabilities",
    "capture",
    "cases",
    "channel",
    "class",
    "closed",
    "comment",
    "confirm",
    "do",
    "entry",
    "error",
    "expect",
    "expires",
    "fields",
    "flags",
    "form",
    "found",
    "grade",
    "hash",
    "hex",
    "how",
    "id",
    "impl",
    "kind",
    "level",
    "local",
    "map_without_detect",
    "message",
    "missing",
    "n",
    "nonce",
    "observations",
    "ok",
    "one_of",
    "open",
    "origin",
    "parts",
    "peer",
    "precondition",
    "received",
    "recv",
    "redundancy",
    "refuse",
    "refused",
    "reject",
    "requires",
    "revision",
    "rules",
    "sent",
    "state",
    "steps",
    "tap",
    "text",
    "topic",
    "trace",
    "type",
    "value",
    "vectors",
];

/// Numbers at which implementations overflow or go off by one, in network byte order.
const BYTES: [&[u8]; 8] = [
    &[0x0f],
    &[0x10],
    &[0x7f, 0xff, 0xff, 0xff],
    &[0x80, 0, 0, 0],
    &[0xff, 0xff, 0xff, 0xff],
    &[0x80, 0, 0, 0, 0, 0, 0, 0],
    &[0x7f, 0xf8, 0, 0, 0, 0, 0, 0],
    &[0x7f, 0xf0, 0, 0, 0, 0, 0, 1],
];

/// The parts of a link's description, which has no quotes.
const LINKS: [&str; 11] = [
    "delay ",
    "loss ",
    "burst ",
    "duplicate ",
    "part ",
    "close ",
    "full ",
    "10% ",
    "60±20 ",
    "3s@20s ",
    "700ms@9s ",
];

/// Characters of two to four bytes, one that reverses the direction of text, and the escape character.
const CHARACTERS: [&str; 5] = ["é", "…", "😀", "\u{202e}", "\u{1b}"];

/// The file, in the format of libFuzzer and AFL.
#[must_use]
pub fn text() -> String {
    let mut text = String::from(
        "# Printed by `cargo run --manifest-path fuzz/Cargo.toml --bin dictionary`.\n",
    );
    let plain = CHARACTERS.into_iter().chain(LINKS).map(str::as_bytes);
    for bytes in BYTES.into_iter().chain(plain) {
        text += "\"";
        for byte in bytes {
            let _ = write!(text, "\\x{byte:02x}");
        }
        text += "\"\n";
    }
    for word in words() {
        // With its own quotes: as a member or a value in JSON or TOML.
        let _ = writeln!(text, "\"\\\"{word}\\\"\"");
    }
    text
}

/// Every name of the layout, of refusals, capabilities, checks and observations, and the words above.
fn words() -> BTreeSet<String> {
    let model = Model::latest();
    let mut words: BTreeSet<String> = MEMBERS.map(str::to_owned).into();
    for message in &model.layout().messages {
        words.insert(message.name.clone());
        for field in &message.fields {
            words.insert(field.name.clone());
            words.extend(field.entry.iter().map(|field| field.name.clone()));
        }
    }
    words.extend(RefusalClass::ALL.map(|class| class.as_str().to_owned()));
    words.extend(Capability::ALL.map(|capability| capability.as_str().to_owned()));
    words.extend(CheckKind::ALL.map(|kind| kind.as_str().to_owned()));
    words.extend(Member::ALL.map(|member| member.as_str().to_owned()));
    words
}
