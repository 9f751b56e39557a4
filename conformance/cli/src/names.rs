//! The names that a user may write: messages, rules, flags, codes and so on.
//!
//! `state_hash`, `STATE_HASH`, `state-hash`, `stateHash` and `0x07` are one message. A name that is
//! not known is answered with those that resemble it.

use rollwire_conformance::{
    text::shorten,
    vectors::{AnyCase, VectorSet, flags},
    verdict::{Code, RUN_VERDICTS, Verdict},
};
use rollwire_model::{Capability, Layout, MessageLayout, RefusalClass, Rule, chapters, rules};

/// How many similar names are offered.
const OFFERED: usize = 3;

/// Names that resemble each other less than this are not offered. 1 is equality.
const SIMILAR: f64 = 0.8;

/// The longest name that is compared with others, in bytes. Names are much shorter.
const LONGEST: usize = 200;

/// What remains of a name without its case and its separators.
pub(crate) fn key(name: &str) -> String {
    let significant = name.chars().filter(|character| character.is_alphanumeric());
    significant.flat_map(char::to_lowercase).collect()
}

/// The item with this name, if there is one.
fn named<'a, T>(
    word: &str,
    mut items: impl Iterator<Item = T>,
    name: impl Fn(&T) -> &'a str,
) -> Option<T> {
    let wanted = key(word);
    items.find(|item| !wanted.is_empty() && key(name(item)) == wanted)
}

/// The message with this name or type byte.
pub(crate) fn message(word: &str) -> Option<&'static MessageLayout> {
    let messages = || Layout::builtin().messages.iter();
    let digits = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
    if let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
        return messages().find(|message| message.type_byte == byte);
    }
    named(word, messages(), |message| &message.name)
}

/// The rule with this id.
pub(crate) fn rule(word: &str) -> Option<&'static Rule> {
    named(word, rules().iter(), |rule| &rule.id)
}

/// The flag with this name.
pub(crate) fn flag(word: &str) -> Option<&'static str> {
    named(word, flags().keys().map(String::as_str), |name| name)
}

/// The code with this name.
pub(crate) fn code(word: &str) -> Option<Code> {
    named(word, Code::ALL.into_iter(), |code| code.as_str())
}

/// The verdict with this name, as JSON or as a report writes it.
pub(crate) fn verdict(word: &str) -> Option<Verdict> {
    let by_name = named(word, Verdict::ALL.into_iter(), |verdict| verdict.as_str());
    by_name.or_else(|| named(word, Verdict::ALL.into_iter(), |verdict| verdict.label()))
}

/// The verdict on a run with this name: the name, what it means, and the exit code.
pub(crate) fn run_verdict(word: &str) -> Option<(&'static str, &'static str, &'static str)> {
    named(word, RUN_VERDICTS.into_iter(), |verdict| verdict.0)
}

/// The refusal class with this name.
pub(crate) fn class(word: &str) -> Option<RefusalClass> {
    named(word, RefusalClass::ALL.into_iter(), |class| class.as_str())
}

/// The capability with this name.
pub(crate) fn capability(word: &str) -> Option<Capability> {
    named(word, Capability::ALL.into_iter(), |capability| capability.as_str())
}

/// The chapter with this file name, with or without its folder and its ending.
pub(crate) fn chapter(word: &str) -> Option<&'static rollwire_model::Chapter> {
    let word = word.strip_prefix("spec/").unwrap_or(word);
    let stem = word.strip_suffix(".md").unwrap_or(word);
    let stem_of = |name: &'static str| name.strip_suffix(".md").unwrap_or(name);
    named(stem, chapters().iter(), |chapter| stem_of(chapter.name))
}

/// The case with this id.
pub(crate) fn case<'a>(vectors: &'a VectorSet, word: &str) -> Option<&'a AnyCase> {
    vectors.case(word).or_else(|| named(word, vectors.cases().iter(), |case| case.id()))
}

