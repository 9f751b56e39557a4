//! Every rule that is named anywhere exists.

use crate::documents::markdown::{files, text};

/// Words of the same form that are not rules.
const OTHER_WORDS: [&str; 3] = ["SHA", "UTF", "RFC"];

/// `STATE_HASH` and `3` of every word like STATE_HASH-3. One letter and a number is not a rule.
fn ids(line: &str) -> Vec<(&str, &str)> {
    let of_a_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let mut ids = Vec::new();
    for word in line.split(|c| !of_a_word(c)) {
        let Some((prefix, rest)) = word.split_once('-') else { continue };
        let number = rest.split('-').next().unwrap_or_default();
        let upper = prefix.chars().all(|c| c.is_ascii_uppercase() || c == '_');
        let starts = prefix.len() > 1 && prefix.starts_with(|c: char| c.is_ascii_uppercase());
        let digits = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        if upper && starts && digits {
            ids.push((prefix, number));
        }
    }
    ids
}

fn exists(path: &str, prefix: &str, number: &str) -> bool {
    if OTHER_WORDS.contains(&prefix) {
        return true;
    }
    // The document that the project was founded on has ids of two digits.
    if path == "spec/founding.md" && prefix == "EXCH" && number.len() == 2 {
        return ["01", "02", "03", "04"].contains(&number)
            || rollwire_model::rule(&format!("EXCH-{number}")).is_some();
    }
    rollwire_model::rule(&format!("{prefix}-{number}")).is_some()
}

#[test]
fn every_rule_that_is_named_exists() {
    let mut paths = files("", &["md", "toml", "rs", "mjs", "js", "ts", "py", "sh"]);
    paths.extend(files("vectors", &["json"]));
    let mut faults = Vec::new();
    let mut named = 0;
    for path in paths {
        let path = path.to_str().expect("a path of characters");
        for (index, line) in text(path).lines().enumerate() {
            for (prefix, number) in ids(line) {
                named += 1;
                if !exists(path, prefix, number) {
                    faults.push(format!("{path}:{}: {prefix}-{number} is not a rule", index + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(named > 1000, "only {named} rules were found");
}
