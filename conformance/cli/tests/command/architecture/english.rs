//! Phrases that a reader of English would stumble over, and that the style guide in CONTRIBUTING.md
//! replaces.

use std::path::Path;

use regex::Regex;

/// Where people read: sources, tests, documents, vectors and schemas.
const READ: [&str; 11] =
    ["rs", "mjs", "ts", "py", "md", "toml", "json", "html", "css", "snap", "txt"];

/// One phrase, and what to write in its place.
const MANNERED: [(&str, &str); 5] = [
    (r"(?i)\b(nobody|whoever|somebody|anybody)\b", "name the person or the program that acts"),
    (r"(?i)\bso many\b", "how many, or up to N"),
    (r"(?i)\bbe it\b", "whether it is"),
    (r"(?i)\bby heart\b", "memorized"),
    (r"(?i)\b(is|are) no \w+", "is not a …"),
];

/// "is no" is good English after these words, and before these.
const GOOD: &str =
    r"(?i)(\b(there|here|where)\s+(is|are) no\b|\b(is|are) no (longer|more|less|later|earlier)\b)";

/// The lines of `text` that hold a mannered phrase.
fn stumbles(text: &str) -> Vec<(usize, String)> {
    let good = Regex::new(GOOD).unwrap();
    let mannered = MANNERED.map(|(phrase, instead)| (Regex::new(phrase).unwrap(), instead));
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let rest = good.replace_all(line, "");
        for (phrase, instead) in &mannered {
            if let Some(hit) = phrase.find(&rest) {
                found.push((number + 1, format!("{:?}: {instead}", hit.as_str())));
            }
        }
    }
    found
}

/// The table of the style guide names the phrases, one hostile adapter has the slug "nobody", and
/// this file lists them all.
fn is_exempt(file: &Path, line: &str) -> bool {
    file.ends_with("architecture/english.rs")
        || (file.ends_with("CONTRIBUTING.md") && line.starts_with('|'))
        || (file.ends_with("misbehave/hello.rs") && line.trim() == "\"nobody\",")
}

#[test]
fn the_style_guide_is_kept() {
    let mut wrong = Vec::new();
    for ending in READ {
        for file in super::files("", &format!(".{ending}")) {
            let text = super::read(&file);
            for (number, why) in stumbles(&text) {
                let line = text.lines().nth(number - 1).unwrap();
                if !is_exempt(&file, line) {
                    wrong.push(format!("{}:{number}: {why}\n    {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The search finds each kind of phrase, and leaves good English alone.
#[test]
fn mannered_phrases_are_found() {
    for line in [
        "an answer that nobody asked for",
        "Whoever reads this",
        "at most so many bytes",
        "be it a file or a socket",
        "known by heart",
        "`x` is no glob",
        "these are no globs",
    ] {
        assert_eq!(stumbles(line).len(), 1, "{line:?}");
    }
    for line in ["there is no glob", "there are no failures", "the entry is no longer needed"] {
        assert_eq!(stumbles(line), [], "{line:?}");
    }
}