/// `; did you mean …?` with the names that resemble a word, or nothing.
pub(crate) fn did_you_mean<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> String {
    if word.len() > LONGEST {
        return String::new();
    }
    let wanted = key(word);
    let mut similar: Vec<(f64, &str)> = names
        .map(|name| (strsim::jaro_winkler(&wanted, &key(name)), name))
        .filter(|(likeness, _)| *likeness >= SIMILAR)
        .collect();
    similar.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    similar.dedup_by(|one, other| one.1 == other.1);
    let offered: Vec<String> =
        similar.iter().take(OFFERED).map(|(_, name)| format!("`{name}`")).collect();
    match offered.split_last() {
        None => String::new(),
        Some((last, [])) => format!("; did you mean {last}?"),
        Some((last, others)) => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}

/// `; did you mean …?` with globs that match, for a glob that matches no case.
pub(crate) fn glob_hint(glob: &str) -> String {
    let Ok(vectors) = VectorSet::builtin() else { return String::new() };
    let (not, glob) = glob.strip_prefix('!').map_or(("", glob), |rest| ("!", rest));
    if has_published(vectors, glob) {
        return "; the published vectors have it, but `--vectors` reads others".to_owned();
    }
    // Ids have lower-case words with hyphens between them.
    let (mut spelled, mut before) = (String::new(), ' ');
    for character in glob.chars().take(LONGEST) {
        if character.is_uppercase() && before.is_lowercase() {
            spelled.push('-');
        }
        before = character;
        let character = if character == '_' { '-' } else { character };
        spelled.extend(character.to_lowercase());
    }
    for candidate in [spelled.clone(), format!("{spelled}/*"), format!("**/{spelled}")] {
        if has_published(vectors, &candidate) {
            return format!("; did you mean `{not}{candidate}`?");
        }
    }
    let stems = vectors.cases().iter().filter_map(|case| case.id().split_once('/'));
    let stems: std::collections::BTreeSet<String> =
        stems.map(|(stem, _)| format!("{stem}/*")).collect();
    let ids = vectors.cases().iter().map(AnyCase::id);
    did_you_mean(glob, stems.iter().map(String::as_str).chain(ids))
}

fn has_published(vectors: &VectorSet, glob: &str) -> bool {
    rollwire_conformance::vectors::filter::Filter::new(&[glob])
        .is_ok_and(|filter| vectors.cases().iter().any(|case| filter.selects(case)))
}

/// The error text for a word that should name one of these.
pub(crate) fn unknown<'a>(word: &str, kind: &str, names: impl Iterator<Item = &'a str>) -> String {
    format!("`{}` is not {kind}{}", shorten(word), did_you_mean(word, names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_name_is_understood() {
        for word in ["state_hash", "STATE_HASH", "state-hash", "stateHash", "0x07", "0X7"] {
            assert_eq!(message(word).unwrap().name, "state_hash", "{word}");
        }
        for word in ["EXCH-8", "exch-8", "EXCH8", "exch_8", "Exch 8"] {
            assert_eq!(rule(word).unwrap().id, "EXCH-8", "{word}");
        }
        assert_eq!(code("wrongBytes"), Some(Code::WrongBytes));
        assert_eq!(verdict("XFAIL"), Some(Verdict::ExpectedFailure));
        assert_eq!(verdict("N/A"), Some(Verdict::NotApplicable));
        assert_eq!(capability("nanPayload"), Some(Capability::NanPayload));
        assert_eq!(chapter("spec/state_hash.md").unwrap().name, "state-hash.md");
        assert!(message("").is_none() && message("0x99").is_none() && rule("-").is_none());
    }

    #[test]
    fn a_name_that_is_not_known_is_answered_with_similar_ones() {
        let names = || rules().iter().map(|rule| &*rule.id);
        assert!(did_you_mean("STATE_HSAH", names()).contains("`STATE_HASH-2`"));
        assert_eq!(did_you_mean("zzzz", names()), "");
        assert_eq!(glob_hint("STATE_HASH/*"), "; did you mean `state-hash/*`?");
        assert_eq!(glob_hint("stateHash"), "; did you mean `state-hash/*`?");
        for published in ["ping/basic", "!ping/*"] {
            let hint = "; the published vectors have it, but `--vectors` reads others";
            assert_eq!(glob_hint(published), hint);
        }
        assert_eq!(did_you_mean(&"x".repeat(1 << 20), names()), "");
    }
}
