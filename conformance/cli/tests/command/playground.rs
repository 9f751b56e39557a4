//! The tables of the playground are the table of layouts and the rules, as JavaScript.
//!
//! `INSTA_UPDATE=always` writes them, as it writes snapshots.

use std::fmt::Write as _;

use rollwire_model::rules;

use crate::documents::markdown::{root, text};

const TABLES: &str = "site/playground/tables.mjs";

const HEAD: &str = "\
/**
 * The layouts of `spec/messages.toml`, and the rules that a datagram or a state can be refused by. Made by
 * the test `playground` of the command; do not edit.
 */
";

/// The chapters whose rules the playground shows: those of messages, and that of the digest.
const CHAPTERS: [&str; 8] = [
    "common.md",
    "input.md",
    "liveness.md",
    "episode.md",
    "state-hash.md",
    "focus.md",
    "refusals.md",
    "digest.md",
];

fn tables() -> String {
    let layouts: toml::Table = text("spec/messages.toml").parse().expect("a table");
    let mut made = HEAD.to_owned();
    made += "\n/** The messages, in the order of their type bytes. */\nexport const MESSAGES = [\n";
    for message in layouts["message"].as_array().expect("messages") {
        let line = serde_json::to_string(message).expect("JSON");
        let _ = writeln!(made, "  {line},");
    }
    made += "];\n\n/** The rules: the level, the text, and the chapter of each. */\nexport const RULES = {\n";
    for rule in rules().iter().filter(|rule| CHAPTERS.contains(&rule.chapter)) {
        let line = serde_json::json!({
            "level": rule.level.to_string().to_lowercase(), "text": rule.text, "chapter": rule.chapter,
        });
        let _ = writeln!(made, "  {:?}: {line},", rule.id);
    }
    made += "};\n";
    made
}

#[test]
fn the_tables_of_the_playground_are_those_of_the_specification() {
    let made = tables();
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        std::fs::write(root().join(TABLES), &made).expect("the tables");
    }
    let right = text(TABLES) == made;
    assert!(right, "{TABLES} is out of date; run this test with INSTA_UPDATE=always");
}
