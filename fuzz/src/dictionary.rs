//! Words that a fuzzer is unlikely to find by itself: `rollwire.dict`, which every target is given.

use std::{collections::BTreeSet, fmt::Write as _};

use rollwire_conformance::protocol::Capability;
use rollwire_model::{Model, RefusalClass, exchange::Member, vectors::CheckKind};

/// The members of lines and files, and other words in them that no type lists.
const MEMBERS: [&str; 49] = [
    "accept",
    "baseline",
    "canonical",
    "capabilities",
    "cases",
    "class",
    "comment",
    "confirm",
    "do",
    "entry",
    "expect",
    "expires",
    "flags",
    "fields",
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
    "nonce",
    "observations",
    "ok",
    "one_of",
    "parts",
    "peer",
    "precondition",
    "recv",
    "refuse",
    "refused",
    "reject",
    "requires",
    "revision",
    "rules",
    "state",
    "steps",
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

/// Characters of two to four bytes, one that reverses the direction of text, and the escape character.
const CHARACTERS: [&str; 5] = ["é", "…", "😀", "\u{202e}", "\u{1b}"];

/// The file, in the format of libFuzzer and AFL.
#[must_use]
pub fn text() -> String {
    let mut text = String::from(
        "# Printed by `cargo run --manifest-path fuzz/Cargo.toml --bin dictionary`.\n",
    );
    for bytes in BYTES.into_iter().chain(CHARACTERS.map(str::as_bytes)) {
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
