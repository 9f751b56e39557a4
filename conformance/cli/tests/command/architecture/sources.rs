//! How Rust code is written: what the public API shows, and how a lint is silenced.

use std::path::PathBuf;

use crate::architecture::{files, read};

/// The signatures that the outside sees: from `pub` to the body or the end.
fn public_signatures(text: &str) -> Vec<String> {
    let mut signatures = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = line.trim();
        if !line.starts_with("pub ") {
            continue;
        }
        let mut signature = line.to_owned();
        let whole = |it: &str| {
            let field = it.ends_with(',') && it.matches('(').count() == it.matches(')').count();
            field || it.contains(['{', ';', '}'])
        };
        while !whole(&signature) {
            let Some(line) = lines.next() else { break };
            signature.push(' ');
            signature.push_str(line.trim());
        }
        signatures.push(signature);
    }
    signatures
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|it: char| !it.is_alphanumeric() && it != '_')
}

#[test]
fn nom_is_no_part_of_the_public_api_of_the_codec() {
    let mut count = 0;
    for path in files("codec/src", ".rs") {
        for signature in public_signatures(&read(&path)) {
            let hidden = ["nom", "IResult", "ErrorKind", "ParseError", "Parser", "Parsed"];
            let leak = words(&signature).find(|word| hidden.contains(word));
            assert_eq!(leak, None, "{}: {signature}", path.display());
            count += 1;
        }
    }
    assert!(count > 100, "{count} signatures");
}

#[test]
fn public_signatures_are_found() {
    let text = "    pub fn a(\n        b: nom::Err<()>,\n    ) -> u8 {\n        0\n    }\n\
                pub(crate) fn c() {}\n    pub d: u8,\npub use nom::Parser;\n";
    let found = public_signatures(text);
    assert_eq!(
        found,
        ["pub fn a( b: nom::Err<()>, ) -> u8 {", "pub d: u8,", "pub use nom::Parser;"]
    );
}

/// The attributes of a source text, from `[` to the `]` that belongs to it.
fn attributes(text: &str) -> Vec<&str> {
    let marks = text.match_indices('#').map(|(at, _)| &text[at + 1..]);
    let opened = marks.map(|rest| rest.strip_prefix('!').unwrap_or(rest));
    let opened = opened.filter(|rest| rest.starts_with('['));
    let closed = opened.filter_map(|rest| {
        let mut depth = 0_i32;
        let end = rest.find(|it| {
            depth += i32::from(it == '[') - i32::from(it == ']');
            depth == 0
        })?;
        Some(&rest[..=end])
    });
    closed.collect()
}

/// `#[expect]` says why, and says so when the reason is gone; `#[allow]` stays for ever.
fn silenced_badly(text: &str) -> Option<&str> {
    attributes(text).into_iter().find(|attribute| {
        let names: Vec<&str> = words(attribute).collect();
        let list = |name| attribute.contains(&format!("{name}("));
        names.contains(&"allow") && list("allow")
            || names.contains(&"expect") && list("expect") && !names.contains(&"reason")
    })
}

#[test]
fn a_silenced_lint_is_expected_for_a_reason() {
    let sources: Vec<PathBuf> = files("", ".rs");
    assert!(sources.len() > 100, "{} sources", sources.len());
    for path in sources {
        assert_eq!(silenced_badly(&read(&path)), None, "{}", path.display());
    }
}

#[test]
fn badly_silenced_lints_are_found() {
    // Written apart, so that this file is not found itself.
    let with = |attribute: &str| format!("#{attribute}\nfn a() {{}}\n");
    for bad in ["[allow(dead_code)]", "![allow(x)]", "[cfg_attr(test, allow(x))]", "[expect(x)]"] {
        assert!(silenced_badly(&with(bad)).is_some(), "{bad}");
    }
    for good in
        ["[expect(x, reason = \"[]\")]", "[expect(\n    x,\n    reason = \"y\"\n)]", "[test]"]
    {
        assert_eq!(silenced_badly(&with(good)), None);
    }
}

/// What writes to the terminal, or shows a path as it is, and the files that may: the one that owns the
/// terminal, the one that opens reports, and those that put a path into a command line.
const TO_THE_TERMINAL: [(&str, &[&str]); 4] = [
    ("anstream::", &["cli/src/terminal.rs", "cli/src/output.rs"]),
    ("println!(", &[]),
    ("print!(", &[]),
    (
        ".display()",
        &[
            "kit/src/text/mod.rs",
            "kit/src/vectors/load.rs",
            "kit/src/offline/recording.rs",
            "cli/src/connect.rs",
            "cli/src/selection.rs",
            "cli/src/commands/dump.rs",
            "cli/src/commands/fuzz.rs",
        ],
    ),
];

/// A text from outside that reaches the terminal on another way is not escaped.
#[test]
fn there_is_one_way_to_the_terminal() {
    let kit = files("conformance/kit/src", ".rs");
    let sources: Vec<PathBuf> =
        kit.into_iter().chain(files("conformance/cli/src", ".rs")).collect();
    assert!(sources.len() > 100, "{} sources", sources.len());
    for path in sources {
        let text = read(&path);
        for (way, allowed) in TO_THE_TERMINAL {
            let may = allowed.iter().any(|it| path.ends_with(it));
            let found = text.contains(way);
            assert!(may || !found, "{}: `{way}`; use `terminal` and `text::shown`", path.display());
        }
    }
}
