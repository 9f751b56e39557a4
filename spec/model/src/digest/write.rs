//! Writes a tree as its canonical text: the order in which the rules are applied.

use super::{
    form::Form,
    numbers::{exact_number, rounded_number},
    table::DigestRules,
    tree::{Member, State},
};

impl DigestRules {
    /// The canonical text of a state or of a part of one, whether or not it may be refused.
    #[must_use]
    pub fn text(&self, state: &State, form: Form) -> String {
        canonical(self, form, state)
    }
}

/// The canonical text of a state.
pub(super) fn canonical(rules: &DigestRules, form: Form, state: &State) -> String {
    match state {
        State::Null => (rules.word)(None).to_owned(),
        State::Flag(flag) => (rules.word)(Some(*flag)).to_owned(),
        State::Number(token) => match form {
            Form::StateHash => rounded_number(rules, token),
            Form::EpisodeReady => exact_number(rules, token),
        },
        State::Text(units) => string(rules, units),
        State::List(elements) => {
            let written = elements.iter().map(|element| canonical(rules, form, element));
            let written = (rules.elements)(written.collect());
            format!("[{}]", written.join(separators(rules, form)[0]))
        }
        State::Object(members) => {
            let mut members = (rules.without_duplicates)(members);
            members.sort_by(|(one, _), (other, _)| (rules.order)(one, other));
            let [after_member, after_key] = separators(rules, form);
            let member = |(key, value): &Member| {
                let key = string(rules, key);
                format!("{key}{after_key}{}", canonical(rules, form, value))
            };
            let written: Vec<String> = members.iter().map(member).collect();
            format!("{{{}}}", written.join(after_member))
        }
    }
}

/// DIGEST-8, DIGEST-9
fn separators(rules: &DigestRules, form: Form) -> [&'static str; 2] {
    match form {
        Form::StateHash => rules.tight,
        Form::EpisodeReady => rules.spaced,
    }
}

/// DIGEST-10 to DIGEST-13: a string between its quotes, character by character.
fn string(rules: &DigestRules, units: &[u16]) -> String {
    let mut text = String::from('"');
    for character in char::decode_utf16(units.iter().copied()) {
        let mut pair = [0; 2];
        let units = match character {
            Ok(character) => &*character.encode_utf16(&mut pair),
            Err(lone) => {
                pair[0] = (rules.lone)(lone.unpaired_surrogate());
                &pair[..1]
            }
        };
        text.push_str(&character_text(rules, units));
    }
    text.push('"');
    text
}

fn character_text(rules: &DigestRules, units: &[u16]) -> String {
    if let &[unit] = units {
        if let Some(letter) = (rules.short_escape)(unit) {
            return format!("\\{letter}");
        }
        if (rules.is_plain)(unit) {
            return char::from_u32(u32::from(unit)).map(String::from).unwrap_or_default();
        }
    }
    (rules.long_escape)(units)
}
